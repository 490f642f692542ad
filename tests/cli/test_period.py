"""Points in time as a person writes them."""

import argparse
import datetime as dt
import time
from collections.abc import Iterator

import pytest

from trayapp.cli.period import moment, since

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _india(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    if hasattr(time, "tzset"):
        time.tzset()
    yield
    monkeypatch.undo()
    if hasattr(time, "tzset"):
        time.tzset()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("30m", "2026-11-21T11:30:00Z"),
        ("2 h", "2026-11-21T10:00:00Z"),
        ("7d", "2026-11-14T12:00:00Z"),
        ("2w", "2026-11-07T12:00:00Z"),
        ("today", "2026-11-20T18:30:00Z"),
        ("yesterday", "2026-11-19T18:30:00Z"),
        ("2026-11-20", "2026-11-19T18:30:00Z"),
        ("2026-11-20T06:00", "2026-11-20T00:30:00Z"),
        ("2026-11-20T06:00:00Z", "2026-11-20T06:00:00Z"),
    ],
)
def test_a_time_is_that_of_the_local_clock(text: str, at: str) -> None:
    """Spans count back from now, days begin at the local midnight, an offset is taken as told."""
    assert moment(text, NOW) == dt.datetime.fromisoformat(at)
    assert since(text) == text


@pytest.mark.parametrize("text", ["", "soon", "5", "-3h", "2026-13-01", "999999w", "0001-01-01"])
def test_what_is_no_time_says_what_is_one(text: str) -> None:
    """The usage shows by example."""
    with pytest.raises(argparse.ArgumentTypeError, match="a time is 30m"):
        since(text)
