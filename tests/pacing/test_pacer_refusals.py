"""A refused attempt: put back for another turn, or passed on, or let down; nothing is left open."""

import pytest

from tests.fakes.requests import a_request
from tests.pacing.row import Row, play
from tests.pacing.timeline import quota
from trayapp.model.errors import BrokenRoad, HeldTooLong, NotServing, UpstreamSaid
from trayapp.model.exchange import Request
from trayapp.model.refusal import Refusal

RATE = Refusal("rate", resource="requests", retry_after=5.0)
SPEND = Refusal("spend", body=b'{"type":"error"}', may_retry=False)
FAILED = Refusal("failed", status=500)
HUGE = Refusal(
    "rate",
    resource="input_tokens",
    retry_after=9.0,
    quota=quota(None, input_tokens=(30_000, 30_000)),
)


def test_a_throttled_request_goes_again() -> None:
    """After a 429 the same request waits out `retry-after` and goes a second time."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", RATE)
        held = row.held()
        await row.run(4.9)
        early = list(row.went)
        await row.run(0.2)
        await row.say("a")

        assert (held, early, row.went) == (["a"], ["a"], ["a", "a"])
        assert row.slots["a"].held == pytest.approx(5.0, abs=0.2)
        assert row.end_of("a") is None

    play(scene, requests=60)


def test_the_refused_one_is_before_those_that_came_later() -> None:
    """Who was refused keeps its place at the head of its flow."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", RATE)
        await row.come("b")
        await row.run(5.1)

        assert row.went == ["a", "a"]
        assert row.held() == ["b"]

    play(scene, requests=60)


def test_the_waits_of_all_attempts_are_added() -> None:
    """What the caller is told of its hold is the whole of it."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a")
        await row.run(10.0)
        row.pacer.resume()
        await row.settle()
        await row.say("a", RATE)
        await row.run(5.1)

        assert row.slots["a"].held == pytest.approx(15.0, abs=0.2)

    play(scene, requests=60)


def test_what_may_go_again_at_once_does() -> None:
    """A plain 500 is tried once more without a wait, and its second attempt ends as any."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", FAILED)
        went, in_flight = list(row.went), row.schedule.in_flight
        await row.say("a")

        assert (went, in_flight) == (["a", "a"], 1)
        assert (row.end_of("a"), row.schedule.in_flight) == (None, 0)

    play(scene, requests=60)


def test_a_second_failure_is_passed_on() -> None:
    """Only one more try: what may have been billed is not sent a third time."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", FAILED)
        await row.say("a", FAILED)

        assert (row.went, row.passed_on) == (["a", "a"], ["a"])

    play(scene, requests=60)


def test_who_hangs_up_between_two_attempts_leaves_nothing() -> None:
    """A caller may leave while its request waits for its second turn."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", RATE)
        await row.hang_up("a")
        await row.run(10.0)

        assert (row.went, row.held(), row.schedule.in_flight) == (["a"], [], 0)

    play(scene, requests=60)


@pytest.mark.parametrize("refusal", [RATE, FAILED])
def test_leaving_as_it_is_put_back_leaves_nothing(refusal: Refusal) -> None:
    """Whatever ends the attempt after its refusal takes the next one with it."""

    async def scene(row: Row) -> None:
        await row.come("a")
        slot = row.slots["a"]
        slot.again(refusal)
        await row.hang_up("a")
        await row.run(10.0)

        assert (row.went, row.held(), row.schedule.in_flight) == (["a"], [], 0)

    play(scene, requests=60)


def test_money_refuses_all_that_wait() -> None:
    """A spend cap is passed on, and who waits behind it gets the same answer at once."""

    async def scene(row: Row) -> None:
        await row.come("a", "b", "c")
        await row.say("a", SPEND)
        await row.come("d")

        ends = [row.end_of(name) for name in ("b", "c", "d")]
        assert row.passed_on == ["a"]
        assert all(isinstance(end, UpstreamSaid) and end.body == SPEND.body for end in ends)
        assert (row.went, row.held()) == (["a"], [])

    play(scene)


def test_resuming_tries_money_again() -> None:
    """The user says that the limit was raised: the next request goes."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", SPEND)
        row.pacer.resume()
        await row.come("b")

        assert row.went == ["a", "b"]

    play(scene)


def test_what_can_never_go_is_let_down_by_us() -> None:
    """Refused with the bucket full, a request is told so in our words, and is forgotten."""

    async def scene(row: Row) -> None:
        await row.come("a", body=b"x" * 80_000)
        await row.say("a", HUGE)

        end = row.end_of("a")
        assert isinstance(end, HeldTooLong)
        assert end.retry_after is None
        assert "so it can never go" in end.message
        assert (row.went, row.held()) == (["a"], [])

    play(scene, input_tokens=30_000)


def test_a_refusal_after_the_hold_is_told_as_its_end() -> None:
    """Where no time is left for another turn, the caller learns what it waited for."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.run(239.0)
        await row.say("a", RATE)
        await row.run(1.1)

        end = row.end_of("a")
        assert isinstance(end, HeldTooLong)
        assert end.message == "Sluice held this request for 240 s: the API throttles this pool."

    play(scene, requests=60)


def test_a_stop_between_two_attempts_is_told() -> None:
    """Who was put back does not outlive the engine's stop."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", RATE)
        row.pacer.stop()
        await row.settle()

        assert isinstance(row.end_of("a"), NotServing)

    play(scene, requests=60)


def test_a_turn_that_came_before_the_stop_is_kept() -> None:
    """Who may go again at once does, even where the engine stops between its two attempts."""

    async def scene(row: Row) -> None:
        slot = row.pacer.slot(a_request())
        async with slot:
            slot.again(FAILED)
            row.pacer.stop()
        async with slot:
            in_flight = row.schedule.in_flight

        assert (in_flight, row.schedule.in_flight) == (1, 0)

    play(scene, requests=60)


def test_the_user_may_hear_of_refusals() -> None:
    """Each refusal is told with its request, absorbed or not."""

    async def scene(row: Row) -> None:
        told: list[tuple[str, str]] = []

        def note(refusal: Refusal, request: Request) -> None:
            told.append((refusal.kind, request.id))

        row.pacer.on_refusal = note
        await row.come("a")
        await row.say("a", RATE)
        await row.run(5.1)
        await row.say("a", SPEND)

        assert told == [("rate", "a"), ("spend", "a")]

    play(scene, requests=60)


def test_a_road_that_breaks_counts_against_upstream() -> None:
    """Ten failures in a row open the breaker: then one goes every five seconds."""

    async def scene(row: Row) -> None:
        for number in range(10):
            await row.come(str(number))
            await row.say(str(number), BrokenRoad("cut"))
        await row.come("x", "y")

        assert isinstance(row.end_of("9"), BrokenRoad)
        assert row.held() == ["x", "y"]
        assert row.pacer.waiting(1)[0].reason == "overloaded"

    play(scene, requests=60)


def test_what_we_refuse_ourselves_is_not_upstreams_failure() -> None:
    """Budgets that are spent meanwhile open no breaker."""

    async def scene(row: Row) -> None:
        for number in range(10):
            await row.come(str(number))
            await row.say(str(number), HeldTooLong("Your own budget is spent.", None))
        await row.come("x")

        assert row.went[-1] == "x"

    play(scene, requests=60)


def test_a_bug_of_ours_is_not_upstreams_failure() -> None:
    """An error that says nothing of the road opens no breaker."""

    async def scene(row: Row) -> None:
        for number in range(10):
            await row.come(str(number))
            await row.say(str(number), RuntimeError("a bug"))
        await row.come("x")

        assert row.went[-1] == "x"

    play(scene, requests=60)


def test_a_full_queue_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond what memory allows a request is let down as it comes."""
    monkeypatch.setattr("trayapp.pacing.held.MOST_WAITING", 1)

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a", "b")

        assert isinstance(row.end_of("b"), HeldTooLong)
        assert row.held() == ["a"]

    play(scene)
