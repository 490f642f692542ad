"""All faces of the tray icon at three sizes, on light and on dark panels."""

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trayapp.ui import icons
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import STEPS, Face
from trayapp.ui.painting import ratio_of

FACES = (
    Face("healthy", 0, 0), Face("healthy", 9, 38), Face("healthy", 17, 72),
    Face("warning", 20, 84), Face("critical", 23, 94), Face("depleted", STEPS, 100),
    Face("throttled", 15, 62), Face("stale", 15, 62), Face("paused"), Face("unknown"),
    Face("down"),
)  # fmt: skip
SIZES = (16, 22, 32)
PANELS: tuple[tuple[str, icons.SetName], ...] = (
    ("#F6F6F6", "neutral"), ("#202020", "neutral"), ("#F6F6F6", "light"), ("#202020", "dark"),
)  # fmt: skip
_CELL = 48


class IconSheet(QWidget):
    """A row for each size on each panel; below them the style with numbers."""

    def __init__(self, _desk: Desk) -> None:
        super().__init__()
        self._rows = [
            (ground, name, size, number)
            for number in (False, True)
            for ground, name in PANELS
            for size in SIZES
        ]
        self.setFixedSize(QSize(_CELL * len(FACES), _CELL * len(self._rows)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The sheet."""
        painter = QPainter(self)
        ratio = ratio_of(painter)
        for row, (ground, name, size, number) in enumerate(self._rows):
            painter.fillRect(0, row * _CELL, self.width(), _CELL, QColor(ground))
            for column, face in enumerate(FACES):
                drawn = icons.image(face, round(size * ratio), icons.SETS[name], number=number)
                drawn.setDevicePixelRatio(ratio)
                edge = (_CELL - size) // 2
                painter.drawImage(QPoint(column * _CELL + edge, row * _CELL + edge), drawn)
