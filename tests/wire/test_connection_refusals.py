"""Expectations, refusals and deadlines of an accepted connection."""

import pytest

from tests.wire.ends import GET, POST, doing, door, met, narrow, turn
from trayapp.model.errors import Refused
from trayapp.wire.limits import Limits
from trayapp.wire.messages import Broken

EXPECTING = POST.replace(b"Content", b"Expect: 100-continue\r\nContent")


async def test_continue_when_asked_for() -> None:
    """The interim response is sent when the body is asked for."""
    async with door() as d:
        caller, _, exchange = await met(d, EXPECTING)
        reading = doing(exchange.read(10))
        interim = await caller.until(b"\r\n\r\n")
        await caller.send(b"hello")

        assert interim == b"HTTP/1.1 100 Continue\r\n\r\n"
        assert await reading == b"hello"


async def test_refusal_instead_of_continue() -> None:
    """A request refused before its body was asked for gets no interim response."""
    async with door() as d:
        caller, _, exchange = await met(d, EXPECTING)
        exchange.refuse(401, (), b"no")

        assert await caller.rest() == (
            b"HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\nconnection: close\r\n\r\nno"
        )


async def test_refusal_while_the_caller_sends() -> None:
    """A caller that sends ten megabytes and only then reads still gets its refusal."""
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n"
        caller, connection, exchange = await met(d, head)
        with pytest.raises(Refused):
            await exchange.read(1000)
        exchange.refuse(413, (), b"too large")
        await caller.send(b"x" * 10_000_000)

        assert (await caller.rest()).endswith(b"too large")
        assert await connection.next() is None


async def test_lingering_ends() -> None:
    """A refused caller that goes on sending is read no further than the linger limits."""
    async with door(Limits(linger_bytes=1000)) as d:
        head = b"POST / HTTP/1.1\r\nContent-Length: 10000000\r\n\r\n"
        caller, connection, exchange = await met(d, head)
        exchange.refuse(413, (), b"too large")
        sending = doing(caller.send(b"x" * 10_000_000))
        while connection._transport.is_reading():
            await turn()
        d.sweep.tick(connection.now() + 1.0)
        patient = not connection._transport.is_closing()
        d.sweep.tick(connection.now() + 2.1)

        with pytest.raises(ConnectionError):
            await sending
        assert patient


async def test_reply_before_the_body() -> None:
    """An answer before the end of the request closes, since what follows is no request."""
    async with door() as d:
        caller, connection, exchange = await met(d, POST)
        exchange.reply(200, (), b"")
        await caller.send(b"hello" + GET)

        assert b"connection: close" in await caller.rest()
        assert await connection.next() is None


async def test_closing_on_pipelined_bytes() -> None:
    """An answer that closes survives requests that were sent behind it."""
    async with door() as d:
        caller, _, exchange = await met(d, GET * 3)
        exchange.refuse(403, (), b"no")

        assert (await caller.rest()).endswith(b"no")


async def test_refused_caller_is_gone() -> None:
    """Refusing a caller that has reset its connection is no error."""
    async with door() as d:
        caller, _, exchange = await met(d, POST)
        caller.reset()
        exchange.refuse(403, (), b"no")
        exchange.connection.abort()
        await turn()


async def test_malformed_request() -> None:
    """What is not HTTP is handed out as broken, and answered with a refusal."""
    async with door() as d:
        caller = await d.call(b"GET / HTTP/1.1\nHost: a\n\n")
        connection = await d.accepted()
        broken = await connection.next()
        assert isinstance(broken, Broken)
        connection.refuse(broken.status, (), broken.message.encode())
        connection.refuse(broken.status, (), b"again")

        assert (await caller.rest()).endswith(broken.message.encode())
        assert await connection.next() is None


async def test_malformed_behind_a_request() -> None:
    """A malformed request behind a good one waits for its turn."""
    async with door() as d:
        caller, connection, exchange = await met(d, GET + b"\0\0\0\0")
        exchange.reply(200, (), b"ok")
        broken = await connection.next()

        assert (await caller.until(b"ok")).startswith(b"HTTP/1.1 200")
        assert isinstance(broken, Broken)


async def test_malformed_body() -> None:
    """A body that breaks off being chunked is a refusal to whoever reads it."""
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller, _, exchange = await met(d, head)
        reading = doing(exchange.read(10))
        await caller.send(b"zz\r\n")

        with pytest.raises(Refused, match="chunk"):
            await reading


async def test_too_large_at_the_byte() -> None:
    """A chunked body is refused at its first byte too many."""
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller, _, exchange = await met(d, head + b"5\r\nhello\r\n")
        reading = doing(exchange.read(5))
        await caller.send(b"1\r\n!\r\n")

        with pytest.raises(Refused) as caught:
            await reading
        assert caught.value.status == 413


async def test_request_behind_a_refused_body() -> None:
    """A request behind a body that is too large is not taken for part of it, nor ever answered."""
    async with door() as d:
        head = b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        caller, connection, exchange = await met(d, head)
        reading = doing(exchange.read(3))
        await caller.send(b"5\r\nhello\r\n0\r\n\r\n" + GET)
        with pytest.raises(Refused):
            await reading
        exchange.refuse(413, (), b"too large")

        assert (await caller.rest()).endswith(b"too large")
        assert await connection.next() is None


async def test_slow_head() -> None:
    """A head that takes longer than it may is 408, counted from its first byte."""
    async with door() as d:
        caller = await d.call(b"GET / HT")
        connection = await d.accepted()
        waiting = doing(connection.next())
        await turn()
        while connection.idle:
            await turn()
        d.sweep.tick(connection.now() + 9.0)
        await caller.send(b"TP/1.1\r\n")
        await turn()
        patient = not waiting.done()
        d.sweep.tick(connection.now() + 10.1)
        broken = await waiting
        await caller.send(b"\r\n")

        assert patient
        assert isinstance(broken, Broken)
        assert broken.status == 408


async def test_slow_body() -> None:
    """A body that stalls is 408."""
    async with door() as d:
        _, connection, exchange = await met(d, POST)
        reading = doing(exchange.read(10))
        await turn()
        d.sweep.tick(connection.now() + 11.0)

        with pytest.raises(Refused) as caught:
            await reading
        assert caught.value.status == 408


async def test_idle_too_long() -> None:
    """A connection without a request is closed after the idle time."""
    async with door() as d:
        caller = await d.call()
        connection = await d.accepted()
        waiting = doing(connection.next())
        await turn()
        d.sweep.tick(connection.now() + 59.0)
        patient = connection.idle
        d.sweep.tick(connection.now() + 61.0)

        assert await waiting is None
        assert patient
        assert await caller.rest() == b""


async def test_idle_time_is_renewed() -> None:
    """The idle time begins again with each answer."""
    async with door() as d:
        _, connection, exchange = await met(d)
        connection._deadline = 0.0
        d.sweep.tick(connection.now() + 500.0)
        exchange.reply(200, (), b"")
        d.sweep.tick(connection.now() + 59.0)

        assert connection.idle


async def test_unread_answer_is_not_idle() -> None:
    """A caller that still reads its answer is not idle."""
    async with door() as d:
        caller, connection, exchange = await met(d)
        narrow(connection)
        exchange.reply(200, (), b"x" * 1_000_000)
        d.sweep.tick(connection.now() + 61.0)

        assert connection.idle
        assert len(await caller.exactly(1_000_000)) == 1_000_000


async def test_request_waits_for_its_taker() -> None:
    """A request that was not taken yet has no deadline."""
    async with door() as d:
        caller = await d.call(b"\0\0\0\0")
        connection = await d.accepted()
        while connection._outcome is None:
            await turn()
        d.sweep.tick(connection.now() + 500.0)

        assert isinstance(await connection.next(), Broken)
        caller.close()
