"""One level that refills continuously, told as timelines."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayapp.simulator.buckets import Bucket

seconds = st.floats(0, 10_000)
amounts = st.floats(-5_000, 5_000)


def test_a_bucket_begins_full() -> None:
    """All of a minute's worth is there at first."""
    bucket = Bucket(60)

    assert (bucket.level, bucket.full_in) == (60.0, 0.0)


def test_what_is_taken_comes_back_evenly() -> None:
    """At sixty a minute, ten taken are back after ten seconds."""
    bucket = Bucket(60)
    bucket.take(10)

    bucket.advance(4.0)

    assert (bucket.level, bucket.full_in) == (54.0, 6.0)


def test_nothing_comes_above_the_limit() -> None:
    """A full bucket stays full, however long it waits."""
    bucket = Bucket(60)

    bucket.advance(3600.0)

    assert bucket.level == 60.0


def test_what_flows_out_meanwhile_is_set_against_the_refill() -> None:
    """At the limit, a slow outflow costs nothing: it is refilled as it goes."""
    bucket = Bucket(60)

    bucket.advance(10.0, spent=5.0)

    assert bucket.level == 60.0


def test_an_overdrawn_bucket_pays_back_first() -> None:
    """A hundred out of sixty leaves forty owed, paid after forty seconds."""
    bucket = Bucket(60)
    bucket.take(100)

    assert bucket.level == -40.0
    assert bucket.seconds_until(1.0) == 41.0


def test_time_never_runs_back() -> None:
    """An earlier moment than the last changes nothing."""
    bucket = Bucket(60)
    bucket.advance(10.0)
    bucket.take(30)

    bucket.advance(5.0)

    assert bucket.level == 30.0


def test_giving_back_stops_at_the_limit() -> None:
    """A correction cannot overfill the bucket."""
    bucket = Bucket(60)

    bucket.take(-20)

    assert bucket.level == 60.0


def test_what_is_there_needs_no_wait() -> None:
    """Up to the level itself nobody waits."""
    assert Bucket(60).seconds_until(60) == 0.0


def test_more_than_the_bucket_holds_never_comes() -> None:
    """A need above the limit waits for ever."""
    bucket = Bucket(60)

    assert math.isinf(bucket.seconds_until(61))


def test_the_repr_tells_level_and_time() -> None:
    """A bucket shows what it holds."""
    bucket = Bucket(60)
    bucket.advance(2.0)

    assert repr(bucket) == "<Bucket 60 of 60 at 2 s>"


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(seconds, amounts, st.floats(0, 5_000))))
def test_no_history_fills_a_bucket_above_its_limit(steps: list[tuple[float, float, float]]) -> None:
    """Whatever is taken, given back, spent and waited, the level stays finite and in bounds."""
    bucket = Bucket(1000)

    for now, amount, spent in steps:
        bucket.advance(now, spent=spent)
        bucket.take(amount)
        assert math.isfinite(bucket.level)
        assert bucket.level <= 1000


@settings(max_examples=30, deadline=None)
@given(st.floats(1, 5_000), st.floats(0.01, 1000))
def test_waiting_as_long_as_told_is_enough(taken: float, need: float) -> None:
    """After `seconds_until` the need is there, to a rounding error."""
    bucket = Bucket(1000)
    bucket.take(taken)

    bucket.advance(bucket.seconds_until(need))

    assert bucket.level >= need or bucket.level == pytest.approx(need)
