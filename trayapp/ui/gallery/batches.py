"""The rows and jobs of an invented user, and what each way to run them would take."""

import datetime as dt

import msgspec

from trayapp.model.command import Answer, Command
from trayapp.model.jobs import JobRows, PlanJob, Row, RowPage, Way
from trayapp.model.snapshot import Job
from trayapp.model.usage import Usage
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.gallery.samples import RUNNING as SNAPSHOT

NAME = "Reviews, week 47"
SYSTEM = "Give sentiment, three keywords, a reply."
SONNET, HAIKU = "claude-sonnet-5-5", "claude-haiku-4-5"
REVIEWS = (
    "Arrived in two days, fits well, the zip sticks a little.",
    "Third pair I buy. Colour faded after a few washes.",
    "Returned it: the size chart is one size off.",
    "Good value.",
    "Warm, light, and the pockets are deep enough.",
    "Good value.",
    "Support answered within an hour and sent a new one.",
    "The seam came apart on the second hike.",
)
CSV = "review\n" + "\n".join(
    f'"{REVIEWS[at] if at < len(REVIEWS) else f"Number {at}: {REVIEWS[at % len(REVIEWS)]}"}"'
    for at in range(500)
)
FAULTY = CSV.replace(REVIEWS[2], "") + '\n"a","one cell too many"\n'


def _at(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


JOB = Job(
    "a" * 32, "Reviews, week 46", "merged", 500, 312, 1, "running", _at(4), SONNET, _at(-8),
    _at(-7), running=2, held=1, requests=63, input_tokens=67_000, output_tokens=18_000,
    cost_usd=0.31, predicted_end=_at(3), predicted_usd=0.50,
)  # fmt: skip
ENDED = msgspec.structs.replace(
    JOB, state="finished", done=499, running=0, held=0, ended_at=_at(-1), predicted_end=_at(-2),
    cost_usd=0.51, ends_at=None, input_tokens=106_000, output_tokens=29_000,
)  # fmt: skip
RUNNING = msgspec.structs.replace(SNAPSHOT, jobs=(JOB,))
FINISHED = msgspec.structs.replace(SNAPSHOT, jobs=(ENDED,))

ROWS = (
    Row(
        0, REVIEWS[0], "done", text="Mostly positive; keywords: delivery, fit, zip. Reply: Thank you…",
        usage=Usage(input_tokens=214, output_tokens=58), cost_usd=0.001, model=SONNET,
    ),
    Row(1, REVIEWS[1], "failed", error="The answer was no JSON, alone and among others."),
    Row(2, "", "faulty", error="Row 3: the cell “review” is empty."),
    Row(
        3, REVIEWS[3], "done", text="Positive; keywords: value. Reply: We are glad…", cached=True,
        usage=Usage(input_tokens=0, output_tokens=0), cost_usd=0.0, model=SONNET,
    ),
    Row(4, REVIEWS[4], "running"),
)  # fmt: skip

WAYS = (
    Way("single", SONNET, 1, 485, 106_000, 29_000, 0.50, _at(10), "requests"),
    Way("merged", SONNET, 5, 97, 73_000, 33_000, 0.48, _at(5), "output_tokens"),
    Way("merged", SONNET, 10, 49, 69_000, 33_000, 0.47, _at(5), "output_tokens"),
    Way("batches", SONNET, 1, 1, 106_000, 29_000, 0.25, None, "batch"),
    Way("single", HAIKU, 1, 485, 106_000, 29_000, 0.03, _at(10), "requests"),
)


def told(command: Command) -> Answer:
    """What the engine would say."""
    if isinstance(command, PlanJob):
        return Answer(0, ok=True, value=msgspec.to_builtins(WAYS))
    if isinstance(command, JobRows):
        return Answer(0, ok=True, value=msgspec.to_builtins(RowPage(_rows(command))))
    return Answer(0, ok=True)


def _rows(asked: JobRows) -> tuple[Row, ...]:
    places = range(asked.first, asked.first + asked.most)
    rows = (msgspec.structs.replace(ROWS[place % len(ROWS)], place=place) for place in places)
    return tuple(row for row in rows if not asked.states or row.state in asked.states)
