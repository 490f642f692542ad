"""Supervised: no task's failure is another's."""

import asyncio
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

Report = Callable[[str, Exception], None]
"""Told the task's name and what it died of."""


async def supervised(body: Coroutine[Any, Any, None], name: str, report: Report) -> None:
    """Run *body*; an exception in it is reported and goes no further."""
    try:
        await body
    except Exception as error:  # noqa: BLE001 - the one place where a bug stops spreading
        report(name, error)


class Tasks:
    """The engine's one group of tasks: nothing runs that it does not hold.

    No task here fails, so nothing of `asyncio.TaskGroup` is needed but its waiting; there is one
    task in each request, and a group's care for failures would be a good part of what it costs.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._running: dict[asyncio.Task[None], Coroutine[Any, Any, None]] = {}

    def __len__(self) -> int:
        return len(self._running)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is not None:
            self.cancel()
        while self._running:
            await asyncio.wait(tuple(self._running))

    def start(self, body: Coroutine[Any, Any, None], name: str) -> "asyncio.Task[None]":
        """Run *body* as a task of its own until it ends or is cancelled."""
        loop = asyncio.get_running_loop()
        task = loop.create_task(supervised(body, name, self._report), name=name)
        self._running[task] = body
        task.add_done_callback(self._ended)
        return task

    async def see_off(self, closing: Coroutine[Any, Any, None], name: str) -> None:
        """Close one part here and now; a bug in it keeps no other from being closed."""
        await supervised(closing, name, self._report)

    def cancel(self) -> None:
        """End all that still runs."""
        for task in tuple(self._running):
            task.cancel()

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._running.pop(task).close()  # where the end came before the beginning
