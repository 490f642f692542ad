"""An outcome as the rows that keep it."""

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any

import pytest

from trayapp.clock import local_day
from trayapp.meter.rows import as_rows, day_sums, hour_sums, hour_text, request_row, text_of
from trayapp.meter.schema import REQUESTS
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.usage import Usage

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A zone whose hours begin at half past."""
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


def outcome(**told: Any) -> Outcome:
    fields: dict[str, Any] = {
        "id": "r", "at": NOON, "tool": "ide", "kind": "normal", "route": Route.MESSAGES,
        "model_asked": "claude-opus-5-5", "usage": Usage(10, 5, 3, 2), "cost_usd": 0.5, **told,
    }  # fmt: skip
    return Outcome(**fields)


def test_a_row_has_a_value_for_every_column() -> None:
    """Columns and values are as many, and when it ended is when it came and how long it took."""
    row = dict(zip(REQUESTS, request_row(outcome(duration_ms=1500.0)), strict=True))

    assert (row["at"], row["ended"]) == ("2026-11-21T12:00:00.000Z", 1795262401500)


def test_hours_are_those_of_the_local_clock() -> None:
    """What ended after half past of the world's clock is of the next hour where hours begin so."""
    sums = hour_sums([outcome(), outcome(at=NOON + dt.timedelta(minutes=30))])

    assert [hour for hour, _, _ in sums] == ["2026-11-21T17", "2026-11-21T18"]
    assert hour_text(NOON) == "2026-11-21T17"


def test_only_messages_are_summed() -> None:
    """Counts of tokens and lists of models are no use of tokens."""
    assert hour_sums([outcome(route=Route.MODELS)]) == {}


def test_days_are_the_sums_of_their_hours() -> None:
    """What an hour knows adds up, and an unknown cost stays unknown beside a known one."""
    hours = hour_sums(
        [
            outcome(),
            outcome(at=NOON + dt.timedelta(hours=2), cost_usd=None, usage=None, kind="batch"),
            outcome(at=NOON + dt.timedelta(hours=2), cached=True),
            outcome(at=NOON + dt.timedelta(hours=7)),
        ]
    )

    days = as_rows(day_sums(hours))

    assert [row[:5] for row in days] == [
        ("2026-11-21", "ide", "claude-opus-5-5", "normal", 0.5),
        ("2026-11-22", "ide", "claude-opus-5-5", "normal", 0.5),
    ]
    assert [row[5:7] for row in days] == [(3, 1), (1, 0)]
    assert f"{local_day(NOON):%Y-%m-%d}" == days[0][0]


def test_times_sort_as_text() -> None:
    """RFC 3339 to the millisecond, in UTC."""
    assert text_of(NOON.astimezone()) == "2026-11-21T12:00:00.000Z"
