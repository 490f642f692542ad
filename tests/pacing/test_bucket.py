"""A mirror: level, refill, what headers move and what they do not."""

import math

import pytest

from trayapp.pacing.bucket import Bucket


def tokens(limit: float = 60_000.0) -> Bucket:
    """A full, known bucket of tokens with 1,000 a second."""
    bucket = Bucket("input_tokens", limit, 500.0, 0.0)
    bucket.known = True
    return bucket


def requests(limit: float = 60.0) -> Bucket:
    """A full, known bucket of requests, one a second."""
    bucket = Bucket("requests", limit, 0.0, 0.0)
    bucket.known = True
    return bucket


def test_level_rises_by_the_refill() -> None:
    """A second gives back a sixtieth of the limit."""
    bucket = tokens()
    bucket.take(30_000)
    bucket.advance(5.0)

    assert bucket.level == 35_000


def test_level_never_exceeds_capacity() -> None:
    """A full bucket stays full, however long nobody takes."""
    bucket = tokens()
    bucket.take(100)
    bucket.advance(1000.0)

    assert bucket.level == 60_000


def test_time_that_stands_moves_nothing() -> None:
    """A clock that goes back leaves the level and its moment as they are."""
    bucket = tokens()
    bucket.take(1000)
    bucket.advance(5.0)
    bucket.take(1000)
    bucket.advance(4.0)

    assert (bucket.level, bucket.at) == (59_000, 5.0)


def test_answers_being_written_drain_the_level() -> None:
    """What is assumed to be written is taken and counted as spent."""
    bucket = tokens()
    bucket.take(30_000)
    bucket.speed = 400.0
    bucket.advance(10.0)

    assert (bucket.level, bucket.spent) == (36_000, 34_000)


def test_giving_back_stops_at_the_rim() -> None:
    """What is given back to a full bucket runs over."""
    bucket = tokens()
    bucket.take(-10)

    assert bucket.level == 60_000


def test_others_use_fades_while_nothing_is_heard() -> None:
    """Belief in others' use costs refill at first and next to nothing minutes later."""
    bucket = tokens()
    bucket.foreign = 500.0

    assert bucket.free(0.0) == 500.0
    assert bucket.free(450.0) == pytest.approx(1000.0, abs=0.1)


def test_others_use_is_taken_from_the_level() -> None:
    """The fading use is summed exactly, in one step or in many."""
    one, many = tokens(), tokens()
    for bucket in (one, many):
        bucket.take(50_000)
        bucket.foreign = 500.0
    one.advance(30.0)
    for second in range(31):
        many.advance(float(second))

    assert one.level == pytest.approx(many.level)
    assert one.level == pytest.approx(10_000 + 30_000 - 500 * 45 * (1 - math.exp(-30 / 45)))


def test_free_refill_without_others_is_the_refill() -> None:
    """Nobody else means everything is ours."""
    assert tokens().free(3.0) == 1000.0


@pytest.mark.parametrize("limit", [0, -5, float("nan"), float("inf"), 1e13])
def test_insane_limit_is_not_adopted(limit: float) -> None:
    """A limit that cannot be one changes nothing."""
    bucket = tokens()
    bucket.adopt(limit, 1.0)

    assert bucket.limit == 60_000


def test_first_limit_keeps_what_is_taken() -> None:
    """What went out while the limit was unknown stays taken from the real bucket."""
    bucket = Bucket("requests", 50.0, 0.0, 0.0)
    bucket.take(3)
    bucket.adopt(1000, 0.0)

    assert (bucket.level, bucket.capacity, bucket.known) == (997, 1000, True)


def test_same_limit_again_changes_nothing() -> None:
    """A header repeats the limit without touching the capacity learned since."""
    bucket = tokens()
    bucket.capacity = 70_000
    bucket.adopt(60_000, 1.0)

    assert bucket.capacity == 70_000


def test_halved_limit_cuts_the_level() -> None:
    """A lower limit takes effect at once."""
    bucket = tokens()
    bucket.adopt(30_000, 0.0)

    assert (bucket.level, bucket.refill) == (30_000, 500)


def test_agreeing_header_moves_nothing() -> None:
    """A rounded number near the level is no news."""
    bucket = tokens()
    bucket.take(20_300)
    bucket.sight(40_000, 20.0, 0.0, 0.0)

    assert (bucket.level, bucket.foreign) == (39_700, 0)


def test_lower_header_lowers_the_level() -> None:
    """What a header contradicts is believed as far as it is contradicted, and others are seen."""
    bucket = tokens()
    bucket.sight(30_000, None, 0.0, 0.0)

    assert bucket.level == 30_800
    assert bucket.foreign == pytest.approx(29_200 / 60)
    assert bucket.shared == 600.0


def test_lowering_within_rounding_is_no_sign_of_others() -> None:
    """A few tokens less may be rounding."""
    bucket = tokens()
    bucket.sight(59_000, None, 0.0, 0.0)

    assert (bucket.level, bucket.shared) == (59_800, 0.0)


def test_higher_header_raises_the_level() -> None:
    """A level believed too low is raised to what the header proves."""
    bucket = tokens()
    bucket.take(50_000)
    bucket.foreign = 10.0
    bucket.sight(40_000, None, 0.0, 0.0)

    assert (bucket.level, bucket.foreign) == (39_500, 0.0)


def test_header_older_than_what_was_sent_raises_less() -> None:
    """What the server may not have counted yet is not given back."""
    bucket = tokens()
    bucket.take(50_000)
    bucket.sight(40_000, None, 0.0, 29_000.0)

    assert bucket.level == 10_500


def test_doubt_widens_both_ways() -> None:
    """With much unsettled, a header that differs by less than that moves nothing."""
    bucket = tokens()
    bucket.take(20_000)
    bucket.sight(35_000, None, 5000.0, 0.0)
    bucket.sight(45_000, None, 5000.0, 0.0)

    assert bucket.level == 40_000


def test_reset_narrows_what_rounding_leaves_open() -> None:
    """Where count and time to full agree, the narrower of the two holds."""
    bucket = Bucket("input_tokens", 6000.0, 500.0, 0.0)
    bucket.take(5000)
    bucket.sight(2000, 40.0, 0.0, 0.0)

    assert bucket.level == pytest.approx(1900)


def test_reset_may_narrow_from_above() -> None:
    """The time to full can prove that less is left than the rounded count says."""
    bucket = Bucket("input_tokens", 6000.0, 500.0, 0.0)
    bucket.take(3500)
    bucket.sight(2000, 44.0, 0.0, 0.0)

    assert bucket.level == pytest.approx(6000 - 100 * 42 + 30)


def test_reset_that_contradicts_the_count_is_dropped() -> None:
    """The count is believed where both cannot be true."""
    bucket = tokens()
    bucket.take(20_000)
    bucket.sight(40_000, 50.0, 0.0, 0.0)

    assert bucket.level == 40_000


@pytest.mark.parametrize("back", [-1.0, 901.0, float("nan"), float("inf")])
def test_insane_reset_is_dropped(back: float) -> None:
    """A time to full that cannot be is ignored, the count is not."""
    bucket = tokens()
    bucket.sight(30_000, back, 0.0, 0.0)

    assert bucket.level == 30_800


def test_reset_tells_the_depth_of_debt() -> None:
    """At nothing left, only the time to full tells how far below zero the bucket is."""
    bucket = tokens()
    bucket.sight(0, 90.0, 0.0, 0.0)

    assert bucket.level == 60_000 - 88_000 + 300


def test_nothing_left_bounds_the_level_by_rounding() -> None:
    """A time to full of a minute at nothing left is not more than the rounding."""
    bucket = tokens()
    bucket.sight(0, 59.0, 0.0, 0.0)

    assert bucket.level == 500 + 300


@pytest.mark.parametrize("remaining", [-1, 130_000, float("nan"), float("inf")])
def test_insane_count_is_dropped(remaining: float) -> None:
    """A count that cannot be one moves nothing."""
    bucket = tokens()
    bucket.take(10_000)
    bucket.sight(remaining, 10.0, 0.0, 0.0)

    assert bucket.level == 50_000


def test_header_above_the_limit_raises_the_capacity() -> None:
    """The bucket holds more than its limit where a header shows more."""
    bucket = tokens()
    bucket.sight(80_000, 0.0, 0.0, 0.0)

    assert bucket.capacity == 80_000


def test_shallow_bucket_is_recognised() -> None:
    """Full at a tenth of the limit: the capacity is that tenth and what rounding leaves open."""
    bucket = requests(600)
    bucket.sight(59, 1.0, 0.0, 0.0)

    assert bucket.capacity == 80
    assert bucket.level <= 80


def test_shallow_bucket_leaves_a_lower_level_alone() -> None:
    """Learning the capacity lowers only a level above it."""
    bucket = requests(600)
    bucket.take(560)
    bucket.sight(40, 1.0, 0.0, 0.0)

    assert bucket.capacity == 61
    assert bucket.level == 40


def test_sharing_is_never_shortened() -> None:
    """A later end holds."""
    bucket = tokens()
    bucket.share(600.0)
    bucket.share(20.0)

    assert bucket.shared == 600.0


def test_enough_is_enough() -> None:
    """With the level above need and guard nobody waits."""
    assert tokens().short(10_000, 0, 0, 1.0, 0.0) == 0


def test_shortfall_is_told_in_seconds() -> None:
    """Need, three tenths of a second of refill and rounding must be there."""
    bucket = tokens()
    bucket.take(58_000)

    assert bucket.short(10_000, 0, 0, 1.0, 0.0) == pytest.approx(8.8)


def test_asking_advances_the_level() -> None:
    """The level is that of the moment asked for."""
    bucket = tokens()
    bucket.take(58_000)

    assert bucket.short(10_000, 0, 0, 1.0, 8.8) == pytest.approx(0)


def test_shared_bucket_keeps_half() -> None:
    """While others draw on it, half the bucket is kept; of a person's request an eighth."""
    bucket = tokens()
    bucket.share(100.0)
    bucket.take(40_000)

    assert bucket.short(1000, 0, 0, 1.0, 0.0) == pytest.approx(11.8)
    assert bucket.short(1000, 0, 0, 0.25, 0.0) == 0


def test_nobody_waits_for_a_full_bucket() -> None:
    """Doubts ask for no more than the lid: 0.95 of the bucket alone, 0.7 shared."""
    bucket = tokens()
    bucket.take(2000)

    assert bucket.short(50_000, 0, 90_000, 1.0, 0.0) == 0
    bucket.take(15_000)
    bucket.share(100.0)
    assert bucket.short(50_000, 0, 90_000, 1.0, 0.0) == 0


def test_least_is_asked_above_the_lid() -> None:
    """What the request itself needs is asked for even where the lid is lower."""
    bucket = tokens()
    bucket.share(100.0)
    bucket.take(10_000)

    assert bucket.short(55_000, 55_000, 0, 1.0, 0.0) == pytest.approx(5.0)


def test_wait_is_finite_where_output_outruns_the_refill() -> None:
    """With a net loss the wait is told by a twentieth of the refill, and asked again anyway."""
    bucket = tokens()
    bucket.take(60_000)
    bucket.speed = 5000.0

    assert bucket.short(0, 0, 0, 1.0, 0.0) == pytest.approx(800 / 50)


def test_repr_tells_level_and_limit() -> None:
    """A bucket shows what it holds of what."""
    assert repr(tokens()) == "<input_tokens 60000 of 60000>"
