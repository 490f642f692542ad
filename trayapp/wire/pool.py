"""Connections to one origin: reused last in, first out, while upstream would still have them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

from trayapp.model.errors import BrokenRoad, NotServing, SluiceError, TimedOut
from trayapp.model.exchange import Receiver
from trayapp.wire.connection import go_on, landing, reset, stirring, tune
from trayapp.wire.limits import Limits
from trayapp.wire.lost import LostEarly
from trayapp.wire.messages import END, Broken, ResponseHead, joined
from trayapp.wire.parser import ResponseParser
from trayapp.wire.signal import Signal
from trayapp.wire.sweep import Sweep
from trayapp.wire.upload import Upload


class ClientConnection(asyncio.BufferedProtocol):
    """One request at a time: `send` or `begin`, then `response`, `pour`, `release`."""

    if TYPE_CHECKING:
        _transport: asyncio.Transport
        _stirs: Callable[[], bool]

    def __init__(self, pool: "Pool") -> None:
        self.sent = True
        """The request is complete, and the transport took all of it."""
        self.blocked = False
        """Bytes of it wait for the system to take them."""
        self.idle_since: float | None = None
        """Loop time; None while someone has it."""
        self._pool = pool
        self._limits = pool.limits
        self._loop = asyncio.get_running_loop()
        self._buffer = landing(self._loop)
        self._parser = ResponseParser(pool.limits)
        self._upload: Upload | None = None
        self._busy = False
        self._early: list[bytes] = []
        self._expecting = False
        self._head: ResponseHead | None = None
        self._held: list[bytes] = []
        self._held_size = 0
        self._receiver: Receiver | None = None
        self._waiter: Signal | None = None
        self._poured: asyncio.Future[bool] | None = None
        self._whole: bool | None = None
        self._failure: SluiceError | None = None
        self._heard = False
        self._begun = False
        self._paused = False
        self._reading = True
        self._deadline = 0.0
        self._backlog = 0

    def __repr__(self) -> str:
        state = "closed" if self._transport.is_closing() else "busy" if self._busy else "idle"
        return f"<ClientConnection {state}>"

    # -- the request

    def send(self, head: bytes, body: bytes) -> None:
        """Send a whole request."""
        self._open()
        joins = len(body) <= self._limits.join
        for part in (head + body,) if joins else (head, body):
            self.write(part)
        self.complete()

    def begin(self, head: bytes, *, chunked: bool) -> Upload:
        """Send a request's head; its body goes into what is returned."""
        self._open()
        self._upload = Upload(self, chunked=chunked)
        self.write(head)
        return self._upload

    def write(self, data: bytes) -> None:
        """Send bytes of the request; nothing once the connection is gone."""
        if data and not self._transport.is_closing():
            self._transport.write(data)

    def complete(self) -> None:
        """The request has been written as a whole, unless writing failed."""
        self.sent = not self._transport.is_closing()

    def _open(self) -> None:
        self._busy = True
        self.sent = self._begun = self._heard = False
        self._head = self._whole = self._receiver = self._upload = self._poured = None
        self._deadline = self._loop.time() + self._limits.silence
        if self._transport.is_closing():
            self._failure = LostEarly(sent_all=False)

    # -- the response

    async def response(self, method: bytes) -> ResponseHead:
        """The response's head, interim ones passed over.

        Raises `LostEarly`, `BrokenRoad` or `TimedOut`.
        """
        self._parser.expect(method)
        self._expecting = True
        if self._early:
            early, self._early = self._early, []
            self._settle_reading()
            for data in early:
                self._take(data)
        if self._failure is not None:
            self._see_end()
        while self._head is None:
            if self._failure is not None:
                raise self._failure
            self._waiter = Signal(self._loop, asyncio.CancelledError)
            try:
                await self._waiter
            finally:
                self._waiter = None
        return self._head

    def pour(self, receiver: Receiver) -> Awaitable[bool]:
        """Feed the body to *receiver* as it comes, and end it; resolves to whether it is whole."""
        self._poured = self._loop.create_future()
        held, self._held, self._held_size = self._held, [], 0
        for data in held:
            receiver.feed(data)
        self._receiver = receiver
        if self._whole is not None:
            self._conclude(whole=self._whole)
        elif not self._reading:
            self._settle_reading()
        return self._poured

    def pause(self) -> None:
        """Stop reading: the caller is slower."""
        self._paused = True
        self._settle_reading()

    def resume(self) -> None:
        """Go on reading."""
        self._paused = False
        self._settle_reading()

    def release(self) -> None:
        """Give the connection back: reused where request and response are whole, else closed."""
        if not self._busy:
            self._pool.take_back(self)
            return
        if (
            self._whole
            and self.sent
            and not self.blocked
            and self._head is not None
            and self._head.keep_alive
            and not self._transport.is_closing()
        ):
            self._receiver = self._upload = None
            self._held, self._held_size = [], 0
            self._busy = self._expecting = self._paused = False
            if not self._reading:
                self._settle_reading()
            self._pool.take_back(self)
        else:
            self.abort()

    def abort(self) -> None:
        """Close at once, so that upstream stops working for nobody."""
        reset(self._transport)
        self._lose(BrokenRoad("The connection to the API was given up."))

    def shut(self) -> None:
        """Close while idle; quietly, nothing is lost."""
        self._pool.drop(self)
        self.idle_since = 0.0  # giving it back later changes nothing
        self._transport.abort()

    def probe(self) -> None:
        """Let the system ask the other end; an answer that only takes its time goes on."""
        tune(self._transport, self._limits.urgent())

    def is_fit(self, now: float) -> bool:
        """May an idle connection be used once more at *now*?"""
        young = self.idle_since is None or now - self.idle_since < self._limits.pool_age
        return young and not self._transport.is_closing() and not self._stirs()

    # -- what asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=self._limits.upstream_high)
        tune(self._transport, self._limits)
        self._stirs = stirring(self._transport)
        self._pool.made.add(self)
        self._pool.sweep.watch(self)

    def get_buffer(self, _hint: int) -> memoryview:
        return self._buffer

    def buffer_updated(self, size: int) -> None:
        self._heard = True
        if self._expecting:
            try:
                self._take(self._buffer[:size])
                if self._waiter is not None and self._head is not None:
                    go_on(self._waiter)
            except Exception as error:  # noqa: BLE001 - a receiver's bug belongs to its own request
                self._fail_receiver(error)
        elif self._busy:
            self._early.append(bytes(self._buffer[:size]))
            self._settle_reading()
        else:
            self.shut()

    def eof_received(self) -> None:
        self._on_eof()

    def connection_lost(self, _exc: Exception | None) -> None:
        self._pool.made.discard(self)
        self._pool.sweep.forget(self)
        self._pool.drop(self)
        self._on_eof()

    def pause_writing(self) -> None:
        self.blocked = True
        if self._upload is not None and self._upload.flow is not None:
            self._upload.flow.pause()

    def resume_writing(self) -> None:
        self.blocked = False
        if self._upload is not None and self._upload.flow is not None:
            self._upload.flow.resume()

    def check(self, now: float) -> None:
        """Act on the deadlines that are due; called by the sweep."""
        if not self._busy:
            if self.idle_since is not None and now - self.idle_since >= self._limits.pool_age:
                self.shut()
            return
        if self._moved():
            self._deadline = now + self._limits.silence
        elif now >= self._deadline:
            reset(self._transport)
            self._lose(TimedOut("The API did not answer in time."))

    # -- inside

    def _moved(self) -> bool:
        """Has anything come since the last look, or is the wait not upstream's?"""
        heard, self._heard = self._heard, False
        self._begun = self._begun or heard
        backlog, self._backlog = self._backlog, self._transport.get_write_buffer_size()
        sending = backlog != self._backlog if self.blocked else not self.sent
        return heard or not self._reading or sending or self._whole is not None

    def _take(self, data: bytes | memoryview) -> None:
        for event in joined(self._parser.feed(data)):
            if type(event) is bytes:
                if self._receiver is not None:
                    self._receiver.feed(event)
                else:
                    self._hold(event)
            elif event is END:
                self._conclude(whole=True)
            elif type(event) is ResponseHead:
                self._head = event
            else:
                self._break(cast("Broken", event))

    def _break(self, broken: Broken) -> None:
        reset(self._transport)
        if self._whole is None:
            self._lose(BrokenRoad(broken.message))

    def _hold(self, data: bytes) -> None:
        self._held.append(data)
        self._held_size += len(data)
        if self._held_size > self._limits.hold:
            self._settle_reading()

    def _settle_reading(self) -> None:
        wanted = not (self._paused or self._early or self._held_size > self._limits.hold)
        if wanted and not self._reading:
            self._transport.resume_reading()
        elif self._reading and not wanted:
            self._transport.pause_reading()
        self._reading = wanted

    def _conclude(self, *, whole: bool) -> None:
        """The response is over; its receiver learns so now, or once it is poured."""
        self._whole = whole
        if self._receiver is not None:
            receiver, self._receiver = self._receiver, None
            receiver.end(whole)
            if self._poured is not None and not self._poured.done():
                self._poured.set_result(whole)

    def _fail_receiver(self, error: Exception) -> None:
        self._receiver = None
        self._whole = False
        reset(self._transport)
        if self._poured is not None and not self._poured.done():
            self._poured.set_exception(error)

    def _on_eof(self) -> None:
        if not self._busy:
            self._pool.drop(self)
            return
        if self._expecting:
            self._see_end()
        if self._begun or self._heard:
            self._lose(BrokenRoad("The connection to the API broke before an answer came."))
        else:
            self._lose(LostEarly(sent_all=self.sent and not self.blocked))

    def _see_end(self) -> None:
        for event in self._parser.eof():
            self._conclude(whole=True) if event is END else self._break(cast("Broken", event))

    def _lose(self, failure: SluiceError) -> None:
        """No more comes; the first reason stands."""
        if self._failure is None:
            self._failure = failure
        if self._whole is None and self._head is not None:
            self._conclude(whole=False)
        self._wake()

    def _wake(self) -> None:
        if self._waiter is not None:
            self._waiter.give()


Dial = Callable[[Callable[[], ClientConnection]], Awaitable[ClientConnection]]
"""Connects, by TCP, TLS and proxy as it may be, with the protocol that the given factory makes."""


class Pool:
    """Idle connections to one origin, and the making of new ones."""

    def __init__(self, dial: Dial, *, limits: Limits, sweep: Sweep) -> None:
        self.limits = limits
        self.sweep = sweep
        self._dial = dial
        self.made: set[ClientConnection] = set()
        self._idle: list[ClientConnection] = []
        self._closed = False

    def __repr__(self) -> str:
        return f"<Pool {len(self._idle)} idle{', closed' if self._closed else ''}>"

    def idle(self) -> ClientConnection | None:
        """A connection that has been used before, ready to be once more; None where none is."""
        while self._idle:
            connection = self._idle.pop()
            if connection.is_fit(asyncio.get_running_loop().time()):
                connection.idle_since = None
                return connection
            connection.shut()
        return None

    async def acquire(self) -> tuple[ClientConnection, bool]:
        """A connection, and whether it has been used before; raises as *dial* does."""
        if (used := self.idle()) is not None:
            return used, True
        if self._closed:
            raise NotServing("Sluice is stopping.")
        return await self._dial(lambda: ClientConnection(self)), False

    def take_back(self, connection: ClientConnection) -> None:
        """Keep *connection* for the next request; called by its `release`."""
        if connection.idle_since is not None:
            return
        if self._closed:
            connection.shut()
            return
        connection.idle_since = asyncio.get_running_loop().time()
        self._idle.append(connection)
        if len(self._idle) > self.limits.pool_idle:
            self._idle[0].shut()

    def drop(self, connection: ClientConnection) -> None:
        """Forget an idle *connection* that is closing."""
        if connection in self._idle:
            self._idle.remove(connection)

    def drop_idle(self) -> None:
        """Close what is idle: names or the network may have changed."""
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.shut()

    def wake(self) -> None:
        """Close what is idle, and let the system see whether what is in use still has an end."""
        self.drop_idle()
        for connection in self.made:
            connection.probe()

    def close(self) -> None:
        """Close what is idle; what is in use closes on its release."""
        self._closed = True
        self.drop_idle()
