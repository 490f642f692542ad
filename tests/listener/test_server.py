"""The listener on a real port: what is let in, and how each request is answered."""

import asyncio
import socket

import pytest

from tests.fakes.listening import KEY, MESSAGE, TOKEN, House, caller, play
from trayapp.listener.memory import Memory
from trayapp.listener.server import bind
from trayapp.model.errors import BrokenRoad, PortTaken
from trayapp.model.exchange import Request
from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits


def test_good_request_is_carried() -> None:
    """What was let in goes on with its body, its tool and the stored key."""

    async def scene(house: House) -> None:
        async with caller(house) as tool:
            tool.post(path=b"/v1/v1/messages?beta=true")

            assert (await tool.hear()).body == MESSAGE

    house = play(scene)
    (request,) = house.carried
    assert (request.target, request.model, request.stream) == (
        b"/v1/messages?beta=true", "claude-sonnet-5-5", True,
    )  # fmt: skip
    assert (request.caller.name, request.credential, request.arrived) == ("editor", KEY, 7.0)
    assert request.origin == b"http://127.0.0.1:%d" % house.port


def test_own_key_goes_on() -> None:
    """A caller with its own key is carried with that."""

    async def scene(house: House) -> None:
        async with caller(house) as tool:
            tool.say(b"GET /v1/models", b"authorization: Bearer sk-ant-own-key")
            await tool.hear()

    assert play(scene).carried[0].credential.reveal() == b"sk-ant-own-key"


@pytest.mark.parametrize("line", [b"GET /api/hello", b"HEAD /api/hello"])
def test_hello_is_answered_here(line: bytes) -> None:
    """Claude Code's first question needs no upstream, and no stored key."""

    async def scene(house: House) -> None:
        house.keys.key = None
        async with caller(house) as tool:
            tool.say(line, b"x-api-key: " + TOKEN)

            assert (await tool.hear()).status == 200

    assert play(scene).carried == []


def test_revoked_token_ends_on_an_open_connection() -> None:
    """The next request on the same connection is asked again who it is (A20)."""

    async def scene(house: House) -> None:
        async with caller(house) as tool:
            tool.post()
            assert (await tool.hear()).status == 200
            house.listener.tools.table.clear()
            tool.post()

            assert (await tool.hear()).status == 401

    play(scene)


def test_without_a_key_tools_are_told() -> None:
    """A tool of ours cannot be served without a stored key, and trying again will not help."""

    async def scene(house: House) -> None:
        house.keys.key = None
        async with caller(house) as tool:
            tool.post()
            answered = await tool.hear()

            assert (answered.status, answered.headers["x-should-retry"]) == (503, "false")

    play(scene)


def test_own_key_is_refused_where_it_may_not_go() -> None:
    """A caller's own key goes to the upstreams that are meant for it."""

    async def scene(house: House) -> None:
        house.keys.takes_own = False
        async with caller(house) as tool:
            tool.say(b"GET /v1/models", b"x-api-key: sk-ant-own-key")

            assert (await tool.hear()).kind == "permission_error"

    play(scene)


def test_failure_of_the_road_is_an_answer() -> None:
    """What goes wrong upstream is told in the API's shape."""

    async def scene(house: House) -> None:
        async def fail(*_: object) -> None:
            raise BrokenRoad("The connection broke.")

        house.carry = fail
        async with caller(house) as tool:
            tool.post()
            answered = await tool.hear()

            assert (answered.status, answered.kind) == (502, "api_error")

    play(scene)


def test_mistake_of_ours_is_answered_and_told() -> None:
    """A bug costs its own request a 500, and is reported as what it is."""

    async def scene(house: House) -> None:
        async def fail(*_: object) -> None:
            raise ZeroDivisionError

        house.carry = fail
        async with caller(house) as tool:
            tool.post()

            assert (await tool.hear()).status == 500

    assert play(scene).refused == ["ZeroDivisionError"]


def test_answer_that_had_begun_is_cut() -> None:
    """Once a part was sent, a failure can only be the end of it."""

    async def scene(house: House) -> None:
        async def begin(_: Request, exchange: Exchange) -> None:
            exchange.start(200, (), None)
            exchange.feed(b"half")
            raise BrokenRoad("The connection broke.")

        house.carry = begin
        async with caller(house) as tool:
            tool.post()
            said = await tool.reader.read()

            assert said.endswith(b"4\r\nhalf\r\n")

    play(scene)


def test_hanging_up_cancels_the_carrying() -> None:
    """A caller that leaves takes its request with it (R15)."""

    async def scene(house: House) -> None:
        came, left = asyncio.Event(), asyncio.Event()

        async def wait(*_: object) -> None:
            came.set()
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                left.set()

        house.carry = wait
        async with caller(house) as tool:
            tool.post()
            await came.wait()
        await left.wait()

    play(scene)


def test_draining_lets_nobody_begin() -> None:
    """After `close` an answer under way goes on, and then the caller is gone (R39)."""

    async def scene(house: House) -> None:
        came, go = asyncio.Event(), asyncio.Event()

        async def wait(request: Request, exchange: Exchange) -> None:
            came.set()
            await go.wait()
            await house.answer(request, exchange)

        house.carry = wait
        async with caller(house) as busy, caller(house) as idle:
            busy.post()
            await came.wait()
            house.listener.close()
            assert await idle.closed()
            go.set()
            answered = await busy.hear()

            assert (answered.status, answered.headers["connection"]) == (200, "close")
            await house.listener.emptied()

    play(scene)


def test_upload_is_streamed_through() -> None:
    """A file's bytes are poured, not held."""
    heard: list[bytes] = []

    class Receiver:
        def feed(self, data: bytes) -> None:
            heard.append(data)

        def end(self, whole: bool) -> None:
            heard.append(b"whole" if whole else b"cut")

    async def scene(house: House) -> None:
        async def take(request: Request, exchange: Exchange) -> None:
            assert not isinstance(request.body, bytes)
            request.body.pause()
            request.body.resume()
            await request.body.pour(Receiver())
            exchange.reply(200, (), b"")

        house.carry = take
        async with caller(house) as tool:
            tool.say(
                b"POST /v1/files",
                b"x-api-key: " + TOKEN,
                b"content-type: multipart/form-data; boundary=x",
                b"content-length: 4",
                body=b"file",
            )

            assert (await tool.hear()).status == 200

    play(scene)

    assert heard == [b"file", b"whole"]


def test_oldest_idle_caller_makes_room() -> None:
    """At the cap of connections an idle one is closed for the new one (R19)."""

    async def scene(house: House) -> None:
        async with caller(house) as first, caller(house) as second:
            first.post()
            second.post()
            await first.hear()
            await second.hear()
            async with caller(house) as third:
                third.post()

                assert (await third.hear()).status == 200
                with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                    await first.reader.readexactly(1)

    play(scene, Limits(connections=2))


def test_idle_callers_are_let_go_when_files_run_out() -> None:
    """Who does nothing is closed, and who is being answered goes on (R37)."""

    async def scene(house: House) -> None:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def slow(request: Request, exchange: Exchange) -> None:
            begun.set()
            await go_on.wait()
            await house.answer(request, exchange)

        async with caller(house) as idle, caller(house) as busy:
            idle.post()
            await idle.hear()
            house.carry = slow
            busy.post()
            await begun.wait()
            house.listener.shed_idle()
            go_on.set()

            assert (await busy.hear()).status == 200
            with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
                await idle.reader.readexactly(1)

    play(scene)


def test_memory_that_is_full_is_told_as_overload() -> None:
    """A body there is no room for is a 529 with a time to come back, and the next one enters (R38)."""

    async def scene(house: House) -> None:
        house.listener._memory = Memory(lambda _size, _reason: False, len(MESSAGE))
        async with caller(house) as tool:
            tool.post(body=MESSAGE + b" ")
            refused = await tool.hear()
        async with caller(house) as tool:
            tool.post()
            served = await tool.hear()

        assert (refused.status, refused.kind) == (529, "overloaded_error")
        assert refused.headers["retry-after"] == "5"
        assert served.status == 200
        assert house.listener._memory.held == 0

    play(scene)


def test_taken_port_is_told() -> None:
    """A port that someone holds is never exchanged for another (A45)."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        held.listen()
        port = held.getsockname()[1]

        with pytest.raises(PortTaken) as told:
            bind(port)

    assert told.value.port == port


def test_only_loopback_is_bound() -> None:
    """Both loopback addresses, on one port, and nothing else (A09)."""
    sockets = bind(0)
    names = {each.getsockname()[:2] for each in sockets.bound}
    for each in sockets.bound:
        each.close()

    assert names <= {("127.0.0.1", sockets.port), ("::1", sockets.port)}


def test_own_callers_are_recognized() -> None:
    """A connection is known by the port it comes from, while it lasts (A45)."""

    async def scene(house: House) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
        port = writer.get_extra_info("sockname")[1]
        head = b"GET /api/hello HTTP/1.1\r\nhost: 127.0.0.1:%d\r\nx-api-key: %b\r\n\r\n"
        writer.write(head % (house.port, TOKEN))
        await reader.readline()

        assert house.listener.holds(port)
        assert not house.listener.holds(house.port)
        writer.close()

    play(scene)


def test_deep_body_is_carried_as_it_is() -> None:
    """JSON nested deeper than we read is upstream's to judge, and no failure of ours."""
    body = b'{"messages":' + b"[" * 50_000 + b"]" * 50_000 + b"}"

    async def scene(house: House) -> None:
        async with caller(house) as tool:
            tool.post(body=body)

            assert (await tool.hear()).status == 200

    assert play(scene).carried[0].model == ""
