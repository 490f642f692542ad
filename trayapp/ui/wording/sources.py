"""Where a number comes from, and how old it is."""

import datetime as dt

from trayapp.model.snapshot import Meter
from trayapp.ui.speech import Tr
from trayapp.ui.wording import times


def measured(tr: Tr, meters: tuple[Meter, ...], now: dt.datetime) -> str:
    """Of a whole pool: `measured 3 s ago`, by its newest reading."""
    newest = max((each.measured_at for each in meters if each.measured_at), default=None)
    if newest is not None:
        ago = times.age(tr, (now - newest).total_seconds())
        return tr("measured {time} ago", time=ago)
    if any(each.source == "configured" for each in meters):
        return tr("configured")
    return tr("estimated") if meters else ""


def stale(tr: Tr, meters: tuple[Meter, ...], since: dt.datetime, now: dt.datetime) -> str:
    """`stale 4 min`: since its newest reading, or since *since* where it has none."""
    newest = max((each.measured_at for each in meters if each.measured_at), default=since)
    return tr("stale {time}", time=times.age(tr, (now - newest).total_seconds()))
