"""Delays, the budget of retries, the breaker, the ceiling after a 529."""

import pytest

from trayapp.pacing.backoff import Breaker, Ceiling, RetryBudget, delay_of, pause_of


def most() -> float:
    """A draw at the upper end."""
    return 1.0


def test_delay_doubles_up_to_its_cap() -> None:
    """Half a second, one, two, and never more than thirty."""
    assert [delay_of(tries, most) for tries in (0, 1, 2, 20)] == [0.5, 1.0, 2.0, 30.0]


def test_delay_is_drawn_from_nothing_up() -> None:
    """Full jitter: anything between nothing and the delay."""
    assert delay_of(3, lambda: 0.0) == 0.0


@pytest.mark.parametrize(("stated", "pause"), [(7, 7.7), (100, 103), (-5, 0), (1e9, 3603)])
def test_stated_pause_is_kept_and_a_little_more(stated: float, pause: float) -> None:
    """Never before retry-after, at most a tenth or three seconds after it."""
    assert pause_of(stated, most) == pytest.approx(pause)
    assert pause_of(stated, lambda: 0.0) >= min(max(stated, 0), 3600)


def test_budget_is_spent_then_one_every_ten_seconds() -> None:
    """Ten retries at once, then only the floor."""
    budget = RetryBudget()
    at_once = sum(budget.spend(0.0) for _ in range(20))

    assert at_once == 11
    assert not budget.spend(9.9)
    assert budget.spend(10.0)


def test_ten_successes_pay_for_a_retry() -> None:
    """A success pays a tenth of a retry."""
    budget = RetryBudget()
    while budget.spend(0.0):
        pass
    for _ in range(10):
        budget.deposit()

    assert budget.saved == pytest.approx(1.0)


def test_savings_are_bounded() -> None:
    """A quiet day buys no storm of retries."""
    budget = RetryBudget()
    budget.deposit()

    assert budget.saved == 10.0


def failed(times: int, *, at: float = 0.0) -> Breaker:
    """A breaker after so many failures."""
    breaker = Breaker()
    for _ in range(times):
        breaker.fail(at, lambda: 0.0)
    return breaker


def test_few_failures_do_not_open() -> None:
    """Nine failures may be chance."""
    assert failed(9).wait(0.0) == 0.0


def test_ten_failures_open() -> None:
    """Ten of ten, and nothing goes for five seconds."""
    assert failed(10).wait(1.0) == 4.0


def test_mostly_good_answers_keep_it_shut() -> None:
    """Failures below half open nothing."""
    half, third = failed(1), failed(1)
    for _ in range(5):
        half.succeed(1.0)
        half.fail(1.0, most)
        third.succeed(1.0)
        third.succeed(1.0)
        third.fail(1.0, most)

    assert half.is_open
    assert not third.is_open


def test_old_failures_are_forgotten() -> None:
    """What failed more than ten seconds ago counts no more."""
    breaker = failed(9)
    breaker.fail(11.0, most)

    assert not breaker.is_open


def test_one_probe_goes_every_five_seconds() -> None:
    """While open, a request that goes moves the next one five seconds on."""
    breaker = failed(10)
    ready = breaker.wait(5.0)
    breaker.sent(5.0, lambda: 0.0)

    assert (ready, breaker.wait(6.0)) == (0.0, 4.0)


def test_failing_probe_keeps_it_open() -> None:
    """A failure while open changes nothing but the record."""
    breaker = failed(10)
    breaker.fail(5.0, most)

    assert breaker.is_open
    assert breaker.wait(4.0) == 1.0


def test_answer_closes_it() -> None:
    """The first answer opens the road, and old failures are forgotten."""
    breaker = failed(10)
    breaker.succeed(5.0)
    breaker.fail(5.0, most)

    assert breaker.wait(5.0) == 0.0


def test_sending_while_shut_means_nothing() -> None:
    """Only a probe is noted."""
    breaker = Breaker()
    breaker.sent(5.0, most)
    breaker.succeed(5.0)

    assert breaker.wait(5.0) == 0.0


def test_no_ceiling_before_a_529() -> None:
    """Nothing limits what is in flight until the service says so."""
    assert Ceiling().most == float("inf")


def test_529_cuts_to_seven_tenths() -> None:
    """Of a hundred in flight seventy may be, and several 529s at once are one event."""
    ceiling = Ceiling()
    ceiling.cut(100, 0.0)
    ceiling.cut(99, 0.5)

    assert ceiling.most == 70.0


def test_ceiling_never_falls_below_two() -> None:
    """Two may always be in flight."""
    ceiling = Ceiling()
    ceiling.cut(1, 0.0)

    assert ceiling.most == 2.0


def test_ceiling_recovers_fast_then_slowly() -> None:
    """Every answer adds one up to near the first cut, then one per round."""
    ceiling = Ceiling()
    ceiling.cut(20, 0.0)
    ceiling.cut(2, 2.0)
    for _ in range(8):
        ceiling.grow(3.0)
    fast = ceiling.most
    ceiling.grow(3.0)
    ceiling.grow(3.0)

    assert fast == 10.0
    assert ceiling.most == pytest.approx(10.2, abs=0.01)


def test_quiet_minute_lifts_the_ceiling() -> None:
    """A minute without a 529 and nothing is limited."""
    ceiling = Ceiling()
    ceiling.cut(20, 0.0)
    ceiling.grow(61.0)

    assert ceiling.most == float("inf")
