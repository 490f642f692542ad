"""Identical requests in flight share one answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.fakes.requests import a_request
from tests.fakes.sink import FakeSink
from tests.fakes.travel import Travel
from tests.fakes.upstream import SSE, FakeUpstream, Scripted
from trayapp.cache.lookup import ASKED_ANEW, MISS, Lookup
from trayapp.model.errors import SluiceError, Unreachable
from trayapp.model.exchange import Request

ANSWER = (
    b'{"id":"msg_1","type":"message","model":"claude-sonnet-5-5","content":[],'
    b'"stop_reason":"end_turn","usage":{"input_tokens":12,"output_tokens":3}}'
)
RETRY = (*a_request().headers, (b"x-stainless-retry-count", b"1"))


class Road(FakeUpstream):
    """Answers when it is told to."""

    def __init__(self, *script: Scripted) -> None:
        super().__init__(*script)
        self.green = asyncio.Event()

    def send(self, request: Request) -> Any:
        return _Later(super().send(request), self.green)


class _Later:
    def __init__(self, inner: Any, green: asyncio.Event) -> None:
        self._inner = inner
        self._green = green

    async def __aenter__(self) -> Any:
        await self._green.wait()
        return await self._inner.__aenter__()

    async def __aexit__(self, *error: object) -> Any:
        return await self._inner.__aexit__(*error)


class Scene:
    """Callers who ask the same of one relay, and upstream, which answers once it is told to."""

    def __init__(self, *script: Scripted) -> None:
        self.travel = Travel()
        self.road = Road(*script or (Scripted(pieces=(ANSWER,)),))
        self.travel.relay.upstream = self.road
        self.travel.cache.says = Lookup(MISS, b"key", shared=True)
        self.sinks: list[FakeSink] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def ask(self, number: int = 1, **fields: Any) -> None:
        """So many callers more."""
        for _ in range(number):
            sink = FakeSink()
            self.sinks.append(sink)
            request = a_request(id=f"slc_{len(self.sinks)}", **fields)
            carrying = self.travel.relay.carry(request, sink)
            self.tasks.append(asyncio.get_running_loop().create_task(carrying))
        await self.travel.settle()

    async def answer(self) -> list[BaseException | None]:
        """Let upstream answer, and wait for everyone."""
        self.road.green.set()
        ended = await asyncio.gather(*self.tasks, return_exceptions=True)
        await self.travel.settle()
        return ended

    @property
    def statuses(self) -> list[bytes | None]:
        """What each caller was told of the cache."""
        return [sink.headers.get(b"cache-status") for sink in self.sinks]


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run *scene* in a loop of its own, for two seconds at most."""

    async def run() -> None:
        async with asyncio.timeout(2):
            await scene()

    asyncio.run(run())


def test_ten_at_once_are_one_call() -> None:
    """Ten identical requests ask upstream once; each has the answer, one pays, all are kept once."""

    async def scene() -> None:
        met = Scene()
        await met.ask(10)
        await met.answer()

        assert len(met.road.requests) == 1
        assert {sink.body for sink in met.sinks} == {ANSWER}
        assert met.statuses == [b"sluice; fwd=miss; stored"] + [b"sluice; fwd=miss; collapsed"] * 9
        outcomes = met.travel.outcomes
        assert sorted(outcome.cached for outcome in outcomes) == [False] + [True] * 9
        assert {outcome.outcome for outcome in outcomes} == {"ok"}
        assert [given.body for given in met.travel.cache.given] == [ANSWER]
        assert len(met.travel.flights) == 0

    play(scene)


def test_first_callers_leaving_does_not_end_it() -> None:
    """The others get the answer; who left used nothing."""

    async def scene() -> None:
        met = Scene()
        await met.ask(3)
        met.tasks[0].cancel()
        await met.travel.settle()
        await met.answer()

        assert [sink.body for sink in met.sinks] == [b"", ANSWER, ANSWER]
        told = {outcome.id: outcome for outcome in met.travel.outcomes}
        assert (told["slc_1"].outcome, told["slc_1"].usage) == ("caller_gone", None)
        assert sorted(told[name].cached for name in ("slc_2", "slc_3")) == [False, True]

    play(scene)


def test_last_ones_leaving_ends_it() -> None:
    """When nobody waits any more, upstream is let go at once, and nothing is kept."""

    async def scene() -> None:
        met = Scene(Scripted(headers=SSE, pieces=(b"event: x\n",), endless=True))
        await met.ask(2, stream=True)
        met.road.green.set()
        await met.travel.settle()
        for task in met.tasks:
            task.cancel()
        await met.travel.settle()

        assert met.road.left == ["aborted"]
        assert (met.travel.cache.given, len(met.travel.flights)) == ([], 0)
        assert [outcome.outcome for outcome in met.travel.outcomes] == ["caller_gone"] * 2

    play(scene)


def test_failed_call_gives_each_the_error() -> None:
    """Everyone is told what went wrong, and the next one begins anew."""

    async def scene() -> None:
        met = Scene(Scripted(failure=Unreachable("No.")), Scripted(pieces=(ANSWER,)))
        await met.ask(3)
        ended = await met.answer()
        await met.ask()
        await met.answer()

        assert [type(error) for error in ended] == [Unreachable] * 3
        assert met.sinks[3].body == ANSWER
        assert met.travel.book.diagnostics({}).error == 3

    play(scene)


@pytest.mark.parametrize(
    ("later", "fields", "calls"),
    [
        (0.0, {}, 1),
        (2.0, {}, 1),
        (2.1, {}, 2),
        (300.0, {"headers": RETRY}, 1),
        (0.0, {"stream": True}, 2),
    ],
)
def test_only_the_same_wish_joins(later: float, fields: dict[str, Any], calls: int) -> None:
    """Later than two seconds it is another wish, unless the client tries again; forms never mix."""

    async def scene() -> None:
        met = Scene(*[Scripted(pieces=(ANSWER,))] * 2)
        await met.ask()
        await met.ask(arrived=1000.0 + later, **fields)
        await met.answer()

        assert len(met.road.requests) == calls
        assert [sink.body for sink in met.sinks] == [ANSWER] * 2

    play(scene)


def test_who_wants_an_answer_of_its_own_gets_one() -> None:
    """A request that wants nothing kept joins nobody and is joined by nobody, but is kept."""

    async def scene() -> None:
        met = Scene(*[Scripted(pieces=(ANSWER,))] * 2)
        met.travel.cache.says = Lookup(ASKED_ANEW, b"key")
        await met.ask(2)
        await met.answer()

        assert met.statuses == [b"sluice; fwd=request; stored"] * 2
        assert (len(met.road.requests), len(met.travel.cache.given)) == (2, 2)

    play(scene)


def test_refusal_of_upstream_is_not_said_to_be_stored() -> None:
    """An error passes to each as it is."""

    async def scene() -> None:
        met = Scene(Scripted(status=400, pieces=(b'{"type":"error"}',)))
        await met.ask(2)
        await met.answer()

        assert [sink.status for sink in met.sinks] == [400, 400]
        assert met.statuses == [b"sluice; fwd=miss", b"sluice; fwd=miss; collapsed"]

    play(scene)


def test_stopping_lands_who_still_waits() -> None:
    """A flight that is ended from outside leaves nobody waiting."""

    async def scene() -> None:
        met = Scene()
        await met.ask()
        (flight,) = [task for task in asyncio.all_tasks() if task.get_name() == "flight"]
        flight.cancel()
        (ended,) = await asyncio.gather(*met.tasks, return_exceptions=True)

        assert isinstance(ended, SluiceError)
        assert ended.status == 503

    play(scene)


class SlowSink(FakeSink):
    """A connection that has enough as soon as it is given a source."""

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        if name == "flow" and value is not None:
            value.pause()


def test_slow_caller_has_the_answer_after_the_flight() -> None:
    """A caller that reads slowly gets all of it though upstream has long ended."""

    async def scene() -> None:
        met = Scene()
        await met.ask()
        slow = SlowSink()
        request = a_request(id="slc_2")
        carrying = met.travel.relay.carry(request, slow)
        task = asyncio.get_running_loop().create_task(carrying)
        await met.travel.settle()
        await met.answer()
        before = slow.body
        assert slow.flow is not None
        slow.flow.resume()
        await task

        assert (before, slow.body, slow.ends) == (b"", ANSWER, [True])

    play(scene)
