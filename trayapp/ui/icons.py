"""A face as pixels: the ring of the tray, also used small beside numbers and in notes.

Drawn for each size, never scaled. The arc runs clockwise from twelve o'clock and is what is used;
the thin ring is what is left, flush with the outer edge. Glyphs stand on whole pixels; those of
the three sizes that trays ask for most were chosen by hand, the others follow from them.
"""

import math
from typing import Literal

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QIcon,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QTransform,
)

from trayapp.ui.colours import DARK, LIGHT, Colours
from trayapp.ui.gauge import STEPS, Face, State

SIZES = (16, 20, 22, 24, 32, 44, 48, 64)
SetName = Literal["neutral", "light", "dark"]


class IconColours(msgspec.Struct, frozen=True):
    """The colours of one set, for panels that are unknown, light or dark."""

    neutral: str
    healthy: str
    warning: str
    critical: str
    depleted: str
    paused: str

    def of(self, state: State) -> str:
        """The colour of *state*'s arc and glyph."""
        match state:
            case "healthy" | "critical" | "depleted" | "paused" | "warning":
                found: str = getattr(self, state)
                return found
            case "throttled":
                return self.warning
            case "down" | "stale" | "unknown":
                return self.neutral


def on(scheme: Colours) -> IconColours:
    """The colours where the ground is known to be as light or dark as *scheme*."""
    return IconColours(
        neutral=scheme.stale.fill,
        healthy=scheme.healthy.fill,
        warning=scheme.warning.fill,
        critical=scheme.critical.fill,
        depleted=scheme.depleted.fill,
        paused=scheme.paused.fill,
    )


SETS: dict[SetName, IconColours] = {
    "neutral": IconColours("#808894", "#1A957C", "#C47A0A", "#E0483A", "#D8456E", "#7C82BD"),
    "light": on(LIGHT),
    "dark": on(DARK),
}
"""The neutral set has a contrast of 3 and more on light and on dark: a Linux panel tells nobody
its colour."""


class Ring(msgspec.Struct, frozen=True):
    """The measures of one size, in its pixels."""

    radius: float
    arc: float
    thin: float
    dot: int
    stem: tuple[int, int]
    """The exclamation mark's stem, width and height."""
    gap: int
    foot: int
    cross: tuple[float, float]
    """Half of the cross's width, and its stroke."""
    bars: tuple[int, int, int]
    """The pause bars' width, height and the gap between them."""
    glass: int
    """The hourglass is so wide and high."""
    dash: tuple[int, int]


_CHOSEN = {
    16: Ring(7.5, 3, 1.5, 4, (2, 3), 1, 2, (3, 2.2), (2, 6, 2), 6, (8, 2)),
    22: Ring(10, 4, 1.75, 6, (2, 5), 1, 2, (4, 3), (3, 8, 2), 8, (12, 2)),
    32: Ring(15, 6, 2, 8, (4, 7), 2, 3, (6, 4.4), (4, 12, 4), 12, (16, 4)),
}


def ring(size: int) -> Ring:
    """The measures at *size*: chosen ones, else in proportion, on whole pixels where it shows."""
    if size in _CHOSEN:
        return _CHOSEN[size]
    even = 2 if size % 2 == 0 else 1
    return Ring(
        radius=0.47 * size,
        arc=0.19 * size,
        thin=max(1.25, 0.065 * size),
        dot=_whole(0.25 * size, size),
        stem=(_whole(0.11 * size, size), max(2, round(0.22 * size))),
        gap=max(1, round(0.06 * size)),
        foot=max(1, round(0.1 * size)),
        cross=(0.18 * size, 0.14 * size),
        bars=(max(1, round(0.13 * size)), _whole(0.37 * size, size), _whole(0.1 * size, size)),
        glass=_whole(0.37 * size, size),
        dash=(_whole(0.55 * size, size), max(even, _whole(0.105 * size, size))),
    )


def _whole(length: float, size: int) -> int:
    """*length* in whole pixels, even where *size* is, so that it stands in the middle."""
    parity = size % 2
    return max(2 - parity, 2 * round((length - parity) / 2) + parity)


def image(face: Face, size: int, colours: IconColours, *, number: bool = False) -> QImage:
    """*face* at *size* device pixels on nothing; with *number* as percent over a bar."""
    canvas = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter, face, size, colours, number=number)
    painter.end()
    return canvas


def paint(
    painter: QPainter, face: Face, size: int, colours: IconColours, *, number: bool = False
) -> None:
    """Draw *face* into the square of *size* at the painter's origin."""
    if number and face.percent is not None and face.state in _LEVELS:
        _number(painter, face, size, colours)
        return
    _Drawing(painter, size, colours).draw(face)


def icon(face: Face, colours: IconColours, *, number: bool = False) -> QIcon:
    """*face* in every size that trays ask for."""
    made = QIcon()
    for size in SIZES:
        made.addPixmap(QPixmap.fromImage(image(face, size, colours, number=number)))
    return made


def pixmap(face: Face, size: int, ratio: float, colours: IconColours) -> QPixmap:
    """*face* for a widget: *size* logical pixels at a device pixel *ratio*."""
    drawn = QPixmap.fromImage(image(face, round(size * ratio), colours))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def sizes() -> list[QSize]:
    """The sizes that `icon` draws."""
    return [QSize(size, size) for size in SIZES]


_LEVELS = frozenset({"healthy", "warning", "critical", "depleted", "throttled"})
_ARCS = frozenset({"healthy", "warning", "critical", "throttled", "stale"})


class _Drawing:
    """One face on one painter."""

    def __init__(self, painter: QPainter, size: int, colours: IconColours) -> None:
        self._painter = painter
        self._size = size
        self._centre = size / 2
        self._ring = ring(size)
        self._colours = colours

    def draw(self, face: Face) -> None:
        colour = QColor(self._colours.of(face.state))
        if face.state == "depleted":
            self._disc(colour)
            return
        pieces = 4 if face.state == "stale" else 1
        outline = colour if face.state in {"paused", "down"} else QColor(self._colours.neutral)
        self._circle(outline, 0.0, 360.0, self._ring.thin, pieces)
        if face.state in _ARCS and face.step:
            self._circle(colour, 0.0, face.step * 360 / STEPS, self._ring.arc, pieces)
        self._glyph(face.state, colour)

    def _glyph(self, state: State, colour: QColor) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(colour)
        match state:
            case "warning":
                self._dot()
            case "critical":
                self._exclamation()
            case "throttled":
                self._hourglass()
            case "paused":
                self._bars()
            case "unknown":
                self._rect(*self._ring.dash)
            case "down":
                self._stroke(colour)
            case _:
                return

    def _circle(self, colour: QColor, start: float, span: float, width: float, pieces: int) -> None:
        """A ring's part from *start* clockwise over *span* degrees, flush with the outer edge."""
        pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self._ring.radius - width / 2
        box = QRectF(self._centre - radius, self._centre - radius, 2 * radius, 2 * radius)
        if pieces == 1 and span >= 360:
            self._painter.drawEllipse(box)
            return
        for begin, end in _parts(start, start + span, pieces):
            # Qt counts sixteenths of a degree, anticlockwise from three o'clock.
            self._painter.drawArc(box, round((90 - begin) * 16), round((begin - end) * 16))

    def _disc(self, colour: QColor) -> None:
        """A full disc with a cross cut out, through which the panel shows."""
        half, stroke = self._ring.cross
        disc = QPainterPath()
        disc.addEllipse(QPointF(self._centre, self._centre), self._ring.radius, self._ring.radius)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.fillPath(disc.subtracted(self._cross(half, stroke)), colour)

    def _cross(self, half: float, stroke: float) -> QPainterPath:
        long = half * math.sqrt(2)
        cross = QPainterPath()
        for angle in (45.0, -45.0):
            bar = QPainterPath()
            bar.addRect(QRectF(-long, -stroke / 2, 2 * long, stroke))
            turn = _turned(bar, angle).translated(self._centre, self._centre)
            cross = cross.united(turn)
        return cross

    def _dot(self) -> None:
        radius = self._ring.dot / 2
        self._painter.drawEllipse(QPointF(self._centre, self._centre), radius, radius)

    def _exclamation(self) -> None:
        width, height = self._ring.stem
        whole = height + self._ring.gap + self._ring.foot
        left, top = self._centre - width / 2, math.floor(self._centre - whole / 2)
        self._plain(QRectF(left, top, width, height))
        self._plain(QRectF(left, top + height + self._ring.gap, width, self._ring.foot))

    def _hourglass(self) -> None:
        half = self._ring.glass / 2
        rim = max(1.0, round(self._size / 16))
        waist = max(0.5, self._size / 32)
        left, right = self._centre - half, self._centre + half
        top, bottom = self._centre - half, self._centre + half
        glass = QPainterPath(QPointF(left, top))
        for x, y in (
            (right, top), (right, top + rim), (self._centre + waist, self._centre),
            (right, bottom - rim), (right, bottom), (left, bottom), (left, bottom - rim),
            (self._centre - waist, self._centre), (left, top + rim),
        ):  # fmt: skip
            glass.lineTo(x, y)
        glass.closeSubpath()
        self._painter.drawPath(glass)

    def _bars(self) -> None:
        width, height, gap = self._ring.bars
        left, top = self._centre - gap / 2 - width, self._centre - height / 2
        self._plain(QRectF(left, top, width, height))
        self._plain(QRectF(self._centre + gap / 2, top, width, height))

    def _rect(self, width: float, height: float) -> None:
        self._plain(QRectF(self._centre - width / 2, self._centre - height / 2, width, height))

    def _plain(self, box: QRectF) -> None:
        """A rectangle on whole pixels, without the blur of antialiasing."""
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._painter.drawRect(box)
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _stroke(self, colour: QColor) -> None:
        """From lower left to upper right, over the ring."""
        reach = self._ring.radius * math.sqrt(0.5)
        width = self._ring.arc * 0.6
        self._painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        self._painter.drawLine(
            QPointF(self._centre - reach, self._centre + reach),
            QPointF(self._centre + reach, self._centre - reach),
        )


GAP = 22.0
"""Degrees between the four pieces of a stale ring."""
SLIVER = 6.0
"""A piece of fewer degrees would look like dirt."""


def _parts(begin: float, end: float, pieces: int) -> list[tuple[float, float]]:
    """What of the span is left where the ring is cut into *pieces*; degrees from twelve o'clock."""
    if pieces == 1:
        return [(begin, end)]
    each = 360 / pieces
    cuts = [(at * each + GAP / 2, (at + 1) * each - GAP / 2) for at in range(pieces)]
    left = [(max(begin, a), min(end, b)) for a, b in cuts]
    return [(a, b) for a, b in left if b - a >= SLIVER]


def _turned(path: QPainterPath, angle: float) -> QPainterPath:
    return QTransform().rotate(angle).map(path)


def _number(painter: QPainter, face: Face, size: int, colours: IconColours) -> None:
    """The percent used over a bar of three sixteenths of the height."""
    bar = max(2, round(size * 3 / 16))
    text = str(face.percent)
    font = QFont(painter.font())
    font.setBold(True)
    font.setPixelSize(max(7, round((size - bar) * (0.86 if len(text) < 3 else 0.62))))
    painter.setFont(font)
    painter.setPen(QColor(colours.of(face.state)))
    box = QRectF(0, 0, size, size - bar - max(1, size // 16))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
    painter.drawText(box, int(flags), text)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(Qt.PenStyle.NoPen)
    thin = max(1, bar // 3)
    painter.fillRect(QRectF(0, size - thin, size, thin), QColor(colours.neutral))
    full = round(size * (face.percent or 0) / 100)
    painter.fillRect(QRectF(0, size - bar, full, bar), QColor(colours.of(face.state)))
