"""The panel's foot: the base URL with *Copy*, and the other windows."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trayapp.ui import fonts, shortcuts
from trayapp.ui.buttons import CopyButton, LinkButton
from trayapp.ui.desk import Desk
from trayapp.ui.speech import later

_LINKS = {
    "activity": later("Activity"),
    "batch": later("Batch"),
    "connect": later("Connect"),
    "settings": later("Settings"),
}


class Foot(QWidget):
    """Stays where it is while the middle scrolls."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._address = QLineEdit()
        self._address.setReadOnly(True)
        self._address.setFixedHeight(28)
        self._address.setTextMargins(4, 0, 4, 0)
        self.copy = CopyButton(desk.look, lambda: shortcuts.base_url(desk))
        self._links = {
            name: LinkButton(desk.look, clicked=self._opens(name))
            for name in _LINKS
            if name in desk.names
        }
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._address, 1)
        upper.addWidget(self.copy)
        for link in self._links.values():
            lower.addWidget(link, 1, Qt.AlignmentFlag.AlignHCenter)
        both = QVBoxLayout(self)
        both.setContentsMargins(12, 8, 12, 8)
        both.setSpacing(6)
        both.addLayout(upper)
        both.addLayout(lower)

    def draw(self) -> None:
        """Say every text anew."""
        tr = self._desk.look.voice
        self._address.setFont(fonts.code())
        self._address.setAccessibleName(tr("Base URL"))
        address = shortcuts.base_url(self._desk)
        if self._address.text() != address:
            self._address.setText(address)
        self.copy.setAccessibleName(tr("Copy base URL"))
        for name, link in self._links.items():
            link.setText(tr(_LINKS[name]))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground of heads and feet."""
        QPainter(self).fillRect(self.rect(), QColor(self._desk.look.colours.window))

    def _opens(self, name: str) -> Callable[[], object]:
        return lambda: self._desk.open(name)
