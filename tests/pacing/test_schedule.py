"""Who may go, and when: timelines in words a person can check."""

import pytest

from tests.pacing.timeline import Timeline, drained, quota
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.pacing.held import MOST_WAITING
from trayapp.pacing.schedule import MOST_IN_FLIGHT, Schedule


def test_second_request_waits_for_the_rate() -> None:
    """At ten a minute from empty, one goes every six seconds."""
    line = drained(requests=10)
    line.offer("a", "b", "c")
    line.run(30.0)

    assert [name for name, _ in line.went] == ["a", "b", "c"]
    assert [time for _, time in line.went] == pytest.approx([6.3, 12.3, 18.3], abs=0.02)


def test_input_is_reserved_by_the_expected_size() -> None:
    """Of 60,000 tokens a minute, prompts of 12,000 go three at once, then doubt asks for more."""
    line = Timeline(input_tokens=60_000)
    line.offer(*"abcde", size=40_000)

    assert line.names() == list("abc")
    assert line.schedule.waiting(0.0)[0].reason == "input_tokens"


def test_running_answers_must_be_paid_for() -> None:
    """With 6,000 tokens of output a minute, not all of fifty streams may begin at once."""
    line = drained(output_tokens=6000)
    line.pool.output.level = 2000
    line.offer(*[str(place) for place in range(50)])

    assert 2 <= len(line.went) <= 8
    assert [one.reason for one in line.schedule.waiting(0.0, 1)] == ["output_tokens"]


def test_request_larger_than_the_bucket_is_told() -> None:
    """What can never go is let down, and those behind it go."""
    line = Timeline(input_tokens=60_000)
    line.offer("whale", size=800_000)
    line.offer("fish")

    assert line.faults() == [("whale", "too_large")]
    assert line.names() == ["fish"]


def test_size_is_judged_more_strictly_once_learned() -> None:
    """A new tool's estimate may be twice too high, a known one's by a third."""
    line = Timeline(input_tokens=60_000)
    line.offer("new", size=330_000)
    for _ in range(3):
        line.schedule.pools.estimate("known", "").learn_prompt(
            1000.0, Usage(input_tokens=1000), "", 0.0
        )
    line.run(90.0)
    line.offer("late", tool="known", size=330_000)

    assert line.names() == ["new"]
    assert line.faults() == [("late", "too_large")]


def test_nothing_is_too_large_while_limits_are_unknown() -> None:
    """Assumed limits let nobody down."""
    line = Timeline()
    line.offer("a", size=2_000_000)

    assert (line.names(), line.faults()) == (["a"], [])


def test_person_passes_blocked_rows() -> None:
    """A single request of a person's tool needs a quarter of the guard and goes first."""
    line = drained(requests=60)
    line.pool.share(1000.0)
    line.pool.requests.level = 12.0
    line.offer("r1", "r2", tool="rows", weight=1)
    line.offer("person", tool="person", weight=8)

    assert line.names() == ["person"]
    assert [one.ticket.id for one in line.schedule.waiting(0.0)] == ["r1", "r2"]


def test_person_does_not_pass_who_waits_for_long() -> None:
    """After thirty seconds without service nobody passes a blocked head."""
    line = drained(requests=60)
    line.pool.share(1000.0)
    line.offer("r1", "r2", tool="rows", weight=1)
    line.pool.requests.level = 0.0
    line.now = 31.0
    line.pool.requests.at, line.pool.requests.level = 31.0, 12.0
    line.pool.gate.heard(31.0)
    line.offer("person", tool="person", weight=8)

    assert line.names() == []


def test_person_who_may_not_go_either_waits() -> None:
    """With next to nothing left a person's request waits like all others."""
    line = drained(requests=60)
    line.pool.share(1000.0)
    line.offer("r1", tool="rows", weight=1)
    line.offer("person", tool="person", weight=8)

    assert line.names() == []


def test_caller_who_hangs_up_leaves_the_queue() -> None:
    """Who is gone is never sent, and holds nothing."""
    line = drained(requests=10)
    line.offer("a", "b")
    line.schedule.withdraw(line.tickets["a"], 0.0)
    line.run(7.0)

    assert line.names() == ["b"]
    assert line.schedule.held.bytes == 0


def test_late_words_about_a_finished_request_change_nothing() -> None:
    """Whatever comes after the end is ignored."""
    line = Timeline(requests=600)
    line.offer("a")
    line.answer("a", at=1.0)
    late, schedule = line.tickets["a"], line.schedule
    before = repr(line.pool)
    schedule.learn(late, quota(requests=(600, 0)), 1.0)
    schedule.settle(late, Usage(input_tokens=9), 1.0)
    schedule.produce(late, 5, 1.0)
    schedule.finish(late, None, 1.0)

    assert not schedule.back_off(late, Refusal(kind="bare"), 1.0)
    assert repr(line.pool) == before


def test_wakeup_comes_for_a_deadline() -> None:
    """Even paused, the next deadline is woken for."""
    line = Timeline(requests=600)
    line.schedule.pause()
    line.offer("a", deadline=20.0)
    line.offer("b")

    assert line.schedule.next_wakeup(0.0) == 20.0
    line.run(20.0)
    assert line.schedule.next_wakeup(20.0) is None


def test_nothing_to_do_means_no_wakeup() -> None:
    """An idle schedule sleeps."""
    assert Schedule(lambda: 0.0).next_wakeup(5.0) is None


def test_wakeups_are_never_in_the_past_nor_far() -> None:
    """Between five milliseconds and a second from now."""
    line = drained(requests=1)
    line.offer("a")
    far = line.schedule.next_wakeup(0.0)
    line.pool.ready_at = -5.0

    assert far == 1.0
    assert line.schedule.next_wakeup(0.0) == 0.005


def test_pause_holds_and_resume_lets_go() -> None:
    """Paused by the user, everybody waits."""
    line = Timeline(requests=600)
    line.schedule.pause()
    line.offer("a")
    line.run(5.0)
    held = line.names()
    line.schedule.resume()
    line.run(6.0)

    assert (held, line.names()) == ([], ["a"])


def test_send_now_passes_every_limit() -> None:
    """The user may send one request at once, paused or not."""
    line = drained(requests=10)
    line.schedule.pause()
    line.offer("a", "b")
    line.schedule.send_now(line.tickets["b"])
    line.ask()

    assert line.names() == ["b"]


def test_send_now_of_who_went_meanwhile_is_no_trouble() -> None:
    """A request goes once."""
    line = drained(requests=10)
    line.offer("a")
    line.schedule.send_now(line.tickets["a"])
    line.schedule.withdraw(line.tickets["a"], 0.0)
    line.ask()

    assert line.names() == []


def test_cancel_lets_down() -> None:
    """The user does not want it any more; who went already is not touched."""
    line = drained(requests=10)
    line.offer("a")
    line.schedule.cancel(line.tickets["a"], 0.0)
    line.schedule.cancel(line.tickets["a"], 0.0)
    line.ask()

    assert line.faults() == [("a", "cancelled")]


def test_queue_has_an_end() -> None:
    """Beyond four thousand the newest is told to come again."""
    line = drained(requests=1)
    line.schedule.held.count = MOST_WAITING
    line.offer("a")

    assert line.faults() == [("a", "queue_full")]


def test_in_flight_has_an_end() -> None:
    """Never more than memory allows, whatever the limits."""
    line = Timeline(requests=60_000)
    line.schedule.in_flight = MOST_IN_FLIGHT
    line.offer("a")
    line.run(1.0)
    held = line.names()
    line.schedule.in_flight = 0
    line.run(3.0)

    assert (held, line.names()) == ([], ["a"])


def test_headerless_pool_widens_by_one_an_answer() -> None:
    """No limits shown: one in flight, then one more per answer."""
    line = Timeline()
    line.offer(*"abcdef")
    line.answer("a", at=1.0)
    two = line.names()
    line.answer("b", at=2.0)
    line.run(2.0)

    assert two == ["a", "b", "c"]
    assert line.names() == ["a", "b", "c", "d", "e"]
    assert line.schedule.waiting(2.0)[0].reason == "first_answer"


def test_provisional_pool_joins_the_organizations() -> None:
    """Who waits moves with it, and both names lead to one pool."""
    line = drained(requests=10)
    line.offer("old")
    line.offer("x", "y", pool="digest", account="digest")
    line.schedule.merge("digest", "pool", "org", 0.0)
    line.offer("z", pool="digest", account="digest")
    line.run(40.0)

    assert line.pool.account == "org"
    assert line.names()[0] == "x"
    assert sorted(line.names()) == ["old", "x", "y", "z"]


def test_first_merge_gives_the_organizations_name() -> None:
    """With one pool only nothing moves, waiting or not."""
    line = Timeline()
    line.offer("x", "y", pool="digest")
    line.schedule.merge("digest", "org", "org", 0.0)
    line.schedule.merge("digest", "org", "org", 0.0)

    assert line.names() == ["x"]
    assert line.schedule.pools.get("org", "org", 0.0).flows.waiting == 1


def test_merge_of_a_quiet_pool_moves_no_queue() -> None:
    """A provisional pool with nobody waiting leaves nothing behind."""
    line = Timeline(requests=600)
    line.offer("x", pool="digest")
    line.schedule.merge("digest", "pool", "org", 0.0)

    assert not line.schedule.held.busy
    assert len(line.pool.open) == 1


def test_stopped_account_is_let_down_at_the_door() -> None:
    """While money is used up nobody waits in vain; resume tries again."""
    line = Timeline(requests=600)
    line.offer("a")
    line.refuse("a", Refusal(kind="spend"))
    line.offer("b")
    line.schedule.resume()
    line.offer("c")

    assert line.faults() == [("b", "spend")]
    assert line.names() == ["a", "c"]


def test_repr_counts() -> None:
    """A schedule shows how many are out and how many wait."""
    line = drained(requests=10)
    line.offer("a")

    assert repr(line.schedule) == "<Schedule 0 in flight, 1 waiting>"


def test_seen_output_is_taken_as_it_comes() -> None:
    """What a stream shows lowers the level before its end."""
    line = Timeline(output_tokens=6000)
    line.pool.output.take(3000)
    line.offer("a")
    line.schedule.produce(line.tickets["a"], 700, 0.0)

    assert line.pool.output.level == 2300


def test_request_proven_too_large_is_let_down() -> None:
    """Refused for input by a full bucket: ours to tell, since clients would try again."""
    line = Timeline(input_tokens=60_000)
    line.offer("a")
    headers = quota(input_tokens=(60_000, 60_000))
    refusal = Refusal(kind="rate", resource="input_tokens", retry_after=1.0, quota=headers)

    assert line.refuse("a", refusal)
    assert line.faults() == [("a", "too_large")]
    assert line.schedule.held.count == 0


def test_overload_holds_the_pool() -> None:
    """Ten 529s open the breaker; one probe goes every five seconds."""
    line = Timeline(requests=600)
    line.offer(*"abcdefghij")
    for name in "abcdefghij":
        line.refuse(name, Refusal(kind="overloaded", status=529, may_retry=False))
    line.offer("x", "y")
    line.run(4.9)
    reason = line.schedule.waiting(4.9)[0].reason
    line.run(9.9)

    assert reason == "overloaded"
    assert line.names()[10:] == ["x"]


def test_ceiling_holds_who_is_too_many() -> None:
    """After a single 529 fewer may be in flight at once."""
    line = Timeline(requests=600)
    line.offer(*"abcd")
    line.refuse("a", Refusal(kind="overloaded", status=529), at=1.0)
    line.run(3.0)

    assert line.names() == list("abcd")
    assert line.schedule.waiting(3.0)[0].reason == "overloaded"


def test_stop_lets_down_who_waits() -> None:
    """A window that is used up ends the holds of its model, not of others."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.pause()
    line.offer("b", "c")
    line.offer("other", pool="haiku")
    line.refuse("a", Refusal(kind="window", wait=60.0, model_scoped=True))

    assert line.faults() == [("b", "window"), ("c", "window")]
    assert [one.ticket.id for one in line.schedule.waiting(0.0)] == ["other"]


def test_counting_tokens_draws_on_no_tokens() -> None:
    """A request that only counts as one goes while the token buckets are empty."""
    line = drained(input_tokens=60_000, output_tokens=6000)
    line.offer("a", tokens=False)

    assert line.names() == ["a"]


def test_wake_sends_one_and_looks() -> None:
    """After a sleep one request goes, the rest after its header."""
    line = Timeline(requests=600)
    line.schedule.wake(100.0)
    line.offer("a", "b", "c", at=100.0)
    before = line.names()
    line.schedule.learn(line.tickets["a"], quota(requests=(600, 598)), 101.0)
    line.schedule.settle(line.tickets["a"], Usage(input_tokens=1200), 101.0)
    line.run(102.0)

    assert before == ["a"]
    assert line.names() == ["a", "b", "c"]


def test_hanging_up_twice_is_no_trouble() -> None:
    """A request that is gone stays gone."""
    line = Timeline(requests=600)
    line.offer("a")
    line.schedule.withdraw(line.tickets["a"], 0.0)
    line.schedule.withdraw(line.tickets["a"], 0.0)

    assert line.schedule.in_flight == 0
