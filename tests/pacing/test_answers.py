"""What an answer teaches, and in which order."""

import pytest

from tests.pacing.timeline import NOTHING, Timeline, quota
from trayapp.model.quota import Quota, Utilization
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage

BUSY = {"requests": (600, 300), "input_tokens": (60_000, 30_000), "output_tokens": (6000, 3000)}
WINDOWS = Quota(
    organization="org",
    workspace=None,
    windows=(Utilization(window="five_hour", used=0.2, resets_at=None, status="allowed"),),
)


def test_header_of_a_stream_waits_for_its_usage() -> None:
    """The mirrors are compared only once the response's own input is exact."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.learn(line.tickets["a"], quota(requests=(600, 300)), 0.5)
    before = line.pool.requests.level
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=1200), 0.5)

    assert before > 590
    assert line.pool.requests.level < 310


def test_first_header_of_a_pool_is_used_at_once() -> None:
    """Where nothing was known, nobody goes on the belief that the bucket is full."""
    line = Timeline()
    line.offer("a", "b")
    line.schedule.learn(line.tickets["a"], quota(requests=(60, 0)), 0.5)
    line.run(0.6)

    assert line.names() == ["a"]
    assert line.pool.requests.level < 2


def test_header_waits_a_quarter_of_a_second_at_most() -> None:
    """Where no usage comes the header is used without it."""
    line = Timeline(requests=600)
    line.offer("a")
    line.now = 0.5
    line.schedule.learn(line.tickets["a"], quota(requests=(600, 300)), 0.5)
    wake = line.schedule.next_wakeup(0.5)
    line.run(0.7)
    early = line.pool.requests.level
    line.run(0.8)

    assert wake == 0.75
    assert early > 590
    assert line.pool.requests.level < 310
    assert line.schedule.next_wakeup(0.8) is None


def test_header_of_a_settled_response_is_not_kept_twice() -> None:
    """A kept header that was used meanwhile leaves no work behind."""
    line = Timeline(requests=600)
    line.offer("a", "b")
    for name in "ab":
        line.schedule.learn(line.tickets[name], quota(requests=(600, 590)), 0.5)
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=1200), 0.5)
    line.run(0.6)
    still = line.schedule.next_wakeup(0.6)
    line.run(1.0)

    assert still is not None
    assert line.schedule.next_wakeup(1.0) is None


def test_plain_answer_is_settled_before_its_header() -> None:
    """For a whole answer the end comes first: input, output, then the header."""
    line = Timeline(output_tokens=6000)
    line.offer("a", stream=False)
    line.answer("a", head=quota(output_tokens=(6000, 3000)), at=7.0)

    assert line.pool.output.level == pytest.approx(3000 + 500 + 30)


def test_header_after_the_usage_is_used_at_once() -> None:
    """Nothing is left to wait for."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=1200), 0.5)
    line.schedule.learn(line.tickets["a"], quota(requests=(600, 300)), 0.5)

    assert line.pool.requests.level < 310


def test_usage_without_input_settles_nothing() -> None:
    """A usage that tells no input leaves the doubt."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.settle(line.tickets["a"], Usage(), 0.5)

    assert line.pool.doubt_input() > 0


def test_usage_is_taken_once() -> None:
    """The usage at the end repeats the input; it is not taken again."""
    line = Timeline(input_tokens=60_000)
    line.offer("a")
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=1500), 0.0)
    level = line.pool.input.level
    line.schedule.finish(line.tickets["a"], Usage(input_tokens=1500, output_tokens=9), 0.0)

    assert line.pool.input.level == level == 58_500


def test_answers_teach_the_tool() -> None:
    """Prompt ratio, length and speed of a whole answer are learned."""
    line = Timeline(requests=600)
    line.offer("a", tool="tool", model="m")
    line.answer("a", at=3.0)
    estimate = line.schedule.pools.estimate("tool", "m")

    assert (estimate.prompts, estimate.answers, estimate.mean) == (1, 1, 300)
    assert estimate.speed == pytest.approx(100)


def test_cut_stream_is_charged_by_what_was_seen() -> None:
    """A caller that hung up after fifty tokens has cost fifty, and teaches nothing."""
    line = Timeline(output_tokens=6000)
    line.pool.output.take(3000)
    line.offer("a")
    line.run(2.0)
    line.schedule.produce(line.tickets["a"], 50, 2.0)
    line.schedule.withdraw(line.tickets["a"], 2.0)

    assert line.pool.output.level == pytest.approx(3000 + 200 - 50)
    assert line.schedule.pools.estimate("tool", "").answers == 0


def test_cut_plain_answer_stays_charged_as_assumed() -> None:
    """Nobody saw what was written; the assumption is the best there is."""
    line = Timeline(output_tokens=6000)
    line.pool.output.take(3000)
    line.offer("a", stream=False)
    line.run(7.0)
    line.schedule.withdraw(line.tickets["a"], 7.0)

    assert line.pool.output.level == pytest.approx(3000 + 700 - 400)


def test_usage_without_output_is_no_whole_answer() -> None:
    """Where the end tells no output, none is learned."""
    line = Timeline(requests=600)
    line.offer("a", stream=False)
    line.schedule.finish(line.tickets["a"], Usage(input_tokens=5), 1.0)

    assert line.schedule.pools.estimate("tool", "").answers == 0


def test_first_header_opens_the_gate() -> None:
    """One probe, then everybody, four at once and the rest spaced."""
    line = Timeline()
    line.offer("a", "b", "c", "d", "e", "f")
    line.answer("a", head=quota(requests=(600, 599)), at=1.0)
    line.run(2.0)

    assert line.names() == ["a", "b", "c", "d", "e", "f"]
    assert line.went[4] == ("e", 1.0)
    assert line.went[5] == ("f", 1.05)


def test_answer_without_limits_makes_the_pool_headerless() -> None:
    """From then on one more may be in flight per answer."""
    line = Timeline()
    line.offer(*"abcdefg")
    line.answer("a", at=1.0)
    line.answer("b", at=2.0)

    assert line.names() == ["a", "b", "c", "d", "e"]
    assert line.pool.feeler is not None
    assert line.pool.feeler.width == 3.0


def test_subscription_is_not_felt_for() -> None:
    """Windows instead of minutes: nothing is paced by the minute."""
    line = Timeline()
    line.offer(*"abcdefg")
    line.schedule.learn(line.tickets["a"], WINDOWS, 1.0)
    line.run(1.0)
    line.schedule.learn(line.tickets["b"], WINDOWS, 1.0)

    assert line.pool.feeler is None
    assert len(line.names()) == 7


def test_one_head_without_limits_does_not_unlearn_them() -> None:
    """A pool whose limits are known keeps them."""
    line = Timeline(requests=600)
    line.offer("a")
    line.answer("a", at=1.0)

    assert line.pool.known
    assert line.pool.feeler is None


def test_felt_limits_grow_in_quiet_minutes() -> None:
    """What was concluded from a refusal is raised while all goes well."""
    line = Timeline()
    line.offer(*"abcdefghij")
    line.answer("a", at=1.0)
    line.answer("b", at=2.0)
    line.refuse("c", Refusal(kind="rate", resource="requests", retry_after=1.0), at=3.0)
    limit = line.pool.requests.limit
    line.answer("d", at=100.0)

    assert line.pool.requests.limit == pytest.approx(1.1 * limit)


def test_answer_lets_the_ceiling_grow() -> None:
    """After a 529 every head allows more."""
    line = Timeline(requests=600)
    line.offer("a", "b", "c", "d")
    line.refuse("a", Refusal(kind="overloaded", status=529, may_retry=False), at=1.0)
    before = line.pool.ceiling.most
    line.answer("b", head=NOTHING, at=2.0)

    assert line.pool.ceiling.most > before


def test_head_is_counted_once() -> None:
    """A second head for the same request, or one that settled, changes no count."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.learn(line.tickets["a"], NOTHING, 1.0)
    line.schedule.learn(line.tickets["a"], NOTHING, 1.1)

    assert line.pool.gate.unheard == 0


def test_kept_header_moves_with_its_pool() -> None:
    """A header kept by a provisional pool is used by the one that takes its books over."""
    line = Timeline(requests=600)
    line.schedule.pools.state("digest", "org", {"requests": 600.0}, 0.0)
    line.offer("a", pool="digest")
    line.schedule.learn(line.tickets["a"], quota(requests=(600, 300)), 0.5)
    line.schedule.merge("digest", "pool", "org", 0.5)
    line.run(1.0)

    assert line.pool.requests.level < 320


def test_pool_without_kept_headers_moves_nothing() -> None:
    """Merging a pool that keeps no header leaves no work behind."""
    line = Timeline(requests=600)
    line.offer("a", pool="digest")
    line.schedule.merge("digest", "pool", "org", 0.5)

    assert line.schedule.next_wakeup(0.5) is None
