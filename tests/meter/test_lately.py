"""What happened lately that no meter shows."""

import datetime as dt

import pytest

from trayapp.meter import lately as module
from trayapp.meter.lately import Lately, Other, is_same
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import Meter, Pool

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def answered(asked: str, served: str | None, *, cached: bool = False) -> Outcome:
    return Outcome("r", NOON, "editor", "normal", Route.MESSAGES, asked, served, cached=cached)


def test_refusals_of_the_last_minute_are_counted_by_kind() -> None:
    """Throttled and overloaded apart; other refusals are another matter."""
    lately = Lately()
    for now, status in ((0, 429), (30, 429), (31, 529), (32, 400), (61, 429)):
        lately.refused(status, now)

    assert lately.refusals(61) == (2, 1)
    assert lately.refusals(130) == (0, 0)


@pytest.mark.parametrize(
    ("asked", "served", "same"),
    [
        ("claude-opus-5-5", "claude-opus-5-5", True),
        ("claude-sonnet-4-5", "claude-sonnet-4-5-20250929", True),
        ("claude-opus-4-8", "claude-opus-4-6", False),
        ("claude-opus-5-5", "claude-sonnet-5-5", False),
        ("claude-opus-5-5-latest", "claude-opus-5-5", True),
        ("qwen3", "qwen3", True),
        ("claude-opus-5-5", "qwen3", False),
    ],
)
def test_a_models_two_names_are_one_model(asked: str, served: str, same: bool) -> None:
    """Aliases and dates are no other model; another version of its class is one."""
    assert is_same(asked, served) is same


def test_another_model_than_asked_is_remembered_for_a_while() -> None:
    """Ten minutes after the last time it is forgotten."""
    lately = Lately()
    lately.ended(answered("claude-opus-5-5", "claude-sonnet-5-5"), 0)
    lately.ended(answered("claude-opus-5-5", "claude-sonnet-5-5"), 100)

    assert lately.others(700) == [Other("editor", "claude-opus-5-5", "claude-sonnet-5-5")]
    assert lately.others(701) == []


@pytest.mark.parametrize(
    "outcome",
    [
        answered("claude-opus-5-5", "claude-opus-5-5"),
        answered("claude-opus-5-5", None),
        answered("claude-opus-5-5", "claude-sonnet-5-5", cached=True),
    ],
)
def test_what_is_no_other_model_is_not_remembered(outcome: Outcome) -> None:
    """As asked, not told, or out of the response cache."""
    lately = Lately()
    lately.ended(outcome, 0)

    assert lately.others(0) == []
    assert lately.is_used


def test_names_come_from_callers_and_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest makes room."""
    monkeypatch.setattr(module, "MOST_OTHERS", 2)
    lately = Lately()
    for name in ("a", "b", "c"):
        lately.ended(answered(name, "x"), 0)

    assert [other.asked for other in lately.others(0)] == ["b", "c"]


def test_the_busiest_meter_of_the_day_is_known() -> None:
    """The peak of all pools; a new day begins without one."""
    lately = Lately()
    lately.ended(answered("a", "a"), 0)
    for used in (0.3, 0.7, None, 0.5):
        meters = (Meter("requests", utilization=used), Meter("spend_day", utilization=0.9))
        lately.drawn((Pool("p", "u", None, "c", meters),), NOON.date())

    assert lately.peak == ("requests", 0.7)
    assert lately.is_used


def test_a_new_day_begins_without_a_peak() -> None:
    """And unused, until something is asked in it."""
    lately = Lately()
    lately.ended(answered("a", "a"), 0)
    meters = (Meter("requests", utilization=0.7), Meter("spend_day", utilization=0.9))
    lately.drawn((Pool("p", "u", None, "c", meters),), NOON.date())

    lately.drawn((), NOON.date() + dt.timedelta(days=1))

    assert lately.peak is None
    assert not lately.is_used
