"""The whole road without a socket: a caller's bytes in, what upstream and the caller see out.

Real are the listener, the wire, the client and the meter's tap; the two ends are bytes. A strict
reader of requests, written from RFC 9112 and sharing nothing with the product, judges what
upstream was sent.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable, Iterable
from typing import Any, cast

from trayapp.engine.tasks import Tasks
from trayapp.listener.admittance import Door
from trayapp.listener.callers import Tools
from trayapp.listener.server import Listener
from trayapp.meter.tap import UsageTap
from trayapp.model.exchange import Caller, CredentialForm, Request
from trayapp.model.secret import TOKEN_PREFIX, Secret
from trayapp.relay import Answer
from trayapp.upstream.addresses import Origin
from trayapp.upstream.client import Destination, Upstream
from trayapp.upstream.headers import incoming
from trayapp.wire.connection import ServerConnection
from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits
from trayapp.wire.pool import ClientConnection, Pool
from trayapp.wire.sweep import Sweep

PORT = 7429
HOST = b"host: 127.0.0.1:7429"
TOKEN = TOKEN_PREFIX + b"t" * 43
KEY = b"sk-ant-api03-stored"
TOOLS = Tools({hashlib.sha256(TOKEN).hexdigest(): Caller("editor")})
OK = (
    b'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\r\n{"id":"msg_1"}'
)
QUIET = 12
"""Turns of the loop without news after which nothing more comes by itself."""

_LINE = re.compile(rb"[A-Z]+ /[\x21-\x7e]* HTTP/1\.1")
_FIELD = re.compile(rb"[!#$%&'*+.^_`|~0-9a-z-]+: [^\x00-\x08\x0a-\x1f\x7f]*")
_CHUNK = re.compile(rb"([0-9a-f]{1,8})\r\n")


class Sent:
    """A request as the strict reader saw it."""

    def __init__(self, head: bytes, body: bytes) -> None:
        line, *fields = head.split(b"\r\n")
        assert _LINE.fullmatch(line), line
        for field in fields:
            assert _FIELD.fullmatch(field), field
        self.line = line
        self.headers = [tuple(field.split(b": ", 1)) for field in fields]
        self.body = body

    def values(self, name: bytes) -> list[bytes]:
        """All values of *name*."""
        return [value for each, value in self.headers if each == name]


def read_strictly(data: bytes) -> tuple[Sent, bytes] | None:
    """The first request of *data* and what follows it; None while it is incomplete."""
    head, end, rest = data.partition(b"\r\n\r\n")
    if not end:
        return None
    sent = Sent(head, b"")
    lengths, codings = sent.values(b"content-length"), sent.values(b"transfer-encoding")
    assert len(lengths) + len(codings) <= 1, head
    assert len(sent.values(b"host")) == 1, head
    if codings:
        assert codings == [b"chunked"], head
        return _read_chunks(sent, rest)
    size = int(lengths[0]) if lengths else 0
    assert not lengths or re.fullmatch(rb"0|[1-9][0-9]*", lengths[0]), head
    sent.body = rest[:size]
    return (sent, rest[size:]) if len(rest) >= size else None


def _read_chunks(sent: Sent, rest: bytes) -> tuple[Sent, bytes] | None:
    while found := _CHUNK.match(rest):
        size, rest = int(found[1], 16), rest[found.end() :]
        if len(rest) < size + 2:
            return None
        assert rest[size : size + 2] == b"\r\n", rest[:80]
        sent.body += rest[:size]
        rest = rest[size + 2 :]
        if size == 0:
            return sent, rest
    assert len(rest) < 10, rest[:80]
    return None


class End(asyncio.Transport):
    """One end of a connection that is only memory."""

    def __init__(self, protocol: asyncio.BaseProtocol, peer: tuple[str, int]) -> None:
        super().__init__({"peername": peer, "sockname": ("127.0.0.1", PORT)})
        self.written = bytearray()
        self.on_write: Callable[[], None] = lambda: None
        self.reading = True
        self.finished = False
        """The other side learnt that nothing more comes."""
        self._protocol = protocol
        self._closing = False

    def write(self, data: Any) -> None:
        if not self._closing:
            self.written += data
            self.on_write()

    def write_eof(self) -> None:
        self.finished = True

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = self.finished = True
            asyncio.get_running_loop().call_soon(self._protocol.connection_lost, None)

    abort = close

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """There is no buffer."""


def push(end: End, protocol: asyncio.BufferedProtocol, data: bytes) -> None:
    """Let *data* arrive at *protocol*, as far as it has room at a time."""
    at = 0
    while at < len(data) and not end.is_closing():
        buffer = cast("memoryview", protocol.get_buffer(-1))
        piece = data[at : at + len(buffer)]
        buffer[: len(piece)] = piece
        protocol.buffer_updated(len(piece))
        at += len(piece)


class Entry:
    """The relay's bookkeeping, as far as an answer needs it."""

    def __init__(self, tap: UsageTap) -> None:
        self.tap = tap

    def broke_off(self) -> None:
        """Nobody counts here."""


class Keys:
    """A stored key, and callers' own allowed."""

    async def lent(self, caller: Caller, form: CredentialForm) -> tuple[Secret, CredentialForm]:
        return Secret(KEY), form

    def check_own(self) -> None:
        """Everyone may."""


class Inside:
    """One listener and its upstream, which answers each request with *answers* in pieces."""

    def __init__(self, tasks: Tasks, answer: Iterable[bytes], limits: Limits) -> None:
        loop = asyncio.get_running_loop()
        self.bugs: list[Exception] = []
        self.sent: list[Sent] = []
        self.refused: list[str] = []
        self.taps: list[UsageTap] = []
        self.news = 0
        self._answer = [*answer]
        self._ups: list[End] = []
        self._limits = limits
        self._pool = Pool(self._dial, limits=limits, sweep=Sweep(loop))
        origin = Origin(True, "api.anthropic.com", 443, b"")
        self._upstream = Upstream(Destination("test", origin, takes_own=True), self._pool)
        self.listener = Listener(
            door=Door(),
            tools=TOOLS,
            keys=Keys(),
            carry=self._carry,
            start=tasks.start,
            limits=limits,
            sweep=Sweep(loop),
            now=loop.time,
            refused=lambda refused: self.refused.append(refused.reason),
            shed=lambda _size, _reason: False,
        )

    async def _carry(self, request: Request, exchange: Exchange) -> None:
        async with self._upstream.send(request) as response:
            tap = UsageTap(response.headers)
            self.taps.append(tap)
            answer = Answer(request, response, exchange, cast("Any", Entry(tap)))
            length = None if answer.is_message_stream else response.length
            exchange.start(response.status, tuple(incoming(response.headers)), length)
            await response.pour(answer)

    async def _dial(self, factory: Callable[[], ClientConnection]) -> ClientConnection:
        protocol = factory()
        end = End(protocol, ("192.0.2.1", 443))
        end.on_write = lambda: self._heard(end, protocol)
        self._ups.append(end)
        protocol.connection_made(end)
        return protocol

    def _heard(self, end: End, protocol: ClientConnection) -> None:
        self.news += 1
        while (found := read_strictly(bytes(end.written))) is not None:
            sent, rest = found
            self.sent.append(sent)
            end.written[:] = rest
            asyncio.get_running_loop().call_soon(self._say, end, protocol, 0)

    def _say(self, end: End, protocol: ClientConnection, at: int) -> None:
        """Send the answer's piece *at*, and the others in later turns; then, if asked, hang up."""
        self.news += 1
        if end.is_closing():
            return
        if at == len(self._answer):
            return
        if self._answer[at]:
            push(end, protocol, self._answer[at])
        else:
            end.close()
        asyncio.get_running_loop().call_soon(self._say, end, protocol, at + 1)

    async def talk(self, pieces: Iterable[bytes]) -> bytes:
        """Say *pieces* on a connection of their own, then hang up; what was answered until then."""
        connection: ServerConnection = self.listener._connection()
        end = End(connection, ("127.0.0.1", 50000))
        end.on_write = self._tick
        connection.connection_made(end)
        for piece in pieces:
            for _ in range(QUIET):
                if end.reading or end.is_closing():
                    break
                await asyncio.sleep(0)
            if end.is_closing() or not end.reading:
                break
            push(end, connection, piece)
            await asyncio.sleep(0)
        await self._settled()
        shown = bytes(end.written)
        if not end.is_closing():
            connection.eof_received()
            end.close()
        await self._settled()
        return shown

    def _tick(self) -> None:
        self.news += 1

    async def _settled(self) -> None:
        quiet = seen = 0
        while quiet < QUIET:
            await asyncio.sleep(0)
            quiet = quiet + 1 if self.news == seen else 0
            seen = self.news

    def close(self) -> None:
        """Leave nothing open."""
        self.listener.abort()
        for each in self._ups:
            each.close()
        self._pool.close()


class Talk:
    """What came of one caller's bytes."""

    def __init__(self, shown: bytes, inside: Inside) -> None:
        self.shown = shown
        self.sent = inside.sent
        self.refused = inside.refused
        self.taps = inside.taps
        self.bugs = inside.bugs

    @property
    def statuses(self) -> list[int]:
        """The status of each answer, as its first line tells."""
        return [int(each) for each in re.findall(rb"HTTP/1\.1 (\d{3}) ", self.shown)]


def talk(
    runner: asyncio.Runner,
    *pieces: bytes,
    answer: Iterable[bytes] = (OK,),
    limits: Limits | None = None,
) -> Talk:
    """Say *pieces* to a fresh listener whose upstream answers with *answer*; b"" hangs up there."""

    async def scene() -> Talk:
        bugs: list[Exception] = []
        async with Tasks(lambda _, error: bugs.append(error)) as tasks:
            inside = Inside(tasks, answer, limits or Limits())
            try:
                shown = await inside.talk(pieces)
            finally:
                inside.close()
                tasks.cancel()
        inside.bugs = bugs
        return Talk(shown, inside)

    return runner.run(scene())
