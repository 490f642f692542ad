"""One request, on a connection that only notes what it is told: taking its body."""

import asyncio

import pytest

from tests.wire.ends import Taker, turn
from tests.wire.note import made
from trayapp.model.errors import Refused
from trayapp.wire.limits import Limits


async def test_read_at_once() -> None:
    """A body that has arrived is read without waiting."""
    exchange, wire = made(body=b"abc")

    assert await exchange.read(10) == b"abc"
    assert wire.settled == 0


async def test_read_waits() -> None:
    """A body that is still coming is awaited, with reading on."""
    exchange, wire = made(body=None)
    reading = asyncio.get_running_loop().create_task(exchange.read(10))
    await turn()
    exchange.body.feed(b"abc")
    exchange.body.finish()

    assert await reading == b"abc"
    assert wire.settled == 1


async def test_read_too_much() -> None:
    """A body that grows above the limit raises its refusal."""
    exchange, _ = made(body=None)
    reading = asyncio.get_running_loop().create_task(exchange.read(2))
    await turn()
    exchange.body.feed(b"abc")

    with pytest.raises(Refused, match="larger than 2 bytes"):
        await reading


async def test_pour() -> None:
    """A poured body goes on as it comes."""
    exchange, _ = made(body=None)
    taker = Taker()
    pouring = asyncio.get_running_loop().create_task(exchange.pour(taker, 10))
    await turn()
    exchange.body.feed(b"abc")
    halfway = taker.data
    exchange.body.finish()
    await pouring

    assert (halfway, taker.data, taker.whole) == (b"abc", b"abc", True)


async def test_pour_at_once() -> None:
    """A body that has arrived is poured without waiting."""
    exchange, _ = made(body=b"abc")
    taker = Taker()
    await exchange.pour(taker, 10)

    assert (taker.data, taker.whole) == (b"abc", True)


async def test_pour_given_up() -> None:
    """When the pouring task is cancelled its receiver learns that no more comes."""
    exchange, _ = made(body=None)
    taker = Taker()
    pouring = asyncio.get_running_loop().create_task(exchange.pour(taker, 10))
    await turn()
    pouring.cancel()

    with pytest.raises(asyncio.CancelledError):
        await pouring
    assert taker.whole is False


async def test_settled_twice() -> None:
    """A body that ends as its reader is cancelled disturbs nobody."""
    exchange, _ = made(body=None)
    reading = asyncio.get_running_loop().create_task(exchange.read(10))
    await turn()
    reading.cancel()
    exchange.body.finish()

    with pytest.raises(asyncio.CancelledError):
        await reading


@pytest.mark.parametrize(
    ("waits", "http10", "early", "interim"),
    [
        (True, False, b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (False, False, b"", b""),
        (True, True, b"", b""),
        (True, False, b"a", b""),
    ],
)
async def test_continue(waits: bool, http10: bool, early: bytes, interim: bytes) -> None:
    """The interim response is sent when the body is asked for, if it is expected and of use."""
    exchange, wire = made(body=None, waits=waits, http10=http10)
    exchange.body.feed(early)
    before = wire.output
    reading = asyncio.get_running_loop().create_task(exchange.read(10))
    await turn()
    after = wire.output
    exchange.body.finish()
    await reading

    assert (before, after) == (b"", interim)


async def test_caller_vanishes() -> None:
    """Who waits for the body of a caller that is gone learns so."""
    exchange, wire = made(body=None)
    reading = asyncio.get_running_loop().create_task(exchange.read(10))
    await turn()
    exchange.vanish()

    with pytest.raises(ConnectionResetError):
        await reading
    exchange.reply(200, (), b"")
    exchange.start(200, (), 0)
    exchange.feed(b"a")
    exchange.end(True)
    assert wire.written == []


async def test_slow_body() -> None:
    """A body that trickles is given up by the sweep, unless we are the ones who pause it."""
    exchange, _ = made(body=None)
    reading = asyncio.get_running_loop().create_task(exchange.read(10))
    exchange.check(5.0)
    await turn()
    exchange.pause()
    exchange.check(50.0)
    paused = exchange.holds
    exchange.resume()
    exchange.check(59.0)
    patient = not exchange.body.settled
    exchange.check(60.5)

    with pytest.raises(Refused) as caught:
        await reading
    assert (paused, patient, caught.value.status) == (True, True, 408)


def test_holds() -> None:
    """A body that nobody asks for has room only up to the hold."""
    exchange, _ = made(body=None, limits=Limits(hold=2))
    exchange.body.feed(b"ab")
    before = exchange.holds
    exchange.body.feed(b"c")

    assert (before, exchange.holds) == (False, True)
