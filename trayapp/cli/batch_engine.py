"""What `sluice batch` asks of the engine."""

import uuid
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec

from trayapp.batch.source import Reading
from trayapp.cli.ask import Control
from trayapp.cli.either import NotDone
from trayapp.model.command import Command
from trayapp.model.jobs import (
    PAGE,
    AddRows,
    CountSample,
    CreateJob,
    JobRows,
    JobSpec,
    ListJobs,
    NewRow,
    PlanJob,
    Row,
    RowPage,
    RowState,
    StartJob,
    Way,
)
from trayapp.model.snapshot import Job

SAMPLE = 5
MOST = 1000
"""Rows of a page."""


class Client:
    """One conversation about jobs; raises `NotDone` where the engine refuses."""

    def __init__(self, control: Control) -> None:
        self.control = control

    def do(self, command: Command) -> Any:
        """Have *command* carried out."""
        answer = self.control.ask(command)
        if not answer.ok:
            raise NotDone(answer.message)
        return answer.value

    def find(self, name: str) -> Job:
        """The job whose id is *name* or begins with it."""
        jobs = msgspec.convert(self.do(ListJobs()), list[Job])
        found = [job for job in jobs if name and job.id.startswith(name)]
        if len(found) != 1:
            how = "more than one job" if found else "no job"
            raise NotDone(f"There is {how} of this id; `sluice batch list` shows them.")
        return found[0]

    def ways(self, reading: Reading, spec: JobSpec, *, counted: bool) -> list[Way]:
        """What each way to run the rows would take."""
        prompts = [row.prompt for row in reading.rows if row.fault is None and row.same_as is None]
        sizes = tuple(len(prompt.encode()) for prompt in prompts)
        ratio = self._counted(prompts, spec) if counted else None
        asked = PlanJob(
            spec.model, sizes, len(spec.system.encode()), spec.per_call, spec.length,
            spec.max_tokens, ratio,
        )  # fmt: skip
        return msgspec.convert(self.do(asked), list[Way])

    def make(self, spec: JobSpec, rows: Sequence[NewRow], way: Way | None) -> Job:
        """Make a job of *rows* and start it."""
        job = uuid.uuid4().hex
        self.do(CreateJob(job, spec))
        first = 0
        for page in _pages(rows):
            self.do(AddRows(job, first, page))
            first += len(page)
        self.do(StartJob(job, way.ends_at if way else None, way.cost_usd if way else None))
        return self.find(job)

    def rows(self, job: str, states: tuple[RowState, ...] = ()) -> Iterator[Row]:
        """The rows of a job in their order, page by page."""
        first: int | None = 0
        while first is not None:
            page = msgspec.convert(self.do(JobRows(job, first, MOST, states)), RowPage)
            yield from page.rows
            first = page.next

    def _counted(self, prompts: Sequence[str], spec: JobSpec) -> float:
        """Tokens a byte, of some prompts spread over all."""
        sample = tuple(islice(prompts, 0, None, max(1, len(prompts) // SAMPLE)))[:SAMPLE]
        return float(self.do(CountSample(spec.model, sample, spec.system)))


def _pages(rows: Sequence[NewRow]) -> Iterator[tuple[NewRow, ...]]:
    """The rows in pieces that fit a frame."""
    page: list[NewRow] = []
    size = 0
    for row in rows:
        weight = len(row.prompt.encode()) + 64
        if page and (size + weight > PAGE or len(page) == MOST):
            yield tuple(page)
            page, size = [], 0
        page.append(row)
        size += weight
    yield tuple(page)
