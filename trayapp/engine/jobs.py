"""Batch jobs: what is asked of them, and their course from the first row to the last.

A job belongs to the engine: its rows lie sealed in `meter.db`, so that after a restart it goes on
by itself. Rows go out only as far as the pacer lets them go soon; what is out when the machine
dies is all that can be paid twice.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import msgspec

from trayapp.batch import calls, merge
from trayapp.batch import jobs as store
from trayapp.batch.errands import Begin, Count, Done, Failed
from trayapp.clock import Timekeeper
from trayapp.db import Database
from trayapp.engine.jobs_batches import Course, StandsError
from trayapp.engine.jobs_plan import TOOL, Planner
from trayapp.engine.jobs_pump import RETRY_S, Pump
from trayapp.engine.jobs_run import Run
from trayapp.engine.jobs_shelf import UNREADABLE, Shelf
from trayapp.engine.jobs_table import ALIVE, Table
from trayapp.engine.jobs_worker import Worker
from trayapp.engine.problems import Problems
from trayapp.engine.tasks import Tasks
from trayapp.engine.turns import Turns
from trayapp.listener.callers import Tools
from trayapp.meter import tools
from trayapp.meter.prices import cost_usd
from trayapp.model.errors import SluiceError
from trayapp.model.exchange import Caller
from trayapp.model.jobs import (
    AddRows,
    CancelJob,
    CountSample,
    CreateJob,
    DuplicateJob,
    JobCommand,
    JobRows,
    JobSpec,
    ListJobs,
    PauseJob,
    PlanJob,
    RemoveJob,
    RenameJob,
    RerunJob,
    ResumeJob,
    RowState,
    StartJob,
)
from trayapp.model.outcome import Outcome
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Job
from trayapp.model.usage import Usage

PROBLEM = "jobs"
_ID = re.compile(r"[0-9a-f]{32}")


class Jobs:
    """Every job of this home."""

    def __init__(
        self,
        db: Database,
        data_key: Callable[[], Awaitable[Secret]],
        clock: Timekeeper,
        *,
        base_url: Callable[[], str],
        known: Tools,
        turns: Turns,
        tasks: Tasks,
        problems: Problems,
        changed: Callable[[], None],
    ) -> None:
        token = tools.new_token()
        known.inside[tools.digest(token.encode())] = Caller(TOOL, "batch")
        self._clock = clock
        self._turns = turns
        self._tasks = tasks
        self._problems = problems
        self._shelf = Shelf(db, data_key)
        self._worker = Worker(lambda: Begin(base_url(), token), tasks.start)
        self._table = Table(self._shelf, changed)
        self._courses: dict[str, asyncio.Task[None]] = {}
        self.planner = Planner(turns, clock, self._table.running)
        self._pump = Pump(
            self._shelf,
            self._worker,
            clock,
            start=tasks.start,
            load=self._load,
            over=self._over,
            changed=self._table.keep,
            trouble=self._trouble,
        )

    def begin(self) -> None:
        """Go on with what ran when the last engine ended."""
        self._tasks.start(self._go_on(), "batch jobs")

    def ring(self) -> None:
        """Look again: the pacer let somebody go, or an answer began."""
        self._pump.ring()

    def rest(self) -> None:
        """Send nothing more; what is out may still be answered, and is kept."""
        self._pump.rest()

    async def close(self) -> None:
        """Keep what was answered, and end the worker."""
        await self._pump.close()
        self._worker.stop()

    def record(self, outcome: Outcome) -> None:
        """Take how a request ended: plans reckon with what the tools use."""
        self.planner.record(outcome)

    @property
    def worker_pid(self) -> int | None:
        """The worker's process, while there is one."""
        return self._worker.pid

    def snapshot(self) -> tuple[Job, ...]:
        """The jobs as a Snapshot shows them, the newest first."""
        return tuple(self._shown(job) for job in self._table.shown())

    async def do(self, command: JobCommand) -> object:
        """Carry *command* out; raises `SluiceError` where it cannot be."""
        match command:
            case PlanJob():
                return self.planner.ways(command)
            case CountSample():
                return await self._count(command)
            case JobRows(id=job, first=first, most=most, states=states):
                return await self._rows(job, first, most, states)
            case ListJobs():
                return [self._shown(job) for job in await self._shelf.run(store.listed)]
            case CreateJob(id=job, spec=spec):
                await self._create(job, spec)
            case AddRows(id=job, first=first, rows=rows):
                await self._shelf.sealed(store.add, job, first, rows)
                await self._table.refresh(job)
            case DuplicateJob(id=job, copy=copy):
                _check_id(copy)
                await self._shelf.sealed(store.duplicate, job, copy, self._clock.now())
                await self._table.reload()
            case RenameJob(id=job, name=name):
                await self._shelf.run(store.rename, job, _name(name))
                await self._table.refresh(job)
            case _:
                await self._move(command)
        return None

    # -- commands

    async def _move(self, command: object) -> None:
        now = self._clock.now()
        match command:
            case StartJob():
                await self._start(command)
            case PauseJob(id=job):
                await self._shelf.run(store.move, job, ("running",), "paused", now)
                await self._drain(job)
            case ResumeJob(id=job):
                await self._shelf.run(store.move, job, ("paused",), "running", now)
                await self._launch(job)
            case RerunJob(id=job):
                await self._shelf.run(store.rerun, job)
                await self._launch(job)
            case CancelJob(id=job):
                await self._shelf.run(store.move, job, ALIVE, "cancelled", now)
                await self._cancel(job)
            case RemoveJob(id=job):
                await self._shelf.run(store.remove, job)
                await self._table.reload()
            case _:
                raise AssertionError("unreachable")

    async def _create(self, job: str, spec: JobSpec) -> None:
        _check_id(job)
        _name(spec.name)
        if spec.mode == "merged" and not 1 < spec.per_call <= merge.MOST_A_CALL:
            raise store.JobError("A merged call has 2 to 50 rows.")
        await self._shelf.sealed(store.create, job, spec, self._clock.now())
        await self._table.reload()

    async def _start(self, command: StartJob) -> None:
        job, end, usd = command.id, command.predicted_end, command.predicted_usd
        spec = await self._table.spec(job)
        if end is None and spec.mode != "batches":
            sizes = await self._shelf.run(store.sizes, job)
            asked = PlanJob(
                spec.model, tuple(sizes), len(spec.system.encode()), spec.per_call,
                spec.length, spec.max_tokens,
            )  # fmt: skip
            way = self.planner.best(asked, spec)
            if way is not None:
                end, usd = way.ends_at, way.cost_usd
        text = None if end is None else end.isoformat()
        await self._shelf.run(store.start, job, self._clock.now(), text, usd)
        await self._launch(job)

    async def _rows(self, job: str, first: int, most: int, states: Sequence[RowState]) -> object:
        page = await self._shelf.sealed(store.page, job, first, max(1, min(most, 1000)), states)
        run = self._pump.runs.get(job)
        return page if run is None else run.marked(page)

    async def _count(self, asked: CountSample) -> float:
        """Tokens a byte of some prompts, counted by the API."""
        tokens = size = 0
        spec = JobSpec("", asked.model, system=asked.system)
        for prompt in asked.prompts:
            body = calls.body_of(spec, [prompt])
            del body["max_tokens"]
            raw = calls.as_json(body)
            told = await self._worker.ask(partial(Count, body=msgspec.Raw(raw)))
            if isinstance(told, Failed):
                raise store.JobError(told.message)
            if not isinstance(told, Done) or told.tokens is None:
                raise store.JobError("The sample could not be counted; try again.")
            tokens += told.tokens
            size += len(raw)
        return tokens / max(size, 1)

    # -- the course of a job

    async def _go_on(self) -> None:
        while True:
            try:
                await self._table.reload()
                break
            except UNREADABLE:  # whoever looks after the file says so
                await self._clock.wait_until(self._clock.monotonic() + RETRY_S)
        for job in self._table.all():
            if job.state in {"running", "paused", "cancelled"}:
                await self._launch(job.id)

    async def _launch(self, job: str) -> None:
        """Set a job going, or what is left of it that has to end."""
        await self._table.refresh(job)
        state = self._table.state(job)
        while True:
            try:
                spec = await self._table.spec(job)
                break
            except SluiceError as error:
                if state != "running":
                    return
                self._trouble(f"Batch jobs wait: {error.message}")
                await self._clock.wait_until(self._clock.monotonic() + RETRY_S)
        if spec.mode == "batches":
            self._take_course(job, spec)
        elif state == "running":
            run = self._pump.runs.get(job)
            if run is None:
                self._pump.runs[job] = Run(self._table.find(job), spec, self._cost)
            else:
                run.go_on()
            self._pump.ring()

    def _take_course(self, job: str, spec: JobSpec) -> None:
        if job not in self._courses:
            task = self._tasks.start(self._batches(job, spec), "message batches")
            self._courses[job] = task
            task.add_done_callback(lambda _: self._courses.pop(job, None))

    async def _batches(self, job: str, spec: JobSpec) -> None:
        course = Course(
            job, spec, self._shelf, self._worker, self._clock, partial(self._changed, job),
            lambda: self._table.state(job) == "running",
        )  # fmt: skip
        while True:
            try:
                await course.run()
                break
            except StandsError as error:
                await self._stand(job, str(error))
            except (SluiceError, *UNREADABLE) as error:
                self._trouble(f"Batch jobs wait: {type(error).__name__}.")
            await self._clock.wait_until(self._clock.monotonic() + RETRY_S)
        await self._finish(job)

    async def _drain(self, job: str) -> None:
        run = self._pump.runs.get(job)
        if run is not None:
            run.draining = True
            self._pump.ring()
        await self._table.refresh(job)

    async def _cancel(self, job: str) -> None:
        run = self._pump.runs.get(job)
        if run is not None:
            run.draining = True
            self._pump.cut(run)
            self._pump.ring()
        await self._table.refresh(job)
        spec = self._table.known_spec(job)
        if spec is not None and spec.mode == "batches":
            await Course(
                job, spec, self._shelf, self._worker, self._clock, lambda: None,
                lambda: False,
            ).cancel()  # fmt: skip
            self._take_course(job, spec)

    def _over(self, run: Run) -> None:
        """Take a run that has nothing left to do: finished, or at rest."""
        if run.stands is not None:
            self._tasks.start(self._stand(run.job.id, run.stands), "batch job stands")
        elif not run.draining:
            self._tasks.start(self._end(run.job.id), "batch job ends")

    async def _stand(self, job: str, reason: str) -> None:
        if self._table.state(job) == "running":
            now = self._clock.now()
            await self._shelf.run(store.move, job, ("running",), "paused", now, reason)
        await self._table.refresh(job)

    async def _end(self, job: str) -> None:
        if await self._shelf.run(store.left, job):
            await self._launch(job)  # rows that were made to wait again meanwhile
        else:
            await self._finish(job)

    async def _finish(self, job: str) -> None:
        if self._table.state(job) == "running":
            await self._shelf.run(store.move, job, ("running",), "finished", self._clock.now())
        await self._table.refresh(job)

    # -- what is shown

    def _shown(self, job: Job) -> Job:
        spec, run = self._table.known_spec(job.id), self._pump.runs.get(job.id)
        if job.state != "running" or spec is None:
            return job
        out = run.outstanding if run else 0
        flying, _ = self._load(spec.model)
        ends_at = self.planner.ends_at(job, spec)
        held = max(0, out - flying)
        return msgspec.structs.replace(job, ends_at=ends_at, running=out, held=held)

    def _load(self, model: str) -> tuple[int, float]:
        pool = self._turns.stored_pool(model)
        if pool is None:
            return 0, 0.0
        flying = sum(ticket.tool == TOOL for ticket in pool.open.values())
        return flying, min(pool.request_rate(self._clock.monotonic()), 1000.0)

    def _changed(self, job: str) -> None:
        self._tasks.start(self._table.refresh(job), "batch job")

    def _cost(self, model: str, usage: Usage | None) -> float | None:
        return None if usage is None else cost_usd(model, usage, self._clock.now())

    def _trouble(self, message: str | None) -> None:
        if message is None:
            self._problems.clear(PROBLEM)
        else:
            self._problems.open(PROBLEM, message)


def _check_id(job: str) -> None:
    if not _ID.fullmatch(job):
        raise store.JobError("A job's id is 32 hexadecimal digits.")


def _name(name: str) -> str:
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise store.JobError("A job's name is 1 to 200 printable characters.")
    return name
