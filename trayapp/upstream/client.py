"""Sends a request upstream and hands back its answer; retries only what was never processed."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from types import TracebackType

import msgspec

from trayapp.model.errors import BrokenRoad, Refused, SluiceError, Unreachable, UpstreamFailure
from trayapp.model.exchange import BodySource, Headers, Receiver, Request, Route
from trayapp.upstream.addresses import Origin
from trayapp.upstream.heads import Heads
from trayapp.wire.lost import LostEarly
from trayapp.wire.messages import ResponseHead
from trayapp.wire.pool import ClientConnection, Pool
from trayapp.wire.upload import Upload

CONNECT_TRIES = 3
SEND_TRIES = 2
_IDEMPOTENT = frozenset({b"GET", b"HEAD"})
_CUT_SHORT = "The connection broke while the request was being sent; it was not processed."
_BROKE_OFF = (
    "The connection broke after the request was sent."
    " It may have been answered and billed, so it was not sent again."
)


class Destination(msgspec.Struct, frozen=True):
    """One upstream as a request needs it; *name* is what messages call it."""

    name: str
    origin: Origin
    takes_own: bool
    """Callers' own credentials may go here (a default upstream of kind `anthropic`)."""


class Upstream:
    """The way to one destination.

    *pause* waits a number of seconds between attempts to connect, *jitter* gives 0..1.
    """

    def __init__(
        self,
        destination: Destination,
        pool: Pool,
        *,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self.destination = destination
        self.pool = pool
        self.head_of = Heads(destination.origin.host, destination.origin.prefix).head_of
        self._pause = pause
        self._jitter = jitter

    def send(self, request: Request) -> "Sending":
        """Return the answer's lifetime: leaving it early ends the upstream call at once."""
        return Sending(self, request)

    async def connect(self) -> tuple[ClientConnection, bool]:
        """Return a connection and whether it was used before; raises `Unreachable`."""
        for tried in range(1, CONNECT_TRIES + 1):
            try:
                return await self.pool.acquire()
            except Unreachable as error:
                if tried == CONNECT_TRIES or not (error.may_retry and error.at_once):
                    raise
                await self._pause(self._jitter() * 0.1 * 2**tried)
        raise AssertionError("unreachable")


class Response:
    """An answer whose head has come; `pour` hands on its body as it arrives."""

    def __init__(self, head: ResponseHead, connection: ClientConnection) -> None:
        self.status = head.status
        self.headers: Headers = head.headers
        self.length = head.length
        self.flow = connection
        self._connection = connection

    def pour(self, receiver: Receiver) -> Awaitable[bool]:
        """Feed the body to *receiver* until its end; the result tells whether it was whole."""
        return self._connection.pour(receiver)


class Sending:
    """One request's stay upstream: `async with upstream.send(request) as response`."""

    def __init__(self, upstream: Upstream, request: Request) -> None:
        self._upstream = upstream
        self._request = request
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Response:
        try:
            body = self._request.body
            if isinstance(body, bytes):
                head = await self._send_whole(body)
            elif body.length == 0:
                head = await self._send_whole(b"")
            else:
                head = await self._send_streamed(body)
        except BaseException:
            self._abort()
            raise
        if self._connection is None:
            raise AssertionError("unreachable")
        return Response(head, self._connection)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self._connection is not None:
            self._connection.release()
        else:
            self._abort()

    def _abort(self) -> None:
        if self._connection is not None:
            self._connection.abort()
            self._connection = None

    async def _send_whole(self, body: bytes) -> ResponseHead:
        request, upstream = self._request, self._upstream
        head = upstream.head_of(request, len(body))
        for tried in range(1, SEND_TRIES + 1):
            connection = upstream.pool.idle()
            if connection is None:
                connection, _ = await upstream.connect()
            self._connection = connection
            try:
                connection.send(head, body)
                return await connection.response(request.method)
            except LostEarly as lost:
                self._abort()
                if tried == SEND_TRIES or (lost.sent_all and not _may_repeat(request)):
                    raise _lost(lost) from None
                upstream.pool.drop_idle()  # where one had gone stale, others have
        raise AssertionError("unreachable")

    async def _send_streamed(self, source: BodySource) -> ResponseHead:
        request = self._request
        connection, _ = await self._upstream.connect()
        self._connection = connection
        head = self._upstream.head_of(request, source.length)
        upload = connection.begin(head, chunked=source.length is None)
        upload.flow = source
        failed: list[SluiceError] = []

        async def carry_body() -> None:
            try:
                await source.pour(_Inlet(upload))
            except Refused as error:
                failed.append(error)
                connection.abort()
            except ConnectionError:  # the caller is gone
                connection.abort()

        async with asyncio.TaskGroup() as group:
            carrying = group.create_task(carry_body())
            try:
                return await connection.response(request.method)
            except LostEarly as lost:
                failed.append(_lost(lost))
            except UpstreamFailure as error:
                failed.append(error)
            finally:
                carrying.cancel()  # an early answer or none: the rest of the body is not wanted
        raise failed[0]


class _Inlet:
    """Passes a body on; what its cutting means is told by the exception that comes with it."""

    def __init__(self, upload: Upload) -> None:
        self.feed = upload.feed
        self._upload = upload

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """End the request where the body came whole."""
        if whole:
            self._upload.end(whole)


def _may_repeat(request: Request) -> bool:
    """Tell whether sending twice does and costs no more than once (RFC 9110 9.2.2)."""
    return request.method in _IDEMPOTENT or request.route is Route.COUNT_TOKENS


def _lost(lost: LostEarly) -> BrokenRoad:
    return BrokenRoad(_BROKE_OFF if lost.sent_all else _CUT_SHORT)
