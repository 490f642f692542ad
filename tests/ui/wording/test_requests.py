"""What a row of Activity says."""

import datetime as dt

import msgspec
import pytest

from trayapp.model.history import Record
from trayapp.ui.gallery.requests import RECORDS
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.speech import Tr
from trayapp.ui.wording import requests

TR = Tr(lambda _text, _number: None)
TWELVE = Tr(lambda _text, _number: None, twelve_hours=True)


def changed(**fields: object) -> Record:
    return msgspec.structs.replace(RECORDS[0], **fields)


def test_a_row_has_a_text_for_each_column() -> None:
    """Numbers are short, and the model is said by its name."""
    row = requests.cells(TR, RECORDS[0], NOW)

    assert len(row) == len(requests.COLUMNS)
    assert row == (
        "14:01:51", "Claude Code", "Sonnet 5.5", "3.1k", "412", "38k", "$0.014", "8.1\u00a0s",
        "0.9\u00a0s", "71", "Answered",
    )  # fmt: skip


def test_what_is_not_known_is_a_dash() -> None:
    """A request that never went has no numbers."""
    row = requests.cells(TR, RECORDS[7], NOW)

    assert row[3:10] == (requests.NONE,) * 7


def test_an_answer_of_ours_costs_nothing() -> None:
    """What it would have cost is said as saved."""
    row = requests.cells(TR, RECORDS[4], NOW)

    assert (row[6], row[8], row[10]) == ("$0", "2\u00a0ms", "From cache, saved $0.005")


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RECORDS[3], "Opus 5.5 → Sonnet 5.5"),
        (changed(model_asked="", model_served=None, route="files"), "files"),
    ],
)
def test_models(record: Record, said: str) -> None:
    """Another model than was asked is said beside it; where there is none, the path."""
    assert requests.model(record) == said


@pytest.mark.parametrize(
    ("tr", "hours", "said"),
    [
        (TR, -24, "24\u00a0Nov 14:02:00"), (TWELVE, 0, "2:02:00 PM"),
        (TWELVE, -14, "12:02:00 AM"),
    ],
)  # fmt: skip
def test_moments(tr: Tr, hours: int, said: str) -> None:
    """Before today the day is said; clocks count as the reader's do."""
    assert requests.moment(tr, NOW + dt.timedelta(hours=hours), NOW) == said


def test_written_prompt_cache_counts_as_input() -> None:
    """It is paid for and limited as input is."""
    record = changed(input_tokens=100, cache_creation_input_tokens=900)

    assert requests.entered(record) == 1_000


@pytest.mark.parametrize(
    ("milliseconds", "said"),
    [
        (None, "–"),
        (2, "2\u00a0ms"),
        (99.6, "0.1\u00a0s"),
        (8_000, "8\u00a0s"),
        (41_000, "41\u00a0s"),
    ],
)
def test_short_times(milliseconds: float | None, said: str) -> None:
    """Under ten seconds a decimal, under a tenth milliseconds."""
    assert requests.short(TR, milliseconds) == said
