"""What a pool's mirrors say at an instant."""

import pytest

from tests.pacing.timeline import Timeline
from trayapp.model.usage import Usage
from trayapp.pacing.belief import beliefs_of
from trayapp.pacing.headerless import Feeler
from trayapp.pacing.pool import Pool


def test_a_pool_nobody_told_of_is_not_believed_in() -> None:
    """What is assumed until a header speaks is no limit to show."""
    assert beliefs_of(Pool("pool", "", 0.0), 5.0) == {}


def test_what_went_is_used_before_any_header_tells_it() -> None:
    """A request takes one of its limit at once, and refill brings it back."""
    line = Timeline(requests=60)
    line.offer("a")

    assert beliefs_of(line.pool, line.now)["requests"].left == pytest.approx(59)
    assert beliefs_of(line.pool, line.now + 0.5)["requests"].left == pytest.approx(59.5)


def test_input_is_unsettled_until_its_answer_tells() -> None:
    """From the start of the answer on it is exact."""
    line = Timeline(input_tokens=100_000)
    line.offer("a", size=10_000)
    guessed = beliefs_of(line.pool, line.now)["input_tokens"].unsettled
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=2000), line.now)

    assert guessed == pytest.approx(3000)
    assert beliefs_of(line.pool, line.now)["input_tokens"].unsettled == 0


def test_answers_under_way_are_still_to_take_the_rest() -> None:
    """Of about 400 tokens in 7 s, half are assumed to be written after 3.5 s."""
    line = Timeline(output_tokens=80_000)
    line.offer("a")
    at_once = beliefs_of(line.pool, line.now)["output_tokens"]
    later = beliefs_of(line.pool, line.now + 3.5)["output_tokens"]

    assert [at_once.pending, at_once.unsettled] == pytest.approx([400, 0])
    assert [later.pending, later.unsettled] == pytest.approx([200, 200])


def test_without_limits_requests_of_the_last_minute_are_counted() -> None:
    """Nothing is told and nothing was felt yet: there is only the count."""
    pool = Pool("pool", "", 0.0)
    pool.feeler = Feeler(0.0)
    pool.stop_assuming()
    for at in (0.0, 30.0, 50.0):
        pool.feeler.accept("requests", 1.0, at)

    (belief,) = beliefs_of(pool, 70.0).values()
    assert (belief.limit, belief.left, belief.recent) == (None, None, 2)


def test_a_felt_limit_says_so() -> None:
    """What refusals taught is not what somebody stated."""
    pool = Pool("pool", "", 0.0)
    pool.feeler = Feeler(0.0)
    pool.stop_assuming()
    pool.feeler.accept("requests", 40.0, 0.0)
    limit = pool.feeler.refuse("requests", 0.0, 1.0)
    assert limit is not None
    pool.believe("requests", limit, 1.0)

    (belief,) = beliefs_of(pool, 1.0).values()
    assert belief.felt
    assert belief.limit == limit
