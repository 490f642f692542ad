"""The jobs as they were last seen on disk: what a Snapshot shows of them, and how each is run."""

from collections.abc import Callable

from trayapp.batch import jobs as store
from trayapp.engine.jobs_shelf import Shelf
from trayapp.model.jobs import JobSpec
from trayapp.model.snapshot import Job, JobState

SHOWN = 50
"""Ended jobs that a Snapshot lists beside those that have not."""
ALIVE: tuple[JobState, ...] = ("planned", "running", "paused")


class Table:
    """Every job by its id, the newest first; *told* is called when one changed."""

    def __init__(self, shelf: Shelf, told: Callable[[], None]) -> None:
        self._shelf = shelf
        self._told = told
        self._jobs: dict[str, Job] = {}
        self._specs: dict[str, JobSpec] = {}

    def state(self, job: str) -> JobState | None:
        """How a job stands; None where there is none."""
        known = self._jobs.get(job)
        return None if known is None else known.state

    def find(self, job: str) -> Job:
        """A job that is known to be there."""
        return self._jobs[job]

    def all(self) -> list[Job]:
        """Every job."""
        return list(self._jobs.values())

    def shown(self) -> list[Job]:
        """All that have not ended, and the latest of the others."""
        ended = [job.id for job in self._jobs.values() if job.state not in ALIVE]
        hidden = set(ended[SHOWN:])
        return [job for job in self._jobs.values() if job.id not in hidden]

    def running(self) -> list[tuple[Job, JobSpec]]:
        """Jobs that run, with how."""
        return [
            (job, self._specs[job.id])
            for job in self._jobs.values()
            if job.state == "running" and job.id in self._specs
        ]

    def known_spec(self, job: str) -> JobSpec | None:
        """How a job is run, where that was asked before."""
        return self._specs.get(job)

    async def spec(self, job: str) -> JobSpec:
        """How a job is run; raises `SluiceError` where that cannot be read."""
        if job not in self._specs:
            self._specs[job] = await self._shelf.sealed(store.spec_of, job)
        return self._specs[job]

    def keep(self, job: Job) -> None:
        """Take a job as it stands now, unless it was forgotten meanwhile."""
        if job.id in self._jobs:
            self._jobs[job.id] = job
            self._told()

    async def refresh(self, job: str) -> None:
        """Read one job again; raises `JobError` where there is none."""
        found = await self._shelf.run(store.find, job)
        if job in self._jobs:
            self.keep(found)
        else:
            await self.reload()

    async def reload(self) -> None:
        """Read all of them again: one came or went."""
        self._jobs = {job.id: job for job in await self._shelf.run(store.listed)}
        self._told()
