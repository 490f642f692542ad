"""Where every meter is going: pools with their forecasts, their last hour, and since when they idle.

A pool is *used* when a request goes to it. Half an hour without ends a stretch of use: what was
before says nothing of the pace now. Five minutes without, and nothing is forecast: it idles.
"""

import datetime as dt
from collections import deque
from collections.abc import Mapping

import msgspec

from trayapp.meter.forecast import (
    MINUTES,
    WINDOWS,
    Day,
    Forecast,
    Pace,
    day_of,
    of_bucket,
    of_window,
    pace_of,
)
from trayapp.meter.series import Series
from trayapp.model.quota import Resource
from trayapp.model.snapshot import Meter, Pool

IDLE = 300.0
"""Seconds without a request after which a pool idles."""
APART = 1800.0
"""Seconds without a request that part two stretches of use."""
MOST_POOLS = 64
"""Pools that are followed; the one not used for longest makes room."""
AGAIN = 2.0
"""Seconds for which a pace holds before it is reckoned anew."""
HISTORY = 60
SPEND = "spend"
_MINUTE_KINDS = frozenset({"requests", "input_tokens", "output_tokens"})
_SLIP = 0.05
"""A window that falls by no more was corrected, not reset."""


class Use(msgspec.Struct, frozen=True):
    """When a pool was last used, in monotonic seconds, and what of each limit was ever taken."""

    at: float | None = None
    spent: Mapping[Resource, float] = {}


class _Line:
    """One meter's series, its last pace and when that was reckoned."""

    __slots__ = ("day", "pace", "reckoned", "series")

    def __init__(self, series: Series) -> None:
        self.series = series
        self.pace: Pace | None = None
        self.day: Day | None = None
        self.reckoned = float("-inf")


class _Trend:
    """What is followed of one pool."""

    def __init__(self) -> None:
        self.lines: dict[str, _Line] = {}
        self.begun: float | None = None
        self.used: float | None = None
        self._minutes: deque[float | None] = deque(maxlen=HISTORY)
        self._minute = 0

    def touch(self, at: float | None) -> None:
        """Note when the pool was last used."""
        if at is None or at == self.used:
            return
        if self.used is None or at - self.used > APART:
            self.begun = at
        self.used = at

    def history(self, now: float, tightest: float | None) -> tuple[float | None, ...]:
        """The highest of each minute; minutes nobody looked at are as this one is."""
        minute = int(now // 60)
        new = minute - self._minute if self._minutes else 1
        self._minute = minute
        for _ in range(min(new, HISTORY)):
            self._minutes.append(tightest)
        last = self._minutes[-1]
        if tightest is not None and (last is None or tightest > last):
            self._minutes[-1] = tightest
        return tuple(self._minutes)

    def line(self, meter: Meter) -> _Line:
        """The line of *meter*, begun where it is new."""
        found = self.lines.get(meter.kind)
        if found is None:
            found = self.lines[meter.kind] = _Line(_series(meter))
        return found


class Trends:
    """Follows every meter; `pool` and `spend` note what is now and give it back with its future."""

    def __init__(self) -> None:
        self._trends: dict[str, _Trend] = {}

    def pool(self, pool: Pool, use: Use, now: float, at: dt.datetime) -> Pool:
        """*pool* with its forecasts and its last hour; money is told by `spend`."""
        trend = self._trend(pool.id)
        trend.touch(use.at)
        meters = tuple(
            meter
            if meter.kind.startswith(SPEND)
            else _followed(trend, meter, _total(meter, use), now, at)
            for meter in pool.meters
        )
        used = [
            meter.utilization
            for meter in meters
            if meter.utilization is not None and not meter.kind.startswith(SPEND)
        ]
        return msgspec.structs.replace(
            pool,
            meters=meters,
            history=trend.history(now, max(used, default=None)),
            last_used_at=_wall(trend.used, now, at),
        )

    def spend(
        self, meters: tuple[Meter, ...], used: float | None, now: float, at: dt.datetime
    ) -> tuple[Meter, ...]:
        """Money's *meters* with their forecasts; *used* is when any pool was."""
        trend = self._trend(SPEND)
        trend.touch(used)
        return tuple(_followed(trend, meter, meter.used, now, at) for meter in meters)

    def _trend(self, name: str) -> _Trend:
        found = self._trends.get(name)
        if found is None:
            if len(self._trends) >= MOST_POOLS:
                del self._trends[min(self._trends, key=lambda each: self._trends[each].used or 0)]
            found = self._trends[name] = _Trend()
        return found


def _series(meter: Meter) -> Series:
    if meter.kind in _MINUTE_KINDS:
        return Series(10.0, slack=meter.limit or 1.0)
    if meter.kind.startswith(SPEND):
        return Series(60.0, slack=0.0)
    return Series(60.0, slack=_SLIP, coarse=True)


def _total(meter: Meter, use: Use) -> float | None:
    if meter.kind in _MINUTE_KINDS:
        return use.spent.get(meter.kind)  # type: ignore[call-overload, no-any-return] # a Resource
    return meter.utilization


def _followed(
    trend: _Trend, meter: Meter, total: float | None, now: float, at: dt.datetime
) -> Meter:
    """*meter* with what its line says of it."""
    line = trend.line(meter)
    if total is not None:
        line.series.add(now, total)
    if trend.used is None or trend.begun is None or meter.utilization is None:
        return meter
    if now - trend.used >= IDLE:
        return msgspec.structs.replace(meter, idle_since=_wall(trend.used, now, at))
    grain = MINUTES if meter.kind in _MINUTE_KINDS else WINDOWS
    if now - trend.begun < grain.needs:
        begins = at + dt.timedelta(seconds=trend.begun + grain.needs - now)
        return msgspec.structs.replace(meter, forecast_from=_second(begins))
    if now - line.reckoned >= AGAIN:
        line.reckoned = now
        line.pace = pace_of(line.series, trend.begun, now, grain)
        line.day = None if grain is MINUTES else day_of(line.series, now)
    return (
        meter if line.pace is None else _told(meter, _forecast(meter, line.pace, line.day, at), at)
    )


def _forecast(meter: Meter, pace: Pace, day: Day | None, at: dt.datetime) -> Forecast:
    used = meter.utilization or 0.0
    if meter.level == "depleted":
        return Forecast()
    if meter.refill_per_s is not None:
        return of_bucket(meter.remaining or 0.0, meter.refill_per_s, pace)
    if meter.resets_at is None:
        return Forecast()
    until = (meter.resets_at - at).total_seconds()
    if meter.limit is not None:
        return of_window(meter.used or 0.0, meter.limit, pace, until, day)
    return of_window(used, 1.0, pace, until, day)


def _told(meter: Meter, found: Forecast, at: dt.datetime) -> Meter:
    return msgspec.structs.replace(
        meter,
        runs_out_at=_ahead(found.runs_out_in, at),
        runs_out_by=_ahead(found.runs_out_by, at),
        at_reset=None if found.at_reset is None else round(found.at_reset, 3),
    )


def _ahead(seconds: float | None, at: dt.datetime) -> dt.datetime | None:
    return None if seconds is None else _second(at + dt.timedelta(seconds=seconds))


def _wall(moment: float | None, now: float, at: dt.datetime) -> dt.datetime | None:
    """The wall clock's word for a monotonic *moment*."""
    return None if moment is None else _second(at - dt.timedelta(seconds=now - moment))


def _second(at: dt.datetime) -> dt.datetime:
    return (at + dt.timedelta(seconds=0.5)).replace(microsecond=0)
