"""Which plan an organization is on follows from its limits, where they tell."""

import pytest

from tests.meter.pools_seen import NOON
from trayapp.meter.plans import plan_of, plans
from trayapp.model.snapshot import Meter


def told(requests: int, tokens_in: int, tokens_out: int) -> tuple[Meter, ...]:
    """Meters whose limits headers told."""
    limits = {"requests": requests, "input_tokens": tokens_in, "output_tokens": tokens_out}
    return tuple(Meter(kind, limit=limit, measured_at=NOON) for kind, limit in limits.items())


@pytest.fixture(autouse=True)
def unread() -> None:
    """Nobody has read the table before."""
    plans.cache_clear()


@pytest.mark.parametrize(
    ("limits", "plan"),
    [
        (told(1_000, 2_000_000, 400_000), "Start"),
        (told(5_000, 5_000_000, 1_000_000), "Build"),
        (told(10_000, 10_000_000, 2_000_000), "Scale"),
        (told(1_000, 2_000_000, 300_000), None),
        ((), None),
    ],
)
def test_the_plan_with_these_limits(limits: tuple[Meter, ...], plan: str | None) -> None:
    """All three have to be those of the preset; limits by agreement are no plan's."""
    found = plan_of("sonnet-5.5", limits)

    assert (found.name if found else None) == plan


def test_stated_limits_tell_no_plan() -> None:
    """Only headers speak of the organization."""
    meters = (Meter("requests", limit=1_000),)

    assert plan_of("sonnet-5.5", meters) is None


def test_a_class_that_no_plan_lists_tells_none() -> None:
    """Nothing fits where nothing is known."""
    assert plan_of("qwen3", told(1_000, 2_000_000, 400_000)) is None


def test_plans_know_what_may_be_spent() -> None:
    """By agreement there is no cap, or none that is published."""
    caps = {plan.id: plan.spend_cap for plan in plans()}

    assert (caps["start"], caps["scale"], caps["custom"]) == (500, 200_000, None)
