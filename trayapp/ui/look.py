"""How every window looks and speaks: its colours, its fonts and its language."""

from collections.abc import Sequence
from typing import get_args

from PySide6.QtCore import QLocale, QObject, Signal

from trayapp.ui.colours import Colours
from trayapp.ui.language import QtTexts, speaking, wanted
from trayapp.ui.memory import Memory
from trayapp.ui.speech import Tr
from trayapp.ui.theme import Setting, Theme


class Look(QObject):
    """*changed* when a window has to be drawn anew: in other colours, or in another language.

    Windows ask for `look.voice` and `look.colours` each time they draw, and keep neither. What
    the user chooses is remembered.
    """

    changed = Signal()

    def __init__(
        self, memory: Memory | None = None, system: Sequence[str] | None = None,
        parent: QObject | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._memory = memory or Memory()
        self._system = QLocale.system().uiLanguages() if system is None else system
        self.theme = Theme(_setting(self._memory.word("theme", "")), self)
        self.theme.changed.connect(self.changed)
        self._qt = QtTexts()
        self.language = self._memory.word("language", "system")
        self.voice = self._speak()

    @property
    def colours(self) -> Colours:
        """The colours of now."""
        return self.theme.colours

    def choose_theme(self, setting: Setting) -> None:
        """Be light, dark or as the system is from now on."""
        self._memory.keep("theme", setting)
        self.theme.choose(setting)

    def choose_language(self, setting: str) -> None:
        """Speak *setting*, one of `LANGUAGES` or `system`, from now on."""
        self._memory.keep("language", setting)
        self.language = setting
        self.voice = self._speak()
        self.changed.emit()

    def _speak(self) -> Tr:
        language = wanted(self.language, self._system)
        self._qt.follow(language)
        return speaking(language)


def _setting(kept: str) -> Setting:
    return next((each for each in get_args(Setting) if each == kept), "system")
