"""What every upstream promises the relay: the tests' double and the real client alike."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fakes.requests import a_request
from tests.fakes.road import Heard, play, road
from tests.fakes.servers import Line, Part
from tests.fakes.upstream import JSON, FakeUpstream, Scripted
from trayapp.relay import Upstream
from trayapp.upstream.addresses import SelfLoop
from trayapp.wire.pool import ClientConnection


def scripted(script: Scripted) -> Part:
    """The server that says what a script says."""

    async def part(line: Line) -> None:
        await line.head()
        framing = (
            b"transfer-encoding: chunked" if script.length is None
            else b"content-length: %d" % script.length
        )  # fmt: skip
        head = b"".join(b"%b: %b\r\n" % field for field in script.headers)
        line.say(b"HTTP/1.1 %d X\r\n%b%b\r\n\r\n" % (script.status, head, framing))
        for piece in script.pieces:
            line.say(b"%x\r\n%b\r\n" % (len(piece), piece) if script.length is None else piece)
        if script.length is None and script.whole:
            line.say(b"0\r\n\r\n")
        if script.whole:
            await line.gone()

    return part


@asynccontextmanager
async def port(kind: str, script: Scripted) -> AsyncIterator[Upstream]:
    """An upstream that follows *script*: the double, or the client with a server behind it."""
    if kind == "double":
        yield FakeUpstream(script)
        return
    async with road(scripted(script)) as real:
        if script.failure is not None:

            async def fail(_: object) -> ClientConnection:
                assert script.failure is not None
                raise script.failure

            real.pool._dial = fail
        yield real.upstream


BOTH = pytest.mark.parametrize("kind", ["double", "real"])


@BOTH
@pytest.mark.parametrize("length", [None, 4])
def test_head_comes_before_the_body(kind: str, length: int | None) -> None:
    """Status, fields and length are told first, then the body is poured to its end."""

    async def scene() -> None:
        script = Scripted(status=201, pieces=(b"{ ", b"} "), length=length)
        async with port(kind, script) as upstream, upstream.send(a_request()) as response:
            assert (response.status, response.length) == (201, length)
            assert JSON[0] in response.headers
            heard = Heard()

            assert await response.pour(heard) is True
            assert (heard.body, heard.ends) == (b"{ } ", [True])

    play(scene)


@BOTH
@pytest.mark.parametrize("length", [None, 9])
def test_cut_body_is_told(kind: str, length: int | None) -> None:
    """A body that breaks is handed on as far as it came, and is not whole."""

    async def scene() -> None:
        script = Scripted(pieces=(b"{ ",), whole=False, length=length)
        async with port(kind, script) as upstream, upstream.send(a_request()) as response:
            heard = Heard()

            assert await response.pour(heard) is False
            assert (heard.body, heard.ends) == (b"{ ", [False])

    play(scene)


@BOTH
def test_failure_is_raised_on_entering(kind: str) -> None:
    """Where there is no answer, there is nothing to enter."""

    async def scene() -> None:
        script = Scripted(failure=SelfLoop())
        async with port(kind, script) as upstream:
            with pytest.raises(SelfLoop):
                await upstream.send(a_request()).__aenter__()

    play(scene)


@BOTH
def test_error_inside_passes_through(kind: str) -> None:
    """What goes wrong while an answer is handed on is not swallowed."""

    async def scene() -> None:
        async with port(kind, Scripted()) as upstream:
            with pytest.raises(ZeroDivisionError):
                async with upstream.send(a_request()):
                    raise ZeroDivisionError

    play(scene)
