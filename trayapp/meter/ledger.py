"""History in SQLite: every request's numbers, kept in groups and never waited for."""

import asyncio
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any

from trayapp.db import Database, Schema, transaction
from trayapp.meter.pools import Learned
from trayapp.meter.rows import SUMS, as_rows, day_sums, hour_sums, request_row, text_of
from trayapp.meter.schema import REQUESTS, STEPS
from trayapp.meter.tally import Today, plus
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import ToolTotals, Totals

SCHEMA = Schema("meter", STEPS, durable=True)

GROUP_S = 0.2
GROUP_ROWS = 64
"""Rows are committed together, after this long or when there are so many."""
RETRY_S = 5.0
"""How long after a failure the rows are tried again."""
WAITING_ROWS = 10_000
"""Rows held while the file cannot be written; beyond, the oldest are dropped and counted."""

_INSERT = f"INSERT INTO requests ({', '.join(REQUESTS)}) VALUES "  # noqa: S608 - our names
_ROW = f"({','.join('?' * len(REQUESTS))})"
_INSERT_ONE = _INSERT + _ROW
_INSERT_GROUP = _INSERT + ",".join([_ROW] * GROUP_ROWS)
"""A full group in one step: between two, the loop's thread and this one would trade places."""


def _counting(table: str, unit: str) -> str:
    return f"""INSERT INTO {table} ({unit}, tool, model, kind, cost_usd, {", ".join(SUMS)})
        VALUES (?,?,?,?,?{",?" * len(SUMS)}) ON CONFLICT ({unit}, tool, model) DO UPDATE SET
        kind = excluded.kind,
        cost_usd = CASE WHEN excluded.cost_usd IS NULL THEN cost_usd
                        ELSE coalesce(cost_usd, 0) + excluded.cost_usd END,
        {", ".join(f"{name} = {name} + excluded.{name}" for name in SUMS)}"""  # noqa: S608 - our names


_COUNT_HOURS, _COUNT_DAYS = _counting("hours", "hour"), _counting("days", "day")
_TODAY = """SELECT tool, max(kind), sum(requests), sum(input_tokens), sum(output_tokens),
    sum(cost_usd), sum(cache_hits), sum(throttled), sum(overloaded), sum(errors),
    sum(saved_tokens), sum(saved_usd) FROM days WHERE day = ? GROUP BY tool ORDER BY tool"""
_MONTH = """SELECT tool, sum(cost_usd) FROM days WHERE day BETWEEN ? AND ? AND cost_usd IS NOT NULL
    GROUP BY tool"""
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

    def flush(self) -> None:
        """Have what waits written now, unless writing fails; who reads next finds it."""
        if not self._failing:
            self._flush()

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
            connection.execute(_INSERT_GROUP, [*chain.from_iterable(map(request_row, rows))])
        else:
            connection.executemany(_INSERT_ONE, map(request_row, rows))
        hours = hour_sums(rows)
        connection.executemany(_COUNT_HOURS, as_rows(hours))
        connection.executemany(_COUNT_DAYS, as_rows(day_sums(hours)))


def _today(connection: sqlite3.Connection, day: dt.datetime) -> Today:
    rows = connection.execute(_TODAY, (_date(day),)).fetchall()
    spent: float | None = None
    for row in rows:
        spent = plus(spent, row[5])
    span = (_date(day.replace(day=1)), _date(day))
    tools_month = dict(connection.execute(_MONTH, span).fetchall())
    sums = [sum(column) for column in list(zip(*rows, strict=True))[6:]] if rows else [0] * 6
    return Today(
        day,
        Totals(sum(row[2] for row in rows), *sums),
        tuple(ToolTotals(*row[:6]) for row in rows),
        spent,
        sum(tools_month.values()) if tools_month else None,
        tools_month,
    )


def _keep_limits(connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    with transaction(connection):
        connection.executemany(_KEEP_LIMIT, rows)


def _limit_row(learned: Learned) -> tuple[Any, ...]:
    return (
        learned.upstream, learned.organization, learned.workspace or "", learned.model_class,
        learned.resource, learned.limit, text_of(learned.measured_at),
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


def _time(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)
