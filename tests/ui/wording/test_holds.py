"""Who waits, in words."""

import datetime as dt
from typing import Any

import pytest

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Hold
from trayapp.ui.wording.holds import MOST, first, waiting

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)


def hold(**more: Any) -> Hold:
    told = {
        "since": NOW - dt.timedelta(seconds=8),
        "expected_at": NOW + dt.timedelta(seconds=5),
        "reason": "",
        **more,
    }
    return Hold("1", "Zed", "claude-sonnet-5-5", **told)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"cause": "limit", "limit_kind": "output_tokens"}, "Held 8 s for output tokens"),
        ({"cause": "limit"}, "Held 8 s: a limit is used up"),
        ({"behind": "Claude Code"}, "Held 8 s behind Claude Code"),
        ({}, "Held 8 s: others are before it"),
        ({"cause": "throttled", "asked_s": 7.0}, "Held 8 s: throttled, Anthropic asks for 7 s"),
        ({"cause": "throttled"}, "Held 8 s: throttled by Anthropic"),
        ({"cause": "paused"}, "Held since 14:01: paused by you"),
    ],
)
def test_reason(more: dict[str, Any], said: str) -> None:
    """A row says for how long and for what."""
    assert waiting(EN, hold(**more), NOW).why.replace("\u00a0", " ") == said


def test_row_is_spoken() -> None:
    """One sentence has all of it."""
    spoken = waiting(EN, hold(cause="probe"), NOW).spoken.replace("\u00a0", " ")

    assert spoken == ("Held: Zed, Sonnet 5.5, Held 8 s: learning this pool’s limits, in about 5 s.")


@pytest.mark.parametrize("more", [{"expected_at": None}, {"cause": "paused"}])
def test_unknown_end_is_not_told(more: dict[str, Any]) -> None:
    """Nobody knows when a pause ends."""
    assert waiting(EN, hold(**more), NOW).goes == ""


@pytest.mark.parametrize(("waits", "total", "more"), [(2, 2, ""), (12, 40, "and 32 more")])
def test_first_are_shown_and_the_rest_is_counted(waits: int, total: int, more: str) -> None:
    """The panel stays short however many wait."""
    rows, rest = first(EN, (hold(),) * waits, total, NOW)

    assert (len(rows), rest) == (min(waits, MOST), more)
