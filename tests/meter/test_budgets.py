"""Budgets of a day and a month, over all and for each tool: what is spent, and who is stopped."""

import datetime as dt

import pytest

from trayapp.meter.budgets import Budgets, Spent
from trayapp.meter.tally import Tally
from trayapp.model.errors import HeldTooLong
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import Budget, BudgetPreferences

ZONE = dt.timezone(dt.timedelta(hours=8))
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=ZONE)


def day_of(at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


def budgets(preferences: BudgetPreferences, **spent: float) -> Budgets:
    """Budgets of which tools have spent so much today."""
    tally = Tally(NOON, day_of=day_of)
    for tool, usd in spent.items():
        tally.record(Outcome("r", NOON, tool, "normal", Route.MESSAGES, cost_usd=usd), NOON)
    return Budgets(preferences, tally)


def test_without_a_budget_nothing_is_counted_against_any() -> None:
    """There is nothing to tell, and nobody is stopped."""
    none = budgets(BudgetPreferences(), editor=5.0)

    assert none.spent() == ()
    assert not none.may_stop


def test_every_budget_is_told_with_what_is_spent() -> None:
    """Those over all first, then each tool's."""
    found = budgets(
        BudgetPreferences(10.0, 100.0, tools={"rows": Budget(month=20.0, action="stop")}),
        editor=1.0, rows=2.0,
    ).spent()  # fmt: skip

    tomorrow = dt.datetime(2026, 11, 22, tzinfo=ZONE)
    december = dt.datetime(2026, 12, 1, tzinfo=ZONE)
    assert found == (
        Spent("day", 3.0, 10.0, tomorrow),
        Spent("month", 3.0, 100.0, december),
        Spent("month", 2.0, 20.0, december, "rows", stops=True),
    )


@pytest.mark.parametrize(("usd", "used"), [(0.0, 0.0), (5.0, 0.5), (10.0, 1.0), (12.0, 1.0)])
def test_a_budget_is_used_to_all_of_it_at_most(usd: float, used: float) -> None:
    """What goes beyond is no more than all."""
    assert Spent("day", usd, 10.0, NOON).used == used


def test_a_budget_of_nothing_is_spent_at_once() -> None:
    """Nobody may spend anything."""
    assert Spent("day", 0.0, 0.0, NOON).used == 1.0


@pytest.mark.parametrize(
    ("preferences", "message"),
    [
        (
            BudgetPreferences(day=10.0, action="stop"),
            (
                "Your own budget of $10.00 a day is spent ($10.02)."
                " It starts again at 00:00, or raise it in Settings."
            ),
        ),
        (
            BudgetPreferences(month=10.0, action="stop"),
            (
                "Your own budget of $10.00 a month is spent ($10.02)."
                " It starts again at 1 Dec 00:00, or raise it in Settings."
            ),
        ),
        (
            BudgetPreferences(tools={"editor": Budget(day=10.0, action="stop")}),
            (
                "Your own budget for this tool of $10.00 a day is spent ($10.02)."
                " It starts again at 00:00, or raise it in Settings."
            ),
        ),
    ],
)
def test_a_spent_budget_stops_with_a_sentence(preferences: BudgetPreferences, message: str) -> None:
    """How much it was, how much is spent, and when it begins anew; retrying does not help."""
    with pytest.raises(HeldTooLong) as refused:
        budgets(preferences, editor=10.02).check("editor", NOON)

    assert refused.value.message == message
    assert (refused.value.status, refused.value.retry_after) == (429, None)


@pytest.mark.parametrize(
    "preferences",
    [
        BudgetPreferences(day=10.0),
        BudgetPreferences(day=10.03, action="stop"),
        BudgetPreferences(tools={"rows": Budget(day=0.0, action="stop")}),
    ],
    ids=["warns only", "not spent", "another tool's"],
)
def test_who_is_not_stopped(preferences: BudgetPreferences) -> None:
    """Only a budget that stops, is spent and is one's own stops."""
    budgets(preferences, editor=10.02).check("editor", NOON)


@pytest.mark.parametrize(("seconds", "retry_after"), [(60, None), (59, 59), (20, 20), (0.2, 1)])
def test_shortly_before_it_begins_anew_a_retry_helps(
    seconds: float, retry_after: int | None
) -> None:
    """A client is told of a minute at most to wait for."""
    own = budgets(BudgetPreferences(day=10.0, action="stop"), editor=10.02)
    at = dt.datetime(2026, 11, 22, tzinfo=ZONE) - dt.timedelta(seconds=seconds)

    with pytest.raises(HeldTooLong) as refused:
        own.check("editor", at)

    assert refused.value.retry_after == retry_after


def test_a_new_day_has_its_own_budget() -> None:
    """At midnight requests go again, also where none came since."""
    own = budgets(BudgetPreferences(day=10.0, action="stop"), editor=10.02)

    own.check("editor", dt.datetime(2026, 11, 22, tzinfo=ZONE))

    assert own.spent()[0].usd == 0


@pytest.mark.parametrize(
    "preferences",
    [
        BudgetPreferences(action="stop"),
        BudgetPreferences(tools={"rows": Budget(action="stop")}),
    ],
)
def test_it_is_known_whether_anyone_may_be_stopped(preferences: BudgetPreferences) -> None:
    """Where nobody may, no request pays for the question."""
    assert budgets(preferences).may_stop


def test_changed_budgets_hold_from_now_on() -> None:
    """What is spent stays spent."""
    changed = budgets(BudgetPreferences(), editor=5.0)

    changed.adopt(BudgetPreferences(day=4.0, action="stop"))

    assert [(spent.usd, spent.budget, spent.stops) for spent in changed.spent()] == [
        (5.0, 4.0, True)
    ]
    assert changed.may_stop
