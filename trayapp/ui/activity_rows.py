"""The rows of Activity: read from the engine page by page, and let go where nobody looks."""

from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate
from typing import Any

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QGuiApplication, QPixmap

from trayapp.model.command import Answer
from trayapp.model.history import PAGE_ROWS, Filter, Key, ListRequests, Page, Record, Verdict
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import Face, State
from trayapp.ui.icons import on, pixmap
from trayapp.ui.wording import requests
from trayapp.ui.wording.ended import ended

KEPT = 24
"""Pages in memory; one that was let go is read again when it is looked at."""
GLYPH = 14
_TEXTS = 1000
"""Rows whose texts are kept."""

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class _Piece:
    """Consecutive rows: *records* None where they were let go; *first* is where they begin."""

    def __init__(self, records: tuple[Record, ...]) -> None:
        self.records: tuple[Record, ...] | None = records
        self.first: Key = (records[0].ended, records[0].id)
        self.size = len(records)
        self.used = 0
        self.is_asked = False


class Rows(QAbstractTableModel):
    """Requests that match a filter, newest first.

    *told* whenever `reading`, `failure`, `newer` or the number of rows became another.
    """

    told = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._filter = Filter()
        self._pieces: list[_Piece] = []
        self._starts: list[int] = [0]
        self._next: Key | None = None
        self._begun = 0
        self._uses = 0
        self._newest = 0
        self._texts: dict[int, tuple[str, ...]] = {}
        self.reading = False
        self.failure = ""
        self.newer = 0
        """Rows that came since, and are not shown yet."""

    # -- reading

    def begin(self, asked: Filter) -> None:
        """Show what matches *asked*, from the newest; the rows of before stay until it is there."""
        self._begun += 1
        self._filter = asked
        self._ask(ListRequests(asked, limit=PAGE_ROWS), self._first)

    def look_for_newer(self, *, show: bool) -> None:
        """Find what came since: *show* it at the top, or only count it."""
        if self.reading:
            return
        ask = ListRequests(self._filter, after=self._newest, limit=PAGE_ROWS)
        begun = self._begun

        def heard(answer: Answer) -> None:
            if answer.ok and begun == self._begun:
                self._add_newer(_page(answer), show=show)

        self._desk.ask(ask, heard)

    def record(self, row: int) -> Record | None:
        """The request in *row*; None while it is read again."""
        at = bisect_right(self._starts, row) - 1
        if not 0 <= row < self._starts[-1]:
            return None
        piece = self._pieces[at]
        self._uses += 1
        piece.used = self._uses
        if piece.records is None:
            self._read_again(piece)
            return None
        return piece.records[row - self._starts[at]]

    def drawn(self, row: int, column: int) -> tuple[str, QColor | None, QPixmap | None]:
        """What a cell shows, in one question: a table asks for thousands while it is scrolled."""
        record = self.record(row)
        if record is None:
            return "", None, None
        text = self._said(record)[column]
        glyph = self._glyph(record) if column == len(requests.COLUMNS) - 1 else None
        return text, self._colour(record, column, text), glyph

    def say_anew(self) -> None:
        """The language, the colours or the day are others."""
        self._texts.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(requests.COLUMNS) - 1)
        if self._pieces:
            self.dataChanged.emit(self.index(0, 0), self.index(self._starts[-1] - 1, 10))

    # -- what Qt asks

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Rows that were read so far."""
        return 0 if parent.isValid() else self._starts[-1]

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Always the same."""
        return 0 if parent.isValid() else len(requests.COLUMNS)

    def canFetchMore(self, _parent: Index = _NOWHERE) -> bool:  # noqa: N802 - Qt's name
        """Whether there are older ones."""
        return self._next is not None and not self.reading

    def fetchMore(self, _parent: Index = _NOWHERE) -> None:  # noqa: N802 - Qt's name
        """Read the next page."""
        if self.canFetchMore():
            ask = ListRequests(self._filter, before=self._next, limit=PAGE_ROWS)
            self._ask(ask, self._append)

    def headerData(  # noqa: N802 - Qt's name
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """A column's name, on the side of its values."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._desk.look.voice(requests.COLUMNS[section])
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        column = index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(column)
        if role not in _OF_RECORDS or (record := self.record(index.row())) is None:
            return None
        texts = self._said(record)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(record, column, texts[column])
        if role == Qt.ItemDataRole.DecorationRole:
            return self._glyph(record) if column == len(texts) - 1 else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._desk.look.voice(requests.COLUMNS[column])}: {texts[column]}"
        return texts[column]

    # -- inside

    def _ask(self, ask: ListRequests, then: Callable[[Page], None]) -> None:
        begun, self.reading = self._begun, True

        def heard(answer: Answer) -> None:
            if begun != self._begun:
                return  # another filter was set by now
            self.reading, self.failure = False, "" if answer.ok else answer.message
            if answer.ok:
                then(_page(answer))
            self.told.emit()

        self._desk.ask(ask, heard)

    def _first(self, page: Page) -> None:
        self.beginResetModel()
        self._pieces, self._next = [], page.next
        self._newest = self.newer = 0
        self._keep(page.rows)
        self.endResetModel()
        self._go_on(page)

    def _append(self, page: Page) -> None:
        self._next = page.next
        if page.rows:
            count = self._starts[-1]
            self.beginInsertRows(_NOWHERE, count, count + len(page.rows) - 1)
            self._keep(page.rows)
            self.endInsertRows()
        self._go_on(page)

    def _go_on(self, page: Page) -> None:
        """A page without rows only says where to look next."""
        if not page.rows:
            self.fetchMore()

    def _keep(self, rows: tuple[Record, ...], at: int | None = None) -> None:
        if rows:
            self._pieces.insert(len(self._pieces) if at is None else at, _Piece(rows))
            self._newest = max(self._newest, *(row.id for row in rows), 0)
        self._count()
        self._let_go()

    def _add_newer(self, page: Page, *, show: bool) -> None:
        if not show or page.next is not None:
            self.newer = len(page.rows)
        elif page.rows:
            self.beginInsertRows(_NOWHERE, 0, len(page.rows) - 1)
            first = self._pieces[0] if self._pieces else None
            rows = page.rows
            if first and first.records is not None and first.size < PAGE_ROWS:
                rows += first.records
                del self._pieces[0]
            self._keep(rows, 0)
            self.newer = 0
            self.endInsertRows()
        self.told.emit()

    def _count(self) -> None:
        self._starts = [0, *accumulate(piece.size for piece in self._pieces)]

    def _let_go(self) -> None:
        """Forget the rows that were not looked at for longest; the last piece was just read."""
        held = [piece for piece in self._pieces[1:-1] if piece.records is not None]
        for piece in sorted(held, key=lambda each: each.used)[: max(0, len(held) - KEPT)]:
            piece.records = None

    def _read_again(self, piece: _Piece) -> None:
        if piece.is_asked:
            return
        piece.is_asked = True
        ended, row = piece.first
        ask = ListRequests(self._filter, before=(ended, row + 1), limit=piece.size)

        def heard(answer: Answer) -> None:
            piece.is_asked = False
            if answer.ok and piece in self._pieces:
                self._put_back(piece, _page(answer).rows)

        self._desk.ask(ask, heard)

    def _put_back(self, piece: _Piece, rows: tuple[Record, ...]) -> None:
        """Rows that are gone by now (history is kept for so many days) are told by the last."""
        if not rows:
            return
        piece.records = rows + rows[-1:] * (piece.size - len(rows))
        start = self._starts[self._pieces.index(piece)]
        self.dataChanged.emit(self.index(start, 0), self.index(start + piece.size - 1, 10))
        self._let_go()

    def _said(self, record: Record) -> tuple[str, ...]:
        if (known := self._texts.get(record.id)) is not None:
            return known
        if len(self._texts) >= _TEXTS:
            self._texts.clear()
        said = requests.cells(self._desk.look.voice, record, self._desk.now())
        self._texts[record.id] = said
        return said

    def _colour(self, record: Record, column: int, text: str) -> QColor | None:
        colours = self._desk.look.colours
        if column == len(requests.COLUMNS) - 1:
            tone = ended(self._desk.look.voice, record).tone
            return QColor(colours.shades(tone).text if tone else colours.secondary)
        return QColor(colours.tertiary) if text == requests.NONE else None

    def _glyph(self, record: Record) -> QPixmap | None:
        """The shape beside what did not end as usual."""
        state = _STATES.get(record.verdict)
        if state is None:
            return None
        ratio = QGuiApplication.primaryScreen().devicePixelRatio()
        return pixmap(Face(state, 24), GLYPH, ratio, on(self._desk.look.colours))


_STATES: dict[Verdict, State] = {
    "cached": "healthy",
    "other_model": "warning",
    "throttled": "throttled",
    "overloaded": "throttled",
    "refused": "depleted",
    "failed": "critical",
}
_OF_RECORDS = {
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole,
    Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole,
}  # fmt: skip


def _page(answer: Answer) -> Page:
    return msgspec.convert(answer.value, Page)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in requests.NUMBERS else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
