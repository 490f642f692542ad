"""Request bodies that are streamed up, and back-pressure on the way down."""

import pytest

from tests.wire.ends import OK, Taker, Tap, asked, doing, origin, poured, turn
from trayapp.model.errors import BrokenRoad
from trayapp.wire.limits import Limits


async def test_upload() -> None:
    """A streamed body goes up in chunks, and the connection is reused."""
    async with origin() as o:
        connection, peer = await o.meet()
        upload = connection.begin(
            b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", chunked=True
        )
        upload.feed(b"one")
        upload.feed(b"two")
        upload.end(True)
        request = await peer.until(b"0\r\n\r\n")
        await peer.send(OK)
        await connection.response(b"POST")
        await poured(connection)
        connection.release()

        assert request.endswith(b"3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n")
        assert repr(o.pool) == "<Pool 1 idle>"


async def test_early_response() -> None:
    """A response before the request is complete is delivered, and its connection not reused."""
    async with origin() as o:
        connection, peer = await o.meet()
        upload = connection.begin(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n", chunked=False)
        upload.feed(b"one")
        await peer.send(OK.replace(b"200 OK", b"413 No"))
        while not connection._early:
            await turn()
        head = await connection.response(b"POST")
        taker, _ = await poured(connection)
        connection.release()
        upload.feed(b"two")

        assert (head.status, taker.data) == (413, b"hi")
        assert repr(o.pool) == "<Pool 0 idle>"


@pytest.mark.parametrize(
    ("data", "whole"),
    [
        (OK, True),
        (b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhi", True),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\nhi", False),
    ],
)
async def test_early_response_and_close(data: bytes, whole: bool) -> None:
    """A response that came, with its close, before anyone asked for it is delivered all the same."""
    async with origin() as o:
        connection, peer = await o.meet()
        connection.begin(b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\n", chunked=False)
        await peer.send(data)
        while not connection._early:
            await turn()
        peer.close()
        connection.resume()
        connection._transport.resume_reading()
        while not connection._transport.is_closing():
            await turn()
        head = await connection.response(b"POST")
        taker, result = await poured(connection)

        assert head.status == 200
        assert (taker.data, taker.whole, result) == (b"hi", whole, whole)


async def test_slow_upstream_pauses_the_body() -> None:
    """Upstream that does not read pauses the body's source, and reading resumes it."""
    async with origin() as o:
        connection, peer = await o.meet()
        upload = connection.begin(
            b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", chunked=True
        )
        tap = Tap()
        upload.flow = tap
        while tap.open:
            upload.feed(b"x" * 100_000)
        waiting_here = connection._transport.get_write_buffer_size()
        tap.turned.clear()
        resumed = doing(tap.turned.wait())
        while not resumed.done():
            await peer.get(1_000_000)

        assert waiting_here <= 100_020
        assert tap.open


async def test_cut_upload() -> None:
    """A body that its caller cut resets upstream, so that it cannot pass for a whole."""
    async with origin() as o:
        connection, peer = await o.meet()
        upload = connection.begin(
            b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", chunked=True
        )
        upload.feed(b"one")
        await peer.until(b"one\r\n")
        upload.end(False)

        with pytest.raises(ConnectionResetError):
            await peer.rest()
        with pytest.raises(BrokenRoad):
            await connection.response(b"POST")


async def test_slow_caller_pauses_upstream() -> None:
    """A paused response stops being read, and goes on when resumed."""
    async with origin() as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 9000000\r\n\r\n")
        await connection.response(b"POST")
        taker = Taker()
        pouring = connection.pour(taker)
        connection.pause()
        sending = doing(peer.send(b"x" * 9_000_000))
        await turn(30)
        early = len(taker.data)
        connection.resume()
        await sending

        assert await pouring
        assert (early, len(taker.data)) == (0, 9_000_000)


async def test_unpoured_body_pauses_reading() -> None:
    """A body that nobody pours is held up to a limit."""
    async with origin(Limits(hold=1000)) as o:
        connection, peer = await asked(o)
        await peer.send(b"HTTP/1.1 200 OK\r\ncontent-length: 3000000\r\n\r\n")
        await connection.response(b"POST")
        sending = doing(peer.send(b"x" * 3_000_000))
        while connection._reading:
            await turn()
        held = connection._held_size
        taker, whole = await poured(connection)
        await sending

        assert held < 600_000
        assert (len(taker.data), whole) == (3_000_000, True)
