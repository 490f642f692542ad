"""Small things that are painted: hatches, focus rings, lines on whole device pixels."""

import functools

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

HATCH = 7
"""The period of a hatch along a line: at 45 degrees 2 on and 3 off, in logical pixels."""


def ratio_of(painter: QPainter) -> float:
    """Device pixels in a logical one."""
    return painter.device().devicePixelRatio()


def snapped(length: float, ratio: float) -> float:
    """*length* on whole device pixels."""
    return round(length * ratio) / ratio


@functools.lru_cache(maxsize=64)
def hatch(colour: str, ratio: float) -> QBrush:
    """Diagonal stripes of *colour*, made for one device pixel *ratio*."""
    size = round(HATCH * ratio)
    tile = QPixmap(size, size)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2 * ratio))
    for shift in (-size, 0, size):
        painter.drawLine(QPointF(shift - size, 2 * size), QPointF(shift + 2 * size, -size))
    painter.end()
    tile.setDevicePixelRatio(ratio)
    return QBrush(tile)


def focus_ring(painter: QPainter, box: QRectF, accent: str) -> None:
    """The ring around what has the focus, just inside *box*."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(accent), 2))
    painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    painter.restore()


def line_below(painter: QPainter, box: QRectF, colour: str) -> None:
    """A separator along the lower edge of *box*."""
    painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(colour))


def tick(painter: QPainter, box: QRectF, colour: str) -> None:
    """A tick that fills *box*: as it should be."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 2))
    corner = QPointF(box.left() + box.width() * 0.38, box.bottom() - 2)
    painter.drawLine(QPointF(box.left() + 1, box.center().y()), corner)
    painter.drawLine(corner, QPointF(box.right() - 1, box.top() + 2))
    painter.restore()
