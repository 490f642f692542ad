"""History in SQLite: kept in groups, waited for by nobody, summed as it comes."""

import asyncio
import datetime as dt
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from trayapp.clock import local_day
from trayapp.db import Database, offline
from trayapp.meter import ledger as module
from trayapp.meter.ledger import SCHEMA, Ledger
from trayapp.meter.pools import Learned
from trayapp.meter.tally import Tally, Today
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import ToolTotals, Totals
from trayapp.model.usage import Usage
from trayapp.model.why import Why

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)


def outcome(**fields: Any) -> Outcome:
    told: dict[str, Any] = {
        "id": "req_1", "at": NOON, "tool": "editor", "kind": "normal", "route": Route.MESSAGES,
        "model_asked": "claude-opus-5-5", "usage": Usage(input_tokens=10, output_tokens=5),
        "cost_usd": 0.5, "status": 200, **fields,
    }  # fmt: skip
    return Outcome(**told)


class Desk:
    """A ledger over a file, and what it told."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.failures: list[BaseException] = []
        self.recoveries = 0
        self.ledger = Ledger(database, failed=self.failures.append, recovered=self._recovered)

    def _recovered(self) -> None:
        self.recoveries += 1

    async def rows(self, question: str = "SELECT * FROM requests") -> list[Any]:
        return await self.database.run(lambda connection: connection.execute(question).fetchall())

    async def until(self, reached: Callable[[], bool]) -> None:
        """Give the file's thread and the loop turns until it is so."""
        while not reached():
            await self.rows("SELECT 1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "meter.db"


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def at_desk(path: Path, use: Callable[[Desk], Awaitable[None]]) -> Desk:
    async def run() -> Desk:
        database = Database(path, SCHEMA)
        await database.open()
        desk = Desk(database)
        try:
            await use(desk)
            await desk.ledger.close()
        finally:
            await database.close()
        return desk

    return asyncio.run(asyncio.wait_for(run(), 20))


def kept(path: Path, question: str = "SELECT * FROM requests") -> list[dict[str, Any]]:
    with offline(path, SCHEMA) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(question)]


def test_an_outcome_is_kept_with_all_its_numbers(path: Path) -> None:
    """Nothing of it is lost but its place in a struct."""
    whole = outcome(
        model_served="claude-opus-5-5", outcome="error", status=529, held_ms=1.5,
        first_byte_ms=2.5, ttft_ms=3.5, duration_ms=4.5, overloaded=True,
        upstream_request_id="req_up",
        usage=Usage(10, 5, 3, 2, 0, 3, 1, "standard", "fast", "us"), error_type="overloaded_error",
        own=True, why=Why("input_tokens", 8000.0, 7600.0, 420.0, 9000.0, 12.0, 450.0, 2),
    )  # fmt: skip

    async def use(desk: Desk) -> None:
        desk.ledger.record(whole)

    at_desk(path, use)

    assert kept(path) == [
        {
            "id": 1, "request_id": "req_1", "at": "2026-11-21T12:00:00.000Z", "tool": "editor",
            "kind": "normal", "route": "messages", "model_asked": "claude-opus-5-5",
            "model_served": "claude-opus-5-5", "input_tokens": 10, "output_tokens": 5,
            "cache_creation_input_tokens": 3, "cache_read_input_tokens": 2, "cost_usd": 0.5,
            "status": 529, "outcome": "error", "throttled": 0, "overloaded": 1, "cached": 0,
            "held_ms": 1.5, "first_byte_ms": 2.5, "ttft_ms": 3.5, "duration_ms": 4.5,
            "service_tier": "standard", "speed": "fast", "upstream_request_id": "req_up",
            "ended": 1795262400004, "verdict": "overloaded", "refusal": None,
            "error_type": "overloaded_error", "own": 1, "tries": 2, "cache_creation_1h": 3,
            "web_search_requests": 1, "inference_geo": "us", "hold_cause": "input_tokens",
            "hold_limit": 8000.0, "hold_used": 7600.0, "hold_free": 420.0, "expected_ms": 9000.0,
            "input_estimate": 12.0, "output_estimate": 450.0,
        }
    ]  # fmt: skip


def test_what_is_unknown_stays_unknown(path: Path) -> None:
    """A caller that hung up has no status, no usage and no cost, not ones of nothing."""

    async def use(desk: Desk) -> None:
        desk.ledger.record(outcome(usage=None, cost_usd=None, status=None, outcome="caller_gone"))

    at_desk(path, use)

    (row,) = kept(path)
    assert [row[name] for name in ("status", "input_tokens", "cost_usd")] == [None, None, None]


@pytest.mark.slow
def test_a_row_is_written_by_itself(path: Path) -> None:
    """A fifth of a second later it is on disk, without anything else happening."""

    async def use(desk: Desk) -> None:
        desk.ledger.record(outcome())
        assert await desk.rows() == []
        written = asyncio.Event()
        asyncio.get_running_loop().call_later(module.GROUP_S + 0.05, written.set)
        await written.wait()
        assert len(await desk.rows()) == 1

    at_desk(path, use)


def test_many_rows_do_not_wait(path: Path) -> None:
    """Sixty-four rows are a group at once."""

    async def use(desk: Desk) -> None:
        for _ in range(module.GROUP_ROWS):
            desk.ledger.record(outcome())
        assert len(await desk.rows()) == module.GROUP_ROWS

    at_desk(path, use)


def test_a_burst_is_kept_whole(path: Path) -> None:
    """Rows that come while a group is being written follow it."""

    async def use(desk: Desk) -> None:
        for number in range(400):
            desk.ledger.record(outcome(id=f"r{number}"))
            if number % 100 == 0:
                await asyncio.sleep(0)

    at_desk(path, use)

    assert [row["request_id"] for row in kept(path)] == [f"r{number}" for number in range(400)]


def test_closing_twice_loses_and_doubles_nothing(path: Path) -> None:
    """What was recorded is there once."""

    async def use(desk: Desk) -> None:
        desk.ledger.record(outcome())
        await desk.ledger.close()

    at_desk(path, use)

    assert len(kept(path)) == 1


def test_the_days_sums_are_kept_as_rows_come(path: Path) -> None:
    """Several groups on one day add up, apart by tool and model; only messages count."""

    async def use(desk: Desk) -> None:
        desk.ledger.record(outcome())
        await desk.ledger.close()
        desk.ledger.record(outcome(cost_usd=None, usage=None, outcome="error", throttled=True))
        desk.ledger.record(outcome(cached=True, usage=Usage(1, 2, 3, 4), cost_usd=0.25))
        desk.ledger.record(outcome(route=Route.COUNT_TOKENS))

    at_desk(path, use)

    assert kept(path, "SELECT * FROM days") == [
        {
            "day": "2026-11-21", "tool": "editor", "model": "claude-opus-5-5", "kind": "normal",
            "requests": 3, "cache_hits": 1, "throttled": 1, "overloaded": 0, "errors": 1,
            "caller_gone": 0, "input_tokens": 10, "output_tokens": 5,
            "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "saved_tokens": 10,
            "cost_usd": 0.5, "saved_usd": 0.25,
        }
    ]  # fmt: skip


def test_a_full_group_is_kept_as_its_rows_would_be(path: Path) -> None:
    """Sixty-four rows of several tools and days in one write are what they are one by one."""
    rows = [
        outcome(
            id=f"r{number}",
            tool=f"tool-{number % 3}",
            at=NOON + number * dt.timedelta(minutes=20),
            cost_usd=None if number % 5 == 0 else 0.25,
            status=None if number % 7 == 0 else 200,
        )
        for number in range(module.GROUP_ROWS)
    ]

    async def together(desk: Desk) -> None:
        for row in rows:
            desk.ledger.record(row)

    async def one_by_one(desk: Desk) -> None:
        for row in rows:
            desk.ledger.record(row)
            await desk.ledger.close()

    alone = path.with_name("alone.db")
    at_desk(path, together)
    at_desk(alone, one_by_one)

    for table in ("requests", "hours", "days"):
        assert kept(path, f"SELECT * FROM {table}") == kept(alone, f"SELECT * FROM {table}")


def test_a_request_counts_on_the_day_it_ended(path: Path) -> None:
    """One that ran over midnight is of the new day, as in the tally."""
    late = NOON.replace(hour=23, minute=59, second=59)

    async def use(desk: Desk) -> None:
        desk.ledger.record(outcome(at=late, duration_ms=2000.0))

    at_desk(path, use)

    assert [row["day"] for row in kept(path, "SELECT day FROM days")] == ["2026-11-22"]


def test_a_new_start_goes_on_with_the_day(path: Path) -> None:
    """The next run's totals are the sums of this one; money of the month comes along."""
    records = [
        outcome(), outcome(tool="script", kind="batch", cost_usd=None, overloaded=True),
        outcome(cached=True), outcome(at=NOON - DAY, cost_usd=4.0),
        outcome(at=NOON - 30 * DAY, cost_usd=100.0),
    ]  # fmt: skip
    told: list[Today] = []

    async def use(desk: Desk) -> None:
        for each in records:
            desk.ledger.record(each)
        await desk.ledger.close()
        told.append(await desk.ledger.today(local_day(NOON)))

    at_desk(path, use)

    assert told == [
        Today(
            local_day(NOON),
            Totals(requests=3, cache_hits=1, overloaded=1, saved_tokens=15, saved_usd=0.5),
            (
                ToolTotals("editor", "normal", 2, 10, 5, 0.5),
                ToolTotals("script", "batch", 1, 10, 5, None),
            ),
            0.5,
            4.5,
            {"editor": 4.5},
        )
    ]


def test_a_restored_tally_is_the_same_as_one_that_went_on(path: Path) -> None:
    """Ledger and tally count alike."""
    records = [
        outcome(), outcome(outcome="error", throttled=True), outcome(cached=True),
        outcome(outcome="caller_gone", usage=None, cost_usd=None), outcome(tool="script"),
    ]  # fmt: skip
    went_on, restored = Tally(NOON), Tally(NOON)

    async def use(desk: Desk) -> None:
        for each in records:
            desk.ledger.record(each)
            went_on.record(each, NOON)
        await desk.ledger.close()
        restored.restore(await desk.ledger.today(local_day(NOON)))

    at_desk(path, use)

    assert restored.today(NOON) == went_on.today(NOON)
    assert restored.spent == went_on.spent
    assert restored.spent_by("editor") == went_on.spent_by("editor")


def test_learned_limits_outlive_a_restart(path: Path) -> None:
    """Kept, kept again with a newer value, and read back as they were."""
    old = Learned("https://api", "org", None, "opus-5.5", "requests", 1000, NOON)
    new = Learned("https://api", "org", None, "opus-5.5", "requests", 4000, NOON + DAY)
    other = Learned("https://api", "org", "w", "opus-5.5", "requests", 50, NOON)

    async def use(desk: Desk) -> None:
        desk.ledger.keep_limits([old, other])
        desk.ledger.keep_limits([new])
        assert set(await desk.ledger.limits()) == {new, other}

    assert at_desk(path, use).failures == []


def break_writing(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE requests RENAME TO away")


def mend_writing(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE away RENAME TO requests")


def test_a_failure_is_told_once_and_recovery_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows wait while the file cannot be written, and are all there when it can again."""
    monkeypatch.setattr(module, "RETRY_S", 0.001)
    monkeypatch.setattr(module, "GROUP_S", 0.001)

    async def use(desk: Desk) -> None:
        await desk.database.run(break_writing)
        desk.ledger.record(outcome(id="one"))
        await desk.until(lambda: bool(desk.failures))
        desk.ledger.record(outcome(id="two"))
        await desk.database.run(mend_writing)
        await desk.until(lambda: desk.recoveries == 1)
        desk.ledger.record(outcome(id="three"))

    desk = at_desk(path, use)

    assert [type(error) for error in desk.failures] == [sqlite3.OperationalError]
    assert desk.recoveries == 1
    assert [row["request_id"] for row in kept(path)] == ["one", "two", "three"]


def test_rows_do_not_pile_up_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the file cannot be written the oldest rows are dropped, and counted."""
    monkeypatch.setattr(module, "WAITING_ROWS", 100)

    async def use(desk: Desk) -> None:
        await desk.database.run(break_writing)
        for number in range(150):
            desk.ledger.record(outcome(id=f"r{number}"))
        await desk.until(lambda: bool(desk.failures))
        for number in range(150, 300):
            desk.ledger.record(outcome(id=f"r{number}"))
        await desk.database.run(mend_writing)

    desk = at_desk(path, use)

    assert desk.ledger.dropped == 200
    assert [row["request_id"] for row in kept(path)] == [f"r{number}" for number in range(200, 300)]


def test_a_close_that_cannot_write_says_so(path: Path) -> None:
    """The last rows are lost in words, not in silence."""

    async def use(desk: Desk) -> None:
        await desk.database.run(break_writing)
        desk.ledger.record(outcome())

    desk = at_desk(path, use)

    assert [type(error) for error in desk.failures] == [sqlite3.OperationalError]


def test_a_ledger_over_a_closed_file_raises_nothing(path: Path) -> None:
    """Who records is never harmed by what happens to the file."""

    async def use(desk: Desk) -> None:
        await desk.database.close()
        for _ in range(module.GROUP_ROWS):
            desk.ledger.record(outcome())

    assert at_desk(path, use).failures
