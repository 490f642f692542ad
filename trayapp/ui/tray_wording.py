"""What the tray says: its tooltip and the first lines of its menu; no Qt."""

import datetime as dt

from trayapp import figures
from trayapp.model.snapshot import Meter, Snapshot
from trayapp.ui.gauge import Reading, tightest
from trayapp.ui.link import Link
from trayapp.ui.speech import Tr
from trayapp.ui.wording import connecting, names, times

MOST = 3
"""Meters that the menu and the tooltip name."""


def tooltip(
    tr: Tr, snapshot: Snapshot | None, link: Link, now: dt.datetime, stranded: tuple[str, ...] = ()
) -> str:
    """At most four lines: what is going on, then the tightest meters, or who gets no answer."""
    if not link.is_up or snapshot is None:
        lines = [_without_engine(tr, link)]
        if stranded:
            lines.append(connecting.dead(tr, stranded))
        return "\n".join(lines)
    lines = [_busy(tr, snapshot)]
    for reading in tightest(snapshot, now)[:MOST]:
        said = [_used(tr, reading.meter), _rest(tr, reading.meter, now)]
        lines.append(f"{_name(tr, reading)}: {_listed(tr, said)}")
    return "\n".join(lines)


def entry(tr: Tr, reading: Reading, now: dt.datetime, *, several: bool = False) -> str:
    """A line of the menu: `Output tokens 86% used, out in about 6 min`.

    With *several* pools it begins with which one.
    """
    meter = reading.meter
    used = tr("{meter} {used}", meter=names.meter(tr, meter.kind), used=_used(tr, meter))
    said = [used, _rest(tr, meter, now, is_short=True)]
    if several and reading.pool is not None:
        said.insert(0, names.model(reading.pool.model_class))
    return _listed(tr, said)


def amount(meter: Meter, number: float) -> str:
    """*number* in the meter's unit."""
    if meter.kind.startswith("spend_"):
        return figures.money(number)
    return figures.tokens(number) if meter.kind.endswith("_tokens") else figures.count(number)


def _without_engine(tr: Tr, link: Link) -> str:
    match link.state:
        case "restarting":
            return tr("Sluice: the engine is restarting")
        case "down":
            said = tr("Sluice: the engine is not running")
            return f"{said}\n{link.why}" if link.why else said
        case _:
            return tr("Sluice: the engine is starting")


def _busy(tr: Tr, snapshot: Snapshot) -> str:
    flying = tr("{n} in flight", snapshot.diagnostics.in_flight)
    said = [tr("paused")] if snapshot.paused else []
    said.append(flying)
    if snapshot.held_total:
        said.append(tr("{n} held", snapshot.held_total))
    return tr("Sluice: {what}", what=_listed(tr, said))


def _name(tr: Tr, reading: Reading) -> str:
    name = names.meter(tr, reading.meter.kind)
    if reading.pool is None:
        return name
    return _listed(tr, [name, names.model(reading.pool.model_class)])


def _used(tr: Tr, meter: Meter) -> str:
    about = "≈" if meter.source == "estimated" else ""
    return tr("{percent} used", percent=f"{about}{figures.percent(meter.utilization or 0)}")


def _rest(tr: Tr, meter: Meter, now: dt.datetime, *, is_short: bool = False) -> str:
    """When it runs out, else what is left."""
    if meter.runs_out_at is not None and meter.runs_out_at > now:
        when = times.forecast(tr, meter.runs_out_at, now, meter.runs_out_by)
        return tr("out {when}", when=when) if is_short else tr("runs out {when}", when=when)
    if meter.limit is not None and meter.remaining is not None:
        left, limit = amount(meter, meter.remaining), amount(meter, meter.limit)
        return tr("{left} of {limit} left", left=left, limit=limit)
    rest = figures.percent(1 - (meter.utilization or 0))
    return tr("{percent} left", percent=rest)


def _listed(tr: Tr, said: list[str]) -> str:
    comma = "，" if tr.language.startswith("zh") else ", "
    return comma.join(said)
