"""Tickets and claims as they begin."""

from tests.pacing.timeline import ticket
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER, Claim


def test_ticket_waits_for_ever_unless_told() -> None:
    """Without a deadline nobody is let down for waiting."""
    one = ticket()

    assert (one.deadline, one.state, one.retries) == (NEVER, "new", 0)


def test_tickets_of_equal_content_are_different_requests() -> None:
    """Two requests are the same only if they are one."""
    assert ticket("a") != ticket("a")


def test_claim_begins_with_nothing_taken() -> None:
    """What a claim took is written by its pool."""
    claim = Claim(Pool("pool", "", 0.0), 1.0, 1.0)

    assert (claim.input, claim.seen, claim.heard, claim.settled) == (0, 0, False, False)
