"""What a task waits for on the wire."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from tests.wire.ends import turn
from trayapp.wire.connection import go_on
from trayapp.wire.signal import Signal


class Waiter:
    """A task that waits for a signal and notes what it saw."""

    def __init__(self) -> None:
        self.signal = Signal(asyncio.get_running_loop(), asyncio.CancelledError)
        self.seen: list[str] = []
        self.task = self._start(self._wait())

    def _start(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        return asyncio.get_running_loop().create_task(coroutine)

    async def _wait(self) -> None:
        try:
            await self.signal
            self.seen.append("given")
        except asyncio.CancelledError:
            self.seen.append("cancelled")


async def from_the_loop(callback: Any, *args: Any) -> None:
    """Call back as a socket would, and return right after."""
    called = asyncio.Event()

    def call() -> None:
        callback(*args)
        called.set()

    asyncio.get_running_loop().call_soon(call)
    await called.wait()


async def test_given_now() -> None:
    """A task goes on before the callback that gives its signal has returned."""
    waiter, seen = Waiter(), []
    await turn()

    def give() -> None:
        waiter.signal.give_now()
        seen.extend(waiter.seen)

    await from_the_loop(give)

    assert seen == ["given"]


async def test_given() -> None:
    """Given from within a task, a signal lets its own task go on in the next turn."""
    waiter = Waiter()
    await turn()
    waiter.signal.give()
    before = list(waiter.seen)
    await turn()

    assert (before, waiter.seen) == ([], ["given"])


async def test_given_by_a_task_that_calls_back() -> None:
    """A callback that a task makes does not run another task inside it."""
    waiter = Waiter()
    await turn()
    go_on(waiter.signal)
    before = list(waiter.seen)
    await turn()

    assert (before, waiter.seen) == ([], ["given"])


@pytest.mark.parametrize("now", [False, True])
async def test_given_before_the_wait(now: bool) -> None:
    """A signal that was given is not waited for."""
    waiter = Waiter()
    if now:
        waiter.signal.give_now()
    else:
        waiter.signal.give()
    await waiter.task

    assert waiter.seen == ["given"]


async def test_given_twice() -> None:
    """What is given once more wakes nobody twice."""
    waiter = Waiter()
    await turn()
    waiter.signal.give()
    waiter.signal.give()
    waiter.signal.give_now()
    await waiter.task

    assert waiter.seen == ["given"]
    assert waiter.signal.get_loop() is asyncio.get_running_loop()


async def test_cancelled() -> None:
    """Cancelling the task ends its wait as it ends any other."""
    waiter = Waiter()
    await turn()
    waiter.task.cancel()
    waiter.signal.give_now()
    await waiter.task

    assert waiter.seen == ["cancelled"]


async def test_cancelled_after_it_was_given() -> None:
    """A task that is cancelled between the signal and its turn sees the cancellation once."""
    waiter = Waiter()
    await turn()
    waiter.signal.give()
    waiter.task.cancel()
    await waiter.task

    assert waiter.seen == ["cancelled"]


async def test_timeouts_work() -> None:
    """A wait under a timeout ends with it."""
    signal = Signal(asyncio.get_running_loop(), asyncio.CancelledError)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await signal


def test_shown_as_a_future() -> None:
    """To asyncio a signal is a future."""
    loop = asyncio.new_event_loop()
    signal: object = Signal(loop, asyncio.CancelledError)
    loop.close()

    assert asyncio.isfuture(signal)
