"""How a request ended, in a word."""

import datetime as dt
from typing import Any

import pytest

from trayapp.meter.verdicts import is_other_model, verdict_of
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
ERROR: dict[str, Any] = {"outcome": "error"}


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({}, "answered"),
        ({"outcome": "caller_gone", "throttled": True}, "caller_gone"),
        ({"cached": True}, "cached"),
        ({"model_asked": "claude-opus-5-5", "model_served": "claude-sonnet-5-5"}, "other_model"),
        ({"throttled": True}, "throttled"),
        ({"overloaded": True}, "overloaded"),
        ({**ERROR, "status": 429, "refusal": "hold_ended"}, "refused"),
        ({**ERROR, "status": 502, "refusal": "unreachable"}, "failed"),
        ({**ERROR, "status": 429, "throttled": True}, "throttled"),
        ({**ERROR, "status": 529, "overloaded": True}, "overloaded"),
        ({**ERROR, "status": 200, "overloaded": True}, "overloaded"),
        ({**ERROR, "status": 400}, "failed"),
    ],
)
def test_each_end_has_its_word(told: dict[str, Any], word: str) -> None:
    """What went wrong comes first, then what was not as asked."""
    outcome = Outcome(id="r", at=NOON, tool="t", kind="normal", route=Route.MESSAGES, **told)

    assert verdict_of(outcome) == word


@pytest.mark.parametrize(
    ("asked", "served", "other"),
    [
        ("claude-opus-5-5", None, False),
        ("", "claude-opus-5-5", False),
        ("claude-opus-5-5", "claude-opus-5-5", False),
        ("claude-haiku-4-5", "claude-haiku-4-5-20251001", False),
        ("claude-opus-5-5", "claude-haiku-4-5", True),
        ("claude-opus-5-5", "who-knows", True),
        ("llama", "llama:latest", False),
        ("llama", "qwen", True),
    ],
)
def test_a_date_makes_no_other_model(asked: str, served: str | None, other: bool) -> None:
    """An alias answers by its dated name; what nobody knows is compared by how it begins."""
    assert is_other_model(asked, served) is other
