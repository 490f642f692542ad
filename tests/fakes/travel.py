"""One relay with everything round it in memory, and time that passes only where something waits."""

import asyncio
from collections.abc import Coroutine

from tests.fakes.cache import FakeCache
from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from tests.fakes.sink import FakeSink
from tests.fakes.timer import FakeTimer
from tests.fakes.upstream import FakeUpstream, Scripted
from trayapp.flights import Flights
from trayapp.meter.book import Book
from trayapp.model.exchange import Request
from trayapp.model.outcome import Outcome
from trayapp.model.quota import Quota
from trayapp.pacing.pacer import Pacer
from trayapp.pacing.pool import Pool
from trayapp.pacing.schedule import Schedule
from trayapp.relay import Relay

STEPS = 1000
"""More turns of the loop than any request here needs."""


class Travel:
    """Carries requests through a real pacer to an upstream that answers by *script*."""

    def __init__(self, *script: Scripted) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.outcomes: list[Outcome] = []
        self.learnt: list[Quota] = []
        self.upstream = FakeUpstream(*script)
        self.book = Book(self.clock, record=self.outcomes.append, learn=self._learn)
        self.schedule = Schedule(lambda: 0.0)
        self.pacer = Pacer(
            self.schedule, self.clock, self.timer, lambda _: ("pool", "org"), lambda model: model
        )
        self.cache = FakeCache()
        self.flights = Flights(_start)
        self.relay = Relay(self.pacer, self.upstream, self.book, self.cache, self.flights)
        self.sink = FakeSink()

    @property
    def pool(self) -> Pool:
        """The pool every request draws from."""
        return self.schedule.pools.get("pool", "org", self.clock.monotonic())

    def _learn(self, request: Request, quota: Quota) -> None:
        self.learnt.append(quota)

    def carry(self, request: Request | None = None) -> FakeSink:
        """Carry one request to its end, however long it is held."""
        asyncio.run(self._drive(self.relay.carry(request or a_request(), self.sink)))
        return self.sink

    async def _drive(self, carrying: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(carrying)
        for _ in range(STEPS):
            await asyncio.sleep(0)
            if task.done():
                break
            if self.timer.pending:
                self.timer.run(self.timer.pending[0])
        async with asyncio.timeout(2):
            await task

    async def settle(self) -> None:
        """Let everything happen that can without time passing."""
        for _ in range(10):
            await asyncio.sleep(0)

    @property
    def ending(self) -> str:
        """How the one request ended by the books."""
        (outcome,) = self.outcomes
        return outcome.outcome


def _start(body: Coroutine[None, None, None], name: str) -> "asyncio.Task[None]":
    return asyncio.get_running_loop().create_task(body, name=name)
