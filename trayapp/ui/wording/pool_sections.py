"""A pool as the panel shows it: its name, whose it is, its source, its meters in their order."""

import datetime as dt

import msgspec

from trayapp.model.snapshot import Meter, Pool
from trayapp.ui.colours import Tone
from trayapp.ui.gauge import is_stale, percent_of
from trayapp.ui.speech import Tr
from trayapp.ui.wording import amounts, names, sources
from trayapp.ui.wording.meter_rows import Row, row, tone_of

_WORST: tuple[Tone, ...] = ("depleted", "critical", "warning")
RECENT = dt.timedelta(hours=1)
_ALL_MODELS = ("five_hour", "seven_day", "overage")


class Section(msgspec.Struct, frozen=True):
    """All that one pool shows."""

    id: str
    title: str
    line: str
    source: str
    rows: tuple[Row, ...]
    history: tuple[float | None, ...] = ()
    tone: Tone = "healthy"
    """Of the line of the last hour."""
    stale: bool = False
    history_spoken: str = ""


def order(pools: tuple[Pool, ...], now: dt.datetime) -> tuple[str, ...]:
    """Ids: those used in the last hour first, each part as the engine tells it."""

    def is_old(pool: Pool) -> bool:
        return pool.last_used_at is None or now - pool.last_used_at > RECENT

    return tuple(pool.id for pool in sorted(pools, key=is_old))


def section(
    tr: Tr, pool: Pool, now: dt.datetime, *, lost: dt.datetime | None = None, offline: bool = False
) -> Section:
    """*pool* at *now*; *lost* is since when no engine tells of it."""
    meters = tuple(
        sorted(
            (meter for meter in pool.meters if not amounts.is_money(meter)),
            key=lambda meter: names.place(meter.kind),
        )
    )
    old = {each.kind: lost is not None or is_stale(each, now, offline=offline) for each in meters}
    stale = bool(meters) and all(old.values())
    title = name(tr, pool)
    rows = [row(tr, meter, now, title, stale=old[meter.kind]) for meter in meters]
    return Section(
        id=pool.id,
        title=title,
        line=line(tr, pool, meters),
        source=sources.stale(tr, meters, lost or now, now)
        if stale
        else sources.measured(tr, meters, now),
        rows=tuple(_refilled(tr, meters, rows)),
        history=pool.history,
        tone="stale" if stale else _tone(meters),
        stale=stale,
        history_spoken=_hour(tr, pool),
    )


def name(tr: Tr, pool: Pool) -> str:
    """`Sonnet 5.5` of a key's pool; a login's is called for what it is."""
    if is_login(pool):
        return tr("{model} · login", model=names.model(pool.model_class))
    return names.model(pool.model_class)


def is_login(pool: Pool) -> bool:
    """Whether windows of a login are known of it."""
    minute = {*names.MINUTE_METERS}
    return any(m.kind not in minute and not amounts.is_money(m) for m in pool.meters)


def line(tr: Tr, pool: Pool, meters: tuple[Meter, ...]) -> str:
    """`Key “Work” · Evaluation, per minute`."""
    if not pool.states_limits and not any(meter.limit for meter in meters):
        return tr("This server states no limits")
    parts = []
    if len(pool.keys) > 1:
        quoted = ", ".join(f"“{each}”" for each in pool.keys)
        parts.append(tr("Keys {names} · one organization, shared limits", names=quoted))
    elif pool.keys:
        parts.append(tr("Key “{name}”", name=pool.keys[0]))
    elif pool.upstream:
        parts.append(pool.upstream)
    if is_login(pool):
        scoped = any(meter.kind not in _ALL_MODELS for meter in meters)
        plan = pool.plan or ""
        parts.append(plan if scoped and plan else tr("all models"))
    elif pool.plan:
        parts.append(tr("{plan}, per minute", plan=pool.plan))
    elif meters:
        parts.append(tr("per minute"))
    return " · ".join(parts)


def _refilled(tr: Tr, meters: tuple[Meter, ...], rows: list[Row]) -> list[Row]:
    """Where all buckets are full by their model alone, the last one says so."""
    minute = [at for at, meter in enumerate(meters) if meter.kind in names.MINUTE_METERS]
    full = [at for at in minute if amounts.is_guessed(meters[at]) and meters[at].utilization == 0]
    if full and full == minute and not rows[full[-1]].caption and rows[full[-1]].tone != "stale":
        said = tr("Estimated: refilled since the last answer")
        rows[full[-1]] = msgspec.structs.replace(rows[full[-1]], caption=said)
    return rows


def _tone(meters: tuple[Meter, ...]) -> Tone:
    tones = {tone_of(meter) for meter in meters}
    return next((tone for tone in _WORST if tone in tones), "healthy")


def _hour(tr: Tr, pool: Pool) -> str:
    known = [used for used in pool.history if used is not None]
    if not known:
        return ""
    low, high = percent_of(min(known)), percent_of(min(1.0, max(known)))
    return tr("last hour: {low} to {high} percent used", low=low, high=high)
