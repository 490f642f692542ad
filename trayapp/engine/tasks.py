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
    """The engine's one group of tasks: nothing runs that it does not hold."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._group = asyncio.TaskGroup()
        self._running: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._running)

    async def __aenter__(self) -> Self:
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._group.__aexit__(kind, error, trace)

    def start(self, body: Coroutine[Any, Any, None], name: str) -> "asyncio.Task[None]":
        """Run *body* as a task of its own until it ends or is cancelled."""
        task = self._group.create_task(supervised(body, name, self._report), name=name)
        self._running.add(task)

        def ended(task: "asyncio.Task[None]") -> None:
            self._running.discard(task)
            body.close()  # where the end came before the beginning

        task.add_done_callback(ended)
        return task

    async def see_off(self, closing: Coroutine[Any, Any, None], name: str) -> None:
        """Close one part here and now; a bug in it keeps no other from being closed."""
        await supervised(closing, name, self._report)

    def cancel(self) -> None:
        """End all that still runs."""
        for task in tuple(self._running):
            task.cancel()
