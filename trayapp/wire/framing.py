"""Events in, bytes out: heads and chunks as HTTP/1.1 writes them (RFC 9112)."""

import enum
from collections.abc import Iterable
from http import HTTPStatus

from trayapp.wire.messages import RequestHead

Fields = Iterable[tuple[bytes, bytes]]
"""Header fields in the order they are to be written."""

LAST_CHUNK = b"0\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

_COLON = b": "
_BREAKING = b"\r\n\0"
_SPACE = ord(" ")
"""As a number: looking for one byte by its number takes a tenth of the time."""
_REASONS = {status.value: status.phrase.encode() for status in HTTPStatus} | {529: b"Overloaded"}
_LINES = {code: b"HTTP/1.1 %d %b" % (code, reason) for code, reason in _REASONS.items()}


def request_head(method: bytes, target: bytes, headers: Fields) -> bytes:
    """A request up to its body; `ValueError` where a part would break out of its line."""
    if _SPACE in target or _SPACE in method or not target:
        raise ValueError("a space has no place in a method or a target")
    return _head(b"%b %b HTTP/1.1" % (method, target), headers)


def rest_of_head(headers: Fields) -> bytes:
    """The last lines of a head that was written without its blank line; raises as that does."""
    return _written([*map(_COLON.join, headers), b"", b""])


def response_head(status: int, headers: Fields, *, reason: bytes | None = None) -> bytes:
    """A response up to its body; `ValueError` where a part would break out of its line."""
    line = _LINES.get(status) if reason is None else None
    return _head(line or _line(status, reason or b""), headers)


def _head(line: bytes, headers: Fields) -> bytes:
    return _written([line, *map(_COLON.join, headers), b"", b""])


def _written(lines: list[bytes]) -> bytes:
    head = b"\r\n".join(lines)
    # Counting what breaks lines in the result is one pass at C speed; a stray one anywhere shows.
    if len(head) - len(head.translate(None, _BREAKING)) != 2 * (len(lines) - 1):
        raise ValueError("a header field holds a line end or a NUL")
    return head


def chunk(data: bytes) -> bytes:
    """*data* as one chunk; nothing for no data, since an empty chunk would be the last."""
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""


class Delimiter(enum.Enum):
    """How the reader of an answer learns where its body ends."""

    NOTHING = "there is no body"
    LENGTH = "content-length"
    CHUNKS = "transfer-encoding: chunked"
    CLOSE = "the connection closes"


NOTHING, LENGTH, CHUNKS, CLOSE = Delimiter
"""By names of their own: to look a member up in its class is slow in Python 3.11."""


def answer_head(
    request: RequestHead, status: int, headers: Fields, length: int | None, *, closes: bool
) -> tuple[bytes, Delimiter, bool]:
    """The head that answers *request*, its body's delimiter, and whether the connection closes.

    Which delimiter it is follows RFC 9112 6.3.
    """
    fields = [*headers]
    by = LENGTH
    if request.method == b"HEAD" or status in {204, 304}:
        by = NOTHING
    elif length is None:
        by = CLOSE if request.http10 else CHUNKS
    if length is not None and status != 204:
        fields.append((b"content-length", b"%d" % length))
    if by is CHUNKS:
        fields.append((b"transfer-encoding", b"chunked"))
    elif by is CLOSE:
        closes = True
    if closes:
        fields.append((b"connection", b"close"))
    elif request.http10:
        fields.append((b"connection", b"keep-alive"))
    return _head(_LINES.get(status) or _line(status, b""), fields), by, closes


def _line(status: int, reason: bytes) -> bytes:
    return b"HTTP/1.1 %03d %b" % (status, reason)
