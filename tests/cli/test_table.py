"""The history as a table for a terminal."""

import datetime as dt
from typing import Any

import pytest

from trayapp.cli.table import record_head, record_line, sum_head, sum_line
from trayapp.model.history import Record, Sum

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def record(**told: Any) -> Record:
    fields: dict[str, Any] = {
        "id": 1, "ended": 2, "request_id": "r", "at": NOON, "tool": "ide", "kind": "normal",
        "route": "messages", "verdict": "answered", "outcome": "ok",
        "model_asked": "claude-opus-5-5", **told,
    }  # fmt: skip
    return Record(**fields)


def test_columns_stand_under_their_names() -> None:
    """Every line is as wide as the head, up to the words at its end."""
    line = record_line(
        record(
            input_tokens=3100, output_tokens=412, cache_read_input_tokens=38_000, cost_usd=0.0142,
            held_ms=8100.0, ttft_ms=900.0, tokens_per_s=71.4,
        )
    )  # fmt: skip

    assert line.split()[3:] == [
        "claude-opus-5-5", "3.1k", "412", "38k", "$0.014", "8.1", "s", "900", "ms", "71",
        "answered",
    ]  # fmt: skip
    assert record_head().index("outcome") == line.index("answered")


@pytest.mark.parametrize(
    ("told", "end"),
    [
        ({}, "–  answered"),
        ({"verdict": "cached", "cached": True, "cost_usd": 0.005}, "from cache, saved $0.005"),
        ({"verdict": "cached", "cached": True}, "from cache, saved $0"),
        ({"verdict": "throttled"}, "throttled, sent again, answered"),
        ({"verdict": "refused", "outcome": "error", "refusal": "too_large"}, "Sluice: too_large"),
        ({"verdict": "failed", "outcome": "error", "error_type": "a\x1bb"}, "failed: a?b"),
        ({"verdict": "caller_gone", "outcome": "caller_gone"}, "caller hung up"),
    ],
)
def test_the_end_is_said_in_words(told: dict[str, Any], end: str) -> None:
    """With what it saved, or why it went wrong, and nothing that moves a cursor."""
    assert record_line(record(**told)).rstrip().endswith(end)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"verdict": "other_model", "model_served": "m"}, "claude-opus-5-5 → m"),
        ({"model_asked": "", "route": "models"}, " models "),
        ({"tool": "a" * 30}, " " + "a" * 15 + "… "),
        ({"cost_usd": 0.0001}, "<$0.001"),
        ({"held_ms": 41_000.0}, "41 s"),
    ],
)
def test_what_is_special_is_told(told: dict[str, Any], words: str) -> None:
    """Another model, no model, a name that is too long, little money, a long wait."""
    assert words in record_line(record(**told))


def test_sums_are_told_in_full() -> None:
    """Counts with separators, tokens short, unknown money as a dash."""
    line = sum_line(Sum("2026-11-21", 1200, cache_hits=3, input_tokens=1_100_000))

    assert line.split() == ["2026-11-21", "1,200", "1.1M", "–", "–", "–", "3", "0", "0"]
    assert sum_head("day").startswith("day")
    assert "$2.50" in sum_line(Sum("", 1, cost_usd=2.5))
