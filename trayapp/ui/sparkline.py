"""The last hour of a pool's tightest meter, as a line 72 by 18."""

from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

WIDTH, HEIGHT = 72, 18

History = tuple[float | None, ...]
"""Fractions used, oldest first; None where nothing is known."""


def paint_sparkline(
    painter: QPainter, box: QRectF, history: History, colour: str, ground: str
) -> None:
    """Draw *history* in *colour* over a base line of the colour *ground*."""
    painter.save()
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(ground))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.5))
    inside = box.adjusted(1, 1.5, -1, -2.5)
    for run in runs(history, inside):
        painter.drawPolyline(QPolygonF(run))
    painter.restore()


def runs(history: History, box: QRectF) -> Iterator[list[QPointF]]:
    """The line's pieces: it is broken where nothing is known, and a lone value is a short dash."""
    step = box.width() / max(1, len(history) - 1)
    run: list[QPointF] = []
    for at, used in enumerate((*history, None)):
        if used is not None:
            height = min(1.0, max(0.0, used)) * box.height()
            run.append(QPointF(box.left() + at * step, box.bottom() - height))
            continue
        if len(run) == 1:
            run.append(run[0] - QPointF(min(2.0, step), 0))
        if run:
            yield run
        run = []
