"""What is asked of the history: statements with their values, and rows read back."""

import datetime as dt
from typing import Any

import pytest

from trayapp.meter import questions as file
from trayapp.meter.questions import (
    NEWEST,
    answer_of,
    floor_of,
    kept_of,
    milliseconds,
    page_of,
    record_of,
    sums_of,
)
from trayapp.model.history import Filter, ListRequests, Page

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
ROW: dict[str, Any] = {
    "id": 9, "ended": 1000, "request_id": "r", "at": "2026-11-21T12:00:00.000Z", "tool": "Zed",
    "kind": "normal", "route": "messages", "verdict": "answered", "outcome": "ok",
    "model_asked": "claude-sonnet-5-5", "input_tokens": 100, "output_tokens": 400,
    "cache_read_input_tokens": 1000, "cost_usd": 0.01, "cached": 0, "ttft_ms": 1000.0,
    "duration_ms": 3000.0, "held_ms": 500.0,
}  # fmt: skip


def row(**told: Any) -> tuple[Any, ...]:
    fields = ROW | told
    return tuple(fields.get(name) for name in file._FIELDS)


def test_values_never_stand_in_a_statement() -> None:
    """However odd a name is, it goes beside the statement, not into it."""
    odd = "'); DROP TABLE requests; --"
    asked = Filter((odd,), (odd,), ("cached",), NOON, NOON, odd)

    questions = [
        page_of(ListRequests(asked, before=(5, 6), after=7), (3, 4)),
        page_of(ListRequests(), None),
        sums_of(asked, "hour", NEWEST, None),
        kept_of("days", asked, "tool", "2026-11-21", "9"),
        floor_of(asked, NEWEST),
    ]

    for sql, values in questions:
        assert odd not in sql
        assert sql.count("?") == len(values)


@pytest.mark.parametrize("by", ["hour", "day", "tool", "model"])
def test_sums_are_asked_by_each_key(by: str) -> None:
    """Kept and counted sums are grouped alike."""
    for sql, _ in (
        sums_of(Filter(), by, NEWEST, None),
        kept_of("hours", Filter(), by, "", "9"),
    ):
        assert sql.endswith("GROUP BY 1")


def test_speed_is_that_of_the_answer_itself() -> None:
    """Neither the wait nor the time to the first token counts; without one the wait alone is left out."""
    speeds = [
        getattr(record_of(row(**told)), "tokens_per_s", None)
        for told in ({}, {"ttft_ms": None}, {"duration_ms": 1001.0}, {"output_tokens": 0}, {"cached": 1})
    ]  # fmt: skip

    assert speeds == [200.0, 160.0, None, None, None]


def test_prompt_cache_saves_what_plain_input_would_have_cost_more() -> None:
    """Only where something was read, and where both prices are known."""
    saved = [
        getattr(record_of(row(**told)), "prompt_cache_saved_usd", None)
        for told in (
            {"cost_usd": 0.0},
            {"cache_read_input_tokens": 0},
            {"cost_usd": None},
            {"cached": 1},
            {"model_asked": "nobody-knows"},
        )
    ]

    assert saved == [pytest.approx(1100 * 2e-6 + 400 * 1e-5, rel=0.6), None, None, None, None]


def test_a_full_page_goes_on_behind_its_last_row() -> None:
    """One that is not full goes on where the question stopped looking."""
    asked = ListRequests(limit=2)

    full = answer_of(asked, [row(id=9), row(id=8)], None)
    ended = answer_of(asked, [row()], None)
    looked = answer_of(asked, [], (500, 3))

    assert (full.next, ended.next, looked) == ((1000, 8), None, Page((), (500, 3)))


def test_a_row_without_sense_is_none() -> None:
    """Damage may have left anything in a column."""
    assert record_of(row(at=b"\x00")) is None


def test_milliseconds_are_those_of_the_epoch() -> None:
    """Whole ones."""
    assert milliseconds(NOON) == 1795262400000
