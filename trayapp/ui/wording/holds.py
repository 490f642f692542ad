"""Who waits, for what, since when and until about when."""

import datetime as dt

import msgspec

from trayapp.model.snapshot import Cause, Hold
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, times

_WHY: dict[Cause, str] = {
    "turn": later("Held {time}: others are before it"),
    "throttled": later("Held {time}: throttled by Anthropic"),
    "overloaded": later("Held {time}: Anthropic is overloaded"),
    "probe": later("Held {time}: learning this pool’s limits"),
    "key": later("Held {time}: the keyring is locked"),
    "paused": later("Held since {since}: paused by you"),
    "spacing": later("Held {time}: many came at once"),
    "concurrency": later("Held {time}: as many are out as there is room for"),
    "limit": later("Held {time}: a limit is used up"),
}


MOST = 8
"""Rows of the panel; who waits behind them is counted."""


class Waiting(msgspec.Struct, frozen=True):
    """One held request's row."""

    id: str
    tool: str
    model: str
    goes: str
    why: str
    spoken: str


def first(
    tr: Tr, held: tuple[Hold, ...], total: int, now: dt.datetime
) -> tuple[tuple[Waiting, ...], str]:
    """Those who go next, and how many of *total* wait behind them in words."""
    shown = held[:MOST]
    more = total - len(shown)
    rest = tr("and {n} more", more) if more > 0 else ""
    return tuple(waiting(tr, hold, now) for hold in shown), rest


def waiting(tr: Tr, hold: Hold, now: dt.datetime) -> Waiting:
    """*hold* at *now*."""
    why = reason(tr, hold, now)
    paused = hold.cause == "paused"
    goes = "" if hold.expected_at is None or paused else times.wait(tr, hold.expected_at, now)
    model = names.model(hold.model)
    said = tr(", ").join(part for part in (model, why, goes) if part)
    spoken = tr("Held: {tool}, {facts}.", tool=hold.tool, facts=said)
    return Waiting(hold.id, hold.tool, model, goes, why, spoken)


def reason(tr: Tr, hold: Hold, now: dt.datetime) -> str:
    """`Held 8 s for output tokens`."""
    time = times.age(tr, (now - hold.since).total_seconds())
    if hold.cause == "limit" and hold.limit_kind:
        what = names.resource(tr, hold.limit_kind)
        return tr("Held {time} for {what}", time=time, what=what)
    if hold.cause == "turn" and hold.behind:
        return tr("Held {time} behind {tool}", time=time, tool=hold.behind)
    if hold.cause == "throttled" and hold.asked_s:
        asked = times.duration(tr, hold.asked_s)
        return tr("Held {time}: throttled, Anthropic asks for {asked}", time=time, asked=asked)
    since = times.clock(tr, hold.since, now)
    return tr(_WHY[hold.cause], time=time, since=since)
