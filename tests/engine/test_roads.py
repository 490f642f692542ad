"""Roads to upstreams: laid from settings, kept while nothing changes, left without cutting anyone."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from msgspec.structs import replace

from tests.fakes.requests import a_request
from tests.fakes.servers import OK, Line, serving
from trayapp.engine.roads import Plan, Roads
from trayapp.model.errors import Misconfigured, NotServing
from trayapp.model.exchange import Caller
from trayapp.model.preferences import NetworkPreferences, UpstreamPreferences
from trayapp.wire.limits import Limits
from trayapp.wire.sweep import Sweep

NETWORK = NetworkPreferences()
API = UpstreamPreferences()


def to(port: int, **more: str) -> UpstreamPreferences:
    """An upstream on this machine."""
    there = UpstreamPreferences(f"http://127.0.0.1:{port}", allow_loopback=True)
    return replace(there, **more)


def play(scene: Callable[[Roads], Awaitable[None]]) -> None:
    async def run() -> None:
        roads = Roads(Limits(), Sweep(asyncio.get_running_loop()), frozenset)
        try:
            await scene(roads)
        finally:
            roads.close()
            await asyncio.sleep(0)

    asyncio.run(run())


async def status(roads: Roads, name: str) -> int:
    """Ask the upstream *name* and take its whole answer."""
    request = a_request(caller=Caller("editor", upstream=name))
    async with roads.send(request) as response:
        await response.pour(Nothing())
        return response.status


class Nothing:
    def feed(self, data: bytes) -> None:
        """Take it."""

    def end(self, whole: bool) -> None:
        """Be told."""


async def answer(line: Line) -> None:
    while True:
        await line.head()
        await line.body(2)
        line.say(OK)


def test_each_request_takes_its_road() -> None:
    """By the upstream that its tool is bound to."""

    async def scene(roads: Roads) -> None:
        async with serving(answer) as one, serving(answer) as two:
            roads.lay(Plan({"anthropic": to(one.port), "work": to(two.port)}, NETWORK))
            assert await status(roads, "work") == 200
            assert (one.lines, two.lines) == (0, 1)
            assert roads.url_of("work") == f"http://127.0.0.1:{two.port}"
            roads.close()

    play(scene)


def test_gone_upstream_is_told() -> None:
    """A tool that is bound to it gets a sentence, never another upstream."""

    async def scene(roads: Roads) -> None:
        roads.lay(Plan({"anthropic": API}, NETWORK))
        with pytest.raises(NotServing, match="not in the settings any more"):
            roads.send(a_request(caller=Caller("editor", upstream="work")))
        assert roads.url_of("work") == "work"

    play(scene)


def test_unchanged_road_keeps_its_connections() -> None:
    """What does not concern the way to it lays no new road."""

    async def scene(roads: Roads) -> None:
        async with serving(answer) as server:
            roads.lay(Plan({"anthropic": to(server.port)}, NETWORK))
            await status(roads, "anthropic")
            roads.lay(Plan({"anthropic": to(server.port, credential="bearer")}, NETWORK))
            await status(roads, "anthropic")
            assert server.lines == 1
            roads.close()

    play(scene)


def test_request_under_way_ends_on_its_road() -> None:
    """The upstream changes in the middle of an answer, which goes on; the next takes the new road."""

    async def scene(roads: Roads) -> None:
        come, go = asyncio.Event(), asyncio.Event()

        async def slow(line: Line) -> None:
            await line.head()
            come.set()
            await go.wait()
            line.say(OK)
            await line.gone()

        async with serving(slow) as old, serving(answer) as new:
            roads.lay(Plan({"anthropic": to(old.port)}, NETWORK))
            under_way = asyncio.get_running_loop().create_task(status(roads, "anthropic"))
            await come.wait()
            roads.lay(Plan({"anthropic": to(new.port)}, NETWORK))
            roads.wake()
            assert await status(roads, "anthropic") == 200
            go.set()
            assert (await under_way, new.lines) == (200, 1)
            roads.close()

    play(scene)


@pytest.mark.parametrize(
    "wanted",
    [
        Plan({"anthropic": API, "work": UpstreamPreferences("http://127.0.0.1:1")}, NETWORK),
        Plan({"anthropic": API}, NetworkPreferences(proxy="https://p")),
    ],
)
def test_wrong_plan_changes_nothing(wanted: Plan) -> None:
    """Either all roads of a plan are laid, or none."""

    async def scene(roads: Roads) -> None:
        roads.lay(Plan({"anthropic": API}, NETWORK))
        before = dict(roads._roads)
        with pytest.raises(Misconfigured):
            roads.lay(wanted)
        assert roads._roads == before

    play(scene)
