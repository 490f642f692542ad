"""A period as pieces that are summed already: whole days, whole hours, and rows at its ends.

As one counts money: the large notes first. Days are kept for good, hours and rows for a time.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from trayapp.clock import local_day
from trayapp.meter.rows import hour_text
from trayapp.meter.schema import COUNTS
from trayapp.meter.tally import plus
from trayapp.model.history import MOST_SUMS, By, Filter, Sum, Sums

HOUR = dt.timedelta(hours=1)
ALWAYS = "9"
"""Sorts behind every day and hour."""


class Kept(msgspec.Struct, frozen=True):
    """Sums of a table, from *low* up to before *high*."""

    table: Literal["hours", "days"]
    low: str
    high: str


Piece = Kept | Filter
"""Kept sums, or rows that have to be counted."""


def pieces_of(asked: Filter, by: By, kept_from: dt.datetime) -> list[Piece]:
    """What to sum for *asked*; rows and hours are there from *kept_from* on."""
    if not asked.is_plain:
        return [asked]
    since, until = asked.since, asked.until
    if since is not None and since < kept_from and by != "hour":
        since = local_day(since)
    pieces: list[Piece] = []
    low, high = "", ALWAYS
    if since is not None:
        hour = _next_hour(since)
        if until is not None and until < hour + HOUR:
            return [asked]
        if hour != since and since >= kept_from:
            pieces.append(_rows(asked, since, hour))
        low = hour_text(hour if since >= kept_from else since)
    if until is not None:
        hour = _hour(until)
        high = hour_text(hour)
        if hour != until:
            pieces.append(_rows(asked, hour, until))
    return pieces + (_hours(low, high) if by == "hour" else _days(low, high))


def _rows(asked: Filter, since: dt.datetime, until: dt.datetime) -> Filter:
    return msgspec.structs.replace(asked, since=since, until=until)


def _hours(low: str, high: str) -> list[Piece]:
    return [Kept("hours", low, high)] if low < high else []


def _days(low: str, high: str) -> list[Piece]:
    """Days, and the hours before the first and after the last whole one."""
    first, last = _day_after(low), high[:10]
    if low and first > last:
        return _hours(low, high)
    whole: list[Piece] = [Kept("days", first, last)] if first < last else []
    before = _hours(low, first) if low else []
    return before + whole + ([] if high == ALWAYS or high.endswith("T00") else _hours(last, high))


def _day_after(hour: str) -> str:
    """The day that begins with *hour*, or the next one."""
    if not hour or hour.endswith("T00"):
        return hour[:10]
    return (dt.date.fromisoformat(hour[:10]) + dt.timedelta(days=1)).isoformat()


def _hour(at: dt.datetime) -> dt.datetime:
    local = at.astimezone()
    return local.replace(minute=0, second=0, microsecond=0)


def _next_hour(at: dt.datetime) -> dt.datetime:
    hour = _hour(at)
    return hour if hour == at else hour + HOUR


class Heap:
    """Sums that grow piece by piece."""

    def __init__(self, by: By) -> None:
        self._by = by
        self._sums: dict[str, list[Any]] = {}

    def add(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in what a question told: a key, the counts, the cost, what was saved."""
        for key, *values in rows:
            name = str(key or "")
            known = self._sums.get(name)
            if known is None:
                self._sums[name] = values
            else:
                self._sums[name] = [plus(*pair) for pair in zip(known, values, strict=True)]

    def told(self, *, whole: bool) -> Sums:
        """The latest hours or days in their order, or the tools or models with most requests."""
        rows = [_sum(key, values) for key, values in self._sums.items()]
        if self._by in {"hour", "day"}:
            rows.sort(key=lambda each: each.key)
            kept = rows[-MOST_SUMS:]
        else:
            rows.sort(key=lambda each: (-each.requests, each.key))
            kept = rows[:MOST_SUMS]
        return Sums(tuple(kept), whole=whole and len(kept) == len(rows))


def _sum(key: str, values: list[Any]) -> Sum:
    """Damage may have left anything in a column: what is no number counts nothing."""
    sound = [value if isinstance(value, int | float) else None for value in values]
    told: dict[str, Any] = {name: int(n or 0) for name, n in zip(COUNTS, sound, strict=False)}
    return Sum(key, **told, cost_usd=sound[-2], saved_usd=sound[-1] or 0.0)
