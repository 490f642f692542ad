"""Activity's chart: input solid, output hatched, a bar for each hour, day, tool or model."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from trayapp import figures
from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring, hatch, ratio_of, snapped
from trayapp.ui.wording.sums import Bar

HEIGHT = 96
_WIDEST, _FULL = 26, 0.66
"""A bar's width: at most so many pixels, and so much of its place."""
_SQUARE = 10
_STEPS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0)


class Legend(QWidget):
    """What solid and hatched stand for."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.texts = ("", "")
        look.changed.connect(self.update)

    def say(self, entered: str, out: str) -> None:
        """Say both."""
        self.texts = (entered, out)
        self.setAccessibleName(f"{entered}, {out}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its words and two squares."""
        metrics = QFontMetricsF(fonts.caption())
        words = sum(metrics.horizontalAdvance(text) for text in self.texts)
        return QSize(round(words) + 2 * (_SQUARE + 5) + 20, round(metrics.height()) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """A square, a word, a square, a word."""
        painter = QPainter(self)
        painter.setFont(fonts.caption())
        colours, left = self._look.colours, 0.0
        fills = (QColor(colours.accent), hatch(colours.healthy.fill, ratio_of(painter)))
        for text, fill in zip(self.texts, fills, strict=True):
            square = QRectF(left, (self.height() - _SQUARE) / 2, _SQUARE, _SQUARE)
            painter.fillRect(square, fill)
            painter.setPen(QColor(colours.secondary))
            width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2
            beside = QRectF(left + _SQUARE + 5, 0, width, self.height())
            painter.drawText(beside, int(Qt.AlignmentFlag.AlignVCenter), text)
            left = beside.right() + 14


class Chart(QWidget):
    """Shows bars; the arrows go through them, and each is read aloud."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.bars: tuple[Bar, ...] = ()
        self.current: int | None = None
        self.name = ""
        self.legend = Legend(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_bars(self, name: str, bars: tuple[Bar, ...]) -> None:
        """Show *bars* under the *name* of the chart."""
        if (name, bars) == (self.name, self.bars):
            return
        self.name, self.bars = name, bars
        if self.current is not None and self.current >= len(bars):
            self.current = None
        self._tell()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as it always is."""
        return QSize(400, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Left and right, the first and the last."""
        last = len(self.bars) - 1
        at = self.current
        moves = {
            Qt.Key.Key_Right: 0 if at is None else min(last, at + 1),
            Qt.Key.Key_Left: last if at is None else max(0, at - 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        wanted = moves.get(Qt.Key(event.key()))
        if wanted is None or last < 0:
            super().keyPressEvent(event)
            return
        self.current = wanted
        self._tell()

    def event(self, event: QEvent) -> bool:
        """The bar below the pointer says what it is."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            at = self._bar_at(event.x())
            QToolTip.showText(event.globalPos(), self.bars[at].spoken if at is not None else "")
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The axis, its lines, the bars and what is below them."""
        painter = QPainter(self)
        painter.setFont(fonts.caption())
        colours = self._look.colours
        most = max((bar.whole for bar in self.bars), default=0)
        top = axis_of(most)
        box = self._box()
        for share in (0.0, 0.5, 1.0):
            y = snapped(box.bottom() - share * box.height(), 1)
            style = Qt.PenStyle.SolidLine if share == 0 else Qt.PenStyle.DotLine
            painter.setPen(QPen(QColor(colours.line), 1, style))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(QColor(colours.tertiary))
            text = figures.tokens(top * share) if most or share == 0 else ""
            beside = QRectF(box.right(), y - 8, self.width() - box.right(), 16)
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(beside, int(side), text)
        for at in range(len(self.bars)):
            self._paint_bar(painter, at, top)
        self._paint_labels(painter)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), colours.accent)

    def _paint_bar(self, painter: QPainter, at: int, top: float) -> None:
        colours, bar, box = self._look.colours, self.bars[at], self._box()
        place = self._place(at)
        width = max(1.0, min(_WIDEST, place.width() * _FULL))
        left = snapped(place.center().x() - width / 2, ratio_of(painter))
        out, whole = (number / top * box.height() for number in (bar.output_tokens, bar.whole))
        if bar.whole:
            whole = max(1.0, whole)
        solid = QRectF(left, box.bottom() - whole, width, whole - out)
        painter.fillRect(solid, QColor(colours.accent))
        hatched = QRectF(left, box.bottom() - out, width, out)
        painter.fillRect(hatched, hatch(colours.healthy.fill, ratio_of(painter)))
        if out > 2 and width > 3:
            painter.setPen(QPen(QColor(colours.healthy.fill), 1))
            painter.drawRect(hatched.adjusted(0.5, 0.5, -0.5, 0))
        if at == self.current:
            focus_ring(painter, place.adjusted(0, -2, 0, 2), colours.accent)

    def _paint_labels(self, painter: QPainter) -> None:
        """As many as have room beside each other; a name that is too long ends in dots."""
        painter.setPen(QColor(self._look.colours.tertiary))
        if not self.bars:
            return
        metrics = QFontMetricsF(painter.font())
        widest = max(metrics.horizontalAdvance(bar.label) for bar in self.bars) + 10
        room = self._place(0).width()
        each = 1 if room >= min(widest, 60) else max(1, -int(-widest // room))
        if self.bars[0].label == "00" and each > 1:
            each = next(step for step in (2, 3, 4, 6, 12, 24) if step >= min(each, 24))
        below = self._box().bottom() + 3
        for at in range(0, len(self.bars), each):
            place = self._place(at)
            width = max(room * each, 1.0)
            box = QRectF(place.center().x() - width / 2, below, width, 16)
            text = metrics.elidedText(self.bars[at].label, Qt.TextElideMode.ElideRight, width)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)

    def _box(self) -> QRectF:
        return QRectF(0, 8, max(1, self.width() - 42), self.height() - 30)

    def _place(self, at: int) -> QRectF:
        box = self._box()
        width = box.width() / max(1, len(self.bars))
        return QRectF(box.left() + at * width, box.top(), width, box.height())

    def _bar_at(self, x: int) -> int | None:
        at = int(x / max(1.0, self._place(0).width()))
        return at if 0 <= at < len(self.bars) else None

    def _tell(self) -> None:
        said = "" if self.current is None else self.bars[self.current].spoken
        self.setAccessibleName(f"{self.name}. {said}".strip() if said else self.name)
        self.setAccessibleDescription(said)
        self.update()


def axis_of(most: int) -> float:
    """A round number at the top of the axis, not below *most*."""
    if most <= 2:
        return 2.0
    power = 10.0 ** (len(str(most)) - 1)
    return next(step * power for step in _STEPS if step * power >= most)
