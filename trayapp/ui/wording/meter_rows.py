"""A meter as it is drawn and as it is spoken."""

import datetime as dt

import msgspec

from trayapp import figures
from trayapp.model.snapshot import Level, Meter
from trayapp.ui.colours import Tone
from trayapp.ui.gauge import Face, State, percent_of, step_of
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import amounts, names, pace, times

_LEVELS: dict[Level, str] = {
    "warning": later("warning"), "critical": later("critical"), "depleted": later("used up"),
}  # fmt: skip
_STATES: dict[Level, State] = {
    "healthy": "warning", "warning": "warning", "critical": "critical", "depleted": "depleted",
}  # fmt: skip


class Row(msgspec.Struct, frozen=True):
    """All that one meter's row shows."""

    key: str
    name: str
    used: str
    """The half of the numbers that stands out."""
    left: str
    spoken: str
    """All of it in one sentence, with units in full."""
    aside: str = ""
    face: Face | None = None
    """The shape beside the numbers, from *warning* up."""
    share: float | None = None
    """The fraction that is used; None where there is no bar to draw."""
    expected: float | None = None
    passed: float | None = None
    tone: Tone = "healthy"
    caption: str = ""
    details: str = ""


def row(tr: Tr, meter: Meter, now: dt.datetime, whose: str = "", *, stale: bool = False) -> Row:
    """*meter* at *now*; *whose* is its pool's name, and a *stale* one is not foretold."""
    share = None if meter.utilization is None else min(1.0, max(0.0, meter.utilization))
    caption = "" if stale else pace.caption(tr, meter, now)
    caption = caption[:1].upper() + caption[1:]
    tone: Tone = "stale" if stale else tone_of(meter)
    told = not stale and tone != "healthy" and share is not None
    return Row(
        key=meter.kind,
        name=names.meter(tr, meter.kind),
        aside=aside(tr, meter, now, stale=stale),
        used=amounts.used(tr, meter),
        left=amounts.left(tr, meter),
        face=Face(_STATES[meter.level], step_of(share), percent_of(share)) if told and share else None,
        share=share,
        expected=None if stale else pace.expected(meter),
        passed=None if stale else pace.passed(meter, now),
        tone=tone,
        caption=caption,
        spoken=spoken(tr, meter, now, whose, caption),
        details=details(tr, meter, now),
    )  # fmt: skip


def tone_of(meter: Meter) -> Tone:
    """Its level; what runs out before it is full again warns, however little is used."""
    return "warning" if meter.level == "healthy" and meter.runs_out_at else meter.level


def aside(tr: Tr, meter: Meter, now: dt.datetime, *, stale: bool) -> str:
    """Beside the name: the reset of a window; money is estimated, unless a budget says more."""
    if amounts.is_money(meter):
        return tr("estimated") if meter.source == "estimated" else ""
    if stale and meter.resets_at is not None and meter.kind not in names.MINUTE_METERS:
        return tr("resets {time}", time=times.clock(tr, meter.resets_at, now))
    return pace.reset(tr, meter, now)


def spoken(tr: Tr, meter: Meter, now: dt.datetime, whose: str, caption: str) -> str:
    """`Output tokens, Sonnet 5.5: 86 percent used, 1,100 of 8,000 left, warning, …`."""
    name = names.meter(tr, meter.kind)
    parts = [*_numbers(tr, meter)]
    if meter.level in _LEVELS:
        parts.append(tr(_LEVELS[meter.level]))
    parts += [part for part in (pace.reset(tr, meter, now), caption) if part]
    if meter.measured_at is not None:
        ago = times.age(tr, (now - meter.measured_at).total_seconds())
        parts.append(tr("measured {time} ago", time=ago))
    of = tr("{meter}, {pool}", meter=name, pool=whose) if whose else name
    return tr("{meter}: {facts}.", meter=of, facts=tr(", ").join(parts))


def details(tr: Tr, meter: Meter, now: dt.datetime) -> str:
    """What Enter shows: the limit in full, its source, when it is full again."""
    said = []
    if meter.limit is not None:
        limit = (
            figures.money(meter.limit) if amounts.is_money(meter) else figures.count(meter.limit)
        )
        minute = meter.kind in names.MINUTE_METERS
        said.append(_limit(tr, limit, minute=minute))
    if meter.resets_at is not None and meter.resets_at > now:
        said.append(tr("full again {time}", time=times.clock(tr, meter.resets_at, now)))
    said.append(tr(_SOURCES[meter.source]))
    return " · ".join(said)


_SOURCES = {
    "measured": later("measured"),
    "estimated": later("estimated"),
    "configured": later("configured"),
}


def _numbers(tr: Tr, meter: Meter) -> list[str]:
    if meter.utilization is None:
        return [tr("no reading yet")]
    said = [tr("{n} percent used", percent_of(min(1.0, meter.utilization)))]
    if amounts.is_money(meter):
        said.append((amounts.used(tr, meter) + amounts.left(tr, meter)).replace(" · ", tr(", ")))
    elif meter.limit is not None and meter.remaining is not None:
        left, limit = figures.count(meter.remaining), figures.count(meter.limit)
        said.append(tr("{left} of {limit} left", left=left, limit=limit))
    return said


def _limit(tr: Tr, limit: str, *, minute: bool) -> str:
    if minute:
        return tr("Limit {limit} a minute", limit=limit)
    return tr("Limit {limit}", limit=limit)
