"""History is read in pages, summed in pieces, and forgotten when it is old."""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.meter.library import LONG_AGO, MODELS, NOON, TOOLS, many, outcome, reading
from trayapp.meter import history as module
from trayapp.meter import questions
from trayapp.meter.history import History
from trayapp.model.exchange import Route
from trayapp.model.history import (
    PAGE_ROWS,
    By,
    Filter,
    Key,
    ListRequests,
    Record,
    SumRequests,
    Verdict,
)
from trayapp.model.usage import Usage
from trayapp.model.why import Why

EVERY: tuple[Verdict, ...] = (
    "answered", "cached", "other_model", "throttled", "overloaded", "refused", "failed",
    "caller_gone",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone whose hours begin at half past."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "meter.db"


async def all_of(history: History, asked: ListRequests) -> list[Record]:
    """Every row that matches, page by page."""
    rows: list[Record] = []
    before: Key | None = None
    while True:
        page = await history.page(msgspec.structs.replace(asked, before=before))
        rows += page.rows
        before = page.next
        if before is None:
            return rows


def test_pages_follow_one_another_newest_first(path: Path) -> None:
    """Every row once, in the order of their ends."""
    rows = many(300)

    found = reading(path, rows, lambda history: all_of(history, ListRequests(limit=70)))

    assert [row.request_id for row in found] == [row.id for row in reversed(rows)]


def test_rows_that_ended_at_one_time_are_told_once(path: Path) -> None:
    """A page that ends in the middle of a millisecond goes on behind its last row."""
    rows = [outcome(id=f"r{number}") for number in range(10)]

    found = reading(path, rows, lambda history: all_of(history, ListRequests(limit=3)))

    assert [row.request_id for row in found] == [f"r{number}" for number in reversed(range(10))]


@pytest.mark.parametrize(
    "asked",
    [
        Filter(tools=("Zed",)),
        Filter(models=(MODELS[1],)),
        Filter(verdicts=("cached", "failed")),
        Filter(text="REQ_1"),
        Filter(since=NOON - dt.timedelta(days=2), until=NOON - dt.timedelta(days=1)),
        Filter(tools=TOOLS[:2], models=MODELS, verdicts=("other_model",), text="sonnet"),
    ],
)
def test_filters_keep_what_they_name(
    path: Path, asked: Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However little a question looks at, all that match are found and nothing else."""
    monkeypatch.setattr(questions, "SCAN_ROWS", 23)
    rows = many(300)

    async def both(history: History) -> tuple[list[Record], list[Record]]:
        every = await all_of(history, ListRequests())
        return every, await all_of(history, ListRequests(asked, limit=20))

    every, found = reading(path, rows, both)

    def is_meant(row: Record) -> bool:
        ended = dt.datetime.fromtimestamp(row.ended / 1000, dt.UTC)
        return (
            (not asked.tools or row.tool in asked.tools)
            and (not asked.models or row.model in asked.models)
            and (not asked.verdicts or row.verdict in asked.verdicts)
            and (asked.since is None or asked.since <= ended)
            and (asked.until is None or ended < asked.until)
            and any(
                asked.text.lower() in text.lower()
                for text in (row.request_id, row.tool, row.model, row.model_asked)
            )
        )

    assert found == [row for row in every if is_meant(row)]
    assert 0 < len(found) < 300


def test_only_what_is_newer_is_told(path: Path) -> None:
    """Who has seen rows up to one asks for those that were written after it."""

    async def newer(history: History) -> list[Record]:
        return await all_of(history, ListRequests(after=297))

    assert [row.id for row in reading(path, many(300), newer)] == [300, 299, 298]


@pytest.mark.parametrize("text", ["%", "_", "\\", "'"])
def test_what_is_sought_is_taken_as_it_stands(path: Path, text: str) -> None:
    """Signs that a database reads otherwise are signs."""
    rows = [outcome(tool=f"a{text}b"), outcome(tool="ab")]

    found = reading(path, rows, lambda h: all_of(h, ListRequests(Filter(text=f"a{text}"))))

    assert [row.tool for row in found] == [f"a{text}b"]


def test_a_record_tells_all_that_is_kept(path: Path) -> None:
    """Its numbers come back with what can be reckoned from them."""
    row = outcome(
        model_served="claude-sonnet-5-5", usage=Usage(100, 400, 0, 38_000), cost_usd=0.0177,
        held_ms=8100.0, ttft_ms=9000.0, duration_ms=14_000.0, refusal=None,
        why=Why("output_tokens", 8000.0, 7600.0, 420.0, 9000.0, 3000.0, 450.0, 1),
    )  # fmt: skip

    (found,) = reading(path, [row], lambda history: all_of(history, ListRequests()))

    assert (found.verdict, found.tokens_per_s) == ("other_model", 80.0)
    assert found.prompt_cache_saved_usd == pytest.approx(0.0625, abs=1e-6)
    assert (found.hold_cause, found.hold_limit, found.hold_free) == ("output_tokens", 8000, 420)
    assert (found.at, found.cached, found.status) == (NOON, False, 200)


@pytest.mark.parametrize("by", ["hour", "day", "tool", "model"])
@pytest.mark.parametrize(
    ("since", "until"),
    [
        (None, None),
        (NOON - dt.timedelta(hours=3, minutes=7), None),
        (NOON - dt.timedelta(days=3, minutes=7), None),
        (NOON - dt.timedelta(days=3), NOON - dt.timedelta(days=1, minutes=50)),
        (NOON - dt.timedelta(minutes=50), NOON - dt.timedelta(minutes=10)),
        (NOON.replace(hour=18, minute=30) - dt.timedelta(days=2), NOON.replace(hour=6, minute=30)),
        (None, NOON.replace(hour=18, minute=30) - dt.timedelta(days=1)),
        (NOON - dt.timedelta(hours=5, minutes=30), NOON - dt.timedelta(hours=1, minutes=30)),
    ],
)
def test_sums_of_pieces_are_the_sums_of_rows(
    path: Path, by: By, since: dt.datetime | None, until: dt.datetime | None
) -> None:
    """What days, hours and rows come to together is what every row alone comes to."""
    kept = Filter(tools=TOOLS[:2], since=since, until=until)
    counted = msgspec.structs.replace(kept, verdicts=EVERY)

    async def both(history: History) -> tuple[object, object]:
        return (
            await history.sums(SumRequests(kept, by), LONG_AGO),
            await history.sums(SumRequests(counted, by), LONG_AGO),
        )

    from_pieces, from_rows = reading(path, many(300), both)

    assert from_pieces == from_rows


def test_a_sum_over_too_many_rows_says_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It tells what it has, and that it is not the whole."""
    monkeypatch.setattr(questions, "SCAN_ROWS", 10)
    monkeypatch.setattr(module, "MOST_STEPS", 3)
    asked = SumRequests(Filter(text="req"), "tool")

    sums = reading(path, many(300), lambda history: history.sums(asked, LONG_AGO))

    assert (sum(row.requests for row in sums.rows), sums.whole) == (30, False)


def test_forgetting_leaves_the_days(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and hours before a time are gone, what the days came to stays."""
    monkeypatch.setattr(module, "FORGET_ROWS", 7)
    rows, kept_from = many(300), NOON - dt.timedelta(days=2)

    async def forget(history: History) -> tuple[object, object, list[Record], int]:
        asked = SumRequests(Filter(), "day")
        before = await history.sums(asked, LONG_AGO)
        await history.forget(kept_from)
        hours = await history.sums(SumRequests(Filter(), "hour"), kept_from)
        left = await all_of(history, ListRequests())
        return before, await history.sums(asked, kept_from), left, len(hours.rows)

    before, after, left, hours = reading(path, rows, forget)

    assert before == after
    assert len(left) == 150
    assert 45 <= hours <= 49


def test_what_is_older_than_the_rows_is_told_by_days(path: Path) -> None:
    """A period that begins before them begins with its whole day."""
    rows, kept_from = many(300), NOON - dt.timedelta(days=1)
    since = NOON - dt.timedelta(days=3)

    async def sums(history: History) -> tuple[int, int]:
        await history.forget(kept_from)
        told = await history.sums(SumRequests(Filter(since=since), "tool"), kept_from)
        hours = await history.sums(SumRequests(Filter(since=since), "hour"), kept_from)
        return sum(row.requests for row in told.rows), sum(row.requests for row in hours.rows)

    whole_days, hours_left = reading(path, rows, sums)

    assert 225 < whole_days < 300
    assert hours_left == pytest.approx(75, abs=4)


@pytest.mark.slow
def test_the_longest_names_fit_a_page(path: Path) -> None:
    """A page of rows that are as long as they can be stays under a mebibyte."""
    name = "\N{CJK UNIFIED IDEOGRAPH-6642}" * 128
    row = outcome(
        id=f"{1:0128}", tool=name[:64], model_asked=name, model_served=name,
        upstream_request_id=f"{1:0128}", refusal="queue_full", error_type=name, own=True,
        usage=Usage(10**12, 10**12, 10**12, 10**12, 10**12, 10**12, 10**12, name, name, name),
        cost_usd=1 / 3, held_ms=1e9 / 3, first_byte_ms=1e9 / 3, ttft_ms=1e9 / 3, throttled=True,
        overloaded=True, why=Why("output_tokens", 1e9 / 3, 1e9 / 3, 1e9 / 3, 1e9 / 3, 1e9 / 3, 1e9 / 3, 10**9),
    )  # fmt: skip

    page = reading(
        path, [row] * PAGE_ROWS, lambda history: history.page(ListRequests(limit=PAGE_ROWS))
    )

    assert len(page.rows) == PAGE_ROWS
    assert len(msgspec.json.encode(page)) < 1 << 20


def test_a_row_that_damage_left_without_sense_is_passed_over(path: Path) -> None:
    """The others are told, and pages go on."""

    async def damage(history: History) -> list[Record]:
        await history._database.run(
            lambda connection: connection.execute(
                "UPDATE requests SET at = x'00ff', verdict = 7 WHERE id = 2"
            )
        )
        return await all_of(history, ListRequests(limit=1))

    rows = [outcome(id=f"r{number}", route=Route.FILES) for number in range(3)]

    assert [row.request_id for row in reading(path, rows, damage)] == ["r2", "r0"]
