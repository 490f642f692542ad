"""Keys over a keyring that does as it is told, and requests of tools that need them."""

import asyncio
from collections.abc import Awaitable, Callable

from tests.fakes.clock import FakeClock
from tests.fakes.keyring import FakeCredentials
from tests.fakes.timer import FakeTimer
from trayapp.engine.keys import Keys
from trayapp.engine.problems import Problems
from trayapp.engine.tasks import Tasks
from trayapp.model.errors import (
    NotServing,
)
from trayapp.model.secret import Secret

ONE, TWO = b"sk-ant-api03-one", b"sk-ant-api03-two"


class House:
    """Keys over a keyring that does as it is told, and the time in which they live."""

    def __init__(self, keyring: FakeCredentials | None, tasks: Tasks, given: Secret | None) -> None:
        self.keyring = keyring or FakeCredentials()
        self.tasks = tasks
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.problems = Problems(self.clock.now, lambda: None)
        self.used: list[bytes] = []
        self.keys = Keys(
            given,
            problems=self.problems,
            timer=self.timer,
            keyring=keyring,
            use=lambda key: self.used.append(key.reveal()),
        )

    @property
    def told(self) -> dict[str, str]:
        """The open problems."""
        return {problem.code: problem.message for problem in self.problems.all()}

    async def pass_time(self, seconds: float) -> None:
        """Let time pass in steps of half a second, and everyone act on it."""
        for _ in range(int(seconds * 2)):
            self.timer.run(0.5)
            await settle()

    def ask(self) -> "asyncio.Task[None]":
        """A request of a tool: it ends with the key, or with what was said instead."""

        async def carry() -> None:
            try:
                self.answer = (await self.keys.stored()).reveal().decode()
            except NotServing as refused:
                self.answer = f"{refused.retry_after}: {refused.message}"

        self.answer = "waiting"
        return self.tasks.start(carry(), "request")


async def settle() -> None:
    """Let everyone who can go on do so."""
    for _ in range(12):
        await asyncio.sleep(0)


def play(
    scene: Callable[[House], Awaitable[None]],
    keyring: FakeCredentials | None = None,
    given: Secret | None = None,
) -> House:
    """Run *scene*; a bug in any task fails it."""
    bugs: list[Exception] = []

    async def run() -> House:
        async with asyncio.timeout(5), Tasks(lambda _, bug: bugs.append(bug)) as tasks:
            house = House(keyring, tasks, given)
            house.keys.start(tasks.start)
            try:
                await scene(house)
            finally:
                tasks.cancel()
        return house

    house = asyncio.run(run())
    assert bugs == []
    return house
