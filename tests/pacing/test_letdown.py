"""The sentences a caller gets whose request cannot go."""

from typing import get_args

import pytest

from tests.pacing.timeline import ticket
from trayapp.model.errors import HeldTooLong, NotServing, UpstreamSaid
from trayapp.model.refusal import Refusal
from trayapp.pacing.letdown import error_of
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Dismissal, Fault, Reason, Ticket

LIMITS: dict[str, float] = {"requests": 50, "input_tokens": 40_000, "output_tokens": 8000}


@pytest.fixture
def pool() -> Pool:
    """A pool whose limits are known."""
    made = Pool("org/ws/sonnet", "org", 0.0)
    for name, limit in LIMITS.items():
        made.buckets[name].adopt(limit, 0.0)  # type: ignore[index] # one of the three
    made.settle_limits()
    return made


def let_down(
    pool: Pool,
    fault: Fault,
    why: Reason = "turn",
    retry_after: float | None = None,
    refusal: Refusal | None = None,
    waiting: Ticket | None = None,
) -> HeldTooLong | NotServing | UpstreamSaid:
    """What the caller of a request is told that came at 0 and is let down at 240 s."""
    dismissal = Dismissal(waiting or ticket("a", arrived=0.0), fault, retry_after, refusal)
    error = error_of(dismissal, pool, model="Sonnet 5.5", why=why, now=240.0)
    assert isinstance(error, NotServing | UpstreamSaid)
    return error


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("requests", "; requests on Sonnet 5.5 (50 a minute) free up in about 35 s."),
        ("input_tokens", "; input tokens on Sonnet 5.5 (40k a minute) free up in about 35 s."),
        ("output_tokens", "; output tokens on Sonnet 5.5 (8k a minute) free up in about 35 s."),
        ("paused", ": it is paused."),
        ("first_answer", ": this pool's limits are not known yet."),
        ("look", ": other machines use this quota."),
        ("burst", ": too many requests came at once."),
        ("throttled", ": the API throttles this pool."),
        ("overloaded", ": the API is overloaded."),
        ("in_flight", ": too many requests are in flight."),
        ("turn", ": others are before it."),
        ("window", ": its turn did not come."),
    ],
)
def test_a_hold_that_ended_names_the_limit(pool: Pool, why: Reason, sentence: str) -> None:
    """The limit, its measured value and when it frees; else why it waited."""
    error = let_down(pool, "deadline", why, retry_after=34.2)

    assert error.message == "Sluice held this request for 240 s" + sentence
    assert isinstance(error, HeldTooLong)
    assert (error.status, error.retry_after) == (429, 35)


def test_every_reason_has_its_sentence(pool: Pool) -> None:
    """No reason there is leads to an error, or to a sentence without an end."""
    for why in get_args(Reason):
        assert let_down(pool, "deadline", why).message.endswith(".")


@pytest.mark.parametrize(("told", "retry"), [(None, 1), (0.0, 1), (0.2, 1), (7.0, 7), (500.0, 59)])
def test_the_retry_is_between_one_and_59_seconds(
    pool: Pool, told: float | None, retry: int
) -> None:
    """A caller may try again soon: clients give up on more than a minute."""
    error = let_down(pool, "deadline", retry_after=told)

    assert isinstance(error, NotServing)
    assert error.retry_after == retry


@pytest.mark.parametrize(("told", "retry"), [(None, 1), (3.0, 3)])
def test_a_full_queue_says_when_to_come_again(pool: Pool, told: float | None, retry: int) -> None:
    """Where memory is the limit, the caller is told to come back."""
    error = let_down(pool, "queue_full", retry_after=told)

    assert error.message == (
        f"Sluice holds as many requests as it has room for; try again in {retry} s."
    )
    assert isinstance(error, HeldTooLong)
    assert error.retry_after == retry


def test_too_large_names_its_need_and_the_limit(pool: Pool) -> None:
    """What can never go says so, and that a retry is of no use."""
    large = ticket("a")
    large.fresh = 52_000.0
    error = let_down(pool, "too_large", waiting=large)

    assert error.message == (
        "This request needs about 52k input tokens; the limit is 40k a minute, so it can never go."
        " Shorten it or raise the plan."
    )
    assert isinstance(error, HeldTooLong)
    assert (error.status, error.retry_after) == (429, None)


def test_a_proven_need_is_told_before_an_expected_one(pool: Pool) -> None:
    """Upstream's own refusal of it is in our words too: clients would try its 429 again."""
    large = ticket("a")
    large.proven = 61_000.0
    error = let_down(pool, "too_large", refusal=Refusal("rate", body=b"{}"), waiting=large)

    assert error.message.startswith("This request needs about 61k input tokens")


@pytest.mark.parametrize("fault", ["spend", "window"])
def test_who_waits_behind_a_refusal_gets_the_same(pool: Pool, fault: Fault) -> None:
    """Status and body are what upstream said to the first."""
    refusal = Refusal("spend", status=400, body=b'{"type":"error"}')
    error = let_down(pool, fault, refusal=refusal)

    assert isinstance(error, UpstreamSaid)
    assert (error.status, error.body) == (400, b'{"type":"error"}')


def test_a_cancelled_request_says_by_whom(pool: Pool) -> None:
    """The user ended it, and trying again is not invited."""
    error = let_down(pool, "cancelled")

    assert error.message == "Cancelled by you after 4 min."
    assert isinstance(error, NotServing)
    assert (error.status, error.retry_after) == (503, None)
