"""Jobs on a real `meter.db`, with a worker and an API that are fakes."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Self

from tests.fakes.batching import FakeApi, FakeWorker
from tests.fakes.clock import FakeClock
from trayapp.batch import jobs as store
from trayapp.db import Database
from trayapp.engine.jobs_batches import Course
from trayapp.engine.jobs_pump import Pump
from trayapp.engine.jobs_run import Run
from trayapp.engine.jobs_shelf import Shelf
from trayapp.engine.tasks import Tasks
from trayapp.meter.ledger import SCHEMA
from trayapp.model.jobs import JobSpec, NewRow, Row
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Job

JOB = "a" * 32
SPEC = JobSpec("Reviews", "claude-sonnet-5-5")
AT = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)


async def data_key() -> Secret:
    return Secret(b"x" * 32)


class Scene:
    """One engine's worth of jobs: `async with` it, and leave it as a kill would."""

    def __init__(self, folder: Path, api: FakeApi, turns: Callable[[], int] = lambda: 1) -> None:
        self.worker = FakeWorker(api, turns)
        self.clock = FakeClock()
        self.over: list[Run] = []
        self.troubles: list[str | None] = []
        self.failures: list[Exception] = []
        self.ahead = 1000.0
        self._ended = asyncio.Event()
        self._db = Database(folder / "meter.db", SCHEMA)
        self.tasks = Tasks(lambda _name, error: self.failures.append(error))
        self.shelf = Shelf(self._db, data_key)
        self.pump = Pump(
            self.shelf,
            self.worker,  # type: ignore[arg-type]  # the fake stands in for a process
            self.clock,
            start=self.tasks.start,
            load=lambda _model: (0, self.ahead),
            over=self._over,
            changed=lambda _job: None,
            trouble=self.troubles.append,
        )

    async def __aenter__(self) -> Self:
        await self.tasks.__aenter__()
        await self._db.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        self.pump.runs.clear()
        self.worker.heard.clear()
        self.tasks.cancel()
        await self.tasks.__aexit__(None, None, None)
        await self._db.close()
        assert self.failures == []

    def _over(self, run: Run) -> None:
        self.over.append(run)
        self._ended.set()

    async def make(self, *prompts: str, spec: JobSpec = SPEC, job: str = JOB) -> None:
        """Make a job of *prompts* and start it."""
        await self.shelf.sealed(store.create, job, spec, AT)
        await self.shelf.sealed(store.add, job, 0, [NewRow(prompt) for prompt in prompts])
        await self.shelf.run(store.start, job, AT, None, None)

    async def go(self, job: str = JOB, *, ring: bool = True) -> Run:
        """Set a job going; without *ring*, only together with the next one."""
        spec = await self.shelf.sealed(store.spec_of, job)
        run = Run(await self.shelf.run(store.find, job), spec, lambda _model, _usage: 0.5)
        self.pump.runs[job] = run
        if ring:
            self.pump.ring()
        return run

    async def end(self) -> None:
        """Wait until a run has nothing left to do."""
        await self._ended.wait()
        self._ended.clear()

    def course(self, spec: JobSpec = SPEC, *, going: bool = True) -> Course:
        """A way through Message Batches."""
        return Course(
            JOB, spec, self.shelf, self.worker, self.clock,  # type: ignore[arg-type]  # a fake
            lambda: None, lambda: going,
        )  # fmt: skip

    async def waking(self, work: Awaitable[None]) -> None:
        """Do *work*, letting time pass whenever somebody waits for it."""
        task = asyncio.ensure_future(work)  # noqa: TID251 - this test is its own engine
        while not task.done():
            for _ in range(20):
                await asyncio.sleep(0)
            await self.shelf.run(lambda _: None)
            self.clock.advance(5.0)
        await task

    async def rows(self) -> list[Row]:
        """All rows as they stand."""
        return list((await self.shelf.sealed(store.page, JOB, 0, 1000, ())).rows)

    async def job(self) -> Job:
        """The job as it stands."""
        return await self.shelf.run(store.find, JOB)
