"""One pool's books: what a claim takes, what is settled, undone, moved, compared."""

import math

import pytest

from tests.pacing.timeline import NOTHING, WIDE, limits, quota, ticket
from trayapp.model.usage import Usage
from trayapp.pacing.estimate import Estimate
from trayapp.pacing.headerless import Feeler
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Claim


def stated(**changed: float) -> Pool:
    """A pool with known limits, alone."""
    pool = Pool("pool", "account", 0.0)
    for resource, limit in limits(**changed).items():
        pool.buckets[resource].adopt(limit, 0.0)
    pool.settle_limits()
    for bucket in pool.all:
        bucket.shared = 0.0
    return pool


def take(pool: Pool, *, now: float = 0.0, stream: bool = True, tokens: bool = True) -> Claim:
    """A request of 1,000 estimated tokens goes."""
    one = ticket(stream=stream, tokens=tokens)
    one.estimate = Estimate()
    one.whole = one.fresh = 1000.0
    return pool.take(one, now)


def levels(pool: Pool) -> list[float]:
    """Requests, input and output left."""
    return [bucket.level for bucket in pool.all]


def test_request_takes_itself_and_its_expected_input() -> None:
    """Output is taken only as it is written."""
    pool = stated(requests=600, input_tokens=60_000, output_tokens=6000)
    take(pool)

    assert levels(pool) == [599, 59_000, 6000]


def test_proven_need_is_reserved() -> None:
    """Who was refused for less reserves what it was proven to need."""
    pool = stated(input_tokens=60_000)
    one = ticket(proven=5000.0)
    one.estimate, one.whole, one.fresh = Estimate(), 1000.0, 1000.0
    claim = pool.take(one, 0.0)

    assert (claim.input, claim.doubt) == (5000.0, 0.0)


def test_request_without_tokens_takes_only_itself() -> None:
    """count_tokens and Message Batches draw on requests alone."""
    pool = stated(requests=600, input_tokens=60_000)
    claim = take(pool, tokens=False)

    assert levels(pool)[:2] == [599, 60_000]
    assert claim.settled


def test_doubt_grows_with_what_is_unsettled() -> None:
    """Two requests of the same doubt are doubted by root two."""
    pool = stated()
    take(pool)
    one = pool.doubt_input()
    take(pool)

    assert one == pytest.approx(360)
    assert pool.doubt_input() == pytest.approx(360 * math.sqrt(2))


def test_usage_settles_input() -> None:
    """Input and cache creation count, cache reads do not; the doubt is gone."""
    pool = stated(input_tokens=60_000)
    claim = take(pool)
    usage = Usage(input_tokens=100, cache_creation_input_tokens=700, cache_read_input_tokens=9000)
    pool.settle(claim, usage, 0.0)

    assert levels(pool)[1] == 59_200
    assert pool.doubt_input() == 0.0


def test_output_is_assumed_then_seen() -> None:
    """What a stream shows takes the place of what was assumed."""
    pool = stated(output_tokens=60_000)
    pool.output.take(30_000)
    claim = take(pool)
    pool.output.advance(2.0)
    assumed = pool.output.level
    pool.produced(claim, 500, 2.0)

    assert assumed == pytest.approx(32_000 - 2 * 400 / 7)
    assert pool.output.level == pytest.approx(31_500)


def test_plain_answers_are_in_doubt() -> None:
    """What nobody can watch is doubted by its length and by what is assumed so far."""
    pool = stated()
    take(pool, stream=False)

    assert pool.doubt_output(0.0) == pytest.approx(400)
    assert pool.doubt_output(7.0) == pytest.approx(400 + 0.4 * 400)
    assert stated().doubt_output(7.0) == 0.0


def test_streams_are_not_in_doubt() -> None:
    """What can be watched needs no doubt."""
    pool = stated()
    take(pool)

    assert pool.doubt_output(5.0) == 0.0


def test_closing_leaves_no_dust() -> None:
    """With nothing open every sum is exactly nothing."""
    pool = stated()
    claims = [take(pool, now=place / 7, stream=place % 2 == 0) for place in range(9)]
    for claim in claims[::2] + claims[1::2]:
        pool.close(claim, 3.0)

    assert (pool.output.speed, pool.mean_sum, pool.doubt_input()) == (0, 0, 0)
    assert (pool.doubt_output(9.0), pool.gate.unheard) == (0, 0)


def test_closing_one_of_several_keeps_the_others() -> None:
    """The sums are those of what is still open."""
    pool = stated()
    first, second = take(pool, stream=False), take(pool, stream=False)
    pool.heard(first, 0.5)
    pool.settle(first, Usage(input_tokens=1000), 0.5)
    pool.close(first, 1.0)

    assert pool.mean_sum == 400.0
    assert pool.output.speed == pytest.approx(400 / 7)
    assert pool.gate.unheard == 1
    assert second in pool.open


def test_undoing_gives_everything_back() -> None:
    """A refused request leaves the books as if it had never gone."""
    pool = stated(requests=60, input_tokens=60_000, output_tokens=6000)
    for bucket in pool.all:
        bucket.take(bucket.limit / 2)
    before = levels(pool)
    claim = take(pool, stream=False)
    pool.undo(claim, 0.0)

    assert levels(pool) == pytest.approx(before)
    assert not pool.open


def test_cost_is_the_dominant_share() -> None:
    """A request costs what it takes of its scarcest resource."""
    pool = stated(requests=100, input_tokens=10_000, output_tokens=1000)

    assert pool.cost(10, 1) == 0.01
    assert pool.cost(500, 1) == 0.05
    assert pool.cost(500, 100) == 0.1


def test_resources_without_limit_hold_nobody() -> None:
    """A response that shows requests only leaves tokens free and without share."""
    pool = Pool("pool", "", 0.0)
    pool.adopt(quota(requests=(50, 49)), 0.0)

    assert [bucket.active for bucket in pool.all] == [True, False, False]
    assert pool.cost(1e9, 1e9) == 1 / 50


def test_limit_that_shows_later_is_taken() -> None:
    """A resource first named in a later response counts from then on."""
    pool = Pool("pool", "", 0.0)
    pool.adopt(quota(requests=(50, 49)), 0.0)
    pool.adopt(quota(requests=(50, 49), input_tokens=(9000, 9000)), 0.0)

    assert pool.input.active
    assert pool.input.limit == 9000


def test_insane_limits_leave_a_pool_unknown() -> None:
    """Headers that cannot be true teach nothing."""
    pool = Pool("pool", "", 0.0)
    pool.adopt(quota(requests=(0, 49)), 0.0)

    assert (pool.known, pool.is_assumed) == (False, True)


def test_assumptions_end_with_knowledge() -> None:
    """The smallest plan is assumed only until something is known."""
    assert not stated().is_assumed


def test_header_does_not_give_back_what_was_just_sent() -> None:
    """Requests of the last second may not be counted in a header yet."""
    pool = stated(requests=600, input_tokens=60_000)
    first = take(pool)
    take(pool, now=0.5)
    pool.sight(first, quota(requests=(600, 599), input_tokens=(60_000, 59_000)), 0.0, 0.9)

    assert pool.requests.level == 600
    assert pool.input.level == pytest.approx(58_900)


def test_header_of_long_ago_gives_back_nothing_spent_since() -> None:
    """All that was sent since its request left must be contradicted."""
    pool = stated(requests=60)
    first = take(pool)
    for _ in range(40):
        take(pool, now=0.0)
    pool.sight(first, quota(requests=(60, 59)), 0.0, 10.0)

    assert pool.requests.level == pytest.approx(29)


def test_kept_header_is_moved_by_the_refill_since() -> None:
    """A header read a fifth of a second ago is compared as it would be now."""
    pool = stated(input_tokens=600_000)
    claim = take(pool)
    pool.input.take(400_000)
    pool.close(claim, 0.0)
    pool.sight(claim, quota(input_tokens=(600_000, 500_000)), 0.2, 100.0)

    assert pool.input.level == 505_500
    assert pool.input.foreign > 0


def test_nothing_left_stays_nothing_however_old() -> None:
    """At nothing left the age of a header adds nothing."""
    pool = stated(input_tokens=600_000)
    claim = take(pool)
    pool.close(claim, 0.0)
    pool.sight(claim, quota(60.0, input_tokens=(600_000, 0)), 0.2, 1.0)

    assert pool.input.level == 500 + 3000


def test_header_is_believed_where_doubt_is_large() -> None:
    """A long plain answer makes all doubtful; then a header tells more than our assumptions."""
    pool = stated(output_tokens=6000)
    pool.output.take(4000)
    long = take(pool, stream=False)
    pool.sight(long, quota(output_tokens=(6000, 4000)), 0.0, 100.0)
    doubt = pool.doubt_output(100.0)

    assert pool.output.level == pytest.approx(4530)
    assert doubt == pytest.approx(400)


def test_correction_counts_only_since_a_believed_header() -> None:
    """Of an answer twice as long as assumed, only the part after the header was not known."""
    pool = stated(output_tokens=60_000)
    pool.output.take(50_000)
    long = take(pool, stream=False)
    long.speed = pool.output.speed = 60.0
    pool._audited = 50.0
    pool.output.advance(100.0)
    before = pool.output.level
    pool.produced(long, 12_000, 100.0)

    assert before - pool.output.level == pytest.approx(3000)


def test_unknown_resource_is_not_compared_with_doubts_of_nothing() -> None:
    """With something open the doubts widen what a header may say."""
    pool = stated(input_tokens=600_000, output_tokens=60_000)
    claim = take(pool, stream=False)
    pool.sight(claim, quota(input_tokens=(600_000, 599_000), output_tokens=(60_000, 60_000)), 0, 1)

    assert pool.input.shared == 0.0
    assert pool.output.shared == 0.0


def test_provisional_pool_is_absorbed_with_its_claims() -> None:
    """What is open moves with reservation, doubt and what was seen; so does a pause."""
    real, provisional = stated(requests=600, input_tokens=60_000), Pool("new", "", 0.0)
    claim = take(provisional, stream=False)
    heard = take(provisional)
    provisional.heard(heard, 0.5)
    provisional.produced(heard, 40, 0.5)
    claim.kept = NOTHING
    provisional.kept.append(claim)
    provisional.gate.hold_for("throttled", 9.0, 0.0)
    real.absorb(provisional, 1.0)

    assert levels(real)[:2] == [598, 58_000]
    assert (real.gate.unheard, real.gate.hold, len(real.open)) == (1, 9.0, 2)
    assert (len(provisional.open), len(real.kept)) == (0, 1)
    assert heard.seen == 40
    assert real.doubt_input() == pytest.approx(360 * math.sqrt(2))


def test_expected_input_follows_the_ratio() -> None:
    """A tool whose prompts have twice the tokens estimated is expected to take twice as much."""
    one = ticket()
    one.estimate, one.fresh = Estimate(), 100.0
    one.estimate.ratio = 2.0

    assert stated().expected_of(one) == 200.0


def test_sharing_is_told_for_the_whole_pool() -> None:
    """Any bucket shared means the pool is."""
    pool = stated()
    pool.output.share(77.0)

    assert pool.shared == 77.0


def test_requests_a_second_depend_on_what_limits_them() -> None:
    """The refill where it is known, what is accepted where it is felt for, else no limit."""
    pool = stated(requests=600)
    known = pool.request_rate(0.0)
    pool.stop_assuming()
    free = pool.request_rate(0.0)
    pool.feeler = Feeler(0.0)

    assert (known, free, pool.request_rate(0.0)) == (10.0, math.inf, 5.0)


def test_felt_limit_is_a_shallow_bucket() -> None:
    """A limit that was concluded holds a sixth of a minute, and starts empty."""
    pool = Pool("pool", "", 0.0)
    pool.stop_assuming()
    pool.believe("requests", 60.0, 5.0)
    pool.requests.advance(100.0)
    full = pool.requests.level
    pool.believe("requests", 30.0, 100.0)

    assert full == 10.0
    assert pool.requests.level == 5.0


def test_what_is_out_is_told_by_resource() -> None:
    """Unheard requests, unsettled input, output as assumed."""
    pool = stated()
    first, second = take(pool), take(pool)
    pool.heard(first, 0.1)
    pool.heard(first, 0.2)
    pool.settle(first, Usage(input_tokens=10), 0.1)

    assert pool.out_of("requests", 1.0) == 1.0
    assert pool.out_of("input_tokens", 1.0) == second.input
    assert pool.out_of("output_tokens", 1.0) == pytest.approx(2 * 400 / 7)


def test_repr_tells_what_is_open_and_left() -> None:
    """A pool shows its levels."""
    pool = stated(requests=60)
    pool.input.active = pool.output.active = False

    assert repr(pool) == "<Pool pool: 0 open, 0 waiting; <requests 60 of 60>>"
    assert set(pool.buckets) == set(WIDE)


def test_settling_twice_leaves_no_negative_doubt() -> None:
    """A claim's doubt is taken away once."""
    pool = stated()
    claim, other = take(pool), take(pool)
    pool.settle(claim, Usage(input_tokens=10), 0.0)
    pool.settle(claim, Usage(input_tokens=10), 0.0)

    assert pool.doubt_input() == pytest.approx(360)
    assert other in pool.open


def test_resource_without_limit_is_not_compared() -> None:
    """A count whose limit cannot be true moves nothing."""
    pool = Pool("pool", "", 0.0)
    claim = take(pool)
    insane = quota(requests=(0, math.inf), input_tokens=(6000, 3000))
    pool.adopt(insane, 0.0)
    pool.sight(claim, insane, 0.0, 0.0)

    assert math.isfinite(pool.requests.level)
    assert pool.input.level < 4000


def test_unheard_output_header_alone_needs_no_doubt() -> None:
    """With nothing open, input and output are compared as they are."""
    pool = stated(input_tokens=60_000, output_tokens=6000)
    claim = take(pool)
    pool.close(claim, 0.0)
    pool.sight(claim, quota(input_tokens=(60_000, 30_000), output_tokens=(6000, 1000)), 0.0, 0.0)

    assert levels(pool)[1:] == [30_800, 1530]
