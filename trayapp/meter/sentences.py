"""A warning in one English sentence: what a terminal, a script or a log is told.

The desk says the same in its own languages. Names in it come from callers; whoever prints a
sentence on a terminal makes them plain.
"""

import datetime as dt
from collections.abc import Callable

from trayapp import figures
from trayapp.meter.episodes import Facts
from trayapp.meter.prices import models
from trayapp.model.snapshot import Notice

NAMES = {
    "requests": "Requests",
    "input_tokens": "Input tokens",
    "output_tokens": "Output tokens",
    "five_hour": "5-hour window",
    "seven_day": "Weekly window",
    "overage": "Extra usage",
    "spend_day": "Spend today",
    "spend_month": "Spend this month",
}


def name_of(kind: str) -> str:
    """What a meter is called; windows we have no name for keep the API's."""
    return NAMES.get(kind) or kind.replace("_", " ").capitalize()


def sentence(notice: Notice) -> str:
    """*notice* as it is told; one that has ended is told as what is back."""
    if notice.ended_at is not None:
        return _BACK.get(notice.rule, _meter_back)(notice)
    return _BEGUN[notice.rule](notice)


def _number(facts: Facts, name: str) -> float | None:
    value = facts.get(name)
    return value if isinstance(value, float | int) else None


def _share(facts: Facts) -> str:
    used = _number(facts, "used")
    return "–" if used is None else f"{figures.percent(used)} used"


def _meter(notice: Notice) -> str:
    return name_of(notice.meter or "")


def _where(notice: Notice) -> str:
    found = notice.facts.get("model_class")
    return f" · {models().name_of_class(str(found))}" if found else ""


def _level(notice: Notice) -> str:
    left, limit = _number(notice.facts, "left"), _number(notice.facts, "limit")
    said = f"{_meter(notice)} {_share(notice.facts)}{_where(notice)}"
    if left is None or limit is None:
        return said
    return f"{said}: {figures.tokens(left)} of {figures.tokens(limit)} a minute left"


def _slope(notice: Notice) -> str:
    at = notice.facts.get("runs_out_at")
    when = "soon"
    if isinstance(at, str):
        seconds = (dt.datetime.fromisoformat(at) - notice.since).total_seconds()
        when = f"in about {figures.duration(max(60.0, seconds))}"
    return f"{_meter(notice)} will run out {when}{_where(notice)}: {_share(notice.facts)}"


def _budget(notice: Notice) -> str:
    facts = notice.facts
    used, spent, budget = (_number(facts, name) or 0.0 for name in ("used", "spent", "budget"))
    whose = "today’s budget" if facts.get("period") == "day" else "this month’s budget"
    tool = f" of “{facts['tool']}”" if facts.get("tool") else ""
    stops = "; requests are refused" if used >= 1 and facts.get("stops") else ""
    amounts = f"{figures.money(spent)} of {figures.money(budget)}"
    return f"{figures.percent(used)} of {whose}{tool} spent · {amounts}{stops}"


def _spend_cap(notice: Notice) -> str:
    spent, cap = _number(notice.facts, "spent"), _number(notice.facts, "cap")
    if notice.level == "depleted":
        return "The organization’s spend cap is reached: nothing more is answered for money"
    return f"{figures.money(spent or 0)} of the plan’s {figures.money(cap or 0)} a month spent"


def _storm(notice: Notice) -> str:
    count = _number(notice.facts, "refusals") or 0
    word = "Overloaded" if not notice.facts.get("throttled") else "Throttled"
    return f"{word} {count:.0f} times in a minute · Sluice slows down by itself"


def _long_hold(notice: Notice) -> str:
    waited, goes = _number(notice.facts, "waited_s") or 0, _number(notice.facts, "goes_in_s")
    soon = "" if goes is None else f" · goes in about {figures.duration(max(1.0, goes))}"
    return f"“{notice.facts.get('tool')}” has waited {figures.duration(waited)}{soon}"


def _other_model(notice: Notice) -> str:
    return f"{notice.facts.get('asked')} asked, {notice.facts.get('answered')} answered"


def _calm(notice: Notice) -> str:
    used = _number(notice.facts, "used")
    if used is None:
        return f"Requests today: {figures.count(_number(notice.facts, 'requests') or 0)}"
    return f"Quota used today: {figures.percent(used)}"


def _meter_back(notice: Notice) -> str:
    held = _number(notice.facts, "held") or 0
    rest = "nothing is held" if not held else f"{figures.count(held)} held"
    return f"{_meter(notice)} back · {_share(notice.facts)}, {rest}"


_BEGUN: dict[str, Callable[[Notice], str]] = {
    "level": _level,
    "slope": _slope,
    "budget": _budget,
    "spend_cap": _spend_cap,
    "storm": _storm,
    "long_hold": _long_hold,
    "key": lambda _: "The stored key cannot be used: see what `sluice status` says of it",
    "extra_usage": lambda _: "Extra usage is on: this login now costs money",
    "other_model": _other_model,
    "calm": _calm,
}
_BACK: dict[str, Callable[[Notice], str]] = {
    "budget": lambda _: "A new budget has begun",
    "spend_cap": lambda _: "The spend cap no longer stops requests",
    "storm": lambda _: "No longer throttled",
    "long_hold": lambda _: "Nobody waits for long any more",
    "key": lambda _: "The stored key works again",
    "extra_usage": lambda _: "Extra usage is off",
}
