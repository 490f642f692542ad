"""Roads to upstream that fail or fall silent."""

import asyncio

import pytest

from tests.wire.ends import HEAD, OK, Clumsy, Taker, asked, doing, origin, poured, turn
from trayapp.model.errors import BrokenRoad, TimedOut
from trayapp.wire.lost import LostEarly


async def test_close_before_a_byte() -> None:
    """A close before any response byte says that the request had left as a whole."""
    async with origin() as o:
        connection, peer = await asked(o)
        waiting = doing(connection.response(b"POST"))
        await turn()
        peer.close()

        with pytest.raises(LostEarly) as caught:
            await waiting
        assert caught.value.sent_all


async def test_close_before_all_was_sent() -> None:
    """A reset while part of the request waits here says that it cannot have been processed."""
    async with origin() as o:
        connection, peer = await o.meet()
        connection.send(HEAD, b"x" * 10_000_000)
        waiting = doing(connection.response(b"POST"))
        await turn()
        peer.reset()

        with pytest.raises(LostEarly) as caught:
            await waiting
        assert not caught.value.sent_all


async def test_close_before_sending() -> None:
    """A request on a connection that is closing is not sent at all."""
    async with origin() as o:
        connection, _ = await o.meet()
        connection.shut()
        connection.send(HEAD, b"{}")

        with pytest.raises(LostEarly) as caught:
            await connection.response(b"POST")
        assert not caught.value.sent_all


@pytest.mark.parametrize("tick", [False, True])
async def test_close_inside_the_head(tick: bool) -> None:
    """A close after the first response byte is a broken road, not an early loss."""
    async with origin() as o:
        connection, peer = await asked(o)
        waiting = doing(connection.response(b"POST"))
        await peer.send(b"HTTP/1.1 200")
        while not connection._heard:
            await turn()
        if tick:
            o.sweep.tick(asyncio.get_running_loop().time())
        peer.close()

        with pytest.raises(BrokenRoad) as caught:
            await waiting
        assert not isinstance(caught.value, LostEarly)


@pytest.mark.parametrize("rude", [False, True])
async def test_close_inside_the_body(rude: bool) -> None:
    """A close or reset inside the body is told to the receiver as a cut."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        if rude:
            peer.reset()
        else:
            peer.close()

        assert await pouring is False
        assert (taker.data, taker.whole) == (b"he", False)


async def test_close_before_pouring() -> None:
    """A response that was cut before anyone poured it is poured as a cut."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
        await connection.response(b"POST")
        peer.close()
        while not connection._transport.is_closing():
            await turn()
        taker, whole = await poured(connection)

        assert (taker.data, taker.whole, whole) == (b"he", False, False)


async def test_malformed_response() -> None:
    """What is not HTTP is a broken road."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"SSH-2.0-OpenSSH\r\n")

        with pytest.raises(BrokenRoad, match="well-formed"):
            await connection.response(b"POST")


async def test_malformed_body() -> None:
    """Chunks that break inside the body are a cut."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhe\r\nzz\r\n")
        await connection.response(b"POST")
        taker, whole = await poured(connection)

        assert (taker.data, taker.whole, whole) == (b"he", False, False)


async def test_abort() -> None:
    """Giving up resets upstream at once and tells the receiver."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        connection.abort()

        assert await pouring is False
        assert taker.whole is False
        with pytest.raises(ConnectionResetError):
            await peer.rest()


async def test_waiting_is_cancelled() -> None:
    """Whoever stops waiting can release, and upstream sees a reset."""
    async with origin() as o:
        connection, peer = await asked(o)
        waiting = doing(connection.response(b"POST"))
        await turn()
        waiting.cancel()
        await turn()
        connection.release()

        with pytest.raises(ConnectionResetError):
            await peer.rest()


async def test_pouring_is_cancelled() -> None:
    """What comes after the pouring was cancelled disturbs nobody."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(OK[:-1])
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        assert isinstance(pouring, asyncio.Future)
        pouring.cancel()
        await peer.send(OK[-1:])
        await taker.ended.wait()

        assert taker.data == b"hi"


@pytest.mark.parametrize("cancelled", [False, True])
async def test_bug_of_a_receiver(cancelled: bool) -> None:
    """A receiver that raises fails its own exchange only."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(OK[:-2])
        await connection.response(b"POST")
        pouring = connection.pour(Clumsy())
        assert isinstance(pouring, asyncio.Future)
        if cancelled:
            pouring.cancel()
        await peer.send(OK[-2:])

        with pytest.raises((LookupError, asyncio.CancelledError)):
            await pouring
        with pytest.raises(ConnectionResetError):
            await peer.rest()
        connection.release()
        assert repr(o.pool) == "<Pool 0 idle>"


async def test_silence_before_the_head() -> None:
    """Upstream that says nothing for the whole silence has timed out."""
    async with origin() as o:
        connection, _ = await asked(o)
        waiting = doing(connection.response(b"POST"))
        await turn()
        now = asyncio.get_running_loop().time()
        o.sweep.tick(now + 299.0)
        await turn()
        patient = not waiting.done()
        o.sweep.tick(now + 301.0)

        with pytest.raises(TimedOut):
            await waiting
        assert patient


async def test_silence_inside_the_body() -> None:
    """Silence inside a body is a cut, counted from its last byte."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        now = asyncio.get_running_loop().time()
        o.sweep.tick(now + 200.0)
        o.sweep.tick(now + 499.0)
        patient = taker.whole is None
        o.sweep.tick(now + 501.0)

        assert patient
        assert await pouring is False


async def test_silence_that_is_ours() -> None:
    """While we have paused reading, silence is not upstream's."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhe")
        await connection.response(b"POST")
        taker = Taker()
        connection.pour(taker)
        connection.pause()
        now = asyncio.get_running_loop().time()
        o.sweep.tick(now + 200.0)
        o.sweep.tick(now + 400.0)
        o.sweep.tick(now + 600.0)
        connection.resume()
        o.sweep.tick(now + 800.0)

        assert taker.whole is None


async def test_silence_while_sending() -> None:
    """Silence counts once upstream could answer: not while its request moves, but when it stalls."""
    async with origin() as o:
        connection, peer = await o.meet()
        connection.send(b"POST / HTTP/1.1\r\ncontent-length: 9000000\r\n\r\n", b"x" * 9_000_000)
        waiting = doing(connection.response(b"POST"))
        now = asyncio.get_running_loop().time()
        o.sweep.tick(now + 299.0)
        await peer.exactly(4_000_000)
        await turn()
        o.sweep.tick(now + 400.0)
        await turn()
        patient = not waiting.done()
        o.sweep.tick(now + 701.0)

        with pytest.raises(TimedOut):
            await waiting
        assert patient
