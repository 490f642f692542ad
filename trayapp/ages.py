"""What moves while nothing changes, worked out at the moment of looking."""

import datetime as dt

from msgspec.structs import replace

from trayapp.model.level import MEASURED_FOR, level_of
from trayapp.model.snapshot import Meter, Snapshot


def aged(snapshot: Snapshot, now: dt.datetime, waited: float = 0.0) -> Snapshot:
    """*snapshot* as it reads at *now*, *waited* seconds after it was received.

    `uptime_s` and each `age_s` are counted to *now*; a bucket has refilled meanwhile, and what
    was measured more than a minute ago is an estimate.
    """
    pools = tuple(
        replace(pool, meters=tuple(_aged(meter, now, waited) for meter in pool.meters))
        for pool in snapshot.pools
    )
    return replace(snapshot, uptime_s=_since(snapshot.started_at, now), pools=pools)


def _aged(meter: Meter, now: dt.datetime, waited: float) -> Meter:
    if meter.measured_at is None:
        return replace(meter, age_s=None)
    age = _since(meter.measured_at, now)
    old = meter.source == "measured" and age > MEASURED_FOR
    return replace(_refilled(meter, waited), age_s=age, source="estimated" if old else meter.source)


def _refilled(meter: Meter, waited: float) -> Meter:
    if not meter.limit or meter.remaining is None or not meter.refill_per_s or waited <= 0:
        return meter
    left = min(meter.limit, meter.remaining + meter.refill_per_s * waited)
    used = round(1 - left / meter.limit, 6)
    level = "depleted" if left < 1 else level_of(used)
    return replace(meter, remaining=round(left, 1), utilization=used, level=level)


def _since(then: dt.datetime, now: dt.datetime) -> float:
    # A clock that was set back must not make anything younger than new.
    return max(0.0, round((now - then).total_seconds(), 3))
