"""The panel's menu: keep open, language, theme, about, quit."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from trayapp import __version__
from trayapp.ui.desk import Desk
from trayapp.ui.language import LANGUAGES
from trayapp.ui.speech import later
from trayapp.ui.theme import Setting

_Name = TypeVar("_Name", bound=str)

KEEP = "panel/keep_open"
_THEMES: Mapping[Setting, str] = {
    "system": later("As the system"), "light": later("Light"), "dark": later("Dark"),
}  # fmt: skip


def keeps_open(desk: Desk) -> bool:
    """Whether the panel stays when another window gets the focus."""
    return desk.memory.word(KEEP, "no") == "yes"


class PanelMenu(QMenu):
    """Made when it is opened, and gone when it is closed."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        tr = desk.look.voice
        keep = self.addAction(tr("Keep open"))
        keep.setCheckable(True)
        keep.setChecked(keeps_open(desk))
        keep.toggled.connect(lambda on: desk.memory.keep(KEEP, "yes" if on else "no"))
        languages = {"system": tr("As the system"), **LANGUAGES}
        self._choice(tr("Language"), languages, desk.look.language, desk.look.choose_language)
        themes = {name: tr(text) for name, text in _THEMES.items()}
        self._choice(tr("Theme"), themes, desk.look.theme.setting, desk.look.choose_theme)
        self.addSeparator()
        self.addAction(tr("About Sluice")).triggered.connect(lambda _on: self._about())
        self.addAction(tr("Quit Sluice")).triggered.connect(lambda _on: desk.leaving.emit())
        self.aboutToHide.connect(self.deleteLater)

    def _choice(
        self, title: str, names: Mapping[_Name, str], now: str, choose: Callable[[_Name], object]
    ) -> None:
        menu = self.addMenu(title)
        group = QActionGroup(menu)
        for name, text in names.items():
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(name == now)
            action.triggered.connect(lambda _on, name=name: choose(name))
            group.addAction(action)

    def _about(self) -> None:
        tr = self._desk.look.voice
        text = tr(
            "Sluice {version}: a relay for the Claude API on this computer.", version=__version__
        )
        box = QMessageBox(QMessageBox.Icon.NoIcon, tr("About Sluice"), text)
        box.setParent(self.parentWidget(), box.windowFlags())
        box.open()
