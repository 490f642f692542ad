"""Three buckets drawn on together, and the answers that drain them: timelines."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayapp.simulator.pools import Limits, Pool, Shortage, Turnstile
from trayapp.simulator.speech import Frame, Script, Speech

SMALL = Limits(requests=60, input_tokens=6000, output_tokens=600)


def speech(begins: float, tokens: int, *, estimate: float = 0.0, counted: float = 0.0) -> Speech:
    script = Script((Frame(b"", tokens),), tokens, stream=True, head=())
    return Speech(script, begins=begins, per_s=100.0, estimate=estimate, counted=counted)


def test_admission_charges_a_request_and_its_input() -> None:
    """One request and the estimated input are taken at once, output not at all."""
    pool = Pool(SMALL, 0.0)

    assert pool.admit(1000.0, 0.0) is None

    levels = (pool.requests.level, pool.input_tokens.level, pool.output_tokens.level)
    assert levels == (59.0, 5000.0, 600.0)


def test_the_request_limit_is_named_first() -> None:
    """Sixty at once are let in, and the next one waits a second."""
    pool = Pool(SMALL, 0.0)
    for _ in range(60):
        pool.admit(0.0, 0.0)

    assert pool.admit(0.0, 0.0) == Shortage(60, "requests", 1.0)


def test_input_waits_for_its_refill() -> None:
    """With a thousand left at a hundred a second, fifteen hundred come in five seconds."""
    pool = Pool(SMALL, 0.0)
    pool.admit(5000.0, 0.0)

    assert pool.admit(1500.0, 0.0) == Shortage(6000, "input tokens", 5.0)
    assert pool.admit(1500.0, 5.0) is None


def test_more_input_than_the_limit_is_told_a_minute() -> None:
    """What can never go is refused with a finite wait."""
    assert Pool(SMALL, 0.0).admit(6001.0, 0.0) == Shortage(6000, "input tokens", 60.0)


def test_refusals_cost_nothing() -> None:
    """A refused request leaves every level as it was."""
    pool = Pool(SMALL, 0.0)

    pool.admit(6001.0, 0.0)

    assert (pool.requests.level, pool.input_tokens.level) == (60.0, 6000.0)


def test_output_is_drained_as_it_is_written() -> None:
    """Half way through four hundred tokens, two hundred less the refill are gone."""
    pool = Pool(SMALL, 0.0)
    pool.begin(speech(1.0, 400))

    pool.advance(3.0)

    assert pool.output_tokens.level == 600 + 20 - 200


def test_output_below_nothing_lets_nobody_in() -> None:
    """Answers may overdraw the bucket; then the next request waits until it is paid back."""
    pool = Pool(SMALL, 0.0)
    pool.begin(speech(0.0, 1000))

    shortage = pool.admit(0.0, 10.0)

    assert shortage is not None
    assert (shortage.unit, round(shortage.wait, 3)) == ("output tokens", 30.0)


def test_any_output_left_lets_in_any_answer() -> None:
    """Output is not reserved: with one token left a request goes."""
    pool = Pool(SMALL, 0.0)
    pool.output_tokens.take(599)

    assert pool.admit(0.0, 0.0) is None


def test_the_estimate_is_corrected_at_the_first_token() -> None:
    """What was charged too much comes back when the true input is known."""
    pool = Pool(SMALL, 0.0)
    pool.admit(3000.0, 0.0)
    pool.begin(speech(1.0, 10, estimate=3000.0, counted=2500.0))

    pool.advance(0.5)
    before = pool.input_tokens.level
    pool.advance(1.0)

    assert (before, pool.input_tokens.level) == (3050.0, 3600.0)


def test_an_answer_nobody_hears_stops_counting() -> None:
    """Tokens are charged until the caller hung up, not to the answer's end."""
    pool = Pool(SMALL, 0.0)
    spoken = speech(0.0, 1000)
    pool.begin(spoken)

    pool.end(spoken, 2.0)
    pool.advance(2.0)

    assert pool.open == 0
    assert pool.output_tokens.level == 600 + 20 - 200


def test_refill_lost_while_full_pays_for_nothing() -> None:
    """After a minute of silence and one late answer, a single look sees all of its tokens."""
    pool = Pool(SMALL, 0.0)
    pool.begin(speech(59.0, 100))

    pool.advance(60.0)

    assert pool.output_tokens.level == 600 + 10 - 100


def test_a_turnstile_counts_requests_alone() -> None:
    """Two a minute: the third waits half a minute."""
    turnstile = Turnstile(2, 0.0)

    answers = [turnstile.admit(0.0) for _ in range(3)]

    assert answers == [None, None, Shortage(2, "requests", 30.0)]
    assert turnstile.admit(30.0) is None


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(0, 20), st.floats(0, 7000), st.integers(0, 900), st.booleans()),
        max_size=25,
    )
)
def test_no_traffic_lifts_a_pool_above_its_limits(
    steps: list[tuple[float, float, int, bool]],
) -> None:
    """Whatever comes, goes or hangs up, levels stay finite and at most the limit."""
    pool, now, running = Pool(SMALL, 0.0), 0.0, []
    for gap, estimate, tokens, hangs_up in steps:
        now += gap
        if pool.admit(estimate, now) is None:
            running.append(speech(now + 0.4, tokens, estimate=estimate, counted=estimate * 0.9))
            pool.begin(running[-1])
        if hangs_up and running:
            pool.end(running.pop(0), now)
        pool.advance(now)
        levels = (pool.requests.level, pool.input_tokens.level, pool.output_tokens.level)
        assert all(map(math.isfinite, levels))
        assert all(level <= limit for level, limit in zip(levels, (60, 6000, 600), strict=True))


@pytest.mark.parametrize("looks", [1, 7, 100])
def test_looking_often_changes_nothing(looks: int) -> None:
    """However many looks there are between, the level at the end is the same."""
    pool = Pool(SMALL, 0.0)
    pool.begin(speech(0.0, 500))

    for look in range(looks):
        pool.advance(4.0 * (look + 1) / looks)

    assert pool.output_tokens.level == pytest.approx(600 + 40 - 400)
