"""The way through a window of several steps: which one this is, and which are done."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import tick

RING = 20
HEIGHT = 28
_GAP = 6


class Steps(QWidget):
    """Numbers in rings, joined by lines."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: tuple[str, ...] = ()
        self._now = 0
        self.setFixedHeight(HEIGHT)
        look.changed.connect(self.update)

    def show_steps(self, names: tuple[str, ...], now: int) -> None:
        """Show *names*; *now* counts from 0."""
        self._names, self._now = names, now
        tr = self._look.voice
        self.setAccessibleName(
            tr("Step {number} of {all}: {name}", number=now + 1, all=len(names), name=names[now])
        )
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its names and a little line between them."""
        return QSize(sum(self._widths()) + 40 * len(self._names), HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Every step, and the lines between."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        widths = self._widths()
        free = (self.width() - sum(widths)) / max(1, len(widths) - 1)
        left = 0.0
        for at, width in enumerate(widths):
            self._step(painter, at, left, width)
            left += width
            if at + 1 < len(widths):
                painter.setPen(QPen(QColor(self._look.colours.line), 1))
                middle = self.height() // 2
                painter.drawLine(round(left + 12), middle, round(left + free - 12), middle)
            left += free

    def _step(self, painter: QPainter, at: int, left: float, width: int) -> None:
        colours = self._look.colours
        colour = QColor(colours.accent if at <= self._now else colours.tertiary)
        ring = QRectF(left + 1, (self.height() - RING) / 2, RING, RING)
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(ring)
        painter.setFont(fonts.caption())
        if at < self._now:
            tick(painter, ring.adjusted(5, 5, -5, -5), colour.name())
        else:
            painter.drawText(ring, int(Qt.AlignmentFlag.AlignCenter), str(at + 1))
        painter.setFont(fonts.strong() if at == self._now else fonts.body())
        text = QRectF(ring.right() + _GAP, 0, width - RING - _GAP, self.height())
        painter.drawText(text, int(Qt.AlignmentFlag.AlignVCenter), self._names[at])

    def _widths(self) -> list[int]:
        metrics = QFontMetrics(fonts.strong())
        return [RING + _GAP + metrics.horizontalAdvance(name) + 4 for name in self._names]
