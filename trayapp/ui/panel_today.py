"""Today's money with what was saved, and today's tools."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trayapp.ui import fonts
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring
from trayapp.ui.panel_meter import MeterRow
from trayapp.ui.panel_section import PanelSection
from trayapp.ui.wording.meter_rows import Row
from trayapp.ui.wording.today import ToolLine

_COLUMNS = (58, 60, 56)
"""Requests, tokens, cost: at least so wide."""


class SpendBox(PanelSection):
    """The day's budget, the month's where it is low, and two lines below."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.rows = (MeterRow(look), MeterRow(look))
        for row in self.rows:
            self.column.addWidget(row)
        self._lines = (self._line(), self._line())

    def show_spend(self, rows: tuple[Row, ...], captions: tuple[str, ...]) -> None:
        """Show them; nothing where no money is known of."""
        self.setVisible(bool(rows))
        for at, shown in enumerate(self.rows):
            shown.setVisible(at < len(rows))
            if at < len(rows):
                shown.show_row(rows[at])
        for at, line in enumerate(self._lines):
            line.say(captions[at] if at < len(captions) else "")
            line.setVisible(at < len(captions))

    def _line(self) -> Label:
        line = Label(self._look, "caption", "secondary", wraps=True)
        self.column.addWidget(line)
        return line


class _Cells(QWidget):
    """A row of the table: a name, a faint word beside it, and three columns at the right."""

    entered = Signal(str)
    """Enter was pressed on the row of this name."""

    def __init__(self, look: Look, *, heads: bool = False) -> None:
        super().__init__()
        self._look = look
        self._heads = heads
        self._cells: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if not heads:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        look.changed.connect(self.update)

    def show_cells(self, cells: tuple[str, ...], spoken: str) -> None:
        """Name, word, and three numbers."""
        if cells != self._cells:
            self._cells = cells
            self.setAccessibleName(spoken)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(200, max(18, QFontMetrics(fonts.body()).height()))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter asks for more of it."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._cells:
            self.entered.emit(self._cells[0])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """All cells."""
        if not self._cells:
            return
        painter = QPainter(self)
        colours = self._look.colours
        name, word, *numbers = self._cells
        right = float(self.width())
        painter.setFont(fonts.caption() if self._heads else fonts.body())
        painter.setPen(QColor(colours.secondary if self._heads else colours.text))
        for number, least in zip(reversed(numbers), reversed(_COLUMNS), strict=True):
            width = max(float(least), painter.fontMetrics().horizontalAdvance(number) + 12.0)
            box = QRectF(right - width, 0, width, self.height())
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), number
            )
            right -= width
        painter.setFont(fonts.strong() if self._heads else fonts.body())
        painter.setPen(QColor(colours.text))
        taken = self._left(painter, name, 0, right)
        painter.setFont(fonts.caption())
        painter.setPen(QColor(colours.tertiary))
        self._left(painter, word, taken + 8, right)
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), colours.accent)

    def _left(self, painter: QPainter, text: str, left: float, right: float) -> float:
        room = int(right - left - 4)
        if room <= 0 or not text:
            return left
        metrics = painter.fontMetrics()
        fits = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        box = QRectF(left, 0, room, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fits)
        return left + metrics.horizontalAdvance(fits)


class ToolsBox(PanelSection):
    """The busiest tools of the day."""

    entered = Signal(str)
    """More of the tool of this name is wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.column.setSpacing(4)
        self._heads = _Cells(look, heads=True)
        self.rows: list[_Cells] = []
        self._more = Label(look, "caption", "secondary")
        self.column.addWidget(self._heads)
        self.column.addWidget(self._more)

    def show_tools(self, lines: tuple[ToolLine, ...], more: str) -> None:
        """Show *lines*; nothing where no tool was used."""
        tr = self._look.voice
        self.setVisible(bool(lines))
        heads = (tr("Tools today"), "", tr("Requests"), tr("Tokens"), tr("Cost"))
        self._heads.show_cells(heads, heads[0])
        while len(self.rows) < len(lines):
            row = _Cells(self._look)
            row.entered.connect(self.entered)
            self.column.insertWidget(self.column.count() - 1, row)
            self.rows.append(row)
        for at, row in enumerate(self.rows):
            row.setVisible(at < len(lines))
            if at < len(lines):
                line = lines[at]
                cells = (line.name, line.kind, line.requests, line.tokens, line.cost)
                row.show_cells(cells, line.spoken)
        self._more.say(more)
        self._more.setVisible(bool(more))
