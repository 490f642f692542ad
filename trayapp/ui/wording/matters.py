"""The one note of a window: the strongest problem or forecast, what it means, what helps."""

import datetime as dt

from trayapp.model.snapshot import Meter, Pool, Problem, Snapshot
from trayapp.ui.colours import Tone
from trayapp.ui.gauge import State, is_offline
from trayapp.ui.link import Link
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import amounts, connecting, names, times
from trayapp.ui.wording.pool_sections import name as name_of

_RANK = ("spend_cap", "key_refused", "offline", "window", "keyring")
"""Problems that come first, the worst of all at the beginning; others as they came."""

_TITLES = {
    "spend_cap": later("The organization’s spend cap is reached"),
    "key_refused": later("The stored key is refused"),
    "offline": later("No connection to the API"),
    "window": later("A window of a login is used up"),
    "keyring": later("The keyring cannot be used"),
    "cache": later("The response cache is off"),
    "ledger": later("The history is not being written"),
    "history_restored": later("The history was restored from its backup"),
    "history_newer": later("The history is from a newer version"),
    "history_backup": later("The history could not be backed up"),
    "port_v6": later("Another program uses the port"),
    "files": later("Too many files are open"),
    "settings": later("The settings file has a mistake"),
    "warning_command": later("The command for warnings failed"),
    "bug": later("Sluice made a mistake"),
}
_BODIES = {
    "spend_cap": later(
        "The organization answers nothing more. Sluice refuses at once and does not retry:"
        " raise the limit, or wait."
    ),
    "key_refused": later("Revoked or mistyped; nothing is sent with it. Store another one."),
    "offline": later(
        "Requests get an error at once so that your tools can try again; batches wait."
        " Cached answers still work."
    ),
    "keyring": later("Requests with a key of their own are served meanwhile."),
    "cache": later("Requests go on as usual."),
}
"""Said to those who read no English, in place of the engine's own sentence."""

_LOOKS: dict[str, tuple[Tone, State]] = {
    "spend_cap": ("depleted", "depleted"), "key_refused": ("critical", "critical"),
    "window": ("depleted", "depleted"),
}  # fmt: skip
_SETTINGS = frozenset({"key_refused", "keyring", "settings", "cache", "warning_command"})


def matter(
    tr: Tr, snapshot: Snapshot | None, link: Link, now: dt.datetime, windows: tuple[str, ...],
    stranded: tuple[str, ...] = (),
) -> Matter | None:  # fmt: skip
    """What the note says now; offers only lead to *windows* that there are.

    *stranded* are titles of the tools that point here while no engine runs.
    """
    if link.state == "restarting":
        return _restarting(tr, link, now)
    if link.state == "down":
        return _down(tr, link, now, stranded if "connect" in windows else ())
    if snapshot is None:
        return None
    found = [
        *(_problem(tr, each, now, windows) for each in sorted(snapshot.problems, key=_rank)),
        *([_paused(tr, snapshot)] if snapshot.paused else []),
        *_forecasts(tr, snapshot, now),
    ]
    if not found:
        return None
    first, more = found[0], len(found) - 1
    if not more:
        return first
    return Matter(
        first.title, first.body, first.tone, first.state, first.offers, tr("and {n} more", more)
    )


def _down(tr: Tr, link: Link, now: dt.datetime, stranded: tuple[str, ...]) -> Matter:
    since = times.clock(tr, link.since, now)
    said = [tr("It stopped at {time}.", time=since)]
    if link.attempt:
        said = [tr("It stopped at {time} and {n} restarts failed.", link.attempt, time=since)]
    said += [link.why] if link.why else []
    offers = [Offer("start", tr("Start engine"), primary=True)]
    if stranded:
        said.append(connecting.dead(tr, stranded))
        offers.append(Offer("connect", tr("Disconnect tools…")))
    title = tr("The engine is not running")
    return Matter(title, " ".join(said), "critical", "critical", tuple(offers))


def _restarting(tr: Tr, link: Link, now: dt.datetime) -> Matter:
    wait = 0.0 if link.next_at is None else (link.next_at - now).total_seconds()
    title = tr(
        "Engine restarting, try {attempt} of {tries}", attempt=link.attempt, tries=link.tries
    )
    if wait >= 1:
        title = tr(
            "Engine restarting, try {attempt} of {tries} in {time}",
            attempt=link.attempt, tries=link.tries, time=times.duration(tr, wait),
        )  # fmt: skip
    offers = (Offer("start", tr("Now")),) if wait >= 1 else ()
    return Matter(title, tr("Tools reconnect by themselves."), "warning", "warning", offers)


def _rank(problem: Problem) -> int:
    return _RANK.index(problem.code) if problem.code in _RANK else len(_RANK)


def _problem(tr: Tr, problem: Problem, now: dt.datetime, windows: tuple[str, ...]) -> Matter:
    tone, state = _LOOKS.get(problem.code, ("warning", "warning"))
    title = tr(_TITLES.get(problem.code, later("Something needs your attention")))
    own = _BODIES.get(problem.code)
    body = tr(own) if own and tr.language != "en" else problem.message
    since = tr("Since {time}:", time=times.clock(tr, problem.since, now))
    offers: tuple[Offer, ...] = ()
    if problem.code in _SETTINGS and "settings" in windows:
        offers = (Offer("settings", tr("Settings…")),)
    return Matter(title, f"{since} {body}", tone, state, offers)


def _paused(tr: Tr, snapshot: Snapshot) -> Matter:
    held = snapshot.held_total
    body = (
        tr("{n} requests wait until you resume.", held) if held else tr("New requests will wait.")
    )
    return Matter(tr("Paused by you"), body, "paused", "paused")


def _forecasts(tr: Tr, snapshot: Snapshot, now: dt.datetime) -> list[Matter]:
    """What is used up or runs out, the soonest first."""
    offline = is_offline(snapshot)
    pairs = [(pool, meter) for pool in snapshot.pools for meter in pool.meters]
    pairs = [pair for pair in pairs if not amounts.is_money(pair[1]) and not offline]
    gone = [_depleted(tr, pool, meter, now) for pool, meter in pairs if _is_gone(meter)]
    coming = [
        (meter.runs_out_at, pool, meter)
        for pool, meter in pairs
        if meter.runs_out_at is not None and not _is_gone(meter)
    ]
    coming.sort(key=lambda each: each[0])
    return gone + [_coming(tr, pool, meter, at, now) for at, pool, meter in coming]


def _is_gone(meter: Meter) -> bool:
    return meter.level == "depleted" and meter.kind not in names.MINUTE_METERS


def _depleted(tr: Tr, pool: Pool, meter: Meter, now: dt.datetime) -> Matter:
    title = tr("{meter} used up", meter=names.meter(tr, meter.kind))
    body = name_of(tr, pool)
    if meter.resets_at is not None:
        when = times.clock(tr, meter.resets_at, now)
        body = tr("{pool}, open again {time}", pool=body, time=when)
    return Matter(title, body, "depleted", "depleted")


def _coming(tr: Tr, pool: Pool, meter: Meter, at: dt.datetime, now: dt.datetime) -> Matter:
    when = times.forecast(tr, at, now, meter.runs_out_by)
    title = tr("{meter} run out {when}", meter=names.meter(tr, meter.kind), when=when)
    if meter.kind not in names.MINUTE_METERS:
        title = tr("{meter}: runs out {when}", meter=names.meter(tr, meter.kind), when=when)
    body = tr("{pool}, at the pace of now", pool=name_of(tr, pool))
    critical = meter.level in {"critical", "depleted"}
    state: State = "critical" if critical else "warning"
    return Matter(title, body, "critical" if critical else "warning", state)
