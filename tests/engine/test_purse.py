"""A budget that is spent says no before a request waits, and before it is sent."""

from contextlib import AbstractAsyncContextManager
from typing import Any

import pytest

from tests.engine.turns_desk import KEY, ORG, Desk
from tests.fakes.clock import START
from tests.fakes.requests import a_request
from trayapp.engine.purse import Purse
from trayapp.meter.budgets import Budgets
from trayapp.meter.tally import Tally
from trayapp.model.errors import HeldTooLong
from trayapp.model.exchange import Caller, Request, Route
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import BudgetPreferences
from trayapp.model.quota import Quota, Utilization
from trayapp.relay import Response

OWN = Caller("claude-code", "interactive", own=True)


class Road:
    """An upstream that notes what was sent."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def send(self, request: Request) -> AbstractAsyncContextManager[Response]:
        self.sent.append(request.id)
        return None  # type: ignore[return-value] # nobody enters it here


def purse(road: Road, desk: Desk, action: Any = "stop", usd: float = 10.02) -> Purse:
    """A purse of which so much of ten dollars is spent."""
    tally = Tally(START)
    tally.record(Outcome("r", START, "editor", "normal", Route.MESSAGES, cost_usd=usd), START)
    budgets = Budgets(BudgetPreferences(day=10.0, action=action), tally)
    return Purse(budgets, road, desk.turns, desk.clock)


def costly(**fields: Any) -> Request:
    """A request that costs money."""
    return a_request(**({"credential": KEY, "id": "r", "method": b"POST"} | fields))


def test_what_may_be_paid_is_sent() -> None:
    """Nothing stands in its way."""
    road = Road()
    purse(road, Desk(), usd=9.0).send(costly())

    assert road.sent == ["r"]


def test_what_may_not_be_paid_is_not_sent() -> None:
    """Also where it was allowed to wait."""
    road = Road()
    with pytest.raises(HeldTooLong):
        purse(road, Desk()).send(costly())

    assert road.sent == []


@pytest.mark.parametrize("route", [Route.MESSAGES, Route.BATCHES])
def test_what_costs_is_refused(route: Route) -> None:
    """Messages, and batches of them."""
    with pytest.raises(HeldTooLong):
        purse(Road(), Desk()).check(costly(route=route))


@pytest.mark.parametrize(
    "fields",
    [
        {"route": Route.COUNT_TOKENS},
        {"route": Route.MODELS, "method": b"GET"},
        {"route": Route.BATCHES, "method": b"GET"},
    ],
)
def test_what_costs_nothing_goes(fields: dict[str, Any]) -> None:
    """Counting, looking, and fetching what was paid for."""
    purse(Road(), Desk()).check(costly(**fields))


def test_a_budget_that_only_warns_stops_nobody() -> None:
    """The user chose so."""
    purse(Road(), Desk(), action="warn").check(costly())


def test_a_subscription_is_not_stopped() -> None:
    """Its login pays nothing by the request; a caller's own key does."""
    desk = Desk()
    with pytest.raises(HeldTooLong):
        purse(Road(), desk).check(costly(caller=OWN))

    desk.learn(Quota(ORG, None, (), (Utilization("five_hour", 0.1, None, "allowed"),)))

    purse(Road(), desk).check(costly(caller=OWN))
