"""What is said of jobs in the shell."""

import datetime as dt
from itertools import repeat

import pytest
from msgspec.structs import replace

from tests.cli.batch_scene import AT, JOB, ROWS, WAYS
from trayapp.cli import batch_words as words
from trayapp.model.jobs import JobSpec
from trayapp.model.snapshot import Job

RUNNING = replace(
    JOB, state="running", rows=40, done=9, failed=1, held=3, ends_at=AT + dt.timedelta(seconds=90)
)


def test_progress_says_how_far_and_how_long() -> None:
    """For a pipe without a bar, for a terminal with one."""
    line = words.progress(RUNNING, AT, bar=False)

    assert line == "10 of 40 rows · 25% · 1 failed · 3 held · about 1 min left"
    assert words.progress(RUNNING, AT, bar=True).startswith(f"[{'#' * 8}{'.' * 22}] 10 of")


@pytest.mark.parametrize(
    ("job", "line"),
    [
        (replace(RUNNING, ends_at=None, held=0, failed=0), "9 of 40 rows · 22%"),
        (replace(RUNNING, rows=0, done=0, failed=0, held=0, state="paused"),
         "0 of 0 rows · 100% · paused"),
    ],
)  # fmt: skip
def test_what_is_not_known_is_not_said(job: Job, line: str) -> None:
    """No end, no number."""
    assert words.progress(replace(job, ends_at=None), AT, bar=False) == line


def test_what_came_of_it_is_beside_what_was_planned() -> None:
    """Requests, tokens, money and time."""
    assert words.ended(JOB) == [
        "1 of 2 rows answered, 1 failed: finished.",
        "3 requests, 1.2k tokens in, 400 out.",
        "Cost $0.12, planned $0.10.",
        "It took 1 min, planned 1 min.",
        "To run the failed rows again: sluice batch rerun abababab",
    ]


def test_a_job_that_stands_says_why() -> None:
    """Without a price and without a promise, neither is told."""
    job = replace(
        JOB, state="paused", reason="No key.", cost_usd=None, predicted_end=None, ended_at=None
    )

    assert words.ended(job)[1:] == [
        "It stands still: No key.",
        "3 requests, 1.2k tokens in, 400 out.",
    ]
    assert words.ended(replace(JOB, predicted_end=None))[3] == "It took 1 min."


def test_a_plan_marks_what_was_chosen() -> None:
    """And says where its limits are only assumed."""
    lines = words.plan(WAYS, JobSpec("", "claude-sonnet-5-5"))

    assert [line[:1] for line in lines[1:4]] == ["*", " ", " "]
    assert lines[3].endswith("–  within a day")
    assert "a small plan's are assumed" in lines[4]
    assert len(words.plan(WAYS, JobSpec("", "other"))) == 4


def test_a_way_is_chosen_with_its_size() -> None:
    """Merged by seven is not merged by five."""
    merged = JobSpec("", "claude-sonnet-5-5", "merged", 5)

    assert words.chosen(WAYS, merged) is WAYS[1]
    assert words.chosen(WAYS, replace(merged, per_call=7)) is None


def test_failed_rows_are_told_up_to_a_point() -> None:
    """Fifty of them."""
    lines = words.shown(RUNNING, repeat(ROWS[1], 60))

    assert lines[0] == "abababab  running    single   9 of 40 rows, 1 failed  “Reviews”"
    assert lines[2].startswith("Promised for 2026-11-25")
    assert sum("row 2 (second): The model refused" in line for line in lines) == 50
    assert lines[-1] == "and more"
    assert "  row 1: done" in words.shown(JOB, ROWS[:1])


def test_one_row_is_one() -> None:
    """No plural for a single one."""
    assert words.rows(1) == "1 row"
