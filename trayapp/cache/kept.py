"""An answer as it is kept, and which answers are fit for it: whole, valid, not refused."""

from collections.abc import Sequence
from typing import Protocol

import msgspec

from trayapp.model.exchange import Headers
from trayapp.model.usage import Usage

ENTRY_LIMIT = 8 * 1024 * 1024
"""Bytes of an answer that is kept."""

_FINAL = frozenset(
    {"end_turn", "max_tokens", "stop_sequence", "tool_use", "model_context_window_exceeded"}
)
"""Reasons to stop that end an answer; not `refusal`, `pause_turn`, and none that nobody knows."""
SKEW_S = 60.0
"""How far a clock may be set back before what was kept seems to come from the future."""


class Kept(msgspec.Struct, frozen=True, array_like=True):
    """One answer: the body as it came, a stream of events or one JSON value.

    *model* and *usage* are what it cost once, and so what it saves each time from then on.
    """

    stream: bool
    body: bytes
    model: str | None
    usage: Usage | None
    at: float
    """Unix seconds when it was kept."""

    def age(self, now: float) -> float:
        """Seconds since it was kept."""
        return now - self.at

    def is_fresh(self, now: float, lifetime: float) -> bool:
        """Whether it may still be given."""
        return -SKEW_S <= self.age(now) < lifetime


class Heard(Protocol):
    """What the meter heard of an answer."""

    @property
    def is_stream(self) -> bool: ...

    @property
    def whole(self) -> bool: ...

    @property
    def between_events(self) -> bool: ...

    @property
    def error_type(self) -> str | None: ...

    @property
    def unread(self) -> str | None: ...

    @property
    def message_id(self) -> str | None: ...

    @property
    def stop_reason(self) -> str | None: ...

    @property
    def model(self) -> str | None: ...

    @property
    def usage(self) -> Usage | None: ...


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Kept).decode


def kept_of(
    status: int, headers: Headers, pieces: Sequence[bytes], heard: Heard, at: float
) -> Kept | None:
    """Return the answer as it is to be kept; None where it is not fit for that."""
    if status != 200 or not heard.whole or heard.unread is not None:
        return None
    if heard.error_type is not None or heard.message_id is None:
        return None
    if heard.stop_reason not in _FINAL or (heard.is_stream and not heard.between_events):
        return None
    if any(name == b"content-encoding" and value != b"identity" for name, value in headers):
        return None
    if sum(map(len, pieces)) > ENTRY_LIMIT:
        return None
    return Kept(heard.is_stream, b"".join(pieces), heard.model, heard.usage, at)


def packed(kept: Kept) -> bytes:
    """*kept* as bytes."""
    return _encode(kept)


def unpacked(data: bytes) -> Kept | None:
    """What `packed` made into *data*; None where it was not that."""
    try:
        return _decode(data)
    except msgspec.MsgspecError:
        return None
