"""What a notification says of a warning, and of the engine: fixed words and numbers; no Qt.

Names that a caller chose are not repeated, except that of a tool, which the user gave it.
"""

import datetime as dt
from collections.abc import Callable

from trayapp import figures
from trayapp.model.snapshot import Notice
from trayapp.ui.link import Link
from trayapp.ui.speech import Tr
from trayapp.ui.wording import names, times

Words = tuple[str, str]
"""A title and a line below it, which may be empty."""
_Say = Callable[[Tr, Notice, dt.datetime], Words]

TAKEN, MISCONFIGURED = 75, 78
"""Exit codes of an engine."""


def of_notice(tr: Tr, notice: Notice, now: dt.datetime) -> Words:
    """What begins, or, once it has ended, what is back."""
    if notice.ended_at is None:
        return _BEGUN[notice.rule](tr, notice, now)
    return _BACK.get(notice.rule, _meter_back)(tr, notice, now)


def of_engine(tr: Tr, link: Link, now: dt.datetime) -> Words:
    """What is wrong with the engine, or that it runs again."""
    if link.is_up:
        return (
            tr("The engine was started again"),
            tr("Tools reconnect by themselves; answers under way were cut off."),
        )
    if link.state == "restarting":
        title = tr(
            "Engine restarting, try {attempt} of {tries}", attempt=link.attempt, tries=link.tries
        )
        return title, tr("Tools reconnect by themselves.")
    return tr("The engine is not running"), _why_down(tr, link, now)


def _why_down(tr: Tr, link: Link, now: dt.datetime) -> str:
    if link.code == TAKEN:
        return tr("Another program uses its port or its folder; Sluice tries again by itself.")
    if link.code == MISCONFIGURED:
        return tr("Its settings have a mistake; “sluice doctor” says where.")
    stopped = tr("It stopped at {time}.", time=times.clock(tr, link.since, now))
    if not link.attempt:
        return stopped
    between = "" if tr.language.startswith("zh") else " "
    return stopped + between + tr("{n} restarts failed.", link.attempt)


def _number(notice: Notice, name: str) -> float | None:
    value = notice.facts.get(name)
    return value if isinstance(value, float | int) else None


def _time(notice: Notice, name: str) -> dt.datetime | None:
    value = notice.facts.get(name)
    return dt.datetime.fromisoformat(value) if isinstance(value, str) else None


def _used(tr: Tr, notice: Notice) -> str:
    return tr("{percent} used", percent=figures.percent(_number(notice, "used") or 0))


def _of_pool(tr: Tr, notice: Notice, said: str) -> str:
    found = notice.facts.get("model_class")
    if not isinstance(found, str):
        return said
    return tr("{pool}: {said}", pool=names.model(found), said=said)


def _meter(tr: Tr, notice: Notice) -> str:
    return names.meter(tr, notice.meter or "")


def _level(tr: Tr, notice: Notice, now: dt.datetime) -> Words:
    title = tr("{meter} {used}", meter=_meter(tr, notice), used=_used(tr, notice))
    left, limit, resets = _number(notice, "left"), _number(notice, "limit"), None
    if left is not None and limit is not None:
        rest = tr(
            "{left} of {limit} a minute left", left=figures.tokens(left),
            limit=figures.tokens(limit),
        )  # fmt: skip
        return title, _of_pool(tr, notice, rest)
    resets = _time(notice, "resets_at")
    if resets is None:
        return title, _of_pool(tr, notice, _left(tr, notice))
    when = tr("resets {time}", time=times.clock(tr, resets, now))
    return title, _of_pool(tr, notice, listed(tr, [_left(tr, notice), when]))


def _left(tr: Tr, notice: Notice) -> str:
    rest = max(0.0, 1 - (_number(notice, "used") or 0))
    return tr("{percent} left", percent=figures.percent(rest))


def _slope(tr: Tr, notice: Notice, now: dt.datetime) -> Words:
    at = _time(notice, "runs_out_at") or now
    when = times.forecast(tr, at, now, _time(notice, "runs_out_by"))
    meter = _meter(tr, notice)
    if notice.meter in names.MINUTE_METERS:
        title = tr("{meter} run out {when}", meter=meter, when=when)
    else:
        title = tr("{meter}: runs out {when}", meter=meter, when=when)
    return title, _of_pool(tr, notice, _used(tr, notice))


def _budget(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    used, spent, budget = (_number(notice, name) or 0.0 for name in ("used", "spent", "budget"))
    percent = figures.percent(used)
    if notice.facts.get("period") == "day":
        title = tr("{percent} of today’s budget spent", percent=percent)
    else:
        title = tr("{percent} of this month’s budget spent", percent=percent)
    said = tr("{spent} of {budget}", spent=figures.money(spent), budget=figures.money(budget))
    if tool := notice.facts.get("tool"):
        said = tr("“{tool}”: {said}", tool=tool, said=said)
    if used >= 1 and notice.facts.get("stops"):
        said = listed(tr, [said, tr("requests are refused")])
    return title, said


def _spend_cap(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    if notice.level == "depleted":
        return (
            tr("The organization’s spend cap is reached"),
            tr("Nothing more is answered for money; trying again does not help."),
        )
    spent, cap = _number(notice, "spent") or 0.0, _number(notice, "cap") or 0.0
    said = tr("{spent} of {budget}", spent=figures.money(spent), budget=figures.money(cap))
    return tr("The organization’s spend cap is near"), said


def _storm(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    count = round(_number(notice, "refusals") or 0)
    if notice.facts.get("throttled"):
        title = tr("Throttled {n} times in a minute", count)
    else:
        title = tr("Overloaded {n} times in a minute", count)
    return title, tr("Sluice slows down by itself.")


def _long_hold(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    waited, goes = _number(notice, "waited_s") or 0.0, _number(notice, "goes_in_s")
    title = tr(
        "“{tool}” has waited {time}", tool=notice.facts.get("tool") or "",
        time=times.duration(tr, waited),
    )  # fmt: skip
    if goes is None:
        return title, ""
    return title, tr("Goes in about {time}", time=times.duration(tr, max(1.0, goes)))


def _other_model(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    asked, answered = (_known(tr, notice.facts.get(name)) for name in ("asked", "answered"))
    return tr("{asked} asked, {answered} answered", asked=asked, answered=answered), ""


def _known(tr: Tr, identity: float | str | None) -> str:
    """The name of a model that we have one for; what else was asked for is not repeated."""
    name = names.model(str(identity))
    return tr("another model") if name == identity else name


def _calm(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    used = _number(notice, "used")
    if used is None:
        count = figures.count(_number(notice, "requests") or 0)
        return tr("Requests today: {number}", number=count), ""
    return tr("Quota used today: {percent}", percent=figures.percent(used)), ""


def _meter_back(tr: Tr, notice: Notice, _now: dt.datetime) -> Words:
    if notice.meter in names.MINUTE_METERS:
        title = tr("{meter} are back", meter=_meter(tr, notice))
    else:
        title = tr("{meter}: open again", meter=_meter(tr, notice))
    held = round(_number(notice, "held") or 0)
    rest = tr("{n} held", held) if held else tr("nothing is held")
    return title, listed(tr, [_used(tr, notice), rest])


def listed(tr: Tr, said: list[str]) -> str:
    """Several facts in one line."""
    return ("，" if tr.language.startswith("zh") else ", ").join(said)


_BEGUN: dict[str, _Say] = {
    "level": _level,
    "slope": _slope,
    "budget": _budget,
    "spend_cap": _spend_cap,
    "storm": _storm,
    "long_hold": _long_hold,
    "key": lambda tr, _notice, _now: (
        tr("The stored key cannot be used"),
        tr("“sluice key list” says why."),
    ),
    "extra_usage": lambda tr, _notice, _now: (
        tr("Extra usage is on"),
        tr("This login now costs money."),
    ),
    "other_model": _other_model,
    "calm": _calm,
}
_BACK: dict[str, _Say] = {
    "budget": lambda tr, _notice, _now: (tr("A new budget has begun"), ""),
    "spend_cap": lambda tr, _notice, _now: (tr("The spend cap no longer stops requests"), ""),
    "storm": lambda tr, _notice, _now: (tr("No longer throttled"), ""),
    "long_hold": lambda tr, _notice, _now: (tr("Nobody waits for long any more"), ""),
    "key": lambda tr, _notice, _now: (tr("The stored key works again"), ""),
    "extra_usage": lambda tr, _notice, _now: (tr("Extra usage is off"), ""),
}
