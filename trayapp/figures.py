"""Numbers, durations and times as people read them; the same everywhere."""

import datetime as dt
import math
from typing import Literal

MINUTE, HOUR, DAY = 60, 3600, 86400
SOON = 2 * MINUTE
"""A forecast below it says no number."""

Unit = Literal["s", "min", "h", "d"]


def tokens(number: float) -> str:
    """`812`, `1.2k`, `38k`, `1.2M`."""
    if number < 999.5:
        return f"{number:.0f}"
    unit, scaled = ("k", number / 1e3) if number < 999_500 else ("M", number / 1e6)
    if scaled < 9.95:
        return f"{scaled:.1f}".removesuffix(".0") + unit
    return f"{scaled:,.0f}{unit}"


def count(number: float) -> str:
    """`1,284`: what is counted one by one is said in full."""
    return f"{number:,.0f}"


def money(usd: float) -> str:
    """`$0.34`, from a thousand without cents; `$0` where nothing was spent."""
    if not usd:
        return "$0"
    if usd < 0.005:
        return "<$0.01"
    return f"${usd:,.2f}" if usd < 999.995 else f"${usd:,.0f}"


def cents(usd: float) -> str:
    """The money of a single request, to a tenth of a cent: `$0.014`, `<$0.001`, `$0`."""
    if not usd:
        return "$0"
    return "<$0.001" if usd < 0.0005 else f"${usd:,.3f}"


def percent(fraction: float) -> str:
    """`86%`; `<1%` above nothing, and `100%` only when nothing is left."""
    if fraction <= 0:
        return "0%"
    if fraction < 0.01:
        return "<1%"
    return "100%" if fraction >= 1 else f"{min(99, round(fraction * 100))}%"


def size(number: float) -> str:
    """`812 bytes`, `38 kB`, `1.2 MB`, `5 GB`: as disks are sold, in powers of ten."""
    if number < 1000:
        return f"{number:.0f} bytes"
    steps = [("kB", 1e3), ("MB", 1e6), ("GB", 1e9)]
    unit, scale = next((each for each in steps if number < each[1] * 999.5), steps[-1])
    scaled = number / scale
    return f"{scaled:,.0f} {unit}" if scaled >= 9.95 else f"{scaled:.1f} {unit}".replace(".0 ", " ")


def duration(seconds: float) -> str:
    """`34 s`, `6 min`, `2 h 14 min`, `3 d 4 h`: two units at most."""
    return " ".join(f"{number} {unit}" for number, unit in units(seconds))


def units(seconds: float) -> tuple[tuple[int, Unit], ...]:
    """A duration in its largest unit and, from an hour on, the next where it is not 0."""
    left = max(0, round(seconds))
    if left < MINUTE:
        return ((left, "s"),)
    if left < HOUR:
        return ((left // MINUTE, "min"),)
    if left < DAY:
        return _two(left // HOUR, "h", left % HOUR // MINUTE, "min")
    return _two(left // DAY, "d", left % DAY // HOUR, "h")


def _two(large: int, unit: Unit, small: int, subunit: Unit) -> tuple[tuple[int, Unit], ...]:
    return ((large, unit), (small, subunit)) if small else ((large, unit),)


def age(seconds: float) -> str:
    """A duration that steps by 5 s from 10 s on, so that it does not flicker."""
    return duration(stepped(seconds))


def stepped(seconds: float) -> int:
    """An age as it is shown: by 1 s to 10 s, by 5 s to a minute, and whole from there."""
    whole = max(0, int(seconds))
    return whole if whole < 10 or whole >= MINUTE else whole // 5 * 5


def clock(at: dt.datetime, now: dt.datetime) -> str:
    """`16:16`, `Tue 09:00` within a week, `1 Dec` beyond; in the zone of *now*."""
    there = at.astimezone(now.tzinfo)
    away = abs((there.date() - now.date()).days)
    if away == 0:
        return f"{there:%H:%M}"
    return f"{there:%a %H:%M}" if away < 7 else f"{there.day} {there:%b}"


def forecast(at: dt.datetime, now: dt.datetime) -> str:
    """When something runs out, rounded so as not to claim more than is known."""
    seconds = (at - now).total_seconds()
    if seconds < SOON:
        return f"within {duration(SOON)}"
    about = rounded(seconds)
    if about is not None:
        return f"in about {duration(about)}"
    return f"about {clock(half_hour(at), now)}"


def rounded(seconds: float) -> float | None:
    """A wait as a forecast may say it: by the minute, five or ten; None where a clock says it better."""
    by = step(seconds)
    return round(seconds / by) * by if seconds < 10 * HOUR else None


def step(seconds: float) -> float:
    """By how much a forecast so far away is rounded."""
    steps = ((10 * MINUTE, MINUTE), (HOUR, 5 * MINUTE), (10 * HOUR, 10 * MINUTE))
    return next((by for end, by in steps if seconds < end), HOUR / 2)


def half_hour(at: dt.datetime) -> dt.datetime:
    """The half hour nearest to *at*, in UTC."""
    half_hours = math.floor(at.timestamp() / (HOUR / 2) + 0.5)
    return dt.datetime.fromtimestamp(half_hours * HOUR / 2, dt.UTC)


def plain(text: str) -> str:
    """*text* of someone else's for a terminal: nothing in it can move a cursor."""
    return "".join(char if char.isprintable() else "?" for char in text)
