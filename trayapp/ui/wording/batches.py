"""What is said of rows, plans and batch jobs."""

import datetime as dt
from collections.abc import Sequence

from trayapp import figures
from trayapp.model.jobs import LimitedBy, Mode, Row, RowState, Way
from trayapp.model.snapshot import Job, JobState
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, times

NOTHING = "–"

_FORMS = {
    "lines": later("lines"), "blocks": later("paragraphs"), "jsonl": later("JSON lines"),
    "csv": later("CSV"), "tsv": later("TSV"),
}  # fmt: skip
_LIMITS: dict[LimitedBy, str] = {
    "requests": later("requests"),
    "input_tokens": later("input tokens"),
    "output_tokens": later("output tokens"),
    "answer": later("time of answers"),
    "batch": later("often under 1 h"),
}
_MODES: dict[Mode, str] = {
    "single": later("One request a row, behind your tools: they always go first."),
    "merged": later(
        "Several rows are asked at once and each answer is checked; a missing or malformed one "
        "runs again alone. Your tools always go first."
    ),
    "batches": later("Anthropic runs the rows at half price, within a day."),
}
_ROWS: dict[RowState, str] = {
    "waiting": later("Waiting"),
    "running": later("Running"),
    "submitted": later("In a Message Batch"),
    "done": later("Done"),
    "failed": later("Failed"),
    "faulty": later("Not sent"),
}
_JOBS: dict[JobState, str] = {
    "planned": later("planned"),
    "running": later("running"),
    "paused": later("paused"),
    "finished": later("finished"),
    "cancelled": later("cancelled"),
}


# -- rows that were read


def facts(
    tr: Tr, rows: int, form: str, encoding: str, column: str, duplicates: int, faults: int
) -> str:  # fmt: skip
    """What the prompts were read as: `500 rows from CSV, UTF-8, column review · 3 duplicates run once`."""
    if not rows:
        return tr("Paste prompts, one a line, or drop a file.")
    read = tr("{rows} from {form}", rows=tr("{n} rows", rows), form=tr(_FORMS[form]))
    parts = [
        tr(", ").join(filter(None, (read, encoding, column and tr("column {name}", name=column))))
    ]
    if duplicates:
        parts.append(tr("{n} duplicates run once", duplicates))
    if faults:
        parts.append(tr("{n} rows cannot be sent", faults))
    return " · ".join(parts)


def same_as(tr: Tr, number: int) -> str:
    """Said of a row that equals row *number* before it."""
    return tr("same as {number}, runs once", number=number)


# -- ways


def way(tr: Tr, told: Way, model: str) -> str:
    """`One by one`, `Merged, 5 a call`, `One by one, Haiku 4.5` for another than the chosen *model*."""
    if told.mode == "batches":
        name = tr("Message Batches")
    elif told.mode == "merged":
        name = tr("Merged, {count} a call", count=told.per_call)
    else:
        name = tr("One by one")
    return name if told.model == model else tr(", ").join((name, names.model(told.model)))


def cells(tr: Tr, told: Way, model: str, now: dt.datetime) -> tuple[str, ...]:
    """A way as a row of the plan: way, requests, tokens in, out, cost, done by, limited by."""
    batch = told.mode == "batches"
    requests = tr("{n} batches", told.requests) if batch else figures.count(told.requests)
    cost = NOTHING if told.cost_usd is None else f"≈ {figures.money(told.cost_usd)}"
    limited = "batch" if batch else told.limited_by
    return (
        way(tr, told, model), requests, f"≈ {figures.tokens(told.input_tokens)}",
        f"≈ {figures.tokens(told.output_tokens)}", cost, done_by(tr, told, now),
        tr(_LIMITS[limited]),
    )  # fmt: skip


def done_by(tr: Tr, told: Way, now: dt.datetime) -> str:
    """When a way would end."""
    if told.ends_at is None:
        return tr("within 24 h")
    return times.clock(tr, told.ends_at, now)


def spoken(tr: Tr, told: Way, model: str, now: dt.datetime) -> str:
    """A way as it is read aloud."""
    name, requests, *_, limited = cells(tr, told, model, now)
    cost = NOTHING if told.cost_usd is None else figures.money(told.cost_usd)
    return tr(
        "{way}: {requests} requests, about {cost}, done by {time}, limited by {limit}",
        way=name, requests=requests, cost=cost, time=done_by(tr, told, now), limit=limited,
    )  # fmt: skip


def explained(tr: Tr, told: Way | None) -> str:
    """What a way does, and what its numbers stand on."""
    if told is None:
        return ""
    sentence = tr(_MODES[told.mode])
    if not told.assumed:
        return sentence
    unsure = tr(
        "No answer has told this model’s limits yet; those of the smallest plan are assumed."
    )
    return f"{sentence} {unsure}"


# -- jobs


def job(tr: Tr, told: Job) -> str:
    """`Reviews, week 46 (running)`."""
    return tr("{name} ({state})", name=told.name, state=tr(_JOBS[told.state]))


def progress(tr: Tr, told: Job) -> str:
    """`312 of 500 rows`."""
    return tr("{done} of {rows}", done=figures.count(told.done), rows=tr("{n} rows", told.rows))


def counts(tr: Tr, told: Job) -> str:
    """`1 failed · 1 running · 1 held · 185 waiting`."""
    waiting = max(0, told.rows - told.done - told.failed - told.running)
    out = max(0, told.running - told.held)
    parts = (
        tr("{n} failed", told.failed) if told.failed else "",
        tr("{n} running", out) if out else "",
        tr("{n} held", told.held) if told.held else "",
        tr("{n} waiting", waiting) if waiting else "",
    )
    return " · ".join(filter(None, parts))


def line(tr: Tr, told: Job, now: dt.datetime) -> tuple[str, ...]:
    """What is known of a job: its end, its pace, its money, its tokens."""
    used = tr(
        "{input} in, {output} out", input=figures.tokens(told.input_tokens),
        output=figures.tokens(told.output_tokens),
    )  # fmt: skip
    if told.state in {"finished", "cancelled"}:
        return tuple(filter(None, (compared(tr, told, now), used)))
    parts = (_end(tr, told, now), _pace(tr, told, now), _money(tr, told), used)
    return tuple(filter(None, parts))


def compared(tr: Tr, told: Job, now: dt.datetime) -> str:
    """`Predicted 14:05 and $0.50, real 14:06 and $0.51`."""
    if told.ended_at is None:
        return ""
    real = _and(tr, times.clock(tr, told.ended_at, now), told.cost_usd)
    if told.predicted_end is None and told.predicted_usd is None:
        return tr("Ended {real}", real=real)
    end = told.predicted_end
    clock = tr("within 24 h") if end is None else times.clock(tr, end, now)
    return tr(
        "Predicted {predicted}, real {real}", predicted=_and(tr, clock, told.predicted_usd),
        real=real,
    )  # fmt: skip


def _and(tr: Tr, clock: str, usd: float | None) -> str:
    if usd is None:
        return clock
    return tr("{time} and {money}", time=clock, money=figures.money(usd))


def _end(tr: Tr, told: Job, now: dt.datetime) -> str:
    if told.state != "running" or told.ends_at is None:
        return ""
    about = tr("Done about {time}", time=times.clock(tr, told.ends_at, now))
    if told.predicted_end is None:
        return about
    before = tr("predicted {time}", time=times.clock(tr, told.predicted_end, now))
    return tr(", ").join((about, before))


def _pace(tr: Tr, told: Job, now: dt.datetime) -> str:
    if told.state != "running" or told.started_at is None or not told.done:
        return ""
    minutes = max(1.0, (now - told.started_at).total_seconds()) / figures.MINUTE
    return tr("{rows} a minute", rows=tr("{n} rows", round(told.done / minutes)))


def _money(tr: Tr, told: Job) -> str:
    if told.cost_usd is None:
        return ""
    spent = figures.money(told.cost_usd)
    if told.predicted_usd is None:
        return spent
    return tr("{spent} of about {planned}", spent=spent, planned=figures.money(told.predicted_usd))


def row_state(tr: Tr, row: Row) -> str:
    """How a row stands, in a word or three."""
    if row.state == "done" and row.cached:
        return tr("Done, from cache")
    return tr(_ROWS[row.state])


def state(tr: Tr, told: RowState) -> str:
    """A state of rows, to choose by."""
    return tr(_ROWS[told])


def row_cells(tr: Tr, row: Row) -> tuple[str, ...]:
    """A row of a job: number, prompt, state, answer, in, out, cost."""
    answer = _one_line(row.error or row.text or "")
    money = NOTHING if row.cost_usd is None else _small(row.cost_usd)
    if row.usage is None:
        tokens = (NOTHING, NOTHING) if row.state in {"done", "failed", "faulty"} else ("", "")
        money = money if row.state in {"done", "failed", "faulty"} else ""
    else:
        tokens = _token(row.usage.input_tokens), _token(row.usage.output_tokens)
    return str(row.place + 1), _one_line(row.prompt), row_state(tr, row), answer, *tokens, money


def ended(tr: Tr, told: Job) -> tuple[str, str]:
    """A notification's title and line for a job that is over."""
    title = tr("“{name}” is done", name=told.name)
    body = tr("{answered} answered", answered=tr("{n} rows", told.done))
    failed = tr("{n} failed", told.failed) if told.failed else ""
    cost = "" if told.cost_usd is None else figures.money(told.cost_usd)
    return title, " · ".join(filter(None, (body, failed, cost)))


def why_not(tr: Tr, *, is_up: bool, has_key: bool, rows: int) -> str:
    """Why *Start* is off; "" where it is not."""
    if not is_up:
        return tr("The engine is not running.")
    if not has_key:
        return tr("It needs a key.")
    return "" if rows else tr("There is nothing to send yet.")


def first(system: str, prompts: Sequence[str]) -> str:
    """The first call, shortened: the system prompt, then the rows it asks."""
    lines = [f"system {_one_line(system)}"] if system else []
    several = len(prompts) > 1
    lines += [f"{number} {_one_line(p)}" if several else p for number, p in enumerate(prompts, 1)]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text[:600].split())


def _token(number: int | None) -> str:
    return NOTHING if number is None else figures.count(number)


def _small(usd: float) -> str:
    """Money of one row: to a tenth of a cent."""
    return f"${usd:.3f}" if 0.0005 <= usd < 1 else figures.money(usd)
