"""Durations, ages, clock times and forecasts in the reader's language."""

import datetime as dt

from trayapp import figures
from trayapp.ui.speech import Tr, later

_UNITS = {
    "s": later("{number} s"),
    "min": later("{number} min"),
    "h": later("{number} h"),
    "d": later("{number} d"),
}
_DAYS = (
    later("Mon"), later("Tue"), later("Wed"), later("Thu"), later("Fri"), later("Sat"),
    later("Sun"),
)  # fmt: skip
_MONTHS = (
    later("{day} Jan"), later("{day} Feb"), later("{day} Mar"), later("{day} Apr"),
    later("{day} May"), later("{day} Jun"), later("{day} Jul"), later("{day} Aug"),
    later("{day} Sep"), later("{day} Oct"), later("{day} Nov"), later("{day} Dec"),
)  # fmt: skip
_FIRM = "\u00a0"
"""A number and its unit stay on one line."""
FORECAST_STEP = 0.15
"""A forecast that was shown moves when the new one is this much away from it."""


def duration(tr: Tr, seconds: float) -> str:
    """`34 s`, `2 h 14 min`; it is never broken between lines."""
    parts = (tr(_UNITS[unit], number=number) for number, unit in figures.units(seconds))
    return " ".join(parts).replace(" ", _FIRM)


def age(tr: Tr, seconds: float) -> str:
    """A duration that steps, so that it does not flicker."""
    return duration(tr, figures.stepped(seconds))


def time_of_day(tr: Tr, at: dt.datetime) -> str:
    """`16:16`, or `4:16 PM` where clocks count to twelve; in the zone of *at*."""
    if not tr.twelve_hours:
        return f"{at:%H:%M}"
    time = f"{at.hour % 12 or 12}:{at:%M}"
    said = tr("{time} AM", time=time) if at.hour < 12 else tr("{time} PM", time=time)
    return said.replace(" ", _FIRM)


def day(tr: Tr, at: dt.datetime) -> str:
    """`1 Dec`."""
    return tr(_MONTHS[at.month - 1], day=at.day).replace(" ", _FIRM)


def clock(tr: Tr, at: dt.datetime, now: dt.datetime) -> str:
    """`16:16`, `Tue 09:00` within a week, `1 Dec` beyond; in the zone of *now*."""
    there = at.astimezone(now.tzinfo)
    away = abs((there.date() - now.date()).days)
    if away == 0:
        return time_of_day(tr, there)
    if away < 7:
        return f"{tr(_DAYS[there.weekday()])}{_FIRM}{time_of_day(tr, there)}"
    return day(tr, there)


def forecast(tr: Tr, at: dt.datetime, now: dt.datetime, by: dt.datetime | None = None) -> str:
    """When something happens, rounded so as not to claim more than is known.

    *by* is the late end where only a range is known.
    """
    seconds = (at - now).total_seconds()
    if by is not None:
        return _range(tr, at, by, now)
    if seconds < figures.SOON:
        return tr("within {time}", time=duration(tr, figures.SOON))
    about = figures.rounded(seconds)
    if about is None:
        return clock(tr, figures.half_hour(at), now)
    return tr("in about {time}", time=duration(tr, about))


def _range(tr: Tr, at: dt.datetime, by: dt.datetime, now: dt.datetime) -> str:
    early = figures.rounded(max(figures.SOON / 2, (at - now).total_seconds()))
    late = figures.rounded((by - now).total_seconds())
    if early is None or late is None:
        return tr(
            "{early} to {late}",
            early=clock(tr, figures.half_hour(at), now),
            late=clock(tr, figures.half_hour(by), now),
        )
    if late <= early:
        return forecast(tr, at, now)
    (first, unit), *more = figures.units(early)
    same_unit = not more and figures.units(late)[0][1] == unit
    return tr(
        "in {early} to {late}",
        early=first if same_unit else duration(tr, early),
        late=duration(tr, late),
    )


def wait(tr: Tr, at: dt.datetime, now: dt.datetime) -> str:
    """When a held request goes: `in about 5 s`, and beyond ten minutes `about 14:03`."""
    seconds = max(1.0, (at - now).total_seconds())
    if seconds < 10 * figures.MINUTE:
        return tr("in about {time}", time=age(tr, seconds))
    return tr("about {time}", time=clock(tr, at, now))


def settled(shown: dt.datetime | None, told: dt.datetime, now: dt.datetime) -> dt.datetime:
    """The forecast to show: the one *shown* until *told* is away by 15 % or by a step of rounding."""
    if shown is None or shown <= now:
        return told
    left, moved = (shown - now).total_seconds(), abs((told - shown).total_seconds())
    return told if moved > FORECAST_STEP * left or moved >= figures.step(left) else shown
