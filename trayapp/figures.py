"""Numbers, durations and times as people read them; the same everywhere."""

import datetime as dt
import math

MINUTE, HOUR, DAY = 60, 3600, 86400


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


def percent(fraction: float) -> str:
    """`86%`; `<1%` above nothing, and `100%` only when nothing is left."""
    if fraction <= 0:
        return "0%"
    if fraction < 0.01:
        return "<1%"
    return "100%" if fraction >= 1 else f"{min(99, round(fraction * 100))}%"


def duration(seconds: float) -> str:
    """`34 s`, `6 min`, `2 h 14 min`, `3 d 4 h`: two units at most."""
    left = max(0, round(seconds))
    if left < MINUTE:
        return f"{left} s"
    if left < HOUR:
        return f"{left // MINUTE} min"
    if left < DAY:
        return _two(left // HOUR, "h", left % HOUR // MINUTE, "min")
    return _two(left // DAY, "d", left % DAY // HOUR, "h")


def _two(large: int, unit: str, small: int, subunit: str) -> str:
    return f"{large} {unit} {small} {subunit}" if small else f"{large} {unit}"


def age(seconds: float) -> str:
    """A duration that steps by 5 s from 10 s on, so that it does not flicker."""
    whole = max(0, int(seconds))
    return duration(whole if whole < 10 or whole >= MINUTE else whole // 5 * 5)


def clock(at: dt.datetime, now: dt.datetime) -> str:
    """`16:16`, `Tue 09:00` within a week, `1 Dec` beyond; in the zone of *now*."""
    there = at.astimezone(now.tzinfo)
    away = abs((there.date() - now.date()).days)
    if away == 0:
        return f"{there:%H:%M}"
    return f"{there:%a %H:%M}" if away < 7 else f"{there.day} {there:%b}"


def forecast(at: dt.datetime, now: dt.datetime) -> str:
    """When something runs out, rounded so as not to claim more than is known."""
    minutes = (at - now).total_seconds() / MINUTE
    if minutes < 2:
        return "within 2 min"
    for end, step in ((10, 1), (60, 5), (600, 10)):
        if minutes < end:
            return f"in about {duration(round(minutes / step) * step * MINUTE)}"
    half_hours = math.floor(at.timestamp() / (HOUR / 2) + 0.5)
    return f"about {clock(dt.datetime.fromtimestamp(half_hours * HOUR / 2, dt.UTC), now)}"


def plain(text: str) -> str:
    """*text* of someone else's for a terminal: nothing in it can move a cursor."""
    return "".join(char if char.isprintable() else "?" for char in text)
