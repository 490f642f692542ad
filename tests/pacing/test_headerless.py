"""Feeling for limits that no header shows."""

import pytest

from trayapp.pacing.headerless import Feeler


def accepted(count: int, *, until: float = 10.0) -> Feeler:
    """A feeler that saw so many requests accepted, evenly until then."""
    feeler = Feeler(0.0)
    for place in range(count):
        feeler.accept("requests", 1.0, until * (place + 1) / count)
    return feeler


def test_first_refusal_turns_what_was_accepted_into_a_limit() -> None:
    """Sixty in ten seconds: a bucket of fifty-one, refilled for ten seconds."""
    feeler = accepted(60)
    limit = feeler.refuse("requests", 0.0, 10.0)

    assert limit == pytest.approx(0.95 * 60 / (1 + 10 / 60))
    assert feeler.width == float("inf")


def test_what_is_in_flight_counts_as_accepted() -> None:
    """Requests that went and were not refused have been accepted."""
    assert accepted(40).refuse("requests", 20.0, 10.0) == pytest.approx(0.95 * 60 / (1 + 1 / 6))


def test_what_was_accepted_lately_is_counted() -> None:
    """A minute back from now, and no other resource."""
    feeler = accepted(60)
    feeler.accept("input_tokens", 500.0, 10.0)

    assert feeler.recent("requests", 10.0) == 60
    assert feeler.recent("requests", 65.1) == 30


def test_pace_is_what_was_accepted_in_the_last_second() -> None:
    """Forty in the last second are forty a second; before any and after a pause it is five."""
    feeler = Feeler(0.0)
    before = feeler.rate(0.0)
    for place in range(80):
        feeler.accept("requests", 1.0, 0.025 * place)

    assert before == 5.0
    assert feeler.rate(2.0) == pytest.approx(40.0)
    assert feeler.rate(9.0) == 5.0


def test_book_of_what_was_accepted_does_not_grow_with_speed() -> None:
    """A thousand within a quarter of a second are one line of it."""
    feeler = Feeler(0.0)
    for place in range(1000):
        feeler.accept("requests", 1.0, place / 4001)

    assert feeler.lines == 1
    assert feeler.recent("requests", 1.0) == 1000


def test_nothing_accepted_concludes_nothing() -> None:
    """A refusal without any acceptance tells no limit."""
    feeler = Feeler(0.0)

    assert feeler.refuse("input_tokens", 0.0, 10.0) is None
    assert feeler.width == 1.0


def test_only_the_last_minute_counts() -> None:
    """What was accepted earlier says nothing of this minute."""
    feeler = Feeler(0.0)
    feeler.accept("requests", 500.0, 0.0)
    feeler.accept("output_tokens", 500.0, 100.0)
    feeler.accept("requests", 60.0, 100.0)

    assert feeler.refuse("requests", 0.0, 101.0) == pytest.approx(0.95 * 60 / 2)


def test_several_refusals_at_once_are_one() -> None:
    """A burst that is refused lowers the limit once."""
    feeler = accepted(60)
    feeler.refuse("requests", 0.0, 10.0)

    assert feeler.refuse("requests", 0.0, 11.0) is None


def test_second_refusal_within_a_minute_cuts() -> None:
    """Refused again soon: a tenth less, and the safety."""
    feeler = accepted(60)
    first = feeler.refuse("requests", 0.0, 10.0)

    assert first is not None
    assert feeler.refuse("requests", 0.0, 40.0) == pytest.approx(0.855 * first)


def test_late_refusal_believes_the_last_minute() -> None:
    """Refused after quiet minutes: what was accepted in the last one, at most a fifth less."""
    feeler = accepted(60)
    first = feeler.refuse("requests", 0.0, 10.0)
    feeler.accept("requests", 45.0, 150.0)
    second = feeler.refuse("requests", 0.0, 160.0)
    feeler.accept("requests", 5.0, 250.0)
    third = feeler.refuse("requests", 0.0, 260.0)
    fourth = feeler.refuse("requests", 0.0, 400.0)

    assert first is not None
    assert third is not None
    assert second == pytest.approx(0.95 * 45)
    assert third == pytest.approx(0.95 * 0.8 * 0.95 * 45)
    assert fourth == pytest.approx(0.95 * third)


def test_quiet_minutes_raise_the_limit() -> None:
    """A tenth a minute at first and after three calm ones, a twentieth after a second refusal."""
    feeler = accepted(60)
    first = feeler.refuse("requests", 0.0, 10.0) or 0.0
    early = feeler.grow(60.0)
    ((_, grown),) = feeler.grow(70.0)
    again = feeler.refuse("requests", 0.0, 90.0) or 0.0
    ((_, slowly),) = feeler.grow(150.0)
    ((_, calmly),) = feeler.grow(270.0)

    assert early == []
    assert grown == pytest.approx(1.1 * first)
    assert slowly == pytest.approx(1.05 * again)
    assert calmly == pytest.approx(1.1 * slowly)


def test_limit_is_at_least_one() -> None:
    """Something may always go."""
    feeler = Feeler(0.0)
    feeler.accept("requests", 0.5, 1.0)

    assert feeler.refuse("requests", 0.0, 1.0) == 1.0
    assert feeler.refuse("requests", 0.0, 30.0) == 1.0
