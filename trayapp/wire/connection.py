"""One accepted connection and the exchanges on it, one after the other."""

import asyncio
import contextlib
import math
import select
import socket
import struct
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from weakref import WeakKeyDictionary

from trayapp.wire.exchange import Exchange
from trayapp.wire.framing import Fields, answer_head
from trayapp.wire.limits import Limits
from trayapp.wire.messages import END, TOO_SLOW_HEAD, Broken, RequestEvent, RequestHead
from trayapp.wire.parser import RequestParser
from trayapp.wire.signal import Signal
from trayapp.wire.sweep import Sweep

__all__ = ["Exchange", "ServerConnection", "go_on", "landing", "reset", "stirring", "stirs", "tune"]

_LANDINGS: WeakKeyDictionary[asyncio.AbstractEventLoop, memoryview] = WeakKeyDictionary()
_NO_LINGER = struct.pack("ii", 1, 0)
_GONE = getattr(select, "POLLRDHUP", 0)


def tune(transport: asyncio.Transport, limits: Limits) -> None:
    """Let the system notice a dead peer; asyncio itself sets TCP_NODELAY."""
    sock = cast("socket.socket | None", transport.get_extra_info("socket"))
    if sock is None or sock.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (
        ("TCP_KEEPIDLE", limits.keepalive_idle),
        ("TCP_KEEPINTVL", limits.keepalive_interval),
        ("TCP_KEEPCNT", limits.keepalive_count),
        ("TCP_USER_TIMEOUT", int(limits.user_timeout * 1000)),
    ):
        option = getattr(socket, name, None)
        if option is not None:
            sock.setsockopt(socket.IPPROTO_TCP, option, value)


def reset(transport: asyncio.Transport) -> None:
    """Close at once and with RST, so that the peer cannot take what it has for a whole."""
    sock = cast("socket.socket | None", transport.get_extra_info("socket"))
    if sock is not None and not transport.is_closing():
        with contextlib.suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    transport.abort()


def stirs(transport: asyncio.Transport, *, gone_only: bool = False) -> bool:
    """Has the peer sent something or hung up? *gone_only*: only the latter counts, where told."""
    return stirring(transport, gone_only=gone_only)()


def stirring(transport: asyncio.Transport, *, gone_only: bool = False) -> Callable[[], bool]:
    """What answers `stirs` again and again, as long as *transport* is not closing."""
    sock = cast("socket.socket | None", transport.get_extra_info("socket"))
    fd = -1 if sock is None else sock.fileno()
    if fd < 0:
        return lambda: True
    if not hasattr(select, "poll"):
        return lambda: not gone_only and bool(select.select([fd], [], [], 0)[0])
    poll = select.poll()
    poll.register(fd, _GONE if gone_only else select.POLLIN)
    return lambda: bool(poll.poll(0))


def go_on(signal: Signal) -> None:
    """Give *signal* at the end of a callback: at once, unless it was a task that called us back."""
    if asyncio.current_task() is None:
        signal.give_now()
    else:
        signal.give()


def landing(loop: asyncio.AbstractEventLoop) -> memoryview:
    """Where all connections of *loop* receive: parsed before the next one reads, so one is enough.

    A fresh buffer for each read would cost a mapping by the system each time.
    """
    buffer = _LANDINGS.get(loop)
    if buffer is None:
        buffer = _LANDINGS[loop] = memoryview(bytearray(256 * 1024))
    return buffer


class ServerConnection(asyncio.BufferedProtocol):
    """Requests in order, each handed out by `next` once the answer before it has ended."""

    if TYPE_CHECKING:
        _transport: asyncio.Transport
        write: Callable[[bytes], None]

    def __init__(
        self, *, limits: Limits, opened: "Callable[[ServerConnection], None]", sweep: Sweep
    ) -> None:
        self.peer: tuple[str, int] = ("", 0)
        self.local: tuple[str, int] = ("", 0)
        self.lost: Callable[[], None] | None = None
        """Called once when the caller hangs up while an exchange is unanswered."""
        self.closed: Callable[[], None] | None = None
        """Called once nothing can be read or written any more."""
        self.idle_since = 0.0
        """Loop time; for whoever must close the oldest idle one first."""
        self._limits = limits
        self._opened = opened
        self._sweep = sweep
        self._loop = asyncio.get_running_loop()
        self.soon = self._loop.call_soon
        self.promise: Callable[[], asyncio.Future[None]] = self._loop.create_future
        self._buffer = landing(self._loop)
        self._parser = RequestParser(limits)
        self._ahead: deque[RequestEvent] = deque()
        self._exchange: Exchange | None = None
        self._outcome: Exchange | Broken | None = None
        self._waiter: Signal | None = None
        self._deadline = 0.0
        self._midway = False
        self._over = False
        self._draining = False
        self._reading = True
        self.writable = True
        """The caller reads fast enough."""
        self._linger = 0

    def __repr__(self) -> str:
        state = "over" if self._over else "idle" if self.idle else "busy"
        return f"<ServerConnection {state}>"

    @property
    def idle(self) -> bool:
        """Nothing of a request is here, nor is one being answered."""
        return (
            self._exchange is None
            and self._outcome is None
            and not self._parser.midway
            and not self._over
        )

    async def next(self) -> Exchange | Broken | None:
        """The next request, as soon as its head is complete.

        `Broken` is to be answered with `refuse`; None: closed, idle too long, or drained.
        """
        if self._outcome is None and not self._over:
            self._waiter = Signal(self._loop, asyncio.CancelledError)
            try:
                await self._waiter
            finally:
                self._waiter = None
        outcome, self._outcome = self._outcome, None
        return outcome

    def drain(self) -> None:
        """Close when idle, else after the current answer."""
        self._draining = True
        if self.idle:
            self._close()

    def part(self) -> None:
        """Close at once, unless a last answer is on its way out or still being read."""
        if not self._over:
            self.abort()

    def abort(self) -> None:
        """Close at once; an unanswered exchange ends as if the caller had hung up."""
        reset(self._transport)
        self._hang_up()

    def refuse(self, status: int, headers: Fields, body: bytes) -> None:
        """Answer a `Broken`, and linger so that the caller reads it even while it still sends."""
        nobody = RequestHead(b"", b"", (), False, False, None, False, False)
        head, _by, _closes = answer_head(nobody, status, headers, len(body), closes=True)
        if not self._over:
            self.write(head + body)
            self.linger()

    # -- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self.write = self._transport.write
        self.peer = (transport.get_extra_info("peername") or self.peer)[:2]
        self.local = transport.get_extra_info("sockname")[:2]
        self._transport.set_write_buffer_limits(high=self._limits.write_high)
        tune(self._transport, self._limits)
        self._rest()
        self._sweep.watch(self)
        self._opened(self)

    def get_buffer(self, _hint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, size: int) -> None:
        if self._over:
            self._linger -= size
            if self._linger < 0:
                self._transport.pause_reading()
            return
        ahead = self._ahead
        for event in self._parser.feed(self._buffer[:size]):
            if ahead or not self._accept(event):
                ahead.append(event)
        exchange = self._exchange
        if exchange is None:
            if self._parser.midway:
                self._begin_head()
        elif ahead or (not exchange.body.complete and exchange.holds):
            self.settle_reading()
        if self._waiter is not None and self._outcome is not None:
            go_on(self._waiter)

    def eof_received(self) -> None:
        self._hang_up()

    def connection_lost(self, _exc: Exception | None) -> None:
        self._sweep.forget(self)
        self._hang_up()
        if self.closed is not None:
            self.closed()

    def pause_writing(self) -> None:
        self.writable = False
        if self._exchange is not None and self._exchange.flow is not None:
            self._exchange.flow.pause()

    def resume_writing(self) -> None:
        self.writable = True
        if self._exchange is not None and self._exchange.flow is not None:
            self._exchange.flow.resume()

    def check(self, now: float) -> None:
        """Act on the deadlines that are due; called by the sweep."""
        exchange = self._exchange
        if exchange is not None:
            exchange.check(now)
            if not self._reading and stirs(self._transport, gone_only=True):
                self.abort()
        elif now < self._deadline or self._outcome is not None:
            return
        elif self._over:
            self._transport.abort()
        elif self._parser.midway:
            self._parser.done = True
            self._hand_out(TOO_SLOW_HEAD)
        elif self._transport.get_write_buffer_size():
            self._rest()
        else:
            self._close()

    # -- what its exchange calls

    def now(self) -> float:
        """Monotonic seconds of the loop."""
        return self._loop.time()

    @property
    def closing(self) -> bool:
        """No request follows the present one."""
        return self._draining or self._over

    def settle_reading(self) -> None:
        """Read exactly while someone has room for what comes."""
        exchange = self._exchange
        wanted = not (exchange is not None and exchange.holds) and (
            len(self._ahead) <= self._limits.ahead
        )
        if wanted is not self._reading:
            self._reading = wanted
            (self._transport.resume_reading if wanted else self._transport.pause_reading)()

    def finish(self, exchange: Exchange, *, closes: bool, complete: bool) -> None:
        """The answer has ended: go on to the next request, or close."""
        if exchange is not self._exchange:
            return
        self._exchange = None
        if not complete or (closes and (self._ahead or self._parser.midway)):
            self.linger()
        elif closes or self._draining:
            self._close()
        else:
            self._rest()
            while self._ahead and self._accept(self._ahead[0]):
                self._ahead.popleft()
            if not self._reading:
                self.settle_reading()

    def linger(self) -> None:
        """Say no more, and read on for a while: closing on unread bytes would erase the answer."""
        self._exchange = None
        self._end()
        self._linger = self._limits.linger_bytes
        self._deadline = self._loop.time() + self._limits.linger_time
        if self._transport.is_closing():
            return
        with contextlib.suppress(OSError):  # the caller was quicker
            self._transport.write_eof()
        if not self._reading:
            self._reading = True
            self._transport.resume_reading()

    # -- inside

    def _accept(self, event: RequestEvent) -> bool:
        """Take *event* where it belongs; false while it has to wait for the current answer."""
        exchange = self._exchange
        if exchange is None:
            if type(event) is RequestHead:
                self._exchange = self._outcome = Exchange(event, self, self._limits)
            else:  # bodies and ends come only to an exchange
                self._outcome = cast("Broken", event)
            return True
        body = exchange.body
        if body.complete:
            return False
        if type(event) is bytes:
            body.feed(event)
        elif event is END:
            body.finish()
        elif isinstance(event, Broken):
            body.break_off(event)
        else:  # the next head, behind a body that was given up
            return False
        return True

    def _hand_out(self, outcome: Exchange | Broken | None) -> None:
        self._outcome = outcome
        if self._waiter is not None:
            self._waiter.give()

    def _begin_head(self) -> None:
        """Give a head that has begun its deadline, once."""
        if not self._midway:
            self._midway = True
            self._deadline = self._loop.time() + self._limits.head_time

    def _rest(self) -> None:
        """Wait for the next request."""
        self._midway = False
        self.idle_since = self._loop.time()
        self._deadline = self.idle_since + self._limits.idle_time
        if self._parser.midway:
            self._begin_head()

    def _end(self) -> None:
        """Hand out nothing from here on."""
        self._over = True
        self._ahead.clear()
        self._hand_out(None)

    def _close(self) -> None:
        """Close once everything is written, however slowly the caller reads it."""
        self._end()
        self._deadline = math.inf
        self._transport.close()

    def _hang_up(self) -> None:
        """The caller is gone: tell whoever works for it, once."""
        exchange, self._exchange = self._exchange, None
        if not self._over:
            self._end()
        if exchange is None:
            return
        reset(self._transport)
        if exchange.ended:
            return
        lost, self.lost = self.lost, None
        exchange.vanish()
        if lost is not None:
            lost()
