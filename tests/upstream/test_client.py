"""What the client says, and what it sends again when the road breaks."""

import asyncio
from collections.abc import Callable

import pytest

from tests.fakes.body import FakeBody
from tests.fakes.requests import a_request
from tests.fakes.road import BIG, Road, break_in_the_body, play, road, taking
from tests.fakes.servers import OK, Line, answer
from trayapp.model.errors import BrokenRoad, SluiceError, TimedOut, Unreachable
from trayapp.model.exchange import Request, Route
from trayapp.upstream.addresses import SelfLoop
from trayapp.upstream.dial import SlowNames
from trayapp.wire.pool import ClientConnection


async def swallow(line: Line) -> None:
    """Take a whole small request, and close without a word."""
    await line.head()
    await line.body(2)


async def stale(line: Line) -> None:
    """Answer once, then close on the next request."""
    await line.head()
    line.say(OK)
    await line.head()


# --- what is said -----------------------------------------------------------------------------


def test_request_on_the_wire() -> None:
    """The target behind the prefix, the caller's fields, one credential and a length."""
    heads: list[bytes] = []

    async def scene() -> None:
        async with road(taking(heads), prefix=b"/api") as there:
            assert await there.ask() == (200, b"{}")
            assert heads == [
                b"POST /api/v1/messages HTTP/1.1\r\n"
                b"host: 127.0.0.1:%d\r\n"
                b"content-type: application/json\r\n"
                b"accept-encoding: identity\r\n"
                b"x-api-key: sk-ant-api03-stored\r\n"
                b"content-length: 2\r\n\r\n" % there.port
            ]

    play(scene)


@pytest.mark.parametrize(
    ("method", "announced"), [(b"GET", False), (b"HEAD", False), (b"POST", True), (b"DELETE", True)]
)
def test_empty_body_is_announced_where_one_is_due(method: bytes, announced: bool) -> None:
    """A POST with nothing in it says so; reading says nothing of a body (RFC 9110 8.6)."""

    async def scene() -> None:
        head = Road(1).upstream.head_of(a_request(method=method), 0)

        assert (b"content-length: 0" in head) is announced

    play(scene)


def test_connection_is_used_again() -> None:
    """Two requests in a row need one connection."""

    async def scene() -> None:
        async with road(answer) as there:
            await there.ask(a_request(body=b""))
            await there.ask(a_request(body=b""))

            assert there.dials == 1

    play(scene)


def test_leaving_early_ends_the_upstream_call() -> None:
    """Upstream learns at once that nobody waits any more (R15)."""
    left = asyncio.Event()

    async def endless(line: Line) -> None:
        await line.head()
        line.say(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        await line.gone()
        left.set()

    async def scene() -> None:
        async with road(endless) as there:
            with pytest.raises(ZeroDivisionError):
                async with there.upstream.send(a_request(body=b"")):
                    raise ZeroDivisionError
            await left.wait()

            assert repr(there.pool) == "<Pool 0 idle>"

    play(scene)


def test_hanging_up_before_the_answer_ends_the_upstream_call() -> None:
    """A caller that leaves before the head takes the connection with it (R15)."""
    came, left = asyncio.Event(), asyncio.Event()

    async def mute(line: Line) -> None:
        await line.head()
        came.set()
        await line.gone()
        left.set()

    async def scene() -> None:
        async with road(mute) as there:
            task = asyncio.get_running_loop().create_task(there.ask())
            await came.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

            await left.wait()

    play(scene)


# --- what is tried again ------------------------------------------------------------------------


@pytest.mark.parametrize("failures", [1, 2])
def test_connecting_is_tried_three_times(failures: int) -> None:
    """Nothing was sent, so trying again is safe; the pauses grow (R02)."""

    async def scene() -> None:
        async with road(answer) as there:
            tries = []

            async def dial(factory: Callable[[], ClientConnection]) -> ClientConnection:
                tries.append(1)
                if len(tries) <= failures:
                    raise Unreachable("No connection.")
                return await there.dial(factory)

            there.pool._dial = dial

            assert await there.ask(a_request(body=b"")) == (200, b"{}")
            assert there.pauses == [0.2, 0.4][:failures]

    play(scene)


@pytest.mark.parametrize(
    ("error", "tries"),
    [
        (Unreachable("No connection."), 3),
        (SelfLoop(), 1),
        (SlowNames("No connection."), 1),
        (BrokenRoad("x"), 1),
    ],
)
def test_trying_has_an_end(error: SluiceError, tries: int) -> None:
    """After three tries it is given up, and at once where it cannot help (A39)."""

    async def scene() -> None:
        dials = []

        async def dial(_: object) -> ClientConnection:
            dials.append(1)
            raise error

        with pytest.raises(type(error)):
            await Road(1, dial=dial).ask()

        assert len(dials) == tries

    play(scene)


def test_message_is_never_sent_twice() -> None:
    """A request that upstream had as a whole may be billed: who asked decides (R01)."""

    async def scene() -> None:
        async with road(swallow, answer) as there:
            with pytest.raises(BrokenRoad, match="may have been answered and billed"):
                await there.ask()

            assert there.dials == 1

    play(scene)


def test_message_on_a_stale_connection_is_not_sent_twice() -> None:
    """A kept connection that closes on a whole request leaves the same doubt (R03)."""

    async def scene() -> None:
        async with road(stale, answer) as there:
            await there.ask(a_request(body=b""))
            with pytest.raises(BrokenRoad, match="billed"):
                await there.ask(a_request(body=b""))

            assert there.dials == 1

    play(scene)


@pytest.mark.parametrize(
    "request_",
    [
        a_request(route=Route.MODELS, method=b"GET", body=b""),
        a_request(route=Route.COUNT_TOKENS, body=b""),
        a_request(route=Route.BATCHES, method=b"GET", body=FakeBody(length=0)),
    ],
)
def test_what_costs_nothing_twice_is_sent_again(request_: Request) -> None:
    """Reading and counting go again on a new connection when a kept one was stale (R03)."""

    async def scene() -> None:
        async with road(stale, answer) as there:
            await there.ask(request_)

            assert await there.ask(request_) == (200, b"{}")
            assert there.dials == 2

    play(scene)


def test_sending_again_has_an_end() -> None:
    """What fails twice fails."""

    async def close(line: Line) -> None:
        await line.head()

    async def scene() -> None:
        async with road(close) as there:
            with pytest.raises(BrokenRoad):
                await there.ask(a_request(method=b"GET", body=b""))

            assert there.dials == 2

    play(scene)


def test_incomplete_request_is_sent_again() -> None:
    """What upstream never had as a whole it cannot have answered (R03)."""
    heads: list[bytes] = []

    async def scene() -> None:
        async with road(break_in_the_body, taking(heads, len(BIG))) as there:
            assert await there.ask(a_request(body=BIG)) == (200, b"{}")
            assert (there.dials, len(heads)) == (2, 1)

    play(scene)


def test_incomplete_request_is_sent_again_once() -> None:
    """A road that breaks every time is told of, with the comfort that nothing was processed."""

    async def scene() -> None:
        async with road(break_in_the_body) as there:
            with pytest.raises(BrokenRoad, match="was not processed"):
                await there.ask(a_request(body=BIG))

            assert there.dials == 2

    play(scene)


def test_silence_is_not_tried_again() -> None:
    """An upstream that had the request and says nothing for five minutes is left (R11)."""
    came = asyncio.Event()

    async def mute(line: Line) -> None:
        await line.head()
        await line.body(2)
        came.set()
        await line.gone()

    async def scene() -> None:
        async with road(mute) as there:
            task = asyncio.get_running_loop().create_task(there.ask())
            await came.wait()
            now = asyncio.get_running_loop().time()
            there.sweep.tick(now)
            there.sweep.tick(now + 301)
            with pytest.raises(TimedOut):
                await task

            assert there.dials == 1

    play(scene)
