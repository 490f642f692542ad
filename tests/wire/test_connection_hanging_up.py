"""Callers that leave, and callers that are slow."""

import pytest

from tests.wire.ends import GET, POST, Taker, Tap, doing, door, met, narrow, turn, until_lost
from trayapp.wire.connection import stirs
from trayapp.wire.limits import Limits


async def test_hang_up_while_waiting() -> None:
    """A caller that closes while its answer is awaited is noticed at once."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        caller.close()
        await until_lost(connection)
        exchange.reply(200, (), b"")

        assert exchange.ended
        assert await connection.next() is None


async def test_half_close_is_hanging_up() -> None:
    """FIN while a request is unanswered counts as hanging up, whatever could still be written."""
    async with door() as d:
        caller, connection, _ = await met(d)
        caller.hang_up()
        await until_lost(connection)

        with pytest.raises(ConnectionResetError):
            await caller.rest()


async def test_hang_up_while_streaming() -> None:
    """A caller that resets in the middle of its answer is noticed at once, and once."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        exchange.start(200, (), None)
        exchange.feed(b"a")
        await caller.until(b"a\r\n")
        caller.reset()
        await until_lost(connection)
        exchange.feed(b"b")
        exchange.end(True)

        assert connection.lost is None


async def test_hang_up_while_sending() -> None:
    """A caller that closes inside its body fails whoever reads it."""
    async with door() as d:
        caller, _, exchange = await met(d, POST)
        reading = doing(exchange.read(10))
        await caller.send(b"he")
        caller.close()

        with pytest.raises(ConnectionResetError):
            await reading


async def test_hang_up_between_requests() -> None:
    """A caller that closes between requests ends the conversation, and nobody is told."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        told: list[bool] = []
        connection.lost = lambda: told.append(True)
        exchange.reply(200, (), b"")
        waiting = doing(connection.next())
        caller.close()

        assert await waiting is None
        assert told == []


async def test_hang_up_before_anyone_looks() -> None:
    """A request whose caller is gone before it is taken is never handed out."""
    async with door() as d:
        caller = await d.call(GET)
        connection = await d.accepted()
        caller.close()
        await until_lost(connection)

        assert await connection.next() is None


async def test_hang_up_while_reading_is_paused() -> None:
    """The sweep notices a hang-up that nobody reads."""
    async with door(Limits(ahead=0)) as d:
        caller, connection, _ = await met(d, GET * 3)
        told: list[bool] = []
        connection.lost = lambda: told.append(True)
        d.sweep.tick(connection.now())
        before = list(told)
        caller.close()
        while not stirs(connection._transport, gone_only=True):
            await turn()
        d.sweep.tick(connection.now())

        assert (before, told) == ([], [True])


async def test_cut_answer() -> None:
    """A cut stream ends without the last chunk, after all that was fed."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        exchange.start(200, (), None)
        exchange.feed(b"event")
        exchange.end(False)

        assert (await caller.rest()).endswith(b"5\r\nevent\r\n")
        assert await connection.next() is None


async def test_cut_answer_without_delimiter() -> None:
    """Where only the close ends a body, a cut is a reset, and nobody is told of it."""
    async with door() as d:
        caller, connection, exchange = await met(d, GET.replace(b"1.1", b"1.0"))
        told: list[bool] = []
        connection.lost = lambda: told.append(True)
        exchange.start(200, (), None)
        exchange.feed(b"event")
        exchange.end(False)

        with pytest.raises(ConnectionResetError):
            await caller.rest()
        assert told == []


async def test_slow_caller_pauses_the_source() -> None:
    """A caller that does not read pauses the source within the mark, and reading resumes it."""
    async with door(Limits(write_high=100_000)) as d:
        caller, connection, exchange = await met(d)
        narrow(connection)
        tap = Tap()
        exchange.flow = tap
        exchange.start(200, (), None)
        sent = 0
        while tap.open:
            exchange.feed(b"x" * 10_000)
            sent += 10_000
        buffered = connection._transport.get_write_buffer_size()
        tap.turned.clear()
        resumed = doing(tap.turned.wait())
        while not resumed.done():
            await caller.get()
        exchange.end(True)

        assert buffered < 120_000
        assert sent > 100_000


async def test_slow_caller_without_a_source() -> None:
    """Where nobody can be paused a slow caller changes nothing."""
    async with door(Limits(write_high=1000)) as d:
        caller, connection, exchange = await met(d)
        narrow(connection)
        exchange.reply(200, (), b"x" * 1_000_000)
        blocked = not connection.writable
        await caller.exactly(1_000_000)
        while not connection.writable:
            await caller.get()

        assert blocked


async def test_pausing_the_body() -> None:
    """Whoever takes the body can stop the caller from sending, and let it go on."""
    async with door() as d:
        caller, connection, exchange = await met(
            d, b"POST / HTTP/1.1\r\nContent-Length: 3000000\r\n\r\n"
        )
        taker = Taker()
        pouring = doing(exchange.pour(taker, 3_000_000))
        await turn()
        exchange.pause()
        sending = doing(caller.send(b"x" * 3_000_000))
        await turn(20)
        held_back = connection._transport.is_reading()
        early = taker.data
        exchange.resume()
        await sending
        await pouring

        assert (held_back, early) == (False, b"")
        assert len(taker.data) == 3_000_000


async def test_unasked_body_pauses_reading() -> None:
    """A body that nobody asks for is held up to a limit, then the caller has to wait."""
    async with door(Limits(hold=1000)) as d:
        caller, connection, exchange = await met(
            d, b"POST / HTTP/1.1\r\nContent-Length: 600000\r\n\r\n"
        )
        sending = doing(caller.send(b"x" * 600_000))
        while connection._transport.is_reading():
            await turn()
        body = await exchange.read(600_000)
        await sending

        assert len(body) == 600_000
