"""The tray's ring inside a window: beside numbers, in notes, in the panel's header."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from trayapp.ui import icons
from trayapp.ui.colours import Colours
from trayapp.ui.gauge import Face
from trayapp.ui.look import Look
from trayapp.ui.painting import ratio_of

BESIDE = 14
"""Its size beside a number."""


def paint_ring(painter: QPainter, box: QRect, face: Face, colours: Colours) -> None:
    """Draw *face* into the square *box*, for its own number of device pixels."""
    shown = icons.pixmap(face, box.width(), ratio_of(painter), icons.on(colours))
    painter.drawPixmap(box.topLeft(), shown)


class RingWidget(QWidget):
    """Shows one face at one size."""

    def __init__(self, look: Look, size: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._size = size
        self.face: Face | None = None
        self.setFixedSize(size, size)
        look.changed.connect(self.update)

    def show_face(self, face: Face) -> None:
        """Show *face*; the same one is not drawn again."""
        if face != self.face:
            self.face = face
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The face."""
        if self.face is not None:
            paint_ring(QPainter(self), self.rect(), self.face, self._look.colours)
