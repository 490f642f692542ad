"""The rows of a job as Qt's model: pages come when they are looked at, and are forgotten again."""

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor

from trayapp.model.command import Answer
from trayapp.model.jobs import JobRows, Row, RowPage, RowState
from trayapp.ui.colours import Tone
from trayapp.ui.desk import Desk
from trayapp.ui.speech import later
from trayapp.ui.wording import batches

MOST = 100
"""Rows of a page."""
HEADS = (
    later("Row"), later("Prompt"), later("State"), later("Answer"), later("In"), later("Out"),
    later("Cost"),
)  # fmt: skip
NUMBERS = (0, 4, 5, 6)
_TONES: dict[RowState, Tone] = {"done": "healthy", "failed": "critical", "faulty": "critical"}

_Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """All rows of a job, or those of some states."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.job = ""
        self._states: tuple[RowState, ...] = ()
        self._count = 0
        self._rows: dict[int, Row] = {}
        self._next: int | None = None
        self._asked: set[int] = set()
        self._round = 0
        self._wanted: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask_wanted)

    def show(self, job: str, count: int, states: tuple[RowState, ...]) -> None:
        """Show the *count* rows of *job*; of some *states* as many as there turn out to be."""
        if (job, states) == (self.job, self._states) and (states or count == self._count):
            return
        self.beginResetModel()
        self.job, self._states = job, states
        self._forget()
        self._count = 0 if states else count
        self._next = 0 if states and job else None
        self.endResetModel()
        if self._next is not None:
            self.fetchMore(QModelIndex())

    def refresh(self, first: int, last: int) -> None:
        """Ask anew for what is looked at; what is not is forgotten."""
        if not self.job or self._states:
            return
        shown = set(range(first // MOST, max(first, last) // MOST + 1))
        self._rows = {at: row for at, row in self._rows.items() if at // MOST in shown}
        self._asked.clear()
        for page in sorted(shown):
            self._ask(page)

    def row(self, at: int) -> Row | None:
        """The row there, if it has come."""
        return self._rows.get(at)

    # -- what Qt asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - as above
        """Columns."""
        return 0 if parent.isValid() else len(HEADS)

    def canFetchMore(self, parent: _Index) -> bool:  # noqa: N802 - Qt's name
        """Rows of some states come page after page."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: _Index) -> None:  # noqa: N802 - Qt's name
        """The next of these."""
        first, self._next = self._next, None
        if first is None or parent.isValid():
            return
        asked = self._round

        def heard(answer: Answer) -> None:
            if answer.ok and asked == self._round:
                self._append(msgspec.convert(answer.value, RowPage))

        self._desk.ask(JobRows(self.job, first, MOST, self._states), heard)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The columns' names."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.look.voice(HEADS[section])
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A cell; a page that is not there is asked for."""
        at, column = index.row(), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        row = self._rows.get(at)
        if row is None:
            self._want(at // MOST)
            return str(at + 1) if role == Qt.ItemDataRole.DisplayRole and not column else None
        if role == Qt.ItemDataRole.DisplayRole:
            return batches.row_cells(self._desk.look.voice, row)[column]
        if role == Qt.ItemDataRole.ToolTipRole and column in {1, 3}:
            return (row.prompt if column == 1 else row.error or row.text or "")[:2000]
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(row, column)
        return None

    def _colour(self, row: Row, column: int) -> QColor:
        colours = self._desk.look.colours
        if column == 2 and row.state in _TONES:
            return QColor(colours.shades(_TONES[row.state]).text)
        return QColor(colours.text if column == 1 else colours.secondary)

    # -- pages

    def _want(self, page: int) -> None:
        """Ask a moment later: Qt does not take a change while it asks for data."""
        if not self._states and page not in self._asked:
            self._wanted.add(page)
            self._soon.start()

    def _ask_wanted(self) -> None:
        wanted, self._wanted = self._wanted, set()
        for page in sorted(wanted):
            self._ask(page)

    def _ask(self, page: int) -> None:
        if self._states or page in self._asked:
            return
        self._asked.add(page)
        asked = self._round

        def heard(answer: Answer) -> None:
            if answer.ok and asked == self._round:
                self._put(msgspec.convert(answer.value, RowPage))

        self._desk.ask(JobRows(self.job, page * MOST, MOST), heard)

    def _put(self, page: RowPage) -> None:
        for row in page.rows:
            self._rows[row.place] = row
        if page.rows and page.rows[0].place < self._count:
            # A job that is being filled may have more rows by now than it was told to have.
            first, last = page.rows[0].place, min(page.rows[-1].place, self._count - 1)
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(HEADS) - 1))

    def _append(self, page: RowPage) -> None:
        self._next = page.next
        if page.rows:
            first = self._count
            self.beginInsertRows(QModelIndex(), first, first + len(page.rows) - 1)
            self._rows.update(enumerate(page.rows, first))
            self._count += len(page.rows)
            self.endInsertRows()

    def _forget(self) -> None:
        self._round += 1
        self._rows.clear()
        self._asked.clear()
        self._wanted.clear()


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
