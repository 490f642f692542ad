"""Requests that come to a pacer and stay as long as a test says, by their names."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from tests.fakes.timer import FakeTimer
from tests.pacing.timeline import limits
from trayapp.model.exchange import Request
from trayapp.model.refusal import Refusal
from trayapp.pacing.pacer import FreeSlot, Pacer, Slot
from trayapp.pacing.pool import Pool
from trayapp.pacing.schedule import Schedule

Word = None | Refusal | Exception
"""How an attempt ends: well, refused, or by a failure."""


class Row:
    """A pacer with time in the test's hand; limits nobody states are not known."""

    def __init__(self, *, longest_hold: float | None = None, **stated: float) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.schedule = Schedule(lambda: 0.0)
        self.pacer = Pacer(
            self.schedule,
            self.clock,
            self.timer,
            lambda _request: ("pool", "org"),
            lambda _model: "Sonnet 5.5",
            longest_hold,
        )
        if stated:
            self.schedule.pools.state("pool", "org", limits(**stated), self.clock.monotonic())
            for bucket in self.pool.all:
                bucket.shared = 0.0
        self.changes = 0
        self.pacer.on_change = self._changed
        self.went: list[str] = []
        self.slots: dict[str, Slot] = {}
        self.passed_on: list[str] = []
        self._words: dict[str, asyncio.Future[Word]] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def pool(self) -> Pool:
        """Where all draw from."""
        return self.schedule.pools.get("pool", "org", self.clock.monotonic())

    def _changed(self) -> None:
        self.changes += 1

    async def come(self, *names: str, **fields: Any) -> None:
        """Let requests come, one after the other, with *fields* in place of their own."""
        for name in names:
            given = {"id": name, "arrived": self.clock.monotonic(), "headers": ()} | fields
            self._tasks[name] = asyncio.get_running_loop().create_task(
                self._stay(name, a_request(**given))
            )
            await self.settle()

    async def _stay(self, name: str, request: Request) -> None:
        slot = self.pacer.slot(request)
        assert not isinstance(slot, FreeSlot)
        self.slots[name] = slot
        while True:
            async with slot:
                self.went.append(name)
                self._words[name] = asyncio.get_running_loop().create_future()
                word = await self._words[name]
                if isinstance(word, Exception):
                    raise word
                if word is not None:
                    if slot.again(word):
                        continue
                    self.passed_on.append(name)
                return

    async def say(self, name: str, word: Word = None) -> None:
        """End the attempt of *name*."""
        self._words[name].set_result(word)
        await self.settle()

    async def hang_up(self, *names: str) -> None:
        """Let callers leave, wherever they are."""
        for name in names:
            self._tasks[name].cancel()
        await self.settle()

    async def run(self, seconds: float) -> None:
        """Let time pass."""
        self.timer.run(seconds)
        await self.settle()

    async def settle(self) -> None:
        """Let everything happen that can."""
        for _ in range(6):
            await asyncio.sleep(0)

    def end_of(self, name: str) -> BaseException | None:
        """What the stay of *name* ended by; None where all was well."""
        task = self._tasks[name]
        return asyncio.CancelledError() if task.cancelled() else task.exception()

    @property
    def under_way(self) -> int:
        """How many stays have not ended."""
        return sum(not task.done() for task in self._tasks.values())

    def held(self) -> list[str]:
        """Who waits, in the order they will probably go."""
        return [each.ticket.id for each in self.pacer.waiting(100)]

    async def close(self) -> None:
        """End all that is left; nothing may be left behind."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        assert (self.schedule.in_flight, self.schedule.held.count) == (0, 0)
        assert not self.pacer._slots
        assert not self.pool.open


def play(scene: Callable[[Row], Awaitable[None]], **stated: Any) -> None:
    """Run *scene* before a pacer with the *stated* limits, and leave everything empty."""

    async def run() -> None:
        row = Row(**stated)
        try:
            async with asyncio.timeout(10):
                await scene(row)
        finally:
            await row.close()

    asyncio.run(run())
