"""What one limit's last reading means at a later instant.

A per-minute bucket refills continuously, a sixtieth of its limit a second, up to the limit. A
window stays as it was told until its reset, after which nothing is known until the next reading.
"""

import datetime as dt

import msgspec

from trayapp.model.quota import Resource, Utilization
from trayapp.model.snapshot import Level, Meter, Source

MEASURED_FOR = 60.0
"""Seconds for which a reading counts as measured; later it is an estimate."""
WARNING_AT = 0.8
CRITICAL_AT = 0.9


class Bucket(msgspec.Struct, frozen=True):
    """A per-minute limit as read at *measured* (monotonic seconds) and *measured_at*."""

    limit: int
    remaining: int | None
    """None: the limit is known from an earlier run, what is left of it is not."""
    full_in: float | None
    measured: float
    measured_at: dt.datetime

    def meter(self, kind: Resource, now: float) -> Meter:
        """The meter at *now*, refilled since the reading and never above the limit."""
        rate = self.limit / 60
        if self.remaining is None:
            return Meter(
                kind,
                limit=self.limit,
                refill_per_s=rate,
                source="estimated",
                measured_at=self.measured_at,
            )
        elapsed = max(0.0, now - self.measured)
        left = min(float(self.limit), self.remaining + rate * elapsed)
        used = 1 - left / self.limit
        full_in = (self.limit - self.remaining) / rate if self.full_in is None else self.full_in
        return Meter(
            kind,
            limit=self.limit,
            remaining=round(left, 1),
            utilization=round(used, 6),
            refill_per_s=rate,
            resets_at=self.measured_at + dt.timedelta(seconds=full_in),
            source=_source(elapsed),
            measured_at=self.measured_at,
            level="depleted" if left < 1 else level_of(used),
        )


class Window(msgspec.Struct, frozen=True):
    """A login's window as read at *measured* (monotonic seconds) and *measured_at*."""

    reading: Utilization
    measured: float
    measured_at: dt.datetime

    def meter(self, now: float, at: dt.datetime) -> Meter:
        """The meter at *now* and *at*; its fraction is unknown once the window has been reset."""
        reading = self.reading
        if reading.resets_at is not None and at >= reading.resets_at:
            return Meter(reading.window, source="estimated", measured_at=self.measured_at)
        return Meter(
            reading.window,
            utilization=reading.used,
            resets_at=reading.resets_at,
            source=_source(now - self.measured),
            measured_at=self.measured_at,
            level="depleted" if reading.status == "rejected" else level_of(reading.used),
        )


def level_of(used: float) -> Level:
    """The level of a meter of which the fraction *used* is spent."""
    if used >= 1:
        return "depleted"
    if used >= CRITICAL_AT:
        return "critical"
    return "warning" if used >= WARNING_AT else "healthy"


def spend_meter(
    kind: str, spent: float | None, budget: float | None, resets_at: dt.datetime
) -> Meter:
    """Money since the day or month began, in USD; a fraction only where a *budget* is known.

    What is spent is priced here from token counts, so it is an estimate.
    """
    if spent is None or budget is None:
        return Meter(kind, limit=budget, used=spent, resets_at=resets_at, source="estimated")
    used = 1.0 if spent >= budget else spent / budget
    return Meter(
        kind,
        limit=budget,
        remaining=max(0.0, budget - spent),
        utilization=used,
        resets_at=resets_at,
        source="estimated",
        level=level_of(used),
        used=spent,
    )


def _source(age: float) -> Source:
    return "measured" if age <= MEASURED_FOR else "estimated"
