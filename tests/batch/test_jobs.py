"""Jobs on disk: rows sealed, answered once, and found again after whatever happened."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from trayapp.batch import jobs
from trayapp.batch.jobs import JobError
from trayapp.batch.results import MERGED, Answered, Result, Spent
from trayapp.batch.sealing import Seal
from trayapp.db import offline
from trayapp.meter.ledger import SCHEMA
from trayapp.model.jobs import PAGE, JobSpec, NewRow
from trayapp.model.snapshot import JobState
from trayapp.model.usage import Usage

JOB, OTHER = "a" * 32, "b" * 32
AT = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
SPEC = JobSpec("Reviews", "claude-sonnet-5-5", system="Be kind.")
SEAL = Seal(b"secret")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "meter.db"


@pytest.fixture
def c(file: Path) -> Iterator[sqlite3.Connection]:
    with offline(file, SCHEMA) as connection:
        yield connection


def planned(c: sqlite3.Connection, *rows: NewRow) -> None:
    jobs.create(c, SEAL, JOB, SPEC, AT)
    jobs.add(c, SEAL, JOB, 0, rows)


def running(c: sqlite3.Connection, *prompts: str) -> None:
    planned(c, *map(NewRow, prompts))
    jobs.start(c, JOB, AT, None, None)


def answer(c: sqlite3.Connection, *results: Result, spent: Spent = Spent()) -> None:  # noqa: B008 - frozen
    jobs.answer(c, SEAL, JOB, results, spent)


def test_a_job_is_made_once(c: sqlite3.Connection) -> None:
    """Who asks twice, because the first answer was lost, has one job and each row once."""
    for _ in range(2):
        planned(c, NewRow("one"), NewRow("two", fault="empty"))

    (job,) = jobs.listed(c)
    assert (job.id, job.name, job.rows, job.done, job.failed) == (JOB, "Reviews", 2, 0, 1)
    assert (job.state, job.created_at) == ("planned", AT)
    assert jobs.spec_of(c, SEAL, JOB) == SPEC


def test_nothing_that_was_asked_or_answered_can_be_read_on_disk(
    c: sqlite3.Connection, file: Path
) -> None:
    """Prompts, ids, system prompt and answers are sealed."""
    planned(c, NewRow("CANARY-prompt", id="CANARY-id"))
    jobs.start(c, JOB, AT, None, None)
    answer(c, Result(0, Answered("CANARY-answer")))
    c.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    content = file.read_bytes()

    assert b"CANARY" not in content
    assert b"Be kind" not in content


def test_a_row_is_answered_once(c: sqlite3.Connection) -> None:
    """A second answer to the same row changes neither the row nor the sums."""
    running(c, "one", "two")
    usage = Usage(input_tokens=10, output_tokens=5)

    answer(c, Result(0, Answered("first", usage=usage), 0.25, MERGED))
    answer(c, Result(0, Answered("second", usage=usage), 0.25))

    row = jobs.page(c, SEAL, JOB, 0, 1, ()).rows[0]
    assert (row.text, row.state, row.usage, row.merged) == ("first", "done", usage, True)
    job = jobs.find(c, JOB)
    assert (job.done, job.input_tokens, job.output_tokens, job.cost_usd) == (1, 10, 5, 0.25)
    assert jobs.left(c, JOB) == 1


def test_what_calls_took_beside_their_answers_counts_too(c: sqlite3.Connection) -> None:
    """A merged call whose answers were all malformed was paid all the same."""
    running(c, "one", "two")

    answer(c, spent=Spent(1, 10, 5, 0.5, (1,)))

    job = jobs.find(c, JOB)
    assert (job.requests, job.input_tokens, job.output_tokens, job.cost_usd) == (1, 10, 5, 0.5)
    assert [row.alone for row in jobs.waiting(c, SEAL, JOB, -1, 9)] == [False, True]


def test_equal_rows_are_asked_once_and_answered_together(c: sqlite3.Connection) -> None:
    """A copy has its first's answer and state, and costs nothing."""
    planned(c, NewRow("one", "x"), NewRow("one", "y", same_as=0))
    jobs.start(c, JOB, AT, None, None)
    asked = jobs.waiting(c, SEAL, JOB, -1, 9)

    answer(c, Result(0, Answered("text", usage=Usage(3, 4)), 0.5))

    assert [row.place for row in asked] == [0]
    first, copy = jobs.page(c, SEAL, JOB, 0, 9, ()).rows
    assert (copy.id, copy.text, copy.state) == ("y", "text", "done")
    assert (first.cost_usd, copy.cost_usd, copy.usage) == (0.5, None, None)
    assert (jobs.find(c, JOB).done, jobs.left(c, JOB)) == (2, 0)


def test_failed_rows_run_again_alone(c: sqlite3.Connection) -> None:
    """The others keep their answers; a faulty row is never sent."""
    planned(c, NewRow("one"), NewRow("two"), NewRow("", fault="it is empty"))
    jobs.start(c, JOB, AT, None, None)
    answer(c, Result(0, Answered("text")), Result(1, Answered(error="no")))
    jobs.move(c, JOB, ("running",), "finished", AT)

    jobs.rerun(c, JOB)

    (waiting,) = jobs.waiting(c, SEAL, JOB, -1, 9)
    assert (waiting.place, waiting.alone) == (1, True)
    job = jobs.find(c, JOB)
    assert (job.state, job.done, job.failed, job.ended_at) == ("running", 1, 1, None)
    assert jobs.page(c, SEAL, JOB, 2, 1, ()).rows[0].error == "it is empty"


def test_a_copy_of_a_job_has_its_rows_and_no_answers(c: sqlite3.Connection) -> None:
    """Ids, faults and what is the same as what come along."""
    planned(c, NewRow("one", "x"), NewRow("one", same_as=0), NewRow("", fault="empty"))
    jobs.start(c, JOB, AT, None, None)
    answer(c, Result(0, Answered("text")))

    jobs.duplicate(c, SEAL, JOB, OTHER, AT)

    rows = jobs.page(c, SEAL, OTHER, 0, 9, ()).rows
    assert [(row.prompt, row.id, row.state, row.text) for row in rows] == [
        ("one", "x", "waiting", None),
        ("one", None, "waiting", None),
        ("", None, "faulty", None),
    ]
    assert jobs.find(c, OTHER).state == "planned"


def test_pages_are_small_but_never_empty(c: sqlite3.Connection) -> None:
    """A page ends at a mebibyte, and a row that is larger is a page of its own."""
    planned(c, *(NewRow("x" * (PAGE // 2 + 1)) for _ in range(3)), NewRow("y" * (PAGE * 2)))

    places = []
    at: int | None = 0
    while at is not None:
        page = jobs.page(c, SEAL, JOB, at, 100, ())
        places.append([row.place for row in page.rows])
        at = page.next

    assert places == [[0], [1], [2], [3]]


def test_pages_can_be_of_some_states(c: sqlite3.Connection) -> None:
    """Only the failed ones, and no more than were asked for."""
    running(c, "a", "b", "c", "d")
    answer(c, *(Result(place, Answered(error="no")) for place in (0, 2, 3)))

    page = jobs.page(c, SEAL, JOB, 0, 2, ("failed",))

    assert [row.place for row in page.rows] == [0, 2]
    assert page.next == 3


def test_rows_of_a_batch_wait_again_when_it_is_lost(c: sqlite3.Connection) -> None:
    """An attempt is noted before it is sent; only when it is settled its rows are free again."""
    running(c, "a", "b", "c")
    attempt = jobs.submitting(c, JOB, [0, 1], AT)

    assert [row.place for row in jobs.waiting(c, SEAL, JOB, -1, 9)] == [2]
    assert jobs.attempts(c, JOB) == [attempt]
    jobs.settle(c, attempt, "lost", None)
    assert [row.place for row in jobs.waiting(c, SEAL, JOB, -1, 9)] == [0, 1, 2]
    assert jobs.attempts(c, JOB) == []
    assert jobs.submitting(c, JOB, [2], AT).number == 2


def test_rows_that_a_batchs_results_leave_out_wait_again(c: sqlite3.Connection) -> None:
    """A result that was dropped is no answer; those that came are kept."""
    running(c, "a", "b")
    attempt = jobs.submitting(c, JOB, [0, 1], AT)
    jobs.settle(c, attempt, "submitted", "msgbatch_1")
    assert jobs.known_batches(c) == {"msgbatch_1"}

    answer(c, Result(1, Answered("text")))
    jobs.settle(c, attempt, "fetched", "msgbatch_1")

    assert [row.place for row in jobs.waiting(c, SEAL, JOB, -1, 9)] == [0]


def test_a_job_is_called_otherwise(c: sqlite3.Connection) -> None:
    """Its name is the user's at any time."""
    planned(c)

    jobs.rename(c, JOB, "Week 47")

    assert jobs.find(c, JOB).name == "Week 47"


def test_what_is_left_is_planned_by_its_sizes(c: sqlite3.Connection) -> None:
    """In bytes, as they are sent."""
    running(c, "abc", "中")

    assert jobs.sizes(c, JOB) == [3, 3]


@pytest.mark.parametrize("state", ["planned", "finished", "cancelled"])
def test_a_job_that_does_not_run_can_be_forgotten(c: sqlite3.Connection, state: JobState) -> None:
    """Rows, answers and batches go with it."""
    running(c, "a")
    jobs.submitting(c, JOB, [0], AT)
    jobs.move(c, JOB, ("running",), state, AT)

    jobs.remove(c, JOB)

    for table in ("jobs", "job_rows", "job_batches"):
        assert c.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_what_cannot_be_done_is_refused_in_words(c: sqlite3.Connection) -> None:
    """A running job is not filled, started or forgotten; one that is not there is nobody's."""
    running(c, "a")

    with pytest.raises(JobError, match="is running"):
        jobs.add(c, SEAL, JOB, 1, [NewRow("b")])
    with pytest.raises(JobError, match="is running"):
        jobs.remove(c, JOB)
    for unknown in (
        lambda: jobs.find(c, OTHER),
        lambda: jobs.spec_of(c, SEAL, OTHER),
        lambda: jobs.page(c, SEAL, OTHER, 0, 1, ()),
        lambda: jobs.rename(c, OTHER, "x"),
        lambda: jobs.start(c, OTHER, AT, None, None),
    ):
        with pytest.raises(JobError, match="no job of this id"):
            unknown()


def test_a_job_has_an_end(c: sqlite3.Connection) -> None:
    """No more than 100,000 rows, and a copy only of a row before it."""
    planned(c)

    with pytest.raises(JobError, match="at most"):
        jobs.add(c, SEAL, JOB, 100_000, [NewRow("a")])
    with pytest.raises(JobError, match="one before it"):
        jobs.add(c, SEAL, JOB, 0, [NewRow("a", same_as=0)])
