"""The month's cap, and how fast use may grow."""

import datetime as dt

import pytest

from tests.simulator.conftest import WALL
from trayapp.simulator.budgets import Ramp, SpendCap
from trayapp.simulator.errors import ApiError


def test_without_a_cap_anything_goes() -> None:
    """Contracts have none."""
    cap = SpendCap(None)
    cap.spend(1e9)

    cap.admit(WALL)


def test_cap_holds_until_the_month_ends() -> None:
    """The refusal has no retry-after and names the day."""
    cap = SpendCap(1.0)
    cap.admit(WALL)
    cap.spend(1.0)

    with pytest.raises(ApiError, match="2026-06-01") as refused:
        cap.admit(WALL)
    cap.admit(WALL + dt.timedelta(days=31))

    assert (refused.value.code, refused.value.retry_after) == ("enforced_spend_limit_reached", None)


def test_without_a_factor_use_may_grow() -> None:
    """The limit is off unless it is asked for."""
    ramp = Ramp(None)

    for _ in range(100):
        ramp.admit(0.0, 1.0)


def test_sharp_growth_is_refused() -> None:
    """A few requests are free; then ten seconds may hold so many times what was usual."""
    ramp = Ramp(2.0)
    for number in range(40):
        ramp.admit(number * 2.5, 1.0)  # four in ten seconds are usual
    for _ in range(6):
        ramp.admit(100.0, 1.0)

    with pytest.raises(ApiError) as refused:
        ramp.admit(100.0, 2.0)

    assert (refused.value.code, refused.value.retry_after) == ("ramp_limit_exceeded", 5)


def test_use_that_has_grown_is_usual_later() -> None:
    """What was seen more than seventy seconds ago does not count."""
    ramp = Ramp(1.0)
    for _ in range(5):
        ramp.admit(0.0, 1.0)
    with pytest.raises(ApiError):
        ramp.admit(0.0, 1.0)

    ramp.admit(100.0, 1.0)

    assert list(ramp._seen) == [100.0]
