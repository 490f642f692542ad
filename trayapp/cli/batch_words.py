"""Jobs, plans and progress as lines of text; no terminal, no clock."""

import datetime as dt
from collections.abc import Iterable

from trayapp import figures
from trayapp.figures import plain
from trayapp.model.jobs import JobSpec, Row, Way
from trayapp.model.snapshot import Job

CELLS = 30
SHOWN_ROWS = 50
_WAYS = {"single": "one by one", "merged": "{} a call", "batches": "Message Batches"}
_LIMITS = {
    "requests": "requests", "input_tokens": "input tokens", "output_tokens": "output tokens",
    "answer": "the time of an answer", "batch": "Message Batches",
}  # fmt: skip
_PLAN = "{:1} {:<16} {:<28} {:>9} {:>8} {:>8} {:>8}  {}"


def plan(ways: Iterable[Way], spec: JobSpec) -> list[str]:
    """A table of the *ways*; the one that was chosen is marked."""
    ways = list(ways)
    mine = chosen(ways, spec)
    lines = [_PLAN.format("", "way", "model", "requests", "in", "out", "cost", "done").rstrip()]
    lines += [_way(way, "*" if way is mine else "") for way in ways]
    if mine is not None and mine.assumed:
        lines.append("No answer has told this model's limits yet; a small plan's are assumed.")
    return lines


def chosen(ways: Iterable[Way], spec: JobSpec) -> Way | None:
    """The way that *spec* says."""
    for way in ways:
        merged = spec.mode != "merged" or way.per_call == spec.per_call
        if (way.mode, way.model) == (spec.mode, spec.model) and merged:
            return way
    return None


def _way(way: Way, mark: str) -> str:
    done = "within a day"
    if way.ends_at is not None:
        done = f"{way.ends_at.astimezone():%H:%M:%S}, by {_LIMITS[way.limited_by]}"
    return _PLAN.format(
        mark, _WAYS[way.mode].format(way.per_call), plain(way.model), figures.count(way.requests),
        figures.tokens(way.input_tokens), figures.tokens(way.output_tokens), _money(way.cost_usd),
        done,
    )  # fmt: skip


def rows(number: int) -> str:
    """So many rows."""
    return "1 row" if number == 1 else f"{number:,} rows"


def progress(job: Job, now: dt.datetime, *, bar: bool) -> str:
    """How far a job is, in one line."""
    ended = job.done + job.failed
    share = ended / job.rows if job.rows else 1.0
    parts = [f"{ended:,} of {rows(job.rows)}", figures.percent(share)]
    if job.failed:
        parts.append(f"{job.failed:,} failed")
    if job.held:
        parts.append(f"{job.held:,} held")
    if job.state == "running" and job.ends_at is not None:
        left = (job.ends_at - now).total_seconds()
        parts.append(f"about {figures.duration(max(left, 1.0))} left")
    if job.state != "running":
        parts.append(job.state)
    text = " · ".join(parts)
    full = round(share * CELLS)
    return f"[{'#' * full}{'.' * (CELLS - full)}] {text}" if bar else text


def job_line(job: Job) -> str:
    """One job of a list."""
    count = f"{job.done:,} of {rows(job.rows)}"
    failed = f", {job.failed:,} failed" if job.failed else ""
    return f"{job.id[:8]}  {job.state:<9}  {job.mode:<7}  {count}{failed}  “{plain(job.name)}”"


def ended(job: Job) -> list[str]:
    """What came of a job, beside what was promised."""
    lines = [f"{job.done:,} of {rows(job.rows)} answered, {job.failed:,} failed: {job.state}."]
    if job.reason:
        lines.append(f"It stands still: {plain(job.reason)}")
    lines.append(
        f"{figures.count(job.requests)} requests, {figures.tokens(job.input_tokens)} tokens in, "
        f"{figures.tokens(job.output_tokens)} out."
    )
    if job.cost_usd is not None:
        lines.append(f"Cost {_money(job.cost_usd)}{_planned(_money(job.predicted_usd))}.")
    took, promised = _took(job)
    if took is not None:
        lines.append(f"It took {figures.duration(took)}{_planned(promised)}.")
    if job.failed and job.state == "finished":
        lines.append(f"To run the failed rows again: sluice batch rerun {job.id[:8]}")
    return lines


def shown(job: Job, bad: Iterable[Row]) -> list[str]:
    """One job, and the rows of it that failed."""
    lines = [job_line(job), f"{plain(job.model)}, made {_when(job.created_at)}."]
    if job.state in {"running", "paused"} and job.predicted_end is not None:
        lines.append(f"Promised for {_when(job.predicted_end)}, now {_when(job.ends_at)}.")
    lines += ended(job)
    for number, row in enumerate(bad):
        if number == SHOWN_ROWS:
            lines.append("and more")
            break
        name = f" ({plain(row.id)})" if row.id is not None else ""
        lines.append(f"  row {row.place + 1}{name}: {plain(row.error or row.state)}")
    return lines


def _took(job: Job) -> tuple[float | None, str]:
    if job.started_at is None or job.ended_at is None:
        return None, ""
    took = (job.ended_at - job.started_at).total_seconds()
    if job.predicted_end is None:
        return took, ""
    return took, figures.duration((job.predicted_end - job.started_at).total_seconds())


def _planned(what: str) -> str:
    return f", planned {what}" if what not in {"", "–"} else ""


def _money(usd: float | None) -> str:
    return "–" if usd is None else figures.money(usd)


def _when(at: dt.datetime | None) -> str:
    return "–" if at is None else f"{at.astimezone():%Y-%m-%d %H:%M:%S}"
