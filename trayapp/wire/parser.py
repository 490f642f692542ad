"""Bytes in, events out: httptools (llhttp) with the rules that it leaves to us.

llhttp refuses most malformed input itself. Left to us are transfer codings other than `chunked`,
trailers (it hands them over as if they were headers), sizes and counts, protocol upgrades, and
that a response to HEAD has no body. A parser that said `Broken`, or delivered a head that asks
for an upgrade, is done: it takes bytes and says nothing.
"""

from typing import Any, Generic, TypeVar

import httptools
import msgspec

from trayapp.wire.limits import Limits
from trayapp.wire.messages import (
    CHUNK_OVERHEAD,
    CODING_UNKNOWN,
    CUT,
    END,
    HEAD_TOO_LARGE,
    LENGTH_TOO_LARGE,
    SWITCHED,
    TARGET_TOO_LONG,
    TOO_MANY_HEADERS,
    TOO_MANY_INTERIM,
    TRAILER,
    UNASKED,
    VERSION,
    Broken,
    Names,
    RequestEvent,
    RequestHead,
    ResponseEvent,
    ResponseHead,
    cause,
)

__all__ = ["END", "Broken", "RequestHead", "RequestParser", "ResponseHead", "ResponseParser"]

_SLACK = 16 * 1024
"""White space and line ends that the early size check counts and the exact one does not."""
_VERSIONS = ("1.1", "1.0")
_LENGTH_MAX = 2**63 - 1
_DEFAULTS = Limits()
_NAMES = Names()


class _StopParsingError(Exception):
    """Leaves llhttp from inside a callback."""


Event = TypeVar("Event", RequestEvent, ResponseEvent)


class _Parser(Generic[Event]):
    """What both directions share: collecting a head, counting, and turning errors into events."""

    def __init__(self, limits: Limits = _DEFAULTS) -> None:
        self.midway = False
        """A head has begun and is not complete."""
        self.done = False
        """Nothing more will be said."""
        self._limits = limits
        self._parser: Any = None
        self._events: list[Event] = []
        self._headers: list[tuple[bytes, bytes]] = []
        self._fed = 0
        self._in_body = False
        self._chunked = False
        self._length: int | None = None
        self._framed = 0
        self._carried = 0
        self._weighed = 0
        self._run = 0
        self._verdict: Broken | None = None

    def feed(self, data: bytes | memoryview) -> list[Event]:
        """Take the next bytes of the connection; returns what they completed."""
        self._events = []
        if self.done:
            return self._events
        size = len(data)
        self._fed = self._fed + size if self.midway else size
        chunked = self._chunked
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError:
            self._stop(self._verdict)
        except httptools.HttpParserError as error:
            self._stop(cause(str(error)))
        if self.midway:
            if self._fed > self._limits.head_bytes + _SLACK:
                self._stop(HEAD_TOO_LARGE)
        elif chunked:
            self._framed += size
            if self._framed - self._carried > self._limits.chunk_overhead:
                self._weigh(size)
        elif self._chunked:
            self._framed = self._carried
        return self._events

    def _stop(self, verdict: Broken | None) -> None:
        self.done = True
        self.midway = False
        if verdict is not None:
            self._events.append(self._blame(verdict))

    def _blame(self, verdict: Broken) -> Broken:
        return verdict

    def _weigh(self, size: int) -> None:
        """Bound what chunked framing costs beside the bytes it carries, in all and at a stretch."""
        self._run = self._run + size if self._carried == self._weighed else 0
        self._weighed = self._carried
        limits = self._limits
        allowed = limits.chunk_overhead + limits.chunk_ratio * self._carried
        heavy = self._framed - self._carried > allowed or self._run > limits.chunk_overhead
        if heavy and not self.done and self._chunked:
            self._stop(CHUNK_OVERHEAD)

    def _refuse(self, verdict: Broken | None) -> None:
        self._verdict = verdict
        raise _StopParsingError

    def _collect(self, size: int) -> dict[bytes, bytes]:
        """Close the header section and set up the body's framing.

        *size* is what else belongs to the head. Of repeated fields the last one shows.
        """
        self.midway = False
        headers, limits = self._headers, self._limits
        if len(headers) > limits.head_count:
            self._refuse(TOO_MANY_HEADERS)
        if self._fed > limits.head_bytes:
            size += sum([len(name) + len(value) + 4 for name, value in headers])
            if size > limits.head_bytes:
                self._refuse(HEAD_TOO_LARGE)
        fields = dict(headers)
        self._in_body = True
        self._length = None
        if b"transfer-encoding" in fields:
            codings = [value.lower() for name, value in headers if name == b"transfer-encoding"]
            if codings != [b"chunked"]:
                self._refuse(CODING_UNKNOWN)
            self._chunked = True
            self._framed = self._carried = self._weighed = self._run = 0
        elif b"content-length" in fields:
            self._length = int(fields[b"content-length"])
            if self._length > _LENGTH_MAX:
                self._refuse(LENGTH_TOO_LARGE)
        return fields

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._in_body:
            self._trailer()
            return
        self._headers.append((_NAMES[name], value.rstrip()))

    def _trailer(self) -> None:
        """Trailers carry nothing we pass on."""

    def on_body(self, data: bytes) -> None:
        self._carried += len(data)
        self._events.append(data)

    def on_message_complete(self) -> None:
        self._in_body = self._chunked = False
        self._events.append(END)


class RequestParser(_Parser[RequestEvent]):
    """Requests of one connection, in the order of their bytes."""

    def __init__(self, limits: Limits = _DEFAULTS) -> None:
        super().__init__(limits)
        self._target = b""
        self._parser = httptools.HttpRequestParser(self)

    def on_message_begin(self) -> None:
        self.midway = True
        self._headers = []
        self._target = b""

    def on_url(self, part: bytes) -> None:
        self._target += part
        if len(self._target) > self._limits.target:
            self._refuse(TARGET_TOO_LONG)

    def on_headers_complete(self) -> None:
        parser = self._parser
        version = parser.get_http_version()
        if version not in _VERSIONS:
            self._refuse(VERSION)
        fields = self._collect(len(self._target))
        method = parser.get_method()
        http10 = version == "1.0"
        if http10 and self._chunked:
            self._refuse(CODING_UNKNOWN)
        upgrade = b"upgrade" in fields or method == b"CONNECT"
        self._events.append(
            RequestHead(
                method,
                self._target,
                tuple(self._headers),
                http10,
                parser.should_keep_alive() and not upgrade,
                self._length,
                self._chunked,
                b"expect" in fields and fields[b"expect"].lower() == b"100-continue",
                upgrade,
                fields,
            )
        )
        if upgrade:
            self._refuse(None)

    def _trailer(self) -> None:
        self._refuse(TRAILER)


class ResponseParser(_Parser[ResponseEvent]):
    """Responses of one connection, each announced by `expect`."""

    def __init__(self, limits: Limits = _DEFAULTS) -> None:
        super().__init__(limits)
        self._parser = httptools.HttpResponseParser(self)
        self._reason = b""
        self._head_only = False
        self._awaiting = False
        self._interim = 0
        self._skipping = False
        self._until_close = False

    def expect(self, method: bytes) -> None:
        """Announce the next response, and by its request's *method* whether it has a body."""
        self._head_only = method == b"HEAD"
        self._awaiting = True
        self._interim = 0

    def eof(self) -> list[ResponseEvent]:
        """Learn that no more comes: the end of a close-delimited body, else a cut."""
        if self.done or not (self.midway or self._in_body):
            return []
        self.done = True
        return [END if self._until_close else CUT]

    def on_message_begin(self) -> None:
        if not self._awaiting:
            self._refuse(UNASKED)
        self.midway = True
        self._headers = []
        self._reason = b""

    def on_status(self, part: bytes) -> None:
        self._reason += part

    def on_headers_complete(self) -> None:
        if self._parser.get_http_version() not in _VERSIONS:
            self._refuse(VERSION)
        status = self._parser.get_status_code()
        if status < 200:
            self._pass_over(status)
            return
        fields = self._collect(len(self._reason))
        keep_alive = self._parser.should_keep_alive() and not self._head_only
        self._until_close = not self._chunked and self._length is None
        self._events.append(
            ResponseHead(
                status,
                self._reason,
                tuple(self._headers),
                keep_alive,
                self._length,
                self._chunked,
                fields,
            )
        )
        if self._head_only:
            self._in_body = False
            self._events.append(END)
            self._refuse(None)

    def _blame(self, verdict: Broken) -> Broken:
        """Whatever upstream gets wrong is a bad gateway to the caller."""
        return msgspec.structs.replace(verdict, status=502)

    def _pass_over(self, status: int) -> None:
        """Let an interim response go by, unless it changes the rules or never ends."""
        if status == 101 or status < 100:
            self._refuse(SWITCHED)
        self._interim += 1
        if self._interim > self._limits.interim:
            self._refuse(TOO_MANY_INTERIM)
        self.midway = False
        self._skipping = True

    def on_message_complete(self) -> None:
        if self._skipping:
            self._skipping = False
            return
        self._awaiting = self._in_body = self._chunked = False
        self._events.append(END)
