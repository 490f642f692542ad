"""The limits organizations have."""

from trayapp import resources
from trayapp.simulator.plans import Plan
from trayapp.simulator.pools import Limits
from trayapp.simulator.settings import Settings


def test_without_a_choice_the_start_plan_holds(plan: Plan) -> None:
    """Classes have the limits of the Start plan."""
    assert plan.limits("opus-5.5") == Limits(1000, 2_000_000, 400_000)
    assert plan.limits("fable-5.x") == Limits(1000, 500_000, 100_000)


def test_an_unlisted_class_has_the_usual_limits(plan: Plan) -> None:
    """A class the plan does not name gets what most have."""
    assert plan.limits("new") == Limits(1000, 2_000_000, 400_000)


def test_a_choice_replaces_its_limit_alone() -> None:
    """Chosen limits hold for every class, the others stay the plan's."""
    plan = Plan(resources.read("plans.toml"), Settings(rpm=50, otpm=8000))

    assert plan.limits("fable-5.x") == Limits(50, 500_000, 8000)


def test_endpoints_have_the_plans_requests(plan: Plan) -> None:
    """count_tokens, batches and files count apart from Messages."""
    counts = [plan.requests(name) for name in ("count_tokens", "batches", "files")]

    assert counts == [2000, 1000, 500]
