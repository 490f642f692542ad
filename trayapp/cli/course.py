"""What a window or a month comes to at its pace, in the panel's words."""

import datetime as dt

from trayapp import figures
from trayapp.model.snapshot import Meter
from trayapp.ui.wording.pace import EVEN, passed


def course(meter: Meter, now: dt.datetime) -> str:
    """`14 points under pace, about 74% used at reset`; empty where there is nothing to tell."""
    share = passed(meter, now)
    parts = []
    if share is not None and meter.utilization is not None:
        parts.append(_pace(round((meter.utilization - share) * 100)))
    if meter.at_reset is not None and meter.runs_out_at is None:
        parts.append(f"about {figures.percent(meter.at_reset)} used at reset")
    return ", ".join(parts)


def _pace(points: int) -> str:
    if abs(points) < EVEN:
        return "on pace"
    return f"{abs(points)} points {'over' if points > 0 else 'under'} pace"
