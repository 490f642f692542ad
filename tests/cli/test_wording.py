"""A Snapshot and the time, as lines of text."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, STARTED
from trayapp.cli import wording
from trayapp.model.snapshot import (
    Diagnostics,
    Hold,
    Job,
    Meter,
    Pool,
    Problem,
    Snapshot,
    ToolTotals,
    Totals,
)

NOW = STARTED + dt.timedelta(hours=2, minutes=14)


def ago(seconds: float) -> dt.datetime:
    return NOW - dt.timedelta(seconds=seconds)


def shown(**fields: Any) -> Snapshot:
    return replace(SNAPSHOT, **fields)


def pool(*meters: Meter, model_class: str = "sonnet-5.5") -> Pool:
    return Pool("p", "https://api.anthropic.com", None, model_class, meters)


OUTPUT = Meter(
    "output_tokens", limit=8000, remaining=1100, utilization=0.8625, refill_per_s=133.3,
    resets_at=ago(-52), source="measured", measured_at=ago(3), level="warning",
)  # fmt: skip


@pytest.mark.parametrize(
    ("used", "drawn"),
    [
        (None, "[......................]"),
        (0.0, "[----------------------]"),
        (-1.0, "[----------------------]"),
        (0.001, "[#---------------------]"),
        (0.5, "[###########-----------]"),
        (0.999, "[#####################-]"),
        (1.0, "[######################]"),
        (1.5, "[######################]"),
    ],
)
def test_bar_fills_with_what_is_used(used: float | None, drawn: str) -> None:
    """Any use shows, and any rest leaves a place free."""
    assert wording.bar(used) == drawn


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("requests", "Requests"), ("input_tokens", "Input tokens"), ("output_tokens", "Output tokens"),
        ("five_hour", "5-hour window"), ("seven_day", "Weekly window"), ("spend_day", "Spend today"),
        ("spend_month", "Spend this month"), ("seven_day_overage\x1b", "Seven day overage?"),
    ],
)  # fmt: skip
def test_meters_have_names(kind: str, name: str) -> None:
    """Windows we have no name for keep the API's, without what could move a cursor."""
    assert wording.name_of(Meter(kind)) == name


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "86% used · 1.1k of 8k left · warning · full again in 52 s · measured 3 s ago"),
        ({"level": "healthy", "utilization": 0.5}, "50% used · 1.1k of 8k left · measured 3 s ago"),
        ({"resets_at": ago(1)}, "86% used · 1.1k of 8k left · warning · measured 3 s ago"),
        (
            {"runs_out_at": ago(-360), "resets_at": None},
            "86% used · 1.1k of 8k left · warning · runs out in about 6 min · measured 3 s ago",
        ),
        (
            {"source": "estimated", "measured_at": ago(130), "level": "healthy"},
            "≈86% used · ≈1.1k of 8k left · estimated, measured 2 min ago",
        ),
        (
            {"source": "estimated", "measured_at": None, "level": "healthy"},
            "≈86% used · ≈1.1k of 8k left · estimated",
        ),
        (
            {"source": "configured", "utilization": None, "remaining": None, "level": "healthy"},
            "8k in all, no reading yet · configured",
        ),
        (
            {"source": "estimated", "utilization": None, "remaining": None, "level": "healthy"},
            "8k in all, no reading yet",
        ),
        (
            {"kind": "requests", "limit": 4000, "remaining": 1200, "level": "healthy"},
            "86% used · 1,200 of 4,000 left · measured 3 s ago",
        ),
        (
            {"kind": "five_hour", "limit": None, "remaining": None, "resets_at": ago(-8040),
             "utilization": 0.62, "level": "healthy"},
            "62% used · 38% left · resets in 2 h 14 min · measured 3 s ago",
        ),
        (
            {"kind": "five_hour", "limit": None, "utilization": None, "level": "healthy"},
            "no reading yet · resets in 52 s",
        ),
        (
            {"kind": "five_hour", "limit": None, "remaining": None, "resets_at": ago(-8100),
             "utilization": 0.41, "level": "healthy", "window_s": 18_000.0, "at_reset": 0.74},
            ("41% used · 59% left · 14 points under pace, about 74% used at reset"
            " · resets in 2 h 15 min · measured 3 s ago"),
        ),
        (
            {"kind": "spend_day", "limit": 10.0, "remaining": 6.58, "utilization": 0.342,
             "source": "estimated", "measured_at": None, "level": "healthy", "used": 3.42},
            "≈$3.42 spent · ≈$6.58 of $10.00 left · resets in 52 s · estimated",
        ),
        (
            {"kind": "spend_day", "limit": 10.0, "remaining": 6.58, "utilization": 0.342,
             "source": "estimated", "measured_at": None, "level": "healthy"},
            "≈34% used · ≈$6.58 of $10.00 left · resets in 52 s · estimated",
        ),
    ],
)  # fmt: skip
def test_meter_says_used_left_and_source(changed: dict[str, Any], said: str) -> None:
    """Each number has its source, and what is above the ordinary has its word."""
    meter = replace(OUTPUT, **changed)

    assert wording.meter_line(meter, NOW).split("]  ", 1)[1] == said


@pytest.mark.parametrize(("spent", "said"), [(3.42, "≈$3.42 spent"), (None, "–")])
def test_spend_without_budget_has_no_bar(spent: float | None, said: str) -> None:
    """Where there is no budget there is nothing to fill."""
    meter = Meter("spend_day", used=spent, source="estimated")

    assert wording.meter_line(meter, NOW) == "Spend today" + " " * 32 + said


def test_fresh_status_says_what_to_expect() -> None:
    """Before the first answer there is no meter, and the text says why."""
    assert wording.status(SNAPSHOT, NOW) == [
        "Sluice 0.1.0 at http://127.0.0.1:7429, running 2 h 14 min",
        "0 in flight",
        "",
        wording.NO_METERS,
        "",
        "Today: 0 requests, 0 from the cache, 0 throttled, 0 overloaded, 0 errors",
    ]


FULL = shown(
    paused=True,
    diagnostics=Diagnostics(in_flight=6),
    pools=(
        Pool("p", "https://api.anthropic.com", "5d874639-2754-2707-de6f-c270d06ab7c2",
             "sonnet-5.5", (OUTPUT,)),
        Pool("q", "https://gateway.example", "team\x07", "other"),
    ),
    held=(
        Hold("1", "Editor", "claude-sonnet-5-5", ago(8), ago(-5), "output_tokens"),
        Hold("2", "Nightly\n", "claude-sonnet-5-5", ago(41), None, "behind Editor"),
    ),
    held_total=1234,
    tools=(
        ToolTotals("Editor", "interactive", 1, 1100, 238, 0.02),
        ToolTotals("Nightly job", "batch", 1200, 38_000, 9000, None),
    ),
    totals=Totals(1201, 3, 4, 1, 1, 5200, 0.04),
    jobs=(
        Job("j", "Reviews", "single", 500, 12, 2, "running"),
        Job("k", "One", "merged", 1, 1, 0, "finished"),
    ),
    problems=(Problem("cache", "The response cache is off.", ago(960)),),
)  # fmt: skip


def test_status_shows_everything() -> None:
    """Pools, what is held, tools, totals, jobs and problems, in this order."""
    assert wording.status(FULL, NOW) == [
        "Sluice 0.1.0 at http://127.0.0.1:7429, running 2 h 14 min",
        "Paused. 6 in flight, 1,234 held",
        "",
        "sonnet-5.5 · https://api.anthropic.com · organization 5d874639…",
        f"  {wording.meter_line(OUTPUT, NOW)}",
        "",
        "other · https://gateway.example · organization team?",
        "",
        "Held  1,234 requests",
        "  “Editor” · claude-sonnet-5-5 · held 8 s for output tokens · in about 5 s",
        "  “Nightly?” · claude-sonnet-5-5 · held 41 s: behind Editor",
        "  and 1,232 more",
        "",
        "Tools today",
        "  Editor       interactive       1 request  1.1k in  238 out  $0.02",
        "  Nightly job  batch        1,200 requests   38k in   9k out      –",
        "",
        "Today: 1,201 requests, 3 from the cache, 4 throttled, 1 overloaded, 1 error, saved 5.2k tokens ($0.04)",
        "",
        "Jobs",
        "  “Reviews” · running · 12 of 500 rows, 2 failed",
        "  “One” · finished · 1 of 1 row",
        "",
        "Problem since 13:58: The response cache is off.",
    ]  # fmt: skip


def test_money_is_told_once() -> None:
    """What all pools share stands below them, and not in each."""
    spent = Meter("spend_day", used=3.42, source="estimated")

    lines = wording.status(shown(pools=(pool(OUTPUT, spent),), spend=(spent,)), NOW)

    assert [line for line in lines if "Spend" in line] == [wording.meter_line(spent, NOW)]


def test_who_goes_first_is_named() -> None:
    """A request that waits for another tool's turn says for which."""
    hold = Hold("1", "Nightly", "m", ago(41), None, "turn", behind="Editor")

    assert wording.hold_line(hold, NOW) == "“Nightly” · m · held 41 s behind Editor"


def test_all_that_is_held_is_listed() -> None:
    """Nothing is said to be more where nothing is."""
    hold = Hold("1", "Editor", "m", ago(8), None, "output tokens")

    lines = wording.status(shown(held=(hold,), held_total=1), NOW)

    assert lines[5:8] == ["Held  1 request", "  “Editor” · m · held 8 s: output tokens", ""]


SOON = replace(OUTPUT, kind="requests", utilization=0.3, runs_out_at=ago(-100))
DAY = Meter("spend_day", 10.0, 6.58, 0.342, source="estimated", used=3.42)
LATER = replace(OUTPUT, kind="input_tokens", utilization=0.5, runs_out_at=ago(-900))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "No limit known yet"),
        ({"pools": (pool(Meter("requests", limit=5.0)),)}, "No limit known yet"),
        ({"pools": (pool(OUTPUT),)}, "Output tokens 86% used (sonnet-5.5)"),
        (
            {"pools": (pool(replace(OUTPUT, utilization=0.2)), pool(OUTPUT, model_class="b"))},
            "Output tokens 86% used (b)",
        ),
        (
            {"pools": (pool(OUTPUT, LATER, SOON),)},
            "Requests 30% used, runs out within 2 min (sonnet-5.5)",
        ),
        (
            {"pools": (pool(LATER, OUTPUT),)},
            "Input tokens 50% used, runs out in about 15 min (sonnet-5.5)",
        ),
        ({"paused": True, "held_total": 2}, "Paused · No limit known yet · 2 held"),
        ({"spend": (DAY,)}, "Spend today ≈34% used · $3.42 today"),
        ({"spend": (replace(DAY, used=0.0, utilization=None),)}, "No limit known yet"),
        ({"problems": (Problem("a", "b", NOW),)}, "No limit known yet · 1 problem"),
    ],
)
def test_line_names_the_tightest_meter(fields: dict[str, Any], said: str) -> None:
    """What runs out first is named, else what is used most, and what is unusual."""
    assert wording.line(shown(**fields), NOW) == said
