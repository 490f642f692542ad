"""Bodies that are streamed through to upstream, and what ends them early."""

import asyncio

import pytest

from tests.fakes.body import FakeBody
from tests.fakes.requests import a_request
from tests.fakes.road import BIG, Heard, break_in_the_body, play, road, taking
from tests.fakes.servers import OK, Line, answer
from trayapp.model.errors import BrokenRoad, Refused, SluiceError
from trayapp.model.exchange import Request, Route

TOO_LARGE = Refused(413, "request_too_large", "The body is too large.", "size")


def upload(body: FakeBody) -> Request:
    """An upload whose body comes as *body* does."""
    return a_request(route=Route.FILES, target=b"/v1/files", body=body)


def test_streamed_body_arrives_with_its_length() -> None:
    """A body of known size goes up as it comes, announced."""
    heads: list[bytes] = []

    async def scene() -> None:
        async with road(taking(heads, 6)) as there:
            body = FakeBody(b"abc", b"def", length=6)

            assert await there.ask(upload(body)) == (200, b"{}")
            assert b"content-length: 6\r\n" in heads[0]
            assert repr(there.pool) == "<Pool 1 idle>"

    play(scene)


def test_streamed_body_of_unknown_size_is_chunked() -> None:
    """Without a length the body goes up in chunks."""
    heard = []

    async def take(line: Line) -> None:
        heard.append(await line.head())
        heard.append(await line.reader.readuntil(b"0\r\n\r\n"))
        line.say(OK)
        await line.gone()

    async def scene() -> None:
        async with road(take) as there:
            assert await there.ask(upload(FakeBody(b"abc", b"def"))) == (200, b"{}")

    play(scene)

    assert b"transfer-encoding: chunked\r\n" in heard[0]
    assert heard[1] == b"3\r\nabc\r\n3\r\ndef\r\n0\r\n\r\n"


def test_empty_body_is_not_streamed() -> None:
    """Where there is no body, nobody is asked to pour one."""

    async def scene() -> None:
        async with road(answer) as there:
            body = FakeBody(length=0)
            await there.ask(upload(body))

            assert not body.poured

    play(scene)


def test_early_answer_ends_the_upload() -> None:
    """An upstream that has heard enough is heard to its end, and the rest is not sent (R21)."""
    entered = asyncio.Event()

    async def refuse(line: Line) -> None:
        await line.head()
        line.say(b"HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\n{")
        await entered.wait()
        line.say(b"}")
        await line.gone()

    async def scene() -> None:
        async with road(refuse) as there:
            body = FakeBody(b"abc", length=1000, endless=True)
            async with there.upstream.send(upload(body)) as response:
                entered.set()
                heard = Heard()

                assert await response.pour(heard)
                assert (response.status, heard.body) == (413, b"{}")
            assert repr(there.pool) == "<Pool 0 idle>"

    play(scene)


@pytest.mark.parametrize(
    ("failure", "raised", "words"),
    [(TOO_LARGE, Refused, "too large"), (ConnectionResetError(), BrokenRoad, "given up")],
)
def test_body_that_breaks_off_takes_the_request_with_it(
    failure: Exception, raised: type[SluiceError], words: str
) -> None:
    """A body over its limit is refused as such, and upstream never sees an end (R21)."""
    seen = []

    async def take(line: Line) -> None:
        await line.head()
        try:
            seen.append(await line.reader.read())
        except ConnectionError:
            seen.append(b"reset")

    async def scene() -> None:
        async with road(take) as there:
            with pytest.raises(raised, match=words):
                await there.ask(upload(FakeBody(b"abc", failure=failure)))

            assert there.dials == 1

    play(scene)

    assert b"0\r\n\r\n" not in b"".join(seen)


def test_upload_that_is_lost_is_not_repeated() -> None:
    """A streamed body is gone once it was sent; the failure says how far it came."""

    async def scene() -> None:
        async with road(break_in_the_body) as there:
            with pytest.raises(BrokenRoad):
                await there.ask(upload(FakeBody(b"abc", length=1000, endless=True)))

            assert there.dials == 1

    play(scene)


def test_garbage_for_an_answer_ends_the_upload() -> None:
    """What is no HTTP breaks the road like a close does."""

    async def babble(line: Line) -> None:
        await line.head()
        line.say(b"SSH-2.0-OpenSSH\r\n\r\n")
        await line.gone()

    async def scene() -> None:
        async with road(babble) as there:
            with pytest.raises(BrokenRoad):
                await there.ask(upload(FakeBody(b"abc", length=1000, endless=True)))

    play(scene)


def test_slow_upstream_holds_the_caller() -> None:
    """While upstream does not read, the caller's body is asked to wait (R20)."""

    async def scene() -> None:
        async with road(break_in_the_body) as there:
            body = FakeBody(BIG, length=len(BIG))
            with pytest.raises(BrokenRoad):
                await there.ask(upload(body))

            assert body.pauses == 1

    play(scene)
