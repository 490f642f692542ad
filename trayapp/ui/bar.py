"""A meter's bar: solid is used, hatched is expected, the tick is the clock."""

import msgspec
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from trayapp.ui.colours import Colours, Tone
from trayapp.ui.painting import hatch, ratio_of, snapped

HEIGHT = 8
OVERHANG = 3
"""How far the tick stands out above and below."""
_RADIUS = 2


class Bar(msgspec.Struct, frozen=True):
    """What a bar shows; fractions of its width, 0 to 1."""

    used: float
    expected: float | None = None
    """Where it will be: with the requests in flight, or at the reset of a window."""
    passed: float | None = None
    """The share of the window that is over."""
    tone: Tone = "healthy"


class Pixels(msgspec.Struct, frozen=True):
    """A bar in whole device pixels; two bars with the same pixels look the same."""

    solid: int
    hatched: int
    """Where the hatched part ends; not beyond *solid* where nothing is expected."""
    tick: int | None
    tone: Tone


def pixels(bar: Bar, width: int) -> Pixels:
    """*bar* over *width* device pixels: any use shows, and any rest leaves one free."""
    solid = _extent(bar.used, width)
    hatched = solid if bar.expected is None else max(solid, _extent(bar.expected, width))
    tick = None if bar.passed is None else round(min(1.0, max(0.0, bar.passed)) * width)
    return Pixels(solid, hatched, tick, bar.tone)


def paint_bar(painter: QPainter, box: QRectF, bar: Bar, colours: Colours) -> None:
    """Draw *bar* into *box*, which is `HEIGHT` high; its tick stands out."""
    ratio = ratio_of(painter)
    shown = pixels(bar, round(box.width() * ratio))
    fill = colours.shades(bar.tone).fill
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _track(painter, box, bar.tone, colours)
    painter.setClipPath(_rounded(box))
    solid = QRectF(box.left(), box.top(), shown.solid / ratio, box.height())
    painter.fillRect(solid, QColor(fill))
    rest = QRectF(solid.right(), box.top(), (shown.hatched - shown.solid) / ratio, box.height())
    if rest.width() > 0:
        painter.setBrushOrigin(box.topLeft())
        painter.fillRect(rest, hatch(fill, ratio))
    painter.setClipping(False)
    if shown.tick is not None:
        _tick(painter, box, snapped(box.left() + shown.tick / ratio, ratio), colours)
    painter.restore()


def _track(painter: QPainter, box: QRectF, tone: Tone, colours: Colours) -> None:
    edge = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if tone == "stale":
        pen = QPen(QColor(colours.stale.fill), 1)
        pen.setDashPattern([3, 2])
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        pen = QPen(QColor(colours.track_line), 1)
        painter.setBrush(QColor(colours.track))
    painter.setPen(pen)
    painter.drawRoundedRect(edge, _RADIUS - 0.5, _RADIUS - 0.5)


def _tick(painter: QPainter, box: QRectF, x: float, colours: Colours) -> None:
    """Two pixels wide with a halo of the ground on both sides."""
    x = min(max(x, box.left() + 1), box.right() - 1)
    top, height = box.top() - OVERHANG, box.height() + 2 * OVERHANG
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(QRectF(x - 2, top, 4, height), QColor(colours.card))
    painter.fillRect(QRectF(x - 1, top, 2, height), QColor(colours.text))


def _rounded(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box, _RADIUS, _RADIUS)
    return path


def _extent(share: float, width: int) -> int:
    if share <= 0:
        return 0
    return width if share >= 1 else min(width - 1, max(1, round(share * width)))
