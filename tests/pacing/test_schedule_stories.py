"""What users meet: fan-outs, images, sleeps, deadlines, first requests."""

import pytest

from tests.pacing.timeline import NOTHING, Timeline, drained, quota, ticket
from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.pacing.ticket import NEVER


def test_requests_go_at_once_while_there_is_room() -> None:
    """Alone and with a full bucket nobody waits."""
    line = Timeline(requests=600)
    line.offer("a", "b", "c")

    assert line.went == [("a", 0.0), ("b", 0.0), ("c", 0.0)]


def test_unknown_limits_send_one_probe() -> None:
    """Before anything is known one request goes, the others after its answer."""
    line = Timeline()
    line.offer("a", "b", "c")
    alone = line.names()
    line.answer("a", head=quota(requests=(600, 599)), at=1.0)

    assert alone == ["a"]
    assert line.went[1:] == [("b", 1.0), ("c", 1.0)]


def test_silence_opens_the_gate_after_three_seconds() -> None:
    """A slow first answer holds the others for three seconds, not for its whole time."""
    line = Timeline()
    line.offer(*"abcdef")
    line.run(3.1)

    assert line.went[0] == ("a", 0.0)
    assert {time for _, time in line.went[1:]} == {3.0}
    assert len(line.went) == 6


def test_gate_opens_no_further_than_the_smallest_plan() -> None:
    """Without any answer only what the smallest plan would bear goes."""
    line = Timeline()
    line.offer(*[str(place) for place in range(100)])
    line.run(10.0)

    assert 10 < len(line.went) < 30


def test_usage_gives_back_what_was_too_much() -> None:
    """A prompt that was smaller than thought lets the next one go at once."""
    line = Timeline(input_tokens=60_000)
    line.offer(*"abcde", size=40_000)
    for name in "abc":
        line.schedule.settle(line.tickets[name], Usage(input_tokens=5000), 0.1)
    line.run(0.1)

    assert line.names() == list("abcde")


def test_others_use_slows_what_answers_may_begin() -> None:
    """Output that others take is no refill of ours."""
    alone, beside = drained(output_tokens=6000), drained(output_tokens=6000)
    for line in (alone, beside):
        line.pool.output.level = 2000
    beside.pool.output.foreign = 80.0
    for line in (alone, beside):
        line.offer(*[str(place) for place in range(50)])

    assert len(beside.went) < len(alone.went)


def test_twenty_sub_agents_are_not_serialised() -> None:
    """Twenty parallel requests on a known start plan all go within two seconds."""
    line = Timeline(requests=1000, input_tokens=2_000_000, output_tokens=400_000)
    line.offer(*[str(place) for place in range(20)], size=100_000)
    line.run(2.0)

    assert len(line.went) == 20


def test_large_body_of_images_is_not_a_large_prompt() -> None:
    """The driver tells how much of a body is text."""
    line = Timeline(input_tokens=60_000)
    line.offer("picture", size=5_000_000, text=8000)

    assert line.names() == ["picture"]


def test_pools_do_not_hold_each_other() -> None:
    """A throttled model leaves the others alone."""
    line = drained(requests=10)
    line.offer("slow")
    line.offer("fast", pool="haiku")

    assert line.names() == ["fast"]


def test_deadline_ends_a_hold() -> None:
    """Who waited too long is let down in time, with a hint when to come again."""
    line = drained(requests=1)
    line.offer("a", deadline=20.0)
    line.offer("b", deadline=NEVER)
    line.run(21.0)

    assert line.faults() == [("a", "deadline")]
    assert line.dismissed[0].retry_after == pytest.approx(41, abs=2)


def test_long_answers_cost_more_turns() -> None:
    """What an answer really took is charged to its tool at its end."""
    line = Timeline(requests=600, output_tokens=6000)
    line.offer("a")
    before = line.tickets["a"].flow.counter  # type: ignore[union-attr] # it has gone
    line.schedule.finish(line.tickets["a"], Usage(input_tokens=9, output_tokens=3000), 1.0)
    after = line.tickets["a"].flow.counter  # type: ignore[union-attr]

    assert after - before == pytest.approx((3000 - 400) / 6000 / 4)


def test_refusal_leaves_the_counter_as_it_was() -> None:
    """A refused request has not been served."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.pause()
    line.refuse("a", Refusal(kind="bare"))

    assert line.tickets["a"].flow.counter == 0.0  # type: ignore[union-attr]


def test_first_release_takes_what_fits_and_the_second_nothing() -> None:
    """Asked twice at the same instant, nobody goes the second time."""
    line = Timeline(requests=600)
    for name in "abc":
        line.schedule.offer(ticket(name), 0.0)
    first = line.schedule.release(0.0)

    assert len(first) == 3
    assert line.schedule.release(0.0) == []


def test_answers_of_other_kinds_count_as_heard() -> None:
    """A 400 is an answer: its head opens the gate, its end frees the place."""
    line = Timeline()
    line.offer("a", "b")
    nothing: Quota = NOTHING
    line.schedule.learn(line.tickets["a"], nothing, 0.2)
    line.schedule.finish(line.tickets["a"], None, 0.2)
    line.run(0.2)

    assert line.names() == ["a", "b"]


def test_breaker_lets_one_probe_go() -> None:
    """Ten 529s of ten: one request every five seconds until one is answered."""
    line = Timeline(requests=600)
    line.offer(*"abcdefghij")
    for name in "abcdefghij":
        line.refuse(name, Refusal(kind="overloaded", status=529, may_retry=False))
    line.offer("x", "y", "z")
    line.run(4.9)
    before = len(line.went)
    line.run(9.9)
    probes = line.names()[before:]
    line.answer("x", head=NOTHING)
    line.run(11.0)

    assert before == 10
    assert probes == ["x"]
    assert line.names()[-2:] == ["y", "z"]


def test_guessed_limits_keep_nobody_from_finding_the_true_ones() -> None:
    """Where a large first request broke without an answer, the next goes at once."""
    line = Timeline()
    line.offer("a", "b", size=800_000)
    line.schedule.finish(line.tickets["a"], None, 0.5)
    line.run(0.5)

    assert line.went == [("a", 0.0), ("b", 0.5)]
