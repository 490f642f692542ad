"""One request and its answer: takes the body, gives the answer, knows what either may still do."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from trayapp.model.exchange import Flow, Receiver
from trayapp.wire.body import Body, Grows, Pace, too_slow
from trayapp.wire.framing import (
    CHUNKS,
    CLOSE,
    CONTINUE,
    LAST_CHUNK,
    LENGTH,
    NOTHING,
    Fields,
    answer_head,
)
from trayapp.wire.limits import Limits
from trayapp.wire.messages import RequestHead


class Promise(Awaitable[None], Protocol):
    """What `Exchange` waits for; a future of the loop."""

    def done(self) -> bool:
        """Kept or given up."""

    def set_result(self, result: None, /) -> None:
        """Keep it."""


class Carrier(Protocol):
    """The connection as an exchange sees it."""

    peer: tuple[str, int]
    local: tuple[str, int]
    write: Callable[[bytes], None]
    writable: bool
    """The caller reads fast enough."""

    @property
    def closing(self) -> bool:
        """No request follows this one."""

    def now(self) -> float:
        """Monotonic seconds of the loop."""

    def promise(self) -> Promise:
        """Something to wait for."""

    def soon(self, callback: Callable[[], None], /) -> Any:
        """Call back once this step of the loop is done."""

    def settle_reading(self) -> None:
        """Read exactly while someone has room for what comes."""

    def finish(self, exchange: "Exchange", *, closes: bool, complete: bool) -> None:
        """The answer has ended; *complete*: and the request body had before."""

    def abort(self) -> None:
        """Close at once."""


class Exchange:
    """A request to take (`read` or `pour`) and to answer (`reply`, or `start`, `feed`, `end`)."""

    __slots__ = (
        "_by",
        "_closes",
        "_flow",
        "_left",
        "_limits",
        "_pace",
        "_paused",
        "_pending",
        "body",
        "connection",
        "ended",
        "head",
        "length",
        "started",
    )  # fmt: skip # one name a line says no more

    def __init__(self, head: RequestHead, connection: Carrier, limits: Limits) -> None:
        self.head = head
        self.connection = connection
        self.length = head.length
        """Announced bytes of the request body, None where it is chunked or there is none."""
        self.started = False
        """The answer's head is on its way: it can only be ended, not changed."""
        self.ended = False
        self.body = Body(head.length)
        self._limits = limits
        self._flow: Flow | None = None
        self._paused = False
        self._pace: Pace | None = None
        self._by = NOTHING
        self._closes = False
        self._left = 0
        self._pending = b""

    def __repr__(self) -> str:
        state = "ended" if self.ended else "started" if self.started else "open"
        return f"<Exchange {state}, {self.body.received} bytes in>"

    # -- the request body

    async def read(self, limit: int, grows: Grows | None = None) -> bytes:
        """The whole body, at most *limit* bytes; *grows* is told of them as they come.

        Raises `Refused` (413, 408, 400 …) where it is too large, too slow or malformed,
        `ConnectionError` where the caller is gone.
        """
        self.body.claim(limit, grows=grows)
        if not self.body.complete:
            await self._wait(total=True)
        return self.body.take()

    async def pour(self, receiver: Receiver, limit: int) -> None:
        """Feed the body to *receiver* as it comes, and end it; raises as `read` does."""
        self.body.claim(limit, receiver)
        if not self.body.complete:
            await self._wait(total=False)

    def pause(self) -> None:
        """Stop reading the body: whoever takes it is slower."""
        self._paused = True
        self.connection.settle_reading()

    def resume(self) -> None:
        """Go on reading the body."""
        self._paused = False
        self.connection.settle_reading()

    @property
    def holds(self) -> bool:
        """Nothing more of the body has room at present."""
        return self._paused or self.body.over(self._limits.hold)

    def check(self, now: float) -> None:
        """Give up a body that trickles; called by the sweep."""
        if self._pace is None:
            return
        if self._paused:
            self._pace.excuse(now)
        elif self._pace.is_late(now, self.body.received):
            self.body.fail(too_slow())

    def vanish(self) -> None:
        """The caller is gone: nothing can be read or said any more."""
        self.ended = True
        self.body.fail(ConnectionResetError("the caller hung up"))

    async def _wait(self, *, total: bool) -> None:
        body, connection = self.body, self.connection
        if self.head.expects_continue and not body.received and not self.head.http10:
            connection.write(CONTINUE)
        promise = connection.promise()
        body.notify = lambda: None if promise.done() else promise.set_result(None)
        self._pace = Pace(connection.now(), self._limits, total=total)
        connection.settle_reading()
        try:
            await promise
        finally:
            self._pace = None
            # Leaving unsettled is a cancellation: the receiver has to learn that no more comes.
            body.fail(ConnectionAbortedError("nobody takes the body any more"))
        if body.failure is not None:
            raise body.failure

    # -- the answer

    @property
    def flow(self) -> Flow | None:
        """The answer's source, paused while the caller reads slowly."""
        return self._flow

    @flow.setter
    def flow(self, flow: Flow | None) -> None:
        self._flow = flow
        if flow is not None and not self.connection.writable:
            flow.pause()

    def reply(self, status: int, headers: Fields, body: bytes) -> None:
        """Answer as a whole; content-length is added, and a HEAD gets no body."""
        if self.ended:
            return
        head = self._open(status, headers, len(body))
        if self._by is NOTHING:
            body = b""
        self._put(head, body)
        self._close()

    def refuse(self, status: int, headers: Fields, body: bytes) -> None:
        """Answer as a whole and close, so that the caller reads it even while it still sends."""
        self._closes = True
        self.reply(status, headers, body)

    def start(
        self, status: int, headers: Fields, length: int | None, *, waits: bool = False
    ) -> None:
        """Begin an answer of *length* bytes; None: until `end`.

        A first piece that comes in this turn of the loop shares the head's system call. *waits*:
        the head waits for it, or for `flush`, and costs no further turn.
        """
        if self.ended:
            return
        self._left = length or 0
        self._pending = self._open(status, headers, length)
        if not waits:
            self.connection.soon(self.flush)

    def feed(self, data: bytes) -> None:
        """Send the next bytes of the answer."""
        by = self._by
        if self.ended or by is NOTHING or not data:
            return
        if by is CHUNKS:
            data = b"%x\r\n%b\r\n" % (len(data), data)
        elif by is LENGTH:
            self._left -= len(data)
            if self._left < 0:
                raise RuntimeError("more bytes than the answer's head announced")
        if self._pending:
            head, self._pending = self._pending, b""
            self._put(head, data)
        else:
            self.connection.write(data)

    def flush(self) -> None:
        """Send a head that still waits for the first piece."""
        if self._pending:
            head, self._pending = self._pending, b""
            self.connection.write(head)

    def end(self, whole: bool) -> None:  # noqa: FBT001 - the one thing there is to say at an end
        """End the answer; not *whole*: so that the caller sees that something is missing."""
        if self.ended:
            return
        by = self._by
        if whole and self.started and not (by is LENGTH and self._left):
            if by is CHUNKS:
                self._pending += LAST_CHUNK
            self.flush()
            self._close()
        else:
            self._cut()

    def _open(self, status: int, headers: Fields, length: int | None) -> bytes:
        if self.started:
            raise RuntimeError("the answer has begun before")
        closes = (
            self._closes
            or not self.head.keep_alive
            or not self.body.complete
            or self.connection.closing
        )
        head, self._by, self._closes = answer_head(
            self.head, status, headers, length, closes=closes
        )
        self.started = True
        return head

    def _put(self, head: bytes, body: bytes) -> None:
        if len(body) <= self._limits.join:
            self.connection.write(head + body)
        else:
            self.connection.write(head)
            self.connection.write(body)

    def _close(self) -> None:
        self.ended = True
        complete = self.body.complete
        if not complete:
            self.body.fail(ConnectionAbortedError("the answer ended before the body"))
        self.connection.finish(self, closes=self._closes, complete=complete)

    def _cut(self) -> None:
        """Where only the close would end the body, a plain close would pass for a whole."""
        if self.started and self._by is not CLOSE:
            self.flush()
            self.ended = True
            self.connection.finish(self, closes=True, complete=True)
        else:
            self.ended = True
            self.connection.abort()
