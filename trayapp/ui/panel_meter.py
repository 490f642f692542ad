"""One meter's row: name and reset, used and left, the bar, and what it comes to."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from trayapp.ui import bar as bars
from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring
from trayapp.ui.ring import BESIDE, paint_ring
from trayapp.ui.wording.meter_rows import Row

GAP, BELOW = 4, 3
"""Above and below the bar; its tick stands out so far."""
_ARROWS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class MeterRow(QProgressBar):
    """A progress bar to screen readers, painted by us. Enter opens and closes its details."""

    moved = Signal(int)
    """An arrow was pressed: 1 is to the next row, -1 to the one before."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._row: Row | None = None
        self._open = False
        self.setTextVisible(False)
        self.setRange(0, 100)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)

    @property
    def row(self) -> Row | None:
        """What is shown."""
        return self._row

    def show_row(self, row: Row) -> None:
        """Show *row*; it is drawn again only where something of it can be seen to have changed."""
        before, height = self._row, self.sizeHint().height()
        if before == row:
            return
        self._row = row
        self.setAccessibleName(row.spoken)
        self.setAccessibleDescription(row.details)
        self.setWhatsThis(row.details)
        if row.share is not None:
            self.setValue(round(row.share * 100))
        if before is None or self._seen(before) != self._seen(row):
            self.update()
        if self.sizeHint().height() != height:
            self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line, the bar, and the captions there are."""
        lines = len(self._captions()) * self._caption_height()
        tail = lines + BELOW if lines else bars.OVERHANG
        body = bars.HEIGHT if self._has_bar() else 0
        return QSize(200, self._line_height() + GAP + body + tail)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As its `sizeHint`."""
        return QSize(0, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows move between rows, Enter opens the details."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self.moved.emit(_ARROWS[key])
        elif key in _ENTER:
            self._open = not self._open
            self.updateGeometry()
            self.update()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """All of it."""
        if self._row is None:
            return
        painter = QPainter(self)
        self._paint_line(painter, self._row)
        top = self._line_height() + GAP - 1
        if (bar := self._bar(self._row)) is not None:
            box = QRectF(0, top, self.width(), bars.HEIGHT)
            bars.paint_bar(painter, box, bar, self._look.colours)
            top += bars.HEIGHT + BELOW
        self._paint_captions(painter, top)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), self._look.colours.accent)

    # -- parts

    def _paint_line(self, painter: QPainter, row: Row) -> None:
        colours = self._look.colours
        stale = row.tone == "stale"
        text = colours.secondary if stale else colours.text
        right = self._right(painter, row.left, fonts.body(), self.width(), colours.secondary if stale else text)  # fmt: skip
        strong = fonts.body() if stale else fonts.strong()
        right = self._right(painter, row.used, strong, right, text)
        if row.face is not None:
            right -= BESIDE + 8
            at = QPoint(right, (self._line_height() - BESIDE) // 2)
            paint_ring(painter, QRect(at, QSize(BESIDE, BESIDE)), row.face, colours)
        room = right - 8
        taken = self._left(painter, row.name, fonts.body(), 0, room, text)
        fits = QFontMetrics(fonts.caption()).horizontalAdvance(row.aside) <= room - taken - 8
        if row.aside and fits:  # a time is said whole or, with Enter, below
            self._left(painter, row.aside, fonts.caption(), taken + 8, room, colours.tertiary)

    def _right(self, painter: QPainter, text: str, font: QFont, right: int, colour: str) -> int:
        """Draw *text* so that it ends at *right*; where it begins."""
        width = QFontMetrics(font).horizontalAdvance(text)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        box = QRect(right - width, 0, width, self._line_height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip), text)
        return right - width

    def _left(
        self, painter: QPainter, text: str, font: QFont, left: int, room: int, colour: str
    ) -> int:
        """Draw as much of *text* as there is room for before *room*; where it ends."""
        if room <= left:
            return left
        metrics = QFontMetrics(font)
        fits = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room - left)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        box = QRect(left, 0, room - left, self._line_height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fits)
        return left + metrics.horizontalAdvance(fits)

    def _paint_captions(self, painter: QPainter, top: float) -> None:
        row = self._row
        colours = self._look.colours
        painter.setFont(fonts.caption())
        for at, text in enumerate(self._captions()):
            warns = row is not None and at == 0 and row.caption and row.tone != "healthy"
            colour = colours.shades(row.tone).text if row and warns else colours.secondary
            painter.setPen(QColor(colour))
            box = QRect(0, round(top), self.width(), self._caption_height())
            painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
            top += self._caption_height()

    def _captions(self) -> list[str]:
        if self._row is None:
            return []
        lines = [self._row.caption] if self._row.caption else []
        return lines + ([self._row.details] if self._open and self._row.details else [])

    def _has_bar(self) -> bool:
        return self._row is not None and self._row.share is not None

    def _bar(self, row: Row) -> bars.Bar | None:
        if row.share is None:
            return None
        return bars.Bar(row.share, row.expected, row.passed, row.tone)

    def _seen(self, row: Row) -> tuple[object, ...]:
        """What of *row* can be seen: its words, and its bar in whole device pixels."""
        bar = self._bar(row)
        pixels = bar and bars.pixels(bar, round(self.width() * self.devicePixelRatio()))
        return (row.name, row.aside, row.used, row.left, row.face, row.caption, row.details, pixels)

    def _line_height(self) -> int:
        return max(18, QFontMetrics(fonts.body()).height())

    def _caption_height(self) -> int:
        return max(16, QFontMetrics(fonts.caption()).height())

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()
