"""What the header `x-simulate` asks to go wrong, such as `status=429,retry-after=3`."""

import msgspec

from trayapp.simulator.errors import ApiError


class Fault(msgspec.Struct, frozen=True):
    """One request's mishap; durations are in real seconds.

    *cut* drops the connection after so many events (a plain answer: half way through its
    body, or before its head when it is 0). *stall* is a silence after the first piece of
    text, or before a plain answer. *error_event* ends a stream with an error inside it.
    """

    status: int | None = None
    retry_after: int | None = None
    cut: int | None = None
    stall: float = 0.0
    error_event: bool = False

    def refusal(self) -> ApiError | None:
        """The refusal asked for, if one was."""
        if self.status is None:
            return None
        return ApiError(self.status, retry_after=self.retry_after)


NONE = Fault()

_NUMBERS = {"status": 3, "retry-after": 7, "cut": 9, "stall": 9}


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
    )


def _value(name: str, value: str) -> float:
    if name == "error-event" and not value:
        return 1.0
    plain = value.replace(".", "", 1) if name == "stall" else value
    fits = plain.isascii() and plain.isdigit() and len(value) <= _NUMBERS.get(name, 0)
    if not fits or (name == "status" and not 400 <= int(value) <= 599):
        raise ApiError(400, "x-simulate asks for a fault that is not known.")
    return float(value)


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
