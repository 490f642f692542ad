"""What the parsers say: heads, ends and breaks; body bytes are plain `bytes`."""

import enum
from itertools import groupby
from typing import cast

import msgspec

from trayapp.model.exchange import Headers


class RequestHead(msgspec.Struct):
    """A request up to its body; header names in lower case, values and order as they came."""

    method: bytes
    target: bytes
    headers: Headers
    http10: bool
    keep_alive: bool
    length: int | None
    """Announced body length; None with *chunked*, and without a body."""
    chunked: bool
    expects_continue: bool
    upgrade: bool = False
    """CONNECT, or an Upgrade header: to be refused; nothing after this head is parsed."""
    fields: dict[bytes, bytes] = {}
    """The headers by name, the last value of each; as many as *headers* where none is repeated."""


class ResponseHead(msgspec.Struct):
    """A response up to its body; *length* None without *chunked* means: until the close."""

    status: int
    reason: bytes
    headers: Headers
    keep_alive: bool
    length: int | None
    chunked: bool
    fields: dict[bytes, bytes] = {}
    """The headers by name, the last value of each."""


class Broken(msgspec.Struct, frozen=True):
    """Not HTTP as we speak it; *status* answers it, *reason* is the word its counter goes by.

    The message is a fixed sentence and never echoes input.
    """

    status: int
    message: str
    reason: str


class End(enum.Enum):
    """A message is complete; the type of `END`."""

    END = "end"


END = End.END

RequestEvent = RequestHead | bytes | End | Broken
ResponseEvent = ResponseHead | bytes | End | Broken

KNOWN_NAMES = 512
_NAME_SIZE = 64


class Names(dict[bytes, bytes]):
    """Header names as they are spelt, each with its lower-case form: the same few over and over."""

    def __missing__(self, name: bytes) -> bytes:
        lower = name.lower()
        if len(self) < KNOWN_NAMES and len(name) <= _NAME_SIZE:
            self[name] = lower
        return lower


_FEW = 3
"""A head, a body and its end: there is nothing to join."""


def joined(events: list[ResponseEvent]) -> list[ResponseEvent]:
    """*events* with pieces of a body that came together as one: each piece costs a system call."""
    if len(events) <= _FEW:
        return events
    whole: list[ResponseEvent] = []
    for are_bytes, run in groupby(events, _is_piece):
        together = [*run]
        whole += [b"".join(cast("list[bytes]", together))] if are_bytes else together
    return whole


def _is_piece(event: ResponseEvent) -> bool:
    return type(event) is bytes


_PREFIX = "Not a well-formed HTTP message: "
_CAUSES = (
    ("Invalid HTTP version", 505, "version", "Only HTTP/1.0 and HTTP/1.1 are spoken here."),
    ("Content-Length", 400, "length", _PREFIX + "content-length."),
    ("Transfer-Encoding", 400, "encoding", _PREFIX + "transfer-encoding."),
    ("hunk", 400, "chunk", _PREFIX + "chunk."),
    ("method", 400, "method", _PREFIX + "method."),
    ("rl", 400, "target", _PREFIX + "target."),
    ("header", 400, "header", _PREFIX + "header."),
    ("", 400, "syntax", _PREFIX + "syntax."),
)


def cause(text: str) -> Broken:
    """Translate the parser's own *text* into one of a closed set of breaks."""
    for word, status, reason, message in _CAUSES:
        if word in text:
            return Broken(status, message, reason)
    raise AssertionError("unreachable")


TARGET_TOO_LONG = Broken(414, "The request target is longer than 16 KB.", "target_size")
HEAD_TOO_LARGE = Broken(431, "The header section is larger than 64 KB.", "head_size")
TOO_MANY_HEADERS = Broken(431, "There are more than 200 header fields.", "head_count")
TOO_SLOW_HEAD = Broken(408, "The request's header section did not arrive in time.", "slow_head")
CODING_UNKNOWN = Broken(501, "The only transfer coding known here is chunked.", "coding")
LENGTH_TOO_LARGE = Broken(400, _PREFIX + "content-length.", "length")
TRAILER = Broken(400, _PREFIX + "trailers are not taken.", "trailer")
CHUNK_OVERHEAD = Broken(400, _PREFIX + "chunk framing outweighs its content.", "chunk")
VERSION = Broken(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.", "version")

SWITCHED = Broken(502, "Upstream tried to switch protocols.", "switched")
TOO_MANY_INTERIM = Broken(502, "Upstream sent too many interim responses.", "interim")
UNASKED = Broken(502, "Upstream sent bytes that nobody asked for.", "unasked")
CUT = Broken(502, "Upstream closed in the middle of a response.", "cut")
