"""What one limit's last reading means at a later instant.

A per-minute bucket refills continuously, a sixtieth of its limit a second, up to the limit. A
window stays as it was told until its reset, after which nothing is known until the next reading.
"""

import datetime as dt

import msgspec

from trayapp.model.level import MEASURED_FOR, level_of
from trayapp.model.quota import Belief, Resource, Utilization
from trayapp.model.snapshot import Meter, Source

UNSETTLED = 0.05
"""Of a limit: with more than this guessed until answers tell, a reading is an estimate again."""

HOUR, DAY = 3600.0, 86400.0
_WINDOWS = {"five_hour": 5 * HOUR, "seven_day": 7 * DAY}
_UNITS = {"h": HOUR, "d": DAY}


class Bucket(msgspec.Struct, frozen=True):
    """A per-minute limit as read at *measured* (monotonic seconds) and *measured_at*."""

    limit: int
    remaining: int | None
    """None: the limit is known from an earlier run, what is left of it is not."""
    measured: float
    measured_at: dt.datetime

    def meter(
        self, kind: Resource, now: float, at: dt.datetime, belief: Belief | None = None
    ) -> Meter:
        """The meter at *now* and *at*: as pacing believes it, else refilled since the reading."""
        if self.remaining is None:
            return Meter(
                kind,
                limit=self.limit,
                refill_per_s=self.limit / 60,
                source="estimated",
                measured_at=self.measured_at,
            )
        elapsed = max(0.0, now - self.measured)
        source = _source(elapsed)
        if belief is not None and belief.left is not None and belief.limit == self.limit:
            if belief.unsettled > UNSETTLED * self.limit:
                source = "estimated"
            return _minute(kind, belief.left, belief, at, source, self.measured_at)
        left = self.remaining + self.limit / 60 * elapsed
        return _minute(kind, left, Belief(limit=self.limit), at, source, self.measured_at)


def believed_meter(kind: Resource, belief: Belief, at: dt.datetime) -> Meter:
    """The meter of a limit that no header told: the user states it, or refusals taught it."""
    source: Source = "estimated" if belief.felt else "configured"
    if belief.left is None:
        return Meter(kind, used=belief.recent, source="estimated")
    return _minute(kind, belief.left, belief, at, source, None)


def _minute(
    kind: Resource,
    left: float,
    belief: Belief,
    at: dt.datetime,
    source: Source,
    measured_at: dt.datetime | None,
) -> Meter:
    limit = belief.limit or 1.0
    left = min(limit, max(0.0, left))
    used = 1 - left / limit
    missing = limit - left
    return Meter(
        kind,
        limit=round(limit),
        remaining=round(left, 1),
        utilization=round(used, 6),
        refill_per_s=limit / 60,
        resets_at=_second(at + dt.timedelta(seconds=60 * missing / limit)) if missing else None,
        source=source,
        measured_at=measured_at,
        level="depleted" if left < 1 else level_of(used),
        pending=round(belief.pending, 1),
    )


def _second(at: dt.datetime) -> dt.datetime:
    """*at* to the nearest second: a bucket that refills by itself is full at one and the same."""
    return (at + dt.timedelta(seconds=0.5)).replace(microsecond=0)


class Window(msgspec.Struct, frozen=True):
    """A login's window as read at *measured* (monotonic seconds) and *measured_at*."""

    reading: Utilization
    measured: float
    measured_at: dt.datetime

    def meter(self, now: float, at: dt.datetime) -> Meter:
        """The meter at *now* and *at*; its fraction is unknown once the window has been reset."""
        reading = self.reading
        if reading.resets_at is not None and at >= reading.resets_at:
            return Meter(
                reading.window,
                source="estimated",
                measured_at=self.measured_at,
                window_s=window_seconds(reading.window),
            )
        return Meter(
            reading.window,
            utilization=reading.used,
            resets_at=reading.resets_at,
            source=_source(now - self.measured),
            measured_at=self.measured_at,
            level="depleted" if reading.status == "rejected" else level_of(reading.used),
            window_s=window_seconds(reading.window),
        )


def window_seconds(window: str) -> float | None:
    """How long a login's *window* is; None where its name does not tell (paid overage)."""
    if window in _WINDOWS or window.startswith("seven_day_"):
        return _WINDOWS.get(window, 7 * DAY)
    number, unit = window.partition("_")[0][:-1], window.partition("_")[0][-1:]
    if number.isdecimal() and unit in _UNITS:
        return int(number) * _UNITS[unit]
    return None


def spend_meter(
    kind: str, spent: float | None, limit: float | None, begins: dt.datetime, ends: dt.datetime
) -> Meter:
    """Money since the day or month *begins*, in USD; a fraction only where a *limit* is known.

    What is spent is priced here from token counts, so it is an estimate.
    """
    length = (ends - begins).total_seconds()
    if spent is None or limit is None:
        return Meter(
            kind, limit=limit, used=spent, resets_at=ends, source="estimated", window_s=length
        )
    used = 1.0 if spent >= limit else round(spent / limit, 6)
    return Meter(
        kind,
        limit=limit,
        remaining=max(0.0, limit - spent),
        utilization=used,
        resets_at=ends,
        source="estimated",
        level=level_of(used),
        used=spent,
        window_s=length,
    )


def _source(age: float) -> Source:
    return "measured" if age <= MEASURED_FOR else "estimated"
