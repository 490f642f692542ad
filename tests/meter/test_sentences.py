"""Warnings in one sentence each."""

import datetime as dt
from typing import Any

import pytest

from trayapp.meter.sentences import name_of, sentence
from trayapp.model.snapshot import Level, Notice, Rule

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
SONNET: dict[str, Any] = {"model_class": "sonnet-5.5"}


def begun(rule: Rule, meter: str | None = None, level: Level = "warning", **facts: Any) -> str:
    """The sentence of an episode that has begun."""
    return sentence(Notice(1, rule, level, NOON, "pool", meter, facts=facts))


def over(rule: Rule, meter: str | None = None, **facts: Any) -> str:
    """The sentence of an episode that is over."""
    return sentence(Notice(1, rule, "warning", NOON, "pool", meter, ended_at=NOON, facts=facts))


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (
            begun("level", "requests", used=0.8, left=10, limit=50, **SONNET),
            "Requests 80% used · Sonnet 5.5: 10 of 50 a minute left",
        ),
        (begun("level", "five_hour", used=0.8), "5-hour window 80% used"),
        (begun("level", "30d_new", used=None), "30d new –"),
        (
            begun("slope", "output_tokens", used=0.86, runs_out_at="2026-11-21T12:05:00Z",
                  **SONNET),
            "Output tokens will run out in about 5 min · Sonnet 5.5: 86% used",
        ),
        (begun("slope", "spend_day", used=0.5), "Spend today will run out soon: 50% used"),
        (
            begun("budget", used=0.904, spent=9.04, budget=10.0, period="day"),
            "90% of today’s budget spent · $9.04 of $10.00",
        ),
        (
            begun("budget", used=1.0, spent=10.04, budget=10.0, period="month", tool="rows",
                  stops=1.0),
            ("100% of this month’s budget of “rows” spent · $10.04 of $10.00;"
            " requests are refused"),
        ),
        (
            begun("spend_cap", level="depleted"),
            "The organization’s spend cap is reached: nothing more is answered for money",
        ),
        (
            begun("spend_cap", level="critical", spent=455.0, cap=500.0),
            "$455.00 of the plan’s $500.00 a month spent",
        ),
        (
            begun("storm", refusals=4, throttled=3, overloaded=1),
            "Throttled 4 times in a minute · Sluice slows down by itself",
        ),
        (
            begun("storm", refusals=5, throttled=0, overloaded=5),
            "Overloaded 5 times in a minute · Sluice slows down by itself",
        ),
        (
            begun("long_hold", tool="Claude Code", waited_s=10, goes_in_s=20),
            "“Claude Code” has waited 10 s · goes in about 20 s",
        ),
        (
            begun("long_hold", tool="Claude Code", waited_s=10, goes_in_s=None),
            "“Claude Code” has waited 10 s",
        ),
        (begun("key"), "The stored key cannot be used: see what `sluice status` says of it"),
        (begun("extra_usage"), "Extra usage is on: this login now costs money"),
        (
            begun("other_model", asked="claude-opus-5-5", answered="claude-sonnet-5-5"),
            "claude-opus-5-5 asked, claude-sonnet-5-5 answered",
        ),
        (begun("calm", used=0.3, requests=9), "Quota used today: 30%"),
        (begun("calm", used=None, requests=9), "Requests today: 9"),
    ],
)  # fmt: skip
def test_a_warning_in_words(told: str, text: str) -> None:
    """What it is, and the numbers that prove it."""
    assert told == text


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (
            over("level", "output_tokens", used=0.22, held=0),
            "Output tokens back · 22% used, nothing is held",
        ),
        (over("slope", "requests", used=0.22, held=3), "Requests back · 22% used, 3 held"),
        (over("budget"), "A new budget has begun"),
        (over("spend_cap"), "The spend cap no longer stops requests"),
        (over("storm"), "No longer throttled"),
        (over("long_hold"), "Nobody waits for long any more"),
        (over("key"), "The stored key works again"),
        (over("extra_usage"), "Extra usage is off"),
    ],
)
def test_an_end_in_words(told: str, text: str) -> None:
    """What is back, and what is now."""
    assert told == text


def test_a_window_nobody_knows_keeps_its_name() -> None:
    """As the API spells it, for people."""
    assert name_of("seven_day_opus") == "Seven day opus"
