"""What `x-simulate` asks to go wrong, such as `status=429,retry-after=3` or `ramp,times=2`."""

import datetime as dt

import msgspec

from trayapp.simulator.budgets import ramp_exceeded, spend_cap_reached
from trayapp.simulator.errors import ApiError

MONEY = {
    "budget": "You have reached your specified API usage limits.",
    "credit": "Your credit balance is too low to access the Anthropic API.",
}
KINDS = ("ramp", "spend", "workspace", *MONEY)
"""Refusals that have a body of their own."""
ROOM = 10_000


class Fault(msgspec.Struct, frozen=True):
    """One request's mishap; durations are in real seconds.

    *cut* drops the connection after so many events (a plain answer: half way through its
    body, or before its head when it is 0). *stall* is a silence after the first piece of
    text, or before a plain answer. *error_event* ends a stream with an error inside it.
    *kind* is one of `KINDS`. *times*: the same request fails so often, then goes through.
    """

    status: int | None = None
    retry_after: int | None = None
    cut: int | None = None
    stall: float = 0.0
    error_event: bool = False
    kind: str | None = None
    times: int | None = None

    def refusal(self, at: dt.datetime) -> ApiError | None:
        """The refusal asked for at *at*, if one was."""
        if self.kind is not None:
            return _of_kind(self.kind, self.retry_after, at)
        if self.status is None:
            return None
        return ApiError(self.status, retry_after=self.retry_after)


NONE = Fault()

_NUMBERS = {"status": 3, "retry-after": 7, "cut": 9, "stall": 9, "times": 4}


class Mishaps:
    """Which requests fail: those whose header asks for it, and every so many-th by setting."""

    def __init__(self, always: str | None, every: int) -> None:
        self._always = fault_of(always)
        self._every = every
        self._asked = 0
        self._failed: dict[bytes, int] = {}

    def of(self, header: str | None, request: bytes) -> Fault:
        """The fault for a *request*, known by a digest; raises `ApiError` 400 for unknown ones."""
        if header is None:
            self._asked += 1
            return self._always if self._asked % self._every == 0 else NONE
        fault = fault_of(header)
        if fault.times is None:
            return fault
        failed = self._failed.pop(request, 0)
        if failed >= fault.times:
            return NONE
        if len(self._failed) >= ROOM:
            self._failed.clear()
        self._failed[request] = failed + 1
        return fault


def fault_of(header: str | None) -> Fault:
    """Read the header; raises `ApiError` 400 for a fault nobody knows."""
    if header is None:
        return NONE
    said = {}
    for word in header.split(","):
        name, _, value = word.strip().partition("=")
        said[name] = _value(name, value)
    return Fault(
        status=_whole(said.get("status")),
        retry_after=_whole(said.get("retry-after")),
        cut=_whole(said.get("cut")),
        stall=said.get("stall", 0.0),
        error_event="error-event" in said,
        kind=next((kind for kind in KINDS if kind in said), None),
        times=_whole(said.get("times")),
    )


def _of_kind(kind: str, retry_after: int | None, at: dt.datetime) -> ApiError:
    if kind == "ramp":
        return ramp_exceeded(retry_after)
    if kind == "spend":
        return spend_cap_reached(at)
    if kind == "workspace":
        message = "You have reached your specified workspace API usage limits."
        return ApiError(429, message, retry_after=retry_after or 30)
    return ApiError(400, MONEY[kind])


def _value(name: str, value: str) -> float:
    if name in {"error-event", *KINDS} and not value:
        return 1.0
    plain = value.replace(".", "", 1) if name == "stall" else value
    fits = plain.isascii() and plain.isdigit() and len(value) <= _NUMBERS.get(name, 0)
    if not fits or (name == "status" and not 400 <= int(value) <= 599):
        raise ApiError(400, "x-simulate asks for a fault that is not known.")
    return float(value)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
