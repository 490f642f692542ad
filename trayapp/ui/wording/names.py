"""What meters, models and tools are called."""

import re

from trayapp.model.exchange import Kind
from trayapp.ui.speech import Tr, later

_METERS = {
    "requests": later("Requests"),
    "input_tokens": later("Input tokens"),
    "output_tokens": later("Output tokens"),
    "five_hour": later("5 hours"),
    "seven_day": later("7 days"),
    "overage": later("Extra usage"),
    "spend_day": later("Spend today"),
    "spend_month": later("Spend this month"),
}
_RESOURCES = {
    "requests": later("requests"),
    "input_tokens": later("input tokens"),
    "output_tokens": later("output tokens"),
    "five_hour": later("the 5-hour window"),
    "seven_day": later("the 7-day window"),
    "overage": later("extra usage"),
    "spend_day": later("today’s budget"),
    "spend_month": later("this month’s budget"),
}
_KINDS: dict[Kind, str] = {
    "interactive": later("interactive"),
    "normal": later("normal"),
    "batch": later("batch"),
}
MINUTE_METERS = ("requests", "input_tokens", "output_tokens")
"""Limits a minute, which refill all the time; every other meter is a window, a month or a day."""
ORDER = (*MINUTE_METERS, "five_hour", "seven_day")

_WINDOW = re.compile(r"(?P<length>five_hour|seven_day)_(?P<scope>\w+)")
_ODD_WINDOW = re.compile(r"(\d+)([hd])(?:_(\w+))?")
_MODEL = re.compile(r"(?:claude-)?([a-z]+)-(\d+(?:-\d{1,2})?|\d+\.(?:\d+|x))(?:-\d{8}|-latest)?")


def meter(tr: Tr, kind: str) -> str:
    """`Output tokens`, `7 days, Opus`; windows we have no name for keep the API's."""
    if known := _METERS.get(kind):
        return tr(known)
    if scoped := _WINDOW.fullmatch(kind):
        return tr(
            "{window}, {scope}", window=tr(_METERS[scoped["length"]]), scope=_scope(tr, scoped)
        )
    if odd := _ODD_WINDOW.fullmatch(kind):
        number = int(odd[1])
        said = tr("{n} hours", number) if odd[2] == "h" else tr("{n} days", number)
        return tr("{window}, {scope}", window=said, scope=_title(odd[3])) if odd[3] else said
    return _title(kind)


def resource(tr: Tr, kind: str) -> str:
    """What is waited for, inside a sentence: `output tokens`."""
    return tr(_RESOURCES[kind]) if kind in _RESOURCES else meter(tr, kind)


def tool_kind(tr: Tr, kind: Kind) -> str:
    """`interactive`, `normal`, `batch`."""
    return tr(_KINDS[kind])


def model(identity: str) -> str:
    """`Sonnet 5.5` for the id of a Claude or of its class; other ids are said as they are."""
    known = _MODEL.fullmatch(identity)
    if known is None:
        return identity
    return f"{known[1].capitalize()} {known[2].replace('-', '.')}"


def place(kind: str) -> tuple[int, str]:
    """Sorts meters: requests, input, output; five hours, seven days, others; money last."""
    if kind in ORDER:
        return ORDER.index(kind), ""
    last = {"overage": 1, "spend_day": 2, "spend_month": 3}
    return len(ORDER) + last.get(kind, 0), kind


def _scope(tr: Tr, window: re.Match[str]) -> str:
    if window["scope"] == "overage_included":
        return tr("this model")
    return _title(window["scope"])


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()
