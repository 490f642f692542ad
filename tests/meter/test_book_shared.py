"""What the books say of answers that upstream was not asked for, or only once for several."""

import asyncio
import contextlib

import pytest

from tests.fakes.requests import a_request
from tests.meter.desk import SSE, Desk, answered
from trayapp.meter.book import DEAF, Entry
from trayapp.model.outcome import Outcome
from trayapp.model.usage import Usage

MODEL = "claude-sonnet-5-5"
LATE = 1003.0
"""When a caller arrives who joins; the others did at 1000."""


def shared(desk: Desk) -> Entry:
    """The entry of an answer that several share: begun at 1001, refused once before."""
    with desk.book.entry(a_request()) as first:
        entry = first.another()
    desk.outcomes.clear()
    desk.clock.advance(1)
    entry.held(0.5)
    entry.refused(429)
    answered(entry)
    return entry


def adopted(desk: Desk, answer: Entry, *, pays: bool, whole: bool, at: float = 1000.0) -> Outcome:
    """The outcome of a caller that took *answer* over."""
    with desk.book.entry(a_request(arrived=at)) as entry:
        entry.adopt(answer, pays=pays, whole=whole)
    return desk.outcomes[-1]


def test_answer_from_the_cache_counts_what_it_saved() -> None:
    """Its usage and price are those of the first time, and it is said to be cached."""
    desk = Desk()
    with desk.book.entry(a_request()) as entry:
        entry.recalled(MODEL, Usage(1_000_000, 0))

    (outcome,) = desk.outcomes
    assert (outcome.cached, outcome.outcome, outcome.status) == (True, "ok", 200)
    assert (outcome.model_served, outcome.usage) == (MODEL, Usage(1_000_000, 0))
    assert (outcome.cost_usd, outcome.upstream_request_id) == (2.0, None)


def test_answer_without_counts_saves_nothing_known() -> None:
    """What it cost is unknown then, and not nothing."""
    desk = Desk()
    with desk.book.entry(a_request()) as entry:
        entry.recalled(None, None)

    assert (desk.outcomes[0].usage, desk.outcomes[0].cost_usd) == (None, None)


def test_shared_answer_is_used_once() -> None:
    """Who pays counts its use, for the other it was saved; both had the same answer."""
    desk = Desk()
    answer = shared(desk)
    payer = adopted(desk, answer, pays=True, whole=True)
    other = adopted(desk, answer, pays=False, whole=True)

    assert (payer.cached, other.cached) == (False, True)
    assert payer.usage == other.usage == Usage(7, 3)
    assert (other.status, other.throttled, other.upstream_request_id) == (200, True, "req_1")


def test_times_of_one_that_joined_are_its_own() -> None:
    """What happened before a caller came took it no time."""
    desk = Desk()
    outcome = adopted(desk, shared(desk), pays=False, whole=True, at=LATE)

    assert (outcome.first_byte_ms, outcome.ttft_ms, outcome.held_ms) == (0.0, None, 0)


def test_answer_that_never_began_has_no_times() -> None:
    """Where the others left before the head came there is nothing to take over."""
    desk = Desk()
    with desk.book.entry(a_request()) as first:
        answer = first.another()
    desk.outcomes.clear()
    outcome = adopted(desk, answer, pays=True, whole=False)

    assert (outcome.status, outcome.first_byte_ms, outcome.usage) == (None, None, None)


@pytest.mark.parametrize(("pays", "used"), [(True, Usage(7, 3)), (False, None)])
def test_answer_that_broke_off_saved_nothing(pays: bool, used: Usage | None) -> None:
    """What was used until then is counted once, and nobody had it for nothing."""
    desk = Desk()
    answer = shared(desk)
    answer.broke_off()
    outcome = adopted(desk, answer, pays=pays, whole=False)

    assert (outcome.outcome, outcome.cached, outcome.usage) == ("error", False, used)


def test_caller_that_hung_up_saved_nothing() -> None:
    """An answer that goes on for others is none for who left."""
    desk = Desk()
    answer = shared(desk)
    with contextlib.suppress(asyncio.CancelledError), desk.book.entry(a_request()) as entry:
        entry.adopt(answer, pays=False, whole=True)
        raise asyncio.CancelledError

    (outcome,) = desk.outcomes
    assert (outcome.outcome, outcome.cached, outcome.usage) == ("caller_gone", False, None)


def test_shared_entry_is_not_counted_itself() -> None:
    """Only callers are in the sums; closed, it knows nobody any more."""
    desk = Desk()
    with desk.book.entry(a_request()) as first:
        answer = first.another()
    answer.answered(200, SSE)
    answer.close()

    assert (desk.book.accepted, answer.tap) == (1, DEAF)
