"""An engine that knows jobs as far as `sluice batch` asks for them."""

import datetime as dt
from typing import Any

import msgspec
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, FakeEngine, line
from trayapp.model.command import PROTOCOL, Answer, Ask, Hello, SnapshotFrame
from trayapp.model.jobs import (
    AddRows,
    CountSample,
    CreateJob,
    JobRows,
    ListJobs,
    NewRow,
    PlanJob,
    RerunJob,
    ResumeJob,
    Row,
    RowPage,
    StartJob,
    Way,
)
from trayapp.model.snapshot import Job
from trayapp.model.usage import Usage

ID = "ab" * 16
AT = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
JOB = Job(
    ID, "Reviews", "single", 2, 1, 1, "finished", model="claude-sonnet-5-5", created_at=AT,
    started_at=AT, ended_at=AT + dt.timedelta(seconds=64), requests=3, input_tokens=1200,
    output_tokens=400, cost_usd=0.12, predicted_end=AT + dt.timedelta(seconds=60),
    predicted_usd=0.10,
)  # fmt: skip
ROWS = (
    Row(0, "a", "done", None, "A", "claude-sonnet-5-5", "end_turn", Usage(3, 4), 0.1),
    Row(1, "b", "failed", "second", error="The model refused to answer."),
)
WAYS = [
    Way("single", "claude-sonnet-5-5", 1, 2, 100, 400, 0.1, AT, "output_tokens", assumed=True),
    Way("merged", "claude-sonnet-5-5", 5, 1, 90, 400, 0.1, AT, "answer"),
    Way("batches", "claude-sonnet-5-5", 1, 1, 100, 400, None, None, "batch"),
]


class Engine(FakeEngine):
    """Every job there is becomes *ended* as soon as it was started, resumed or run again."""

    def __init__(self, *jobs: Job, ended: Job = JOB, rows: tuple[Row, ...] = ROWS) -> None:
        shown = line(SnapshotFrame(replace(SNAPSHOT, jobs=jobs)))
        super().__init__([line(Hello(PROTOCOL, "0.1.0")), shown], self._reply)
        self.jobs = list(jobs)
        self.rows = rows
        self.added: list[NewRow] = []
        self.refusal = ""
        self.leaves = False
        """Whether it is none any more after its first answer."""
        self._ended = ended

    def asked(self, kind: type[Any]) -> list[Any]:
        """What was asked of one kind."""
        return [ask.ask for ask in self.heard if isinstance(ask.ask, kind)]

    def _reply(self, ask: Ask) -> list[bytes]:
        if self.refusal:
            return [line(Answer(ask.id, ok=False, message=self.refusal))]
        answer = line(Answer(ask.id, ok=True, value=msgspec.to_builtins(self._value(ask.ask))))
        frames = [line(SnapshotFrame(replace(SNAPSHOT, jobs=tuple(self.jobs)))), answer]
        return [*frames, b"what no engine says\n"] if self.leaves else frames

    def _value(self, command: Any) -> Any:
        match command:
            case PlanJob():
                return WAYS
            case CountSample():
                return 0.25
            case ListJobs():
                return self.jobs
            case JobRows(first=first):
                there = self.rows[first : first + 1]
                return RowPage(there, first + 1 if first + 1 < len(self.rows) else None)
            case CreateJob(id=job, spec=spec):
                self.jobs = [replace(JOB, id=job, name=spec.name, state="planned")]
            case AddRows(rows=rows):
                self.added += rows
            case StartJob() | ResumeJob() | RerunJob():
                self.jobs = [replace(self._ended, id=command.id)]
        return None
