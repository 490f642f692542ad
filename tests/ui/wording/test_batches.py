"""What is said of rows, ways and jobs."""

import pytest
from msgspec.structs import replace

from trayapp.model.jobs import Row, Way
from trayapp.model.snapshot import Job
from trayapp.ui.gallery.batches import ENDED, JOB, ROWS, SONNET, WAYS
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.speech import Tr
from trayapp.ui.wording import batches

TR = Tr(lambda _text, _number: None)


@pytest.mark.parametrize(
    ("way", "cells"),
    [
        (WAYS[1], "Merged, 5 a call|97|≈ 73k|≈ 33k|≈ $0.48|14:07|output tokens"),
        (WAYS[3], "Message Batches|1 batches|≈ 106k|≈ 29k|≈ $0.25|within 24 h|often under 1 h"),
        (
            replace(WAYS[4], cost_usd=None),
            "One by one, Haiku 4.5|485|≈ 106k|≈ 29k|–|14:12|requests",
        ),
    ],
)
def test_a_way_is_a_row_of_the_plan(way: Way, cells: str) -> None:
    """Estimates say so, and a price nobody knows is a dash."""
    assert "|".join(batches.cells(TR, way, SONNET, NOW)) == cells


def test_a_way_is_read_aloud() -> None:
    """In one sentence."""
    assert batches.spoken(TR, WAYS[1], SONNET, NOW) == (
        "Merged, 5 a call: 97 requests, about $0.48, done by 14:07, limited by output tokens"
    )


def test_assumed_limits_are_said() -> None:
    """Before the first answer of a model."""
    said = batches.explained(TR, replace(WAYS[0], assumed=True))

    assert said.endswith("those of the smallest plan are assumed.")
    assert batches.explained(TR, None) == ""


@pytest.mark.parametrize(
    ("job", "words"),
    [
        (JOB, "Done about 14:06, predicted 14:05|45 rows a minute|$0.31 of about $0.50|67k in, 18k out"),
        (ENDED, "Predicted 14:00 and $0.50, real 14:01 and $0.51|106k in, 29k out"),
        (replace(ENDED, predicted_end=None, predicted_usd=None, cost_usd=None),
         "Ended 14:01|106k in, 29k out"),
        (replace(ENDED, predicted_end=None),
         "Predicted within 24 h and $0.50, real 14:01 and $0.51|106k in, 29k out"),
        (replace(JOB, state="paused", predicted_usd=None), "$0.31|67k in, 18k out"),
    ],
)  # fmt: skip
def test_a_job_in_a_line(job: Job, words: str) -> None:
    """While it runs what is left, and afterwards what was promised beside what it took."""
    assert "|".join(batches.line(TR, job, NOW)) == words


def test_rows_are_counted_by_state() -> None:
    """None are said that are none."""
    assert batches.counts(TR, JOB) == "1 failed · 1 running · 1 held · 185 waiting"
    assert batches.counts(TR, replace(ENDED, failed=0, done=500)) == ""


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (ROWS[1], "–|–|–"), (ROWS[3], "0|0|$0"), (ROWS[4], "||"), (ROWS[0], "214|58|$0.001"),
    ],
)  # fmt: skip
def test_numbers_of_a_row(row: Row, cells: str) -> None:
    """A row that is not over has none yet; one that used none has dashes."""
    assert "|".join(batches.row_cells(TR, row)[4:]) == cells


def test_the_first_call() -> None:
    """One prompt stands as it is, several by their numbers."""
    assert batches.first("Be\nshort.", ["a\nb", "c"]) == "system Be short.\n1 a b\n2 c"
    assert batches.first("", ["a\nb"]) == "a\nb"


def test_the_end_of_a_job() -> None:
    """Its notification tells how many were answered, failed, and what it cost."""
    assert batches.ended(TR, ENDED) == (
        "“Reviews, week 46” is done", "499 rows answered · 1 failed · $0.51",
    )  # fmt: skip
