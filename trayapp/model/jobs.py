"""What is said about batch jobs: what a job is, its rows, the ways to run it, the commands.

A job is made under an id that the asker drew (32 hexadecimal digits, so that asking twice makes
one job), filled with rows in pages of at most a mebibyte, and started. Prompts and answers are
kept sealed; they come up again only in answer to `JobRows`.
"""

import datetime as dt
from typing import Any, Literal

import msgspec

from trayapp.model.usage import Usage

Mode = Literal["single", "merged", "batches"]
Length = Literal["short", "detailed", "report"]
"""How long answers are guessed to be until the first have come."""
RowState = Literal["waiting", "running", "submitted", "done", "failed", "faulty"]
"""*submitted* is in a Message Batch; *faulty* is never sent; *running* is not kept on disk."""
LimitedBy = Literal["requests", "input_tokens", "output_tokens", "answer", "batch"]

PAGE = 1024 * 1024
"""Bytes of a page of rows, either way; one row larger than that is a page by itself."""


class JobSpec(msgspec.Struct, frozen=True):
    """How to run a job; *max_tokens* None is chosen by us, *schema* is the answer's JSON schema."""

    name: str
    model: str
    mode: Mode = "single"
    per_call: int = 5
    system: str = ""
    max_tokens: int | None = None
    length: Length = "detailed"
    stop: tuple[str, ...] = ()
    schema: dict[str, Any] | None = None


class NewRow(msgspec.Struct, frozen=True):
    """A row on its way down; *fault* says why it is not to be sent, *same_as* is an equal row's place."""

    prompt: str
    id: str | None = None
    fault: str = ""
    same_as: int | None = None


class Row(msgspec.Struct, frozen=True):
    """A row as it stands; *place* counts from 0, *text* is the answer."""

    place: int
    prompt: str
    state: RowState
    id: str | None = None
    text: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: Usage | None = None
    cost_usd: float | None = None
    error: str | None = None
    cached: bool = False
    merged: bool = False
    """Answered together with others: its usage is its share of the call's."""


class RowPage(msgspec.Struct, frozen=True):
    """Some rows in their order; *next* is where the following page begins, None at the end."""

    rows: tuple[Row, ...]
    next: int | None = None


class Way(msgspec.Struct, frozen=True):
    """One way to run a job, and what it would take; costs are None where no price is known."""

    mode: Mode
    model: str
    per_call: int = 1
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    ends_at: dt.datetime | None = None
    """None for Message Batches, which end within a day."""
    limited_by: LimitedBy = "requests"
    assumed: bool = False
    """No header has told this model's limits yet: those of the smallest plan are assumed."""


class PlanJob(msgspec.Struct, frozen=True, tag="plan_job"):
    """Ask what each way to run rows of these *sizes* (bytes of each prompt) would take."""

    model: str
    sizes: tuple[int, ...]
    system_size: int = 0
    per_call: int = 5
    length: Length = "detailed"
    max_tokens: int | None = None
    tokens_per_byte: float | None = None
    """As a sample was counted; None: as learned."""


class CountSample(msgspec.Struct, frozen=True, tag="count_sample"):
    """Have some of the prompts counted exactly; the answer is tokens a byte."""

    model: str
    prompts: tuple[str, ...]
    system: str = ""


class CreateJob(msgspec.Struct, frozen=True, tag="create_job"):
    """Make an empty job that is planned; *at* 32 hexadecimal digits. Twice is once."""

    id: str
    spec: JobSpec


class AddRows(msgspec.Struct, frozen=True, tag="add_rows"):
    """Put rows into a planned job, the first of them at *first*; twice is once."""

    id: str
    first: int
    rows: tuple[NewRow, ...]


class StartJob(msgspec.Struct, frozen=True, tag="start_job"):
    """Run a planned job; what was promised is kept to be shown beside what came of it."""

    id: str
    predicted_end: dt.datetime | None = None
    predicted_usd: float | None = None


class PauseJob(msgspec.Struct, frozen=True, tag="pause_job"):
    """Send no more rows; those in flight end."""

    id: str


class ResumeJob(msgspec.Struct, frozen=True, tag="resume_job"):
    """Go on with a paused job."""

    id: str


class CancelJob(msgspec.Struct, frozen=True, tag="cancel_job"):
    """End a job: rows in flight are cut, Message Batches cancelled, answers kept."""

    id: str


class RerunJob(msgspec.Struct, frozen=True, tag="rerun_job"):
    """Run the failed rows of a job once more."""

    id: str


class DuplicateJob(msgspec.Struct, frozen=True, tag="duplicate_job"):
    """Make a planned job *copy* with the rows of *id*, none of them answered."""

    id: str
    copy: str


class RenameJob(msgspec.Struct, frozen=True, tag="rename_job"):
    """Call a job otherwise."""

    id: str
    name: str


class RemoveJob(msgspec.Struct, frozen=True, tag="remove_job"):
    """Forget a job that does not run, rows and answers."""

    id: str


class JobRows(msgspec.Struct, frozen=True, tag="job_rows"):
    """Ask for a page of rows from *first* on; *states* empty: all."""

    id: str
    first: int = 0
    most: int = 200
    states: tuple[RowState, ...] = ()


class ListJobs(msgspec.Struct, frozen=True, tag="list_jobs"):
    """Ask for every job, the newest first."""


JobCommand = (
    PlanJob | CountSample | CreateJob | AddRows | StartJob | PauseJob | ResumeJob | CancelJob
    | RerunJob | DuplicateJob | RenameJob | RemoveJob | JobRows | ListJobs
)  # fmt: skip
