"""Rows are read page by page, and never all at once."""

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.fakes.history import FakeHistory, record_of
from trayapp.model.command import Answer, Command
from trayapp.model.history import PAGE_ROWS, Filter, Page
from trayapp.ui.activity_rows import KEPT, Rows
from trayapp.ui.bridge import Done
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import requests
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.gallery.stage import Replies, StillBridge, StillClock, still
from trayapp.ui.link import Link
from trayapp.ui.look import Look


def desk_of(replies: Replies) -> Desk:
    return still(NOW, RUNNING, Link("connected", NOW), Look(system=["en"]), replies)


def rows_of(history: FakeHistory) -> Rows:
    rows = Rows(desk_of(history.reply))
    rows.begin(Filter())
    return rows


def ids(rows: Rows) -> list[int | None]:
    """The number in each row; None where it was let go."""
    found = [rows.record(row) for row in range(rows.rowCount())]
    return [None if each is None else each.id for each in found]


def in_memory(rows: Rows) -> int:
    return sum(len(piece.records or ()) for piece in rows._pieces)


def test_pages_follow_each_other(qtbot: QtBot) -> None:
    """A page begins where the one before ended, and the last one is the end."""
    rows = rows_of(FakeHistory(PAGE_ROWS + 30))
    first = rows.rowCount()

    rows.fetchMore()

    assert (first, rows.rowCount(), rows.canFetchMore()) == (PAGE_ROWS, PAGE_ROWS + 30, False)
    assert ids(rows) == list(range(PAGE_ROWS + 30, 0, -1))


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_never_all_in_memory(qtbot: QtBot) -> None:
    """What was let go is read again, as it was, when it is looked at."""
    history = FakeHistory(400 * PAGE_ROWS)
    rows = rows_of(history)

    while rows.canFetchMore():
        rows.fetchMore()

    most = (KEPT + 2) * PAGE_ROWS
    assert (rows.rowCount(), in_memory(rows) <= most) == (400 * PAGE_ROWS, True)
    gone = 40 * PAGE_ROWS + 7
    assert rows.record(gone) is None
    assert rows.record(gone) == record_of(360 * PAGE_ROWS - 7)
    assert in_memory(rows) <= most


def test_rows_that_were_forgotten_meanwhile_do_not_break_the_list(qtbot: QtBot) -> None:
    """History is kept for so many days; a list that is open may outlive its end."""
    history = FakeHistory(40 * PAGE_ROWS)
    rows = rows_of(history)
    while rows.canFetchMore():
        rows.fetchMore()
    at = next(at for at, piece in enumerate(rows._pieces) if piece.records is None)
    start = at * PAGE_ROWS
    history.records = history.records[: start + 10]

    rows.record(start)

    last = rows.record(start + PAGE_ROWS - 1)
    assert last == history.records[-1]


def test_newer_rows_come_in_at_the_top(qtbot: QtBot) -> None:
    """Those that are shown move down, and are the same."""
    history = FakeHistory(3)
    rows = rows_of(history)
    history.add(2)

    rows.look_for_newer(show=True)

    assert (ids(rows), rows.newer) == ([5, 4, 3, 2, 1], 0)


def test_newer_rows_wait_where_the_list_is_read_further_down(qtbot: QtBot) -> None:
    """They are counted, and nothing moves."""
    history = FakeHistory(3)
    rows = rows_of(history)
    history.add(2)

    rows.look_for_newer(show=False)

    assert (ids(rows), rows.newer) == ([3, 2, 1], 2)


def test_too_many_newer_rows_are_only_counted(qtbot: QtBot) -> None:
    """A list with a gap would lie."""
    history = FakeHistory(3)
    rows = rows_of(history)
    history.add(PAGE_ROWS + 1)

    rows.look_for_newer(show=True)

    assert (rows.rowCount(), rows.newer) == (3, PAGE_ROWS)


def test_first_row_of_all_is_found(qtbot: QtBot) -> None:
    """A list that was empty fills by itself."""
    history = FakeHistory(0)
    rows = rows_of(history)
    history.add(1)

    rows.look_for_newer(show=True)

    assert ids(rows) == [1]


def test_a_page_without_rows_goes_on(qtbot: QtBot) -> None:
    """What is rare is sought page after page until something is found."""
    pages = [Page((), (9, 9)), Page((), (5, 5)), Page((record_of(2),), None)]
    rows = Rows(desk_of(lambda _ask: told(pages.pop(0))))

    rows.begin(Filter())

    assert (ids(rows), pages) == ([2], [])


def told(page: Page) -> Answer:
    return Answer(1, ok=True, value=msgspec.to_builtins(page))


class LateBridge(StillBridge):
    """Keeps what it is asked until a test answers it."""

    def __init__(self) -> None:
        super().__init__(None, None)
        self.waiting: list[tuple[Command, Done]] = []

    def ask(self, command: Command, done: Done | None = None) -> None:
        if done is not None:
            self.waiting.append((command, done))


def test_a_late_answer_to_another_filter_is_not_shown(qtbot: QtBot) -> None:
    """Only what was asked for last counts."""
    history, bridge = FakeHistory(3), LateBridge()
    rows = Rows(Desk(bridge, StillClock(NOW), {}, look=Look(system=["en"])))

    rows.begin(Filter(text="r1"))
    rows.begin(Filter(text="r2"))
    for command, done in reversed(bridge.waiting):
        done(history.reply(command))

    assert (ids(rows), rows.reading) == ([2], False)


def test_a_refusal_is_told(qtbot: QtBot) -> None:
    """What was shown stays."""
    history = FakeHistory(3)
    rows = rows_of(history)
    history.refusal = "The history cannot be read."

    rows.begin(Filter())

    assert (rows.failure, rows.rowCount(), rows.reading) == (history.refusal, 3, False)


def test_cells_are_read_aloud_with_their_columns(qtbot: QtBot) -> None:
    """A number alone says nothing."""
    rows = rows_of(FakeHistory(1))

    cell = rows.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)

    assert cell == "In: 1"


def test_columns_of_numbers_stand_on_the_right(qtbot: QtBot) -> None:
    """Heads as their values."""
    rows = rows_of(FakeHistory(1))

    sides = [
        bool(
            rows.headerData(at, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
            & Qt.AlignmentFlag.AlignRight
        )
        for at in range(rows.columnCount())
    ]
    assert sides == [False] * 3 + [True] * 7 + [False]
    assert rows.headerData(0, Qt.Orientation.Vertical) is None


def test_what_did_not_end_as_usual_has_a_shape_and_a_colour(qtbot: QtBot) -> None:
    """A cell of an answered request has neither."""
    rows = Rows(desk_of(requests.told))
    rows.begin(Filter())

    def marks(row: int) -> tuple[bool, str]:
        index = rows.index(row, 10)
        colour = index.data(Qt.ItemDataRole.ForegroundRole).name()
        return index.data(Qt.ItemDataRole.DecorationRole) is not None, colour

    colours = rows._desk.look.colours
    assert marks(0) == (False, colours.secondary.lower())
    assert marks(7) == (True, colours.depleted.text.lower())
