"""What a request cost: nothing by the request where a subscription pays, and who refused it."""

import pytest

from tests.fakes.requests import a_request
from tests.meter.desk import JSON, Desk
from trayapp.model.errors import HeldTooLong
from trayapp.model.exchange import Headers

WINDOW: Headers = (*JSON, (b"anthropic-ratelimit-unified-5h-utilization", b"0.4"))
PAYING: Headers = (*WINDOW, (b"anthropic-ratelimit-unified-overage-in-use", b"true"))


@pytest.mark.parametrize(("headers", "is_priced"), [(JSON, True), (WINDOW, False), (PAYING, True)])
def test_a_subscriptions_answer_costs_nothing_until_extra_is_paid(
    headers: Headers, is_priced: bool
) -> None:
    """What is not spent does not count against a budget."""
    outcome = Desk().told(headers=headers)

    assert (outcome.cost_usd is not None) is is_priced
    assert outcome.usage is not None


def test_what_we_refuse_ourselves_is_not_throttled() -> None:
    """Throttled is what upstream does, whatever the status of our own refusal."""
    desk = Desk()
    with pytest.raises(HeldTooLong), desk.book.entry(a_request()):
        raise HeldTooLong("Held for too long.", 20)

    (outcome,) = desk.outcomes
    assert (outcome.status, outcome.throttled) == (429, False)
