"""History in SQLite: every request's numbers, kept in groups and never waited for."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from trayapp.clock import local_day
from trayapp.db import Database, Schema, transaction
from trayapp.meter.pools import Learned
from trayapp.meter.schema import COUNTS, STEPS
from trayapp.meter.tally import Today, plus, tool_totals_of, totals_of
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import ToolTotals, Totals
from trayapp.model.usage import Usage

SCHEMA = Schema("meter", STEPS, durable=True)

GROUP_S = 0.2
GROUP_ROWS = 64
"""Rows are committed together, after this long or when there are so many."""
RETRY_S = 5.0
"""How long after a failure the rows are tried again."""
WAITING_ROWS = 10_000
"""Rows held while the file cannot be written; beyond, the oldest are dropped and counted."""

_UTC_TEXT = len("2026-11-21T12:00:00.000")
_SUMS = (*COUNTS, "saved_usd")
_INSERT = """INSERT INTO requests (
    request_id, at, tool, kind, route, model_asked, model_served, input_tokens, output_tokens,
    cache_creation_input_tokens, cache_read_input_tokens, cost_usd, status, outcome, throttled,
    overloaded, cached, held_ms, first_byte_ms, ttft_ms, duration_ms, service_tier, speed,
    upstream_request_id) VALUES """
_ROW = f"({','.join('?' * 24)})"
_INSERT_ONE = _INSERT + _ROW
_INSERT_GROUP = _INSERT + ",".join([_ROW] * GROUP_ROWS)
"""A full group in one step: between two, the loop's thread and this one would trade places."""
_COUNT = f"""INSERT INTO days (day, tool, model, kind, cost_usd, {", ".join(_SUMS)})
    VALUES (?,?,?,?,?{",?" * len(_SUMS)}) ON CONFLICT (day, tool, model) DO UPDATE SET
    kind = excluded.kind,
    cost_usd = CASE WHEN excluded.cost_usd IS NULL THEN cost_usd
                    ELSE coalesce(cost_usd, 0) + excluded.cost_usd END,
    {", ".join(f"{name} = {name} + excluded.{name}" for name in _SUMS)}"""  # noqa: S608 - our names
_TODAY = """SELECT tool, max(kind), sum(requests), sum(input_tokens), sum(output_tokens),
    sum(cost_usd), sum(cache_hits), sum(throttled), sum(overloaded), sum(errors),
    sum(saved_tokens), sum(saved_usd) FROM days WHERE day = ? GROUP BY tool ORDER BY tool"""
_MONTH = "SELECT sum(cost_usd) FROM days WHERE day BETWEEN ? AND ?"
_KEEP_LIMIT = "INSERT OR REPLACE INTO limits VALUES (?,?,?,?,?,?,?)"


class Ledger:
    """Writes outcomes to `meter.db` in groups; raises nothing into whoever records.

    *failed* is called when writing begins to fail, *recovered* when it works again.
    """

    def __init__(
        self,
        database: Database,
        *,
        failed: Callable[[BaseException], None],
        recovered: Callable[[], None] = lambda: None,
    ) -> None:
        self.dropped = 0
        self._database = database
        self._failed = failed
        self._recovered = recovered
        self._rows: list[Outcome] = []
        self._writing: list[Outcome] = []
        self._timer: asyncio.TimerHandle | None = None
        self._failing = False

    def record(self, outcome: Outcome) -> None:
        """Keep *outcome*; it is on disk within about a fifth of a second."""
        self._rows.append(outcome)
        if len(self._rows) > WAITING_ROWS:
            del self._rows[0]
            self.dropped += 1
        if len(self._rows) >= GROUP_ROWS and not self._failing:
            self._flush()
        elif self._timer is None:
            self._wait(GROUP_S)

    def keep_limits(self, learned: Iterable[Learned]) -> None:
        """Keep *learned* limits for the next start."""
        rows = [_limit_row(each) for each in learned]
        self._database.submit(lambda connection: _keep_limits(connection, rows), self._told)

    async def today(self, day: dt.datetime) -> Today:
        """What was counted on the local day that starts at *day*, and in its month so far."""
        return await self._database.run(lambda connection: _today(connection, day))

    async def limits(self) -> tuple[Learned, ...]:
        """The limits that earlier runs learnt."""
        return await self._database.run(_limits)

    async def close(self) -> None:
        """Write what is left; the database stays open for whoever owns it."""
        if self._timer is not None:
            self._timer.cancel()
        try:
            await self._database.run(_nothing)  # a group under way ends before
            rows, self._rows = self._rows, []
            await self._database.run(lambda connection: _write(connection, rows))
        except (sqlite3.Error, RuntimeError) as error:
            self._failed(error)
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def _wait(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._flush)

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._writing or not self._rows:
            return  # the group under way calls again when it has ended
        self._writing, self._rows = self._rows, []
        rows = self._writing
        self._database.submit(lambda connection: _write(connection, rows), self._written)

    def _written(self, error: BaseException | None) -> None:
        self._told(error)
        if error is None:
            self._writing = []
            if self._rows and self._timer is None:
                self._wait(GROUP_S)
            return
        self._rows = self._writing + self._rows
        self._writing = []
        excess = max(0, len(self._rows) - WAITING_ROWS)
        del self._rows[:excess]
        self.dropped += excess
        if self._timer is not None:
            self._timer.cancel()
        self._wait(RETRY_S)

    def _told(self, error: BaseException | None) -> None:
        failing = error is not None
        if error is not None and not self._failing:
            self._failed(error)
        elif self._failing and not failing:
            self._recovered()
        self._failing = failing


def _nothing(_: sqlite3.Connection) -> None:
    """Take a turn on the file's thread."""


def _write(connection: sqlite3.Connection, rows: Sequence[Outcome]) -> None:
    with transaction(connection):
        if len(rows) == GROUP_ROWS:
            connection.execute(_INSERT_GROUP, [*chain.from_iterable(map(_request_row, rows))])
        else:
            connection.executemany(_INSERT_ONE, map(_request_row, rows))
        connection.executemany(_COUNT, _day_rows(rows))


def _request_row(outcome: Outcome) -> tuple[Any, ...]:
    usage = outcome.usage or Usage()
    return (
        outcome.id, _text(outcome.at), outcome.tool, outcome.kind, outcome.route.value,
        outcome.model_asked, outcome.model_served, usage.input_tokens, usage.output_tokens,
        usage.cache_creation_input_tokens, usage.cache_read_input_tokens, outcome.cost_usd,
        outcome.status, outcome.outcome, outcome.throttled, outcome.overloaded, outcome.cached,
        outcome.held_ms, outcome.first_byte_ms, outcome.ttft_ms, outcome.duration_ms,
        usage.service_tier, usage.speed, outcome.upstream_request_id,
    )  # fmt: skip


def _day_rows(rows: Sequence[Outcome]) -> list[tuple[Any, ...]]:
    """What *rows* add to their days, a tool and a model each; `kind` is that of the last."""
    days: dict[int, str] = {}
    sums: dict[tuple[str, str, str], list[Any]] = {}
    for outcome in rows:
        if outcome.route is not Route.MESSAGES:
            continue
        day = _day_of(outcome, days)
        key = (day, outcome.tool, outcome.model_served or outcome.model_asked)
        kind, cost, *counts = _counts(outcome)
        known = sums.get(key)
        if known is not None:
            cost = plus(known[1], cost)
            counts = [one + other for one, other in zip(known[2:], counts, strict=True)]
        sums[key] = [kind, cost, *counts]
    return [(*key, *values) for key, values in sums.items()]


def _day_of(outcome: Outcome, days: dict[int, str]) -> str:
    """The day on which *outcome* ended, as the tally counts it; *days* remembers quarter hours.

    Every zone's midnight lies on one, so that what is in a quarter hour is in one day.
    """
    ended = outcome.at.timestamp() + (outcome.duration_ms or 0) / 1000
    quarter = int(ended // 900)
    if quarter not in days:
        days[quarter] = _date(local_day(dt.datetime.fromtimestamp(ended, dt.UTC)))
    return days[quarter]


def _counts(outcome: Outcome) -> tuple[Any, ...]:
    totals, tool = totals_of(outcome), tool_totals_of(outcome)
    used = Usage() if outcome.cached or outcome.usage is None else outcome.usage
    return (
        outcome.kind, tool.cost_usd,
        1, totals.cache_hits, totals.throttled, totals.overloaded, totals.errors,
        outcome.outcome == "caller_gone", tool.input_tokens, tool.output_tokens,
        used.cache_creation_input_tokens or 0, used.cache_read_input_tokens or 0,
        totals.saved_tokens, totals.saved_usd,
    )  # fmt: skip


def _today(connection: sqlite3.Connection, day: dt.datetime) -> Today:
    rows = connection.execute(_TODAY, (_date(day),)).fetchall()
    spent: float | None = None
    for row in rows:
        spent = plus(spent, row[5])
    (month,) = connection.execute(_MONTH, (_date(day.replace(day=1)), _date(day))).fetchone()
    sums = [sum(column) for column in list(zip(*rows, strict=True))[6:]] if rows else [0] * 6
    return Today(
        day,
        Totals(sum(row[2] for row in rows), *sums),
        tuple(ToolTotals(*row[:6]) for row in rows),
        spent,
        month,
    )


def _keep_limits(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    with transaction(connection):
        connection.executemany(_KEEP_LIMIT, rows)


def _limit_row(learned: Learned) -> tuple[Any, ...]:
    return (
        learned.upstream, learned.organization, learned.workspace or "", learned.model_class,
        learned.resource, learned.limit, _text(learned.measured_at),
    )  # fmt: skip


def _limits(connection: sqlite3.Connection) -> tuple[Learned, ...]:
    return tuple(
        Learned(upstream, owner, workspace or None, name, resource, limit, _time(measured_at))
        for upstream, owner, workspace, name, resource, limit, measured_at in connection.execute(
            "SELECT * FROM limits"
        )
    )


def _date(day: dt.datetime) -> str:
    return day.date().isoformat()


def _text(at: dt.datetime) -> str:
    """RFC 3339 UTC to the millisecond: sorts as it stands."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds")[:_UTC_TEXT] + "Z"


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
