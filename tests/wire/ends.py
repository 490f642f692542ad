"""The two ends of a wire in a test: raw sockets that speak and read only when told to."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, TypeVar

from trayapp.wire.connection import Exchange, ServerConnection
from trayapp.wire.limits import Limits
from trayapp.wire.pool import ClientConnection, Pool
from trayapp.wire.sweep import Sweep


class StillTimer:
    """A loop's clock whose alarms never ring: tests tick the sweep by hand."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now
        self.alarms: list[Callable[[], None]] = []

    def time(self) -> float:
        return self.now

    def call_later(self, delay: float, callback: Callable[[], None], /) -> "StillTimer":
        self.alarms.append(callback)
        return self

    def cancel(self) -> None:
        self.alarms.clear()


class Taker:
    """A receiver that keeps what it gets."""

    def __init__(self) -> None:
        self.data = b""
        self.whole: bool | None = None
        self.ended = asyncio.Event()

    def feed(self, data: bytes) -> None:
        self.data += data

    def end(self, whole: bool) -> None:
        assert self.whole is None
        self.whole = whole
        self.ended.set()


class Clumsy(Taker):
    """A receiver with a bug."""

    def feed(self, data: bytes) -> None:
        raise LookupError("a bug of the receiver")


class Tap:
    """A source of bytes that notes whether it may run."""

    def __init__(self) -> None:
        self.open = True
        self.turned = asyncio.Event()

    def pause(self) -> None:
        self.open = False
        self.turned.set()

    def resume(self) -> None:
        self.open = True
        self.turned.set()


class Peer:
    """The other end: a plain socket."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.setblocking(False)
        self._loop = asyncio.get_running_loop()

    async def send(self, data: bytes) -> None:
        await self._loop.sock_sendall(self.sock, data)

    async def get(self, size: int = 65536) -> bytes:
        return await self._loop.sock_recv(self.sock, size)

    async def exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            piece = await self.get(size - len(data))
            assert piece, "closed early"
            data += piece
        return data

    async def until(self, end: bytes) -> bytes:
        data = b""
        while not data.endswith(end):
            piece = await self.get()
            assert piece, data
            data += piece
        return data

    async def rest(self) -> bytes:
        data = b""
        while piece := await self.get():
            data += piece
        return data

    def hang_up(self) -> None:
        self.sock.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()

    def close(self) -> None:
        self.sock.close()


async def turn(times: int = 3) -> None:
    """Let the loop go round."""
    for _ in range(times):
        await asyncio.sleep(0)


class Door:
    """A listening socket that hands out its connections one by one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.sweep = Sweep(StillTimer())
        self.port = 0
        self.seen: list[ServerConnection] = []
        self._queue: asyncio.Queue[ServerConnection] = asyncio.Queue()
        self._callers: list[Peer] = []

    def make(self) -> ServerConnection:
        return ServerConnection(limits=self.limits, opened=self._opened, sweep=self.sweep)

    def _opened(self, connection: ServerConnection) -> None:
        self.seen.append(connection)
        self._queue.put_nowait(connection)

    async def call(self, first: bytes = b"", buffer: int | None = None) -> Peer:
        sock = socket.socket()
        if buffer is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        peer = Peer(sock)
        self._callers.append(peer)
        await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", self.port))
        await peer.send(first)
        return peer

    async def accepted(self) -> ServerConnection:
        return await self._queue.get()

    def hang_up_all(self) -> None:
        for peer in self._callers:
            peer.close()
        for connection in self.seen:
            connection.abort()


@contextlib.asynccontextmanager
async def door(limits: Limits | None = None) -> AsyncIterator[Door]:
    """A door on a free port; everything is closed afterwards."""
    made = Door(limits or Limits())
    server = await asyncio.get_running_loop().create_server(made.make, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        made.hang_up_all()
        await turn()


class Origin:
    """An upstream of bare sockets, and the pool of connections to it."""

    def __init__(self, limits: Limits) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.setblocking(False)
        self._peers: list[Peer] = []
        self._made: list[ClientConnection] = []
        self.sweep = Sweep(StillTimer())
        self.pool = Pool(self._dial, limits=limits, sweep=self.sweep)

    async def _dial(self, factory: Callable[[], ClientConnection]) -> ClientConnection:
        _, connection = await asyncio.get_running_loop().create_connection(
            factory, *self._server.getsockname()
        )
        self._made.append(connection)
        return connection

    async def accept(self) -> Peer:
        sock, _ = await asyncio.get_running_loop().sock_accept(self._server)
        peer = Peer(sock)
        self._peers.append(peer)
        return peer

    async def meet(self) -> tuple[ClientConnection, Peer]:
        """A fresh connection and its other end."""
        connection, reused = await self.pool.acquire()
        assert not reused
        return connection, await self.accept()

    async def close(self) -> None:
        self.pool.close()
        for connection in self._made:
            connection.abort()
        for peer in self._peers:
            peer.close()
        self._server.close()
        await turn()


@contextlib.asynccontextmanager
async def origin(limits: Limits | None = None) -> AsyncIterator[Origin]:
    """An upstream on a free port; everything is closed afterwards."""
    made = Origin(limits or Limits())
    try:
        yield made
    finally:
        await made.close()


# -- talking to an accepted connection

T = TypeVar("T")

GET = b"GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n"
POST = b"POST /v1/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n"
EMPTY = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n"


async def met(door: Door, first: bytes = GET) -> tuple[Peer, ServerConnection, Exchange]:
    """A caller who has said *first*, and the exchange that came of it."""
    caller = await door.call(first)
    connection = await door.accepted()
    exchange = await connection.next()
    assert isinstance(exchange, Exchange)
    return caller, connection, exchange


async def following(connection: ServerConnection) -> Exchange:
    exchange = await connection.next()
    assert isinstance(exchange, Exchange)
    return exchange


def doing(coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
    """Let *coroutine* run beside the test."""
    return asyncio.get_running_loop().create_task(coroutine)


def narrow(connection: ServerConnection) -> None:
    """Let the system buffer little of what is sent."""
    sock = connection._transport.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 20_000)


async def until_lost(connection: ServerConnection) -> None:
    """Wait until the connection says that its caller is gone."""
    gone = asyncio.Event()
    connection.lost = gone.set
    await gone.wait()


# -- talking to upstream

HEAD = b"POST /v1/messages HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"


async def asked(o: Origin) -> tuple[ClientConnection, Peer]:
    """A fresh connection on which a request has arrived."""
    connection, peer = await o.meet()
    connection.send(HEAD, b"{}")
    await peer.exactly(len(HEAD) + 2)
    return connection, peer


async def poured(connection: ClientConnection) -> tuple[Taker, bool]:
    taker = Taker()
    return taker, await connection.pour(taker)


async def served(o: Origin) -> tuple[ClientConnection, Peer]:
    """A connection that has carried one exchange and is idle again."""
    connection, peer = await asked(o)
    await peer.send(OK)
    await connection.response(b"POST")
    await poured(connection)
    connection.release()
    return connection, peer
