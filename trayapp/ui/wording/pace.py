"""What a meter comes to: its pace, when it runs out, when it is full again."""

import datetime as dt
import math

from trayapp import figures
from trayapp.model.snapshot import Meter
from trayapp.ui.speech import Tr
from trayapp.ui.wording import times
from trayapp.ui.wording.amounts import amount, is_money
from trayapp.ui.wording.names import MINUTE_METERS

EVEN = 3
"""Points of difference below which use and time keep pace."""

LEAST = 0.01
"""A smaller share of a limit is not hatched."""


def passed(meter: Meter, now: dt.datetime) -> float | None:
    """The share of a window or month that is over; None where there is none."""
    if not meter.window_s or meter.resets_at is None or meter.kind == "spend_day":
        return None
    left = (meter.resets_at - now).total_seconds()
    return min(1.0, max(0.0, 1 - left / meter.window_s))


def expected(meter: Meter) -> float | None:
    """The fraction that will be used: by requests in flight, or at the reset at this pace."""
    if meter.utilization is None:
        return None
    if meter.kind in MINUTE_METERS:
        return meter.utilization + _awaited(meter) if _awaited(meter) else None
    if meter.runs_out_at is not None:
        return 1.0
    return meter.at_reset if meter.kind != "spend_day" else None


def reset(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    """Beside the name of a window: `resets in 2 h 14 min`, `resets Tue 09:00`."""
    if meter.kind in MINUTE_METERS or is_money(meter) or meter.resets_at is None:
        return ""
    seconds = (meter.resets_at - now).total_seconds()
    if seconds <= 0:
        return ""
    if seconds < figures.DAY:
        return tr("resets in {time}", time=times.duration(tr, seconds))
    return tr("resets {time}", time=times.clock(tr, meter.resets_at, now))


def caption(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    """The line below the bar; empty where there is nothing to say."""
    if meter.kind in MINUTE_METERS:
        return _minute(tr, meter, now)
    if is_money(meter):
        return _money(tr, meter, now)
    return _window(tr, meter, now)


def _minute(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    if meter.runs_out_at is not None and meter.level != "depleted":
        when = times.forecast(tr, meter.runs_out_at, now, meter.runs_out_by)
        if meter.refill_per_s and meter.limit:
            after = times.duration(tr, meter.limit / meter.refill_per_s)
            return tr("Runs out {when}; full again {time} after", when=when, time=after)
        return tr("Runs out {when}", when=when)
    if meter.level != "healthy" and meter.resets_at is not None and meter.resets_at > now:
        full = times.duration(tr, (meter.resets_at - now).total_seconds())
        return tr("Full again in {time}", time=full)
    if _awaited(meter):
        more = amount(meter, meter.pending or 0)
        return tr("Estimated: {amount} more for requests in flight", amount=more)
    return ""


def _window(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    if meter.level == "depleted" and meter.resets_at is not None:
        return tr("Open again {time}", time=times.clock(tr, meter.resets_at, now))
    parts = [part for part in (pace(tr, meter, now), _end(tr, meter, now)) if part]
    return tr("{pace}, {end}", pace=parts[0], end=parts[1]) if len(parts) > 1 else "".join(parts)


def _end(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    if meter.runs_out_at is not None:
        when = times.clock(tr, figures.half_hour(meter.runs_out_at), now)
        return tr("runs out {time}", time=when)
    if meter.idle_since is not None:
        return tr("idle since {time}", time=times.clock(tr, meter.idle_since, now))
    if meter.at_reset is not None:
        return tr("about {percent} used at reset", percent=figures.percent(meter.at_reset))
    if meter.forecast_from is not None and meter.forecast_from > now:
        minutes = math.ceil((meter.forecast_from - now).total_seconds() / figures.MINUTE)
        return tr("no forecast yet: {n} more minutes of use needed", minutes)
    return ""


def _money(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    if meter.level == "depleted" and meter.resets_at is not None:
        return tr("Open again {time}", time=times.clock(tr, meter.resets_at, now))
    if meter.runs_out_at is not None:
        when = times.forecast(tr, meter.runs_out_at, now, meter.runs_out_by)
        return tr("Runs out {when}", when=when)
    return ""


def pace(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    """`8 points over pace`, `on pace`; empty where use or time is not known."""
    share = passed(meter, now)
    if share is None or meter.utilization is None:
        return ""
    points = round((meter.utilization - share) * 100)
    if abs(points) < EVEN:
        return tr("on pace")
    if points > 0:
        return tr("{n} points over pace", points)
    return tr("{n} points under pace", -points)


def _awaited(meter: Meter) -> float:
    """The fraction that requests in flight will still take, where it can be seen."""
    share = meter.pending / meter.limit if meter.pending and meter.limit else 0.0
    return share if share >= LEAST else 0.0
