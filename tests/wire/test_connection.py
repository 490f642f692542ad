"""An accepted connection, with a real caller at the other end of it."""

import asyncio
import socket
from typing import cast

import pytest

from tests.wire.ends import EMPTY, GET, POST, doing, door, following, met, turn
from trayapp.wire.connection import Exchange, landing, stirs, tune
from trayapp.wire.limits import Limits


async def test_keep_alive() -> None:
    """A second request on a kept connection gets its own answer."""
    async with door() as d:
        caller, connection, exchange = await met(d, POST + b"hello")
        body = await exchange.read(100)
        exchange.reply(200, (), body)
        first = await caller.until(b"hello")
        await caller.send(GET)
        (await following(connection)).reply(204, (), b"")
        second = await caller.until(b"\r\n\r\n")

    assert first == b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
    assert second == b"HTTP/1.1 204 No Content\r\n\r\n"


async def test_addresses() -> None:
    """A connection knows both its ends, and shows its state and no more."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        busy = repr(connection)
        exchange.reply(200, (), b"")
        resting = repr(connection)
        connection.abort()

        assert connection.peer == caller.sock.getsockname()
        assert connection.local == ("127.0.0.1", d.port)
        assert [busy, resting, repr(connection)] == [
            "<ServerConnection busy>",
            "<ServerConnection idle>",
            "<ServerConnection over>",
        ]


async def test_sockets_are_tuned() -> None:
    """Keepalive and no delay are set on what is accepted."""
    async with door() as d:
        _, connection, _ = await met(d)
        sock = connection._transport.get_extra_info("socket")

        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL) == 10


async def test_hundred_in_one_write() -> None:
    """A hundred requests in one write are answered in order, one at a time."""
    async with door() as d:
        wire = b"".join(GET.replace(b"models", b"%03d" % number) for number in range(100))
        caller = await d.call(wire)
        connection = await d.accepted()
        for _ in range(100):
            exchange = await following(connection)
            exchange.reply(200, (), exchange.head.target[-3:])
        answers = await caller.until(b"099")

    bodies = [part[:3] for part in answers.split(b"\r\n\r\n")[1:]]
    assert bodies == [b"%03d" % number for number in range(100)]


async def test_pipelining_pauses_reading() -> None:
    """Beyond the requests parsed ahead reading pauses, and goes on as they are answered."""
    async with door(Limits(ahead=2)) as d:
        _caller, connection, exchange = await met(d, GET * 10)
        paused = not connection._transport.is_reading()
        for _ in range(9):
            exchange.reply(200, (), b"")
            exchange = await following(connection)

        assert paused
        assert connection._transport.is_reading()


async def test_pipelined_bodies() -> None:
    """The body of a pipelined request is its own."""
    async with door() as d:
        _, connection, first = await met(d, POST + b"first" + POST + b"other")
        one = await first.read(10)
        first.reply(200, (), b"")
        two = await (await following(connection)).read(10)

    assert (one, two) == (b"first", b"other")


async def test_chunks_both_ways() -> None:
    """A chunked request is read as its bytes, and a stream is answered in chunks."""
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller, _, exchange = await met(d, head + b"3\r\nabc\r\n")
        reading = doing(exchange.read(100))
        await caller.send(b"2\r\nde\r\n0\r\n\r\n")
        body = await reading
        exchange.start(200, (), None)
        exchange.feed(b"one")
        exchange.feed(b"two")
        exchange.end(True)
        answer = await caller.until(b"0\r\n\r\n")

    assert body == b"abcde"
    assert answer.endswith(b"\r\n\r\n3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")


async def test_large_bodies() -> None:
    """Megabytes go through whole both ways."""
    data = bytes(range(256)) * 12_000
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(data)
        caller, _, exchange = await met(d, head)
        sending = doing(caller.send(data))
        body = await exchange.read(len(data))
        await sending
        exchange.reply(200, (), body)
        head = await caller.exactly(len(EMPTY) + 6)
        received = await caller.exactly(len(data))

    assert body == data
    assert head.endswith(b"content-length: 3072000\r\n\r\n")
    assert received == data


async def test_stream_head_alone() -> None:
    """The head of a stream reaches the caller before any of its body exists."""
    async with door() as d:
        caller, _, exchange = await met(d)
        exchange.start(200, (), None)

        assert (await caller.until(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK")


async def test_head_request() -> None:
    """After the answer to HEAD, which has no body, the connection goes on."""
    async with door() as d:
        caller, connection, exchange = await met(d, GET.replace(b"GET", b"HEAD"))
        exchange.reply(200, (), b"hello")
        answer = await caller.until(b"\r\n\r\n")
        await caller.send(GET)
        (await following(connection)).reply(200, (), b"")

        assert answer == b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"
        assert await caller.until(b"\r\n\r\n") == EMPTY


async def test_drain_when_idle() -> None:
    """Draining closes an idle connection."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        exchange.reply(200, (), b"")
        waiting = doing(connection.next())
        await turn()
        connection.drain()

        assert await waiting is None
        assert await caller.rest() == EMPTY


async def test_drain_before_the_answer() -> None:
    """An answer that begins while draining says that it is the last."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        connection.drain()
        exchange.reply(200, (), b"")

        assert await caller.rest() == (
            b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        )
        assert await connection.next() is None


async def test_drain_while_streaming() -> None:
    """A stream that has begun is finished, then its connection closes."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        exchange.start(200, (), None)
        connection.drain()
        exchange.feed(b"last")
        exchange.end(True)

        assert (await caller.rest()).endswith(b"4\r\nlast\r\n0\r\n\r\n")


async def test_next_is_cancelled() -> None:
    """Whoever stops waiting for a request leaves it for the next who asks."""
    async with door() as d:
        caller = await d.call()
        connection = await d.accepted()
        waiting = doing(connection.next())
        await turn()
        waiting.cancel()
        await caller.send(GET)
        await turn()

        assert isinstance(await connection.next(), Exchange)


async def test_stale_exchange() -> None:
    """An exchange that is not the current one finishes nothing."""
    async with door() as d:
        _, connection, exchange = await met(d)
        exchange.reply(200, (), b"")
        connection.finish(exchange, closes=True, complete=True)

        assert connection.idle


async def test_refusing_what_has_been_cut() -> None:
    """Once the connection is closing there is nothing to linger for."""
    async with door() as d:
        caller, connection, exchange = await met(d, POST)
        connection._transport.abort()
        exchange.refuse(403, (), b"no")

        assert await caller.rest() == b""


async def test_one_landing_for_a_loop() -> None:
    """All connections of a loop receive into one buffer."""
    loop = asyncio.get_running_loop()

    assert landing(loop) is landing(loop)


class Bare(asyncio.Transport):
    """A transport without a socket."""


def test_tuning_what_is_not_tcp() -> None:
    """A transport that is not TCP has nothing to tune."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        tune(cast("asyncio.Transport", Bare({"socket": ours})), Limits())

        assert not ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


def test_tuning_where_options_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that lacks an option goes without it."""
    monkeypatch.delattr("socket.TCP_USER_TIMEOUT", raising=False)
    with socket.socket() as ours:
        tune(cast("asyncio.Transport", Bare({"socket": ours})), Limits())

        assert ours.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)


def test_no_socket_stirs() -> None:
    """What has no socket is not fit for anything."""
    assert stirs(cast("asyncio.Transport", Bare({"socket": None})))


def test_systems_without_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no poll, select tells about bytes, and a hang-up alone goes unnoticed."""
    monkeypatch.delattr("select.poll")
    ours, theirs = socket.socketpair()
    transport = cast("asyncio.Transport", Bare({"socket": ours}))
    with ours, theirs:
        before = stirs(transport)
        theirs.close()

        assert (before, stirs(transport), stirs(transport, gone_only=True)) == (False, True, False)
