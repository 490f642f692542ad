"""How every window looks and speaks: its colours, its fonts and its language."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QObject, Signal

from trayapp.ui.colours import Colours
from trayapp.ui.language import QtTexts, speaking, wanted
from trayapp.ui.speech import Tr
from trayapp.ui.theme import Setting, Theme


class Look(QObject):
    """*changed* when a window has to be drawn anew: in other colours, or in another language.

    Windows ask for `look.voice` and `look.colours` each time they draw, and keep neither.
    """

    changed = Signal()

    def __init__(
        self, theme: Setting = "system", language: str = "system",
        system: Sequence[str] | None = None, parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.theme = Theme(theme, self)
        self.theme.changed.connect(self.changed)
        self._system = QLocale.system().uiLanguages() if system is None else system
        self._qt = QtTexts()
        self.language = language
        self.voice = self._speak()

    @property
    def colours(self) -> Colours:
        """The colours of now."""
        return self.theme.colours

    def choose_language(self, setting: str) -> None:
        """Speak *setting*, one of `LANGUAGES` or `system`, from now on."""
        self.language = setting
        self.voice = self._speak()
        self.changed.emit()

    def _speak(self) -> Tr:
        language = wanted(self.language, self._system)
        self._qt.follow(language)
        return speaking(language)
