"""A period as days, hours and rows; sums that grow piece by piece."""

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from trayapp.meter import pieces as file
from trayapp.meter.pieces import Heap, Kept, Piece, pieces_of
from trayapp.model.history import By, Filter, Sum

DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)
MIDNIGHT = dt.datetime(2026, 11, 21, 0, 0, tzinfo=dt.UTC)
LONG_AGO = MIDNIGHT - 1000 * DAY
COUNTS = (2, 0, 0, 0, 1, 0, 10, 5, 0, 0, 0)


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def rows(since: dt.datetime, until: dt.datetime) -> Filter:
    return Filter(since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "by", "pieces"),
    [
        (None, None, "tool", [Kept("days", "", "9")]),
        (None, None, "hour", [Kept("hours", "", "9")]),
        (MIDNIGHT, None, "day", [Kept("days", "2026-11-21", "9")]),
        (
            MIDNIGHT + 1.5 * HOUR,
            None,
            "tool",
            [
                rows(MIDNIGHT + 1.5 * HOUR, MIDNIGHT + 2 * HOUR),
                Kept("hours", "2026-11-21T02", "2026-11-22"),
                Kept("days", "2026-11-22", "9"),
            ],
        ),
        (
            MIDNIGHT - DAY + HOUR,
            MIDNIGHT + DAY + 2.5 * HOUR,
            "model",
            [
                rows(MIDNIGHT + DAY + 2 * HOUR, MIDNIGHT + DAY + 2.5 * HOUR),
                Kept("hours", "2026-11-20T01", "2026-11-21"),
                Kept("days", "2026-11-21", "2026-11-22"),
                Kept("hours", "2026-11-22", "2026-11-22T02"),
            ],
        ),
        (
            MIDNIGHT + HOUR,
            MIDNIGHT + 3 * HOUR,
            "tool",
            [Kept("hours", "2026-11-21T01", "2026-11-21T03")],
        ),
        (MIDNIGHT, MIDNIGHT + DAY, "tool", [Kept("days", "2026-11-21", "2026-11-22")]),
        (
            MIDNIGHT + 0.2 * HOUR,
            MIDNIGHT + 0.9 * HOUR,
            "tool",
            [rows(MIDNIGHT + 0.2 * HOUR, MIDNIGHT + 0.9 * HOUR)],
        ),
        (
            MIDNIGHT + 0.5 * HOUR,
            MIDNIGHT + 2 * HOUR,
            "hour",
            [
                rows(MIDNIGHT + 0.5 * HOUR, MIDNIGHT + HOUR),
                Kept("hours", "2026-11-21T01", "2026-11-21T02"),
            ],
        ),
        (None, MIDNIGHT, "hour", [Kept("hours", "", "2026-11-21T00")]),
    ],
)
def test_a_period_is_told_in_the_largest_pieces(
    since: dt.datetime | None, until: dt.datetime | None, by: By, pieces: list[Piece]
) -> None:
    """Days where they are whole, hours around them, rows at the ends."""
    assert pieces_of(Filter(since=since, until=until), by, LONG_AGO) == pieces


@pytest.mark.parametrize("asked", [Filter(text="x"), Filter(verdicts=("cached",))])
def test_what_no_sum_knows_is_counted(asked: Filter) -> None:
    """Kept sums know neither outcomes nor ids."""
    assert pieces_of(asked, "day", LONG_AGO) == [asked]


def test_what_is_older_than_the_rows_begins_with_its_day() -> None:
    """There are no rows and hours to begin with any more."""
    asked = Filter(since=MIDNIGHT - 9.3 * DAY)

    assert pieces_of(asked, "tool", MIDNIGHT) == [Kept("days", "2026-11-11", "9")]
    assert pieces_of(asked, "hour", MIDNIGHT) == [Kept("hours", "2026-11-11T16", "9")]


def test_an_empty_period_has_no_hours() -> None:
    """From an hour to itself there is nothing."""
    assert pieces_of(Filter(since=MIDNIGHT, until=MIDNIGHT), "hour", LONG_AGO) == [
        rows(MIDNIGHT, MIDNIGHT)
    ]
    assert file._hours("2026-11-21T01", "2026-11-21T01") == []


def test_sums_of_a_name_add_up() -> None:
    """Numbers are added, and a cost that is not known takes nothing from one that is."""
    heap = Heap("tool")
    heap.add([("b", *COUNTS, 0.5, 0.0), ("a", *COUNTS, None, 0.25)])
    heap.add([("b", *COUNTS, None, 0.0)])

    told = heap.told(whole=True)

    assert told.whole
    assert told.rows == (
        Sum("b", requests=4, errors=2, input_tokens=20, output_tokens=10, cost_usd=0.5),
        Sum("a", requests=2, errors=1, input_tokens=10, output_tokens=5, saved_usd=0.25),
    )


def test_hours_come_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest are kept where there are too many, and that is said."""
    monkeypatch.setattr(file, "MOST_SUMS", 2)
    heap = Heap("hour")
    heap.add([(f"2026-11-21T0{hour}", *COUNTS, None, 0.0) for hour in (3, 1, 2)])

    told = heap.told(whole=True)

    assert [row.key for row in told.rows] == ["2026-11-21T02", "2026-11-21T03"]
    assert not told.whole


def test_what_damage_left_counts_nothing() -> None:
    """Text and bytes in place of numbers are no numbers."""
    heap = Heap("tool")
    heap.add([(None, "x", b"y", *COUNTS[2:], "z", None)])

    assert heap.told(whole=False).rows == (Sum("", errors=1, input_tokens=10, output_tokens=5),)
