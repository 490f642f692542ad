"""Connections to an upstream of bare sockets: one exchange, and the next."""

import asyncio
import socket

import pytest

from tests.wire.ends import HEAD, OK, Taker, asked, origin, poured, served, turn
from trayapp.model.errors import NotServing
from trayapp.wire.limits import Limits


async def test_request_and_response() -> None:
    """A request goes out in one piece, and its response comes back whole."""
    async with origin() as o:
        connection, peer = await o.meet()
        connection.send(HEAD, b"{}")
        request = await peer.get()
        await peer.send(OK)
        head = await connection.response(b"POST")
        taker, whole = await poured(connection)

    assert request == HEAD + b"{}"
    assert (head.status, taker.data, taker.whole, whole) == (200, b"hi", True, True)


async def test_response_in_pieces() -> None:
    """A body goes to its receiver as it comes."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        await peer.send(b"3\r\none\r\n")
        while not taker.data:
            await turn()
        early = taker.data
        await peer.send(b"3\r\ntwo\r\n0\r\n\r\n")

        assert await pouring
        assert (early, taker.data) == (b"one", b"onetwo")


async def test_large_request() -> None:
    """A request of megabytes arrives whole, and counts as sent once it has left."""
    body = bytes(range(256)) * 40_000
    async with origin() as o:
        connection, peer = await o.meet()
        connection.send(HEAD, body)
        blocked = connection.blocked
        data = await peer.exactly(len(HEAD) + len(body))
        await turn()

        assert blocked
        assert not connection.blocked
        assert data.endswith(body)


async def test_interim_responses() -> None:
    """1xx responses are passed over."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 103 Early Hints\r\nlink: a\r\n\r\n" + OK)

        assert (await connection.response(b"POST")).status == 200


async def test_response_until_close() -> None:
    """A body without length is whole when upstream closes."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\n\r\nall of it")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        peer.close()

        assert await pouring
        assert taker.data == b"all of it"
        connection.release()
        assert repr(o.pool) == "<Pool 0 idle>"


async def test_response_to_head() -> None:
    """A response to HEAD has no body, and its connection is not kept."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n")
        await connection.response(b"HEAD")
        taker, whole = await poured(connection)
        connection.release()

        assert (taker.data, whole, repr(o.pool)) == (b"", True, "<Pool 0 idle>")


async def test_reuse() -> None:
    """A connection whose exchange is whole is used again, the last one first."""
    async with origin() as o:
        first, _ = await asked(o)
        second, peer = await served(o)
        again, reused = await o.pool.acquire()
        again.send(HEAD, b"{}")
        await peer.send(OK)
        await again.response(b"POST")
        await poured(again)

        assert (again is second, reused) == (True, True)
        assert first is not second


async def test_repr() -> None:
    """Pool and connections show their state."""
    async with origin() as o:
        connection, _ = await asked(o)
        busy = repr(connection)
        connection.abort()
        closed = repr(connection)
        idle, _ = await served(o)

        assert (busy, closed) == ("<ClientConnection busy>", "<ClientConnection closed>")
        assert (repr(idle), repr(o.pool)) == ("<ClientConnection idle>", "<Pool 1 idle>")
        o.pool.close()
        assert repr(o.pool) == "<Pool 0 idle, closed>"


async def test_connection_close() -> None:
    """A response that says close is the last on its connection."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
        await connection.response(b"POST")
        await poured(connection)
        connection.release()

        assert repr(o.pool) == "<Pool 0 idle>"


async def test_stale_connection_is_dropped() -> None:
    """An idle connection that upstream has closed, unnoticed as yet, is not used."""
    async with origin() as o:
        stale, peer = await served(o)
        peer.close()
        fresh, reused = await o.pool.acquire()

        assert fresh is not stale
        assert not reused


async def test_close_while_idle() -> None:
    """An idle connection that upstream closes leaves the pool."""
    async with origin() as o:
        _, peer = await served(o)
        peer.close()
        while repr(o.pool) != "<Pool 0 idle>":
            await turn()


async def test_bytes_while_idle() -> None:
    """An idle connection on which upstream speaks leaves the pool."""
    async with origin() as o:
        _, peer = await served(o)
        await peer.send(OK)
        while repr(o.pool) != "<Pool 0 idle>":
            await turn()

        assert await peer.get() == b""


async def test_bytes_behind_a_response() -> None:
    """A response with more behind it than it announced is delivered, its connection not reused."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(OK + b"more")
        await connection.response(b"POST")
        taker, whole = await poured(connection)
        connection.release()

        assert (taker.data, whole, repr(o.pool)) == (b"hi", True, "<Pool 0 idle>")


async def test_idle_too_long() -> None:
    """An idle connection is closed by the sweep, and never used, beyond its age."""
    async with origin() as o:
        connection, peer = await served(o)
        now = asyncio.get_running_loop().time()
        o.sweep.tick(now + 29.0)
        kept = repr(o.pool)
        fit, unfit = connection.is_fit(now + 29.0), connection.is_fit(now + 31.0)
        o.sweep.tick(now + 31.0)

        assert (kept, fit, unfit) == ("<Pool 1 idle>", True, False)
        assert repr(o.pool) == "<Pool 0 idle>"
        assert await peer.get() == b""


async def test_idle_ones_are_few() -> None:
    """Beyond the number kept the oldest idle one is closed."""
    async with origin(Limits(pool_idle=1)) as o:
        first, peer = await asked(o)
        second, _ = await served(o)
        await peer.send(OK)
        await first.response(b"POST")
        await poured(first)
        first.release()
        kept, reused = await o.pool.acquire()

        assert (kept is first, reused) == (True, True)
        assert repr(second) == "<ClientConnection closed>"


async def test_unpoured_response() -> None:
    """A small response that nobody pours does not spoil its connection."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(OK)
        await connection.response(b"POST")
        connection.release()
        connection.release()
        again, _ = await o.pool.acquire()
        again.send(HEAD, b"{}")
        await peer.send(OK)
        await again.response(b"POST")
        taker, _ = await poured(again)

        assert again is connection
        assert taker.data == b"hi"


@pytest.mark.parametrize("shut", [False, True])
async def test_unused_connection(shut: bool) -> None:
    """A connection that is given back unused is kept, unless it has closed, and never ages before."""
    async with origin() as o:
        connection, peer = await o.meet()
        o.sweep.tick(asyncio.get_running_loop().time() + 500.0)
        if shut:
            await peer.send(b"?")
            while not connection._transport.is_closing():
                await turn()
        connection.release()
        connection.release()

        assert repr(o.pool) == ("<Pool 0 idle>" if shut else "<Pool 1 idle>")


async def test_unfinished_response() -> None:
    """A connection that is given back in the middle of a response is reset."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(OK[:-1])
        await connection.response(b"POST")
        connection.release()

        with pytest.raises(ConnectionResetError):
            await peer.rest()
        assert repr(o.pool) == "<Pool 0 idle>"


async def test_drop_idle() -> None:
    """Dropping what is idle leaves what is in use."""
    async with origin() as o:
        busy, peer = await asked(o)
        await served(o)
        o.pool.drop_idle()
        await peer.send(OK)
        head = await busy.response(b"POST")
        await poured(busy)
        busy.release()

        assert head.status == 200
        assert repr(o.pool) == "<Pool 1 idle>"


async def test_closed_pool() -> None:
    """A closed pool makes nothing new and keeps nothing that comes back."""
    async with origin() as o:
        connection, peer = await asked(o)
        o.pool.close()
        await peer.send(OK)
        await connection.response(b"POST")
        await poured(connection)
        connection.release()

        with pytest.raises(NotServing):
            await o.pool.acquire()
        assert repr(o.pool) == "<Pool 0 idle, closed>"


async def test_waking_asks_whether_the_other_end_is_there() -> None:
    """After a sleep idle connections are closed, and busy ones are asked for within seconds (R30, R42)."""
    async with origin() as o:
        busy, peer = await asked(o)
        idle, _ = await served(o)
        sock = busy._transport.get_extra_info("socket")
        o.pool.wake()
        await peer.send(OK)

        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 1
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 4000
        assert idle._transport.is_closing()
        assert (await busy.response(b"POST")).status == 200
