"""Readings folded into totals: today, by the local clock, in all and for each tool."""

import datetime as dt
from collections.abc import Callable

import msgspec

from trayapp.clock import local_day
from trayapp.model.exchange import Kind, Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import ToolTotals, Totals
from trayapp.model.usage import Usage


class Today(msgspec.Struct, frozen=True):
    """What an earlier run counted on *day* (the start of a local day) and in its month."""

    day: dt.datetime
    totals: Totals = Totals()
    tools: tuple[ToolTotals, ...] = ()
    spent_day: float | None = None
    spent_month: float | None = None
    tools_month: dict[str, float] = {}
    """USD of this month by tool."""


class _Sums(msgspec.Struct):
    """A tool's totals while they grow."""

    kind: Kind
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None


class Tally:
    """The day's totals. Only `/v1/messages` calls count; the day is that of the local clock.

    Tokens are counted as the API spells them, so `input_tokens` is without what the prompt cache
    gave. What the response cache answered was not used: it counts as saved.
    """

    def __init__(
        self, now: dt.datetime, *, day_of: Callable[[dt.datetime], dt.datetime] = local_day
    ) -> None:
        self._day_of = day_of
        self._spent_day: float | None = None
        self._spent_month: float | None = None
        self._tools: dict[str, _Sums] = {}
        self._tools_month: dict[str, float] = {}
        self._requests = 0
        self._others = Totals()
        self._begin(now)

    @property
    def totals(self) -> Totals:
        """The totals of all."""
        return msgspec.structs.replace(self._others, requests=self._requests)

    def restore(self, today: Today) -> None:
        """Add what an earlier run counted, as far as it is of this day and this month."""
        if _month(today.day) == _month(self._day):
            self._spent_month = plus(self._spent_month, today.spent_month)
            for name, usd in today.tools_month.items():
                self._tools_month[name] = self._tools_month.get(name, 0.0) + usd
        if today.day != self._day:
            return
        self._spent_day = plus(self._spent_day, today.spent_day)
        self._requests += today.totals.requests
        self._others = added(self._others, today.totals)
        for tool in today.tools:
            self._add(tool.name, tool.kind, tool)

    def record(self, outcome: Outcome, now: dt.datetime) -> None:
        """Count *outcome*, at the time *now*."""
        self.roll(now)
        if outcome.route is not Route.MESSAGES:
            return
        self._requests += 1
        if outcome.outcome != "ok" or outcome.cached or outcome.throttled or outcome.overloaded:
            self._others = added(self._others, totals_of(outcome))
        self._add(outcome.tool, outcome.kind, tool_totals_of(outcome))
        if not outcome.cached:
            self._spent_day = plus(self._spent_day, outcome.cost_usd)
            self._spent_month = plus(self._spent_month, outcome.cost_usd)
            if outcome.cost_usd:
                month = self._tools_month
                month[outcome.tool] = month.get(outcome.tool, 0.0) + outcome.cost_usd

    def today(self, now: dt.datetime) -> tuple[tuple[ToolTotals, ...], Totals]:
        """Each tool's totals, in the order of their names, and those of all, as of *now*."""
        self.roll(now)
        tools = tuple(
            ToolTotals(name, *msgspec.structs.astuple(sums))
            for name, sums in sorted(self._tools.items())
        )
        return tools, self.totals

    def roll(self, now: dt.datetime) -> None:
        """Begin a new day if *now* is in one; a clock set back keeps the day that was begun."""
        if now >= self._day_after:
            month = _month(self._day)
            self._begin(now)
            if _month(self._day) != month:
                self._spent_month = None
                self._tools_month.clear()

    @property
    def spent(self) -> tuple[float | None, float | None]:
        """USD today and this month; None where nothing with a known price was answered."""
        return self._spent_day, self._spent_month

    def spent_by(self, tool: str) -> tuple[float | None, float | None]:
        """USD that *tool* spent today and this month."""
        today = self._tools.get(tool)
        return today.cost_usd if today else None, self._tools_month.get(tool)

    @property
    def ends(self) -> tuple[dt.datetime, dt.datetime]:
        """When the local day and the local month end."""
        in_next_month = self._day.replace(day=28, hour=12) + dt.timedelta(days=4)
        return self._day_after, self._day_of(in_next_month.replace(day=1))

    @property
    def begins(self) -> tuple[dt.datetime, dt.datetime]:
        """When the local day and the local month began."""
        return self._day, self._day_of(self._day.replace(day=1, hour=12))

    def _begin(self, now: dt.datetime) -> None:
        self._day = self._day_of(now)
        # A day may have 23 or 25 hours: 36 on from its start lies in the next, whatever it has.
        self._day_after = self._day_of(self._day + dt.timedelta(hours=36))
        self._spent_day = None
        self._requests = 0
        self._others = Totals()
        self._tools.clear()

    def _add(self, name: str, kind: Kind, more: ToolTotals) -> None:
        sums = self._tools.get(name)
        if sums is None:
            sums = self._tools[name] = _Sums(kind)
        sums.kind = kind
        sums.requests += more.requests
        sums.input_tokens += more.input_tokens
        sums.output_tokens += more.output_tokens
        sums.cost_usd = plus(more.cost_usd, sums.cost_usd)


def totals_of(outcome: Outcome) -> Totals:
    """What one request adds to the day's totals."""
    saved = outcome.usage if outcome.cached else None
    return Totals(
        requests=1,
        cache_hits=int(outcome.cached),
        throttled=int(outcome.throttled),
        overloaded=int(outcome.overloaded),
        errors=int(outcome.outcome == "error"),
        saved_tokens=_all_tokens(saved) if saved else 0,
        saved_usd=(outcome.cost_usd or 0.0) if saved else 0.0,
    )


def tool_totals_of(outcome: Outcome) -> ToolTotals:
    """What one request adds to its tool's totals; an answer out of the cache used no tokens."""
    used = Usage() if outcome.cached or outcome.usage is None else outcome.usage
    return ToolTotals(
        outcome.tool,
        outcome.kind,
        1,
        used.input_tokens or 0,
        used.output_tokens or 0,
        None if outcome.cached else outcome.cost_usd,
    )


def added(one: Totals, other: Totals) -> Totals:
    """Both totals in one."""
    return Totals(
        requests=one.requests + other.requests,
        cache_hits=one.cache_hits + other.cache_hits,
        throttled=one.throttled + other.throttled,
        overloaded=one.overloaded + other.overloaded,
        errors=one.errors + other.errors,
        saved_tokens=one.saved_tokens + other.saved_tokens,
        saved_usd=one.saved_usd + other.saved_usd,
    )


def plus(one: float | None, other: float | None) -> float | None:
    """The sum of what is known; None where neither is."""
    return one if other is None else other + (one or 0.0)


def _all_tokens(usage: Usage) -> int:
    return (
        (usage.input_tokens or 0)
        + (usage.cache_creation_input_tokens or 0)
        + (usage.cache_read_input_tokens or 0)
        + (usage.output_tokens or 0)
    )


def _month(day: dt.datetime) -> tuple[int, int]:
    return day.year, day.month
