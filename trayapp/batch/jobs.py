"""Jobs in `meter.db`: their states, their sealed rows, and which Message Batches hold which.

Every function runs on the file's own thread and is whole in itself: a kill between two leaves a
job from which it goes on. A row is answered once; a second answer to it changes nothing.
"""

import datetime as dt
import os
import sqlite3
from collections.abc import Iterable, Sequence
from itertools import starmap
from typing import Any, TypeVar

import msgspec

from trayapp.batch.results import CACHED, MERGED, Answered, Asked, Attempt, Result, Spent, Waiting
from trayapp.batch.sealing import NONCE_BYTES, Seal
from trayapp.db import transaction
from trayapp.model.errors import SluiceError
from trayapp.model.jobs import PAGE, JobSpec, NewRow, Row, RowPage, RowState
from trayapp.model.snapshot import Job, JobState

T = TypeVar("T")

MOST_ROWS = 100_000
_ENDED = ("finished", "cancelled")
_JOB = """id, name, mode, rows, done, failed, state, model, created_at, started_at, ended_at,
    reason, requests, input_tokens, output_tokens, cost_usd, predicted_end, predicted_usd"""
_ANSWER = """UPDATE job_rows SET state = ?, answered = ?, input_tokens = ?, output_tokens = ?,
    cost_usd = ?, flags = ? WHERE job = ? AND place = ? AND state IN ('waiting', 'submitted')"""
_COPIES = "UPDATE job_rows SET state = ? WHERE job = ? AND same_as = ? AND state != 'faulty'"
_COUNT = """UPDATE jobs SET done = done + ?, failed = failed + ?,
    input_tokens = input_tokens + ?, output_tokens = output_tokens + ?,
    cost_usd = CASE WHEN ? IS NULL THEN cost_usd ELSE coalesce(cost_usd, 0) + ? END WHERE id = ?"""
_ROWS = """SELECT r.place, r.state, r.asked, coalesce(r.answered, o.answered), r.same_as,
    r.cost_usd, r.flags FROM job_rows r
    LEFT JOIN job_rows o ON o.job = r.job AND o.place = r.same_as
    WHERE r.job = ? AND r.place >= ?"""


class JobError(SluiceError):
    """What was asked of a job cannot be done; the sentence says why."""


def create(c: sqlite3.Connection, seal: Seal, job: str, spec: JobSpec, at: dt.datetime) -> None:
    """Make a planned job; one of this id that is still planned stays as it is."""
    sealed = _sealed(seal, f"{job}/spec", spec)
    with transaction(c):
        state = _state_of(c, job)
        if state == "planned":
            return
        if state is not None:
            raise JobError("There is a job of this id already.")
        values = (job, spec.name, spec.mode, spec.model, sealed, _text(at))
        c.execute(
            """INSERT INTO jobs (id, name, mode, model, state, spec, created_at)
            VALUES (?, ?, ?, ?, 'planned', ?, ?)""",
            values,
        )


def add(c: sqlite3.Connection, seal: Seal, job: str, first: int, rows: Sequence[NewRow]) -> None:
    """Put *rows* into a planned job; what already stands at their places is the same."""
    if first + len(rows) > MOST_ROWS:
        raise JobError("A job has at most 100,000 rows.")
    with transaction(c):
        _require(c, job, "planned")
        if any(row.same_as is not None and not 0 <= row.same_as < first + at
               for at, row in enumerate(rows)):  # fmt: skip
            raise JobError("A row can only be the same as one before it.")
        c.executemany(
            """INSERT OR IGNORE INTO job_rows (job, place, state, same_as, size, asked)
            VALUES (?, ?, ?, ?, ?, ?)""",
            [_new(seal, job, first + at, row) for at, row in enumerate(rows)],
        )
        c.execute(
            """UPDATE jobs SET (rows, failed) = (SELECT count(*), sum(state = 'faulty')
            FROM job_rows WHERE job = id) WHERE id = ?""",
            (job,),
        )


def _new(seal: Seal, job: str, place: int, row: NewRow) -> tuple[Any, ...]:
    state = "faulty" if row.fault else "waiting"
    asked = _sealed(seal, f"{job}/{place}", Asked(row.prompt, row.id, row.fault))
    return job, place, state, row.same_as, len(row.prompt.encode()), asked


def start(c: sqlite3.Connection, job: str, at: dt.datetime, end: str | None,
          usd: float | None) -> None:  # fmt: skip
    """Run a planned job from now on."""
    with transaction(c):
        _require(c, job, "planned")
        c.execute(
            """UPDATE jobs SET state = 'running', started_at = ?, predicted_end = ?,
            predicted_usd = ? WHERE id = ?""",
            (_text(at), end, usd, job),
        )


def move(c: sqlite3.Connection, job: str, states: Sequence[JobState], to: JobState,
         at: dt.datetime, reason: str = "") -> None:  # fmt: skip
    """Give a job that is in one of *states* another one."""
    with transaction(c):
        _require(c, job, *states)
        ended = _text(at) if to in _ENDED else None
        c.execute(
            "UPDATE jobs SET state = ?, reason = ?, ended_at = ? WHERE id = ?",
            (to, reason, ended, job),
        )


def rerun(c: sqlite3.Connection, job: str) -> None:
    """Let the failed rows of a job wait again, and the job run."""
    with transaction(c):
        _require(c, job, "finished", "cancelled", "paused", "running")
        c.execute(
            """UPDATE job_rows SET state = 'waiting', answered = NULL, alone = 1, batch = NULL
            WHERE job = ? AND state = 'failed'""",
            (job,),
        )
        c.execute(
            """UPDATE jobs SET state = 'running', reason = '', ended_at = NULL, failed =
            (SELECT count(*) FROM job_rows WHERE job = jobs.id AND state = 'faulty')
            WHERE id = ?""",
            (job,),
        )


def duplicate(c: sqlite3.Connection, seal: Seal, job: str, copy: str, at: dt.datetime) -> None:
    """Make a planned job *copy* of the same rows; each is sealed anew for its place there."""
    spec = spec_of(c, seal, job)
    create(c, seal, copy, spec, at)
    rows = c.execute("SELECT place, asked, same_as FROM job_rows WHERE job = ? ORDER BY place",
                     (job,))  # fmt: skip
    while page := rows.fetchmany(500):
        asked = [(place, _opened(seal, f"{job}/{place}", sealed, Asked), same)
                 for place, sealed, same in page]  # fmt: skip
        new = [NewRow(each.prompt, each.id, each.fault, same) for _, each, same in asked]
        add(c, seal, copy, page[0][0], new)


def rename(c: sqlite3.Connection, job: str, name: str) -> None:
    """Call a job otherwise."""
    if not c.execute("UPDATE jobs SET name = ? WHERE id = ?", (name, job)).rowcount:
        raise _unknown()


def remove(c: sqlite3.Connection, job: str) -> None:
    """Forget a job that does not run."""
    with transaction(c):
        _require(c, job, "planned", *_ENDED)
        for table, column in (("job_rows", "job"), ("job_batches", "job"), ("jobs", "id")):
            c.execute(f"DELETE FROM {table} WHERE {column} = ?", (job,))  # noqa: S608 - our names


def spec_of(c: sqlite3.Connection, seal: Seal, job: str) -> JobSpec:
    """How a job is run."""
    found = c.execute("SELECT spec FROM jobs WHERE id = ?", (job,)).fetchone()
    if found is None:
        raise _unknown()
    return _opened(seal, f"{job}/spec", found[0], JobSpec)


def listed(c: sqlite3.Connection) -> list[Job]:
    """Every job, the newest first."""
    rows = c.execute(f"SELECT {_JOB} FROM jobs ORDER BY created_at DESC, rowid DESC")  # noqa: S608 - ours
    return [_job(*row) for row in rows]


def find(c: sqlite3.Connection, job: str) -> Job:
    """One job as it stands."""
    row = c.execute(f"SELECT {_JOB} FROM jobs WHERE id = ?", (job,)).fetchone()  # noqa: S608 - ours
    if row is None:
        raise _unknown()
    return _job(*row)


def waiting(c: sqlite3.Connection, seal: Seal, job: str, after: int, most: int) -> list[Waiting]:
    """The next rows that are to be asked, behind the place *after*; copies are asked by their first."""
    rows = c.execute(
        """SELECT place, asked, alone FROM job_rows WHERE job = ? AND state = 'waiting'
        AND place > ? AND same_as IS NULL ORDER BY place LIMIT ?""",
        (job, after, most),
    )
    return [
        Waiting(place, _opened(seal, f"{job}/{place}", asked, Asked).prompt, bool(alone))
        for place, asked, alone in rows
    ]


def sizes(c: sqlite3.Connection, job: str) -> list[int]:
    """How large the prompts are that still wait."""
    rows = c.execute("SELECT size FROM job_rows WHERE job = ? AND state = 'waiting'", (job,))
    return [size for (size,) in rows]


def left(c: sqlite3.Connection, job: str) -> int:
    """How many rows have no end yet."""
    (count,) = c.execute(
        """SELECT count(*) FROM job_rows WHERE job = ? AND state IN ('waiting', 'submitted')
        AND same_as IS NULL""",
        (job,),
    ).fetchone()
    return int(count)


def answer(
    c: sqlite3.Connection, seal: Seal, job: str, results: Iterable[Result], spent: Spent
) -> None:
    """Keep what came of rows, all or nothing; what was answered before keeps its answer.

    *spent* is what the job's calls cost beside what *results* say.
    """
    with transaction(c):
        for result in results:
            sealed = _sealed(seal, f"{job}/{result.place}/answer", result.answered)
            usage = result.answered.usage
            used = (usage.input_tokens, usage.output_tokens) if usage else (None, None)
            values = (result.state, sealed, *used, result.cost_usd, result.flags)
            if not c.execute(_ANSWER, (*values, job, result.place)).rowcount:
                continue
            copies = c.execute(_COPIES, (result.state, job, result.place)).rowcount
            done = (copies + 1) * (result.state == "done")
            counted = (done, copies + 1 - done, used[0] or 0, used[1] or 0)
            c.execute(_COUNT, (*counted, result.cost_usd, result.cost_usd, job))
        lost = (0, 0, spent.input_tokens, spent.output_tokens, spent.cost_usd, spent.cost_usd)
        c.execute(_COUNT, (*lost, job))
        c.executemany(
            """UPDATE job_rows SET alone = 1 WHERE job = ? AND place = ?""",
            [(job, place) for place in spent.alone],
        )
        c.execute("UPDATE jobs SET requests = requests + ? WHERE id = ?", (spent.requests, job))


# -- Message Batches


def submitting(c: sqlite3.Connection, job: str, places: Sequence[int], at: dt.datetime) -> Attempt:
    """Note that *places* go into a batch, before they do."""
    with transaction(c):
        (number,) = c.execute(
            "SELECT coalesce(max(attempt), 0) + 1 FROM job_batches WHERE job = ?", (job,)
        ).fetchone()
        attempt = Attempt(job, number, "submitting", None, len(places), _text(at))
        c.execute("INSERT INTO job_batches VALUES (?, ?, ?, NULL, ?, ?)",
                  (job, number, "submitting", len(places), attempt.created_at))  # fmt: skip
        c.executemany(
            "UPDATE job_rows SET state = 'submitted', batch = ? WHERE job = ? AND place = ?",
            [(number, job, place) for place in places],
        )
    return attempt


def settle(c: sqlite3.Connection, attempt: Attempt, state: str, batch: str | None) -> None:
    """Note what became of a batch; the rows of one that is `lost` or `fetched` wait again.

    Of a fetched one those are the rows that its results did not name.
    """
    with transaction(c):
        c.execute("UPDATE job_batches SET state = ?, batch = ? WHERE job = ? AND attempt = ?",
                  (state, batch, attempt.job, attempt.number))  # fmt: skip
        if state in {"lost", "fetched"}:
            c.execute(
                """UPDATE job_rows SET state = 'waiting', batch = NULL
                WHERE job = ? AND batch = ? AND state = 'submitted'""",
                (attempt.job, attempt.number),
            )


def attempts(c: sqlite3.Connection, job: str) -> list[Attempt]:
    """The batches of a job that are not done with."""
    rows = c.execute(
        """SELECT job, attempt, state, batch, rows, created_at FROM job_batches
        WHERE job = ? AND state IN ('submitting', 'submitted') ORDER BY attempt""",
        (job,),
    )
    return list(starmap(Attempt, rows))


def known_batches(c: sqlite3.Connection) -> set[str]:
    """The ids of all batches that belong to an attempt."""
    return {batch for (batch,) in c.execute("SELECT batch FROM job_batches WHERE batch NOT NULL")}


# -- pages


def page(
    c: sqlite3.Connection, seal: Seal, job: str, first: int, most: int, states: Sequence[RowState]
) -> RowPage:
    """Rows from *first* on, at most a mebibyte of them but at least one."""
    if _state_of(c, job) is None:
        raise _unknown()
    wanted = f" AND r.state IN ({','.join('?' * len(states))})" if states else ""
    sql = f"{_ROWS}{wanted} ORDER BY r.place LIMIT ?"
    rows: list[Row] = []
    size = 0
    for found in c.execute(sql, (job, first, *states, most + 1)):
        size += len(found[2]) + len(found[3] or b"")
        if rows and (len(rows) == most or size > PAGE):
            return RowPage(tuple(rows), found[0])
        rows.append(_row(seal, job, found))
    return RowPage(tuple(rows))


def _row(seal: Seal, job: str, found: tuple[Any, ...]) -> Row:
    place, state, asked, answered, same_as, cost, flags = found
    row = _opened(seal, f"{job}/{place}", asked, Asked)
    said = Answered(error=row.fault or None)
    if answered is not None:
        owner = place if same_as is None else same_as
        said = _opened(seal, f"{job}/{owner}/answer", answered, Answered)
    return Row(
        place, row.prompt, state, row.id, said.text, said.model, said.stop_reason,
        said.usage if same_as is None else None, cost, said.error,
        bool(flags & CACHED), bool(flags & MERGED),
    )  # fmt: skip


# -- below


def _require(c: sqlite3.Connection, job: str, *states: str) -> None:
    state = _state_of(c, job)
    if state is None:
        raise _unknown()
    if state not in states:
        raise JobError(f"The job is {state}, so this cannot be done with it now.")


def _state_of(c: sqlite3.Connection, job: str) -> str | None:
    found = c.execute("SELECT state FROM jobs WHERE id = ?", (job,)).fetchone()
    return None if found is None else str(found[0])


def _unknown() -> JobError:
    return JobError("There is no job of this id; `sluice batch list` shows them.")


def _job(*row: Any) -> Job:
    (ident, name, mode, rows, done, failed, state, model, created, started, ended, reason,
     requests, tokens_in, tokens_out, cost, end, usd) = row  # fmt: skip
    return Job(
        ident, name, mode, rows, done, failed, state,
        model=model, created_at=_time(created), started_at=_time(started), ended_at=_time(ended),
        reason=reason or "", requests=requests, input_tokens=tokens_in, output_tokens=tokens_out,
        cost_usd=cost, predicted_end=_time(end), predicted_usd=usd,
    )  # fmt: skip


def _sealed(seal: Seal, place: str, value: msgspec.Struct) -> bytes:
    return seal.seal(place, msgspec.json.encode(value), os.urandom(NONCE_BYTES))


def _opened(seal: Seal, place: str, sealed: bytes, kind: type[T]) -> T:
    return msgspec.json.decode(seal.open(place, sealed), type=kind)


def _text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).isoformat()


def _time(text: str | None) -> dt.datetime | None:
    return None if text is None else dt.datetime.fromisoformat(text)
