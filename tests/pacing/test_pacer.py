"""Slots are given as the schedule says, and none is lost."""

import asyncio
import itertools

import pytest

from tests.fakes.requests import a_request
from tests.pacing.row import Row, play
from tests.pacing.timeline import NOTHING, quota
from trayapp.model.exchange import Caller, Route
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.pacing import pacer as file
from trayapp.pacing.pacer import FreeSlot

LIMITS = quota(None, requests=(50, 49), input_tokens=(30_000, 30_000))
OTHER = Caller("other", "normal")


def test_there_is_room_at_first() -> None:
    """The first request goes at once, held for no time, and leaves its place."""

    async def scene(row: Row) -> None:
        await row.come("a")

        assert (row.went, row.slots["a"].held, row.changes) == (["a"], 0.0, 0)
        assert repr(row.pacer) == "<Pacer <Schedule 1 in flight, 0 waiting>>"
        await row.say("a")
        assert row.schedule.in_flight == 0

    play(scene)


def test_the_second_waits_for_the_first_answer() -> None:
    """With limits unknown the head of the first answer lets the next one go, at that instant."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        held = row.held()
        row.slots["a"].learn(LIMITS)
        await row.settle()

        assert (held, row.went) == (["b"], ["a", "b"])

    play(scene)


def test_the_alarm_lets_go_who_waited_long_enough() -> None:
    """Without any answer the gate opens after three seconds, which are told as held."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        await row.run(2.99)
        early = list(row.went)
        await row.run(0.02)

        assert (early, row.went) == (["a"], ["a", "b"])
        assert row.slots["b"].held == pytest.approx(3.0, abs=0.02)

    play(scene)


def test_nothing_rings_while_nobody_waits() -> None:
    """An idle pacer costs nothing."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a")

        assert row.timer.pending == []

    play(scene)


def test_only_an_earlier_alarm_takes_the_place_of_the_next() -> None:
    """However often it is asked, one alarm is set."""

    async def scene(row: Row) -> None:
        await row.come("a", "b", "c")
        first = row.timer.pending
        row.schedule.pools.get("pool", "org", 0.0).ready_at = row.clock.monotonic() + 0.1
        row.pacer._set_alarm(row.clock.monotonic() + 0.1, row.clock.monotonic())
        sooner = row.timer.pending
        row.pacer._set_alarm(row.clock.monotonic() + 0.5, row.clock.monotonic())

        assert len(first) == 1
        assert sooner == [pytest.approx(0.1)]
        assert row.timer.pending == sooner

    play(scene)


def test_who_came_first_goes_first() -> None:
    """Each that goes makes the next one's turn known by its answer."""

    async def scene(row: Row) -> None:
        await row.come("a", "b", "c")
        row.slots["a"].learn(NOTHING)  # an upstream without headers: two at once from here on
        await row.settle()
        two = list(row.went)
        await row.say("b")

        assert (two, row.went) == (["a", "b"], ["a", "b", "c"])

    play(scene)


def test_who_hangs_up_while_waiting_is_passed_over() -> None:
    """A caller that leaves the row costs nobody a place (R15)."""

    async def scene(row: Row) -> None:
        await row.come("a", "b", "c")
        await row.hang_up("b")
        held = row.held()
        row.slots["a"].learn(LIMITS)
        await row.settle()

        assert (held, row.went) == (["c"], ["a", "c"])
        assert isinstance(row.end_of("b"), asyncio.CancelledError)

    play(scene)


def test_who_hangs_up_as_its_turn_comes_gives_it_back() -> None:
    """A turn that reaches nobody is not in flight for ever."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        row.slots["a"].learn(LIMITS)  # b's turn has come, and it has not noticed
        await row.hang_up("b")

        assert (row.went, row.schedule.in_flight) == (["a"], 1)

    play(scene)


def test_who_hangs_up_in_flight_lets_the_next_go() -> None:
    """The place of a caller that leaves is free at once."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        row.slots["a"].learn(NOTHING)
        await row.come("c")
        await row.hang_up("a")

        assert row.went == ["a", "b", "c"]

    play(scene)


def test_a_stream_that_ends_early_has_cost_what_was_seen() -> None:
    """Its last word on output is asked for as it is left."""

    async def scene(row: Row) -> None:
        await row.come("a", stream=True)
        row.slots["a"].seen = lambda: 5000.0
        await row.hang_up("a")

        assert row.pool.output.level == pytest.approx(60_000 - 5000)

    play(scene, output_tokens=60_000)


def test_a_whole_answer_has_cost_its_usage() -> None:
    """The exact usage counts when the slot is left, whatever was seen before."""

    async def scene(row: Row) -> None:
        await row.come("a", stream=True)
        row.slots["a"].seen = lambda: 5000.0
        row.slots["a"].used(Usage(input_tokens=2000, output_tokens=3000))
        await row.say("a")

        assert row.pool.input.level == pytest.approx(600_000 - 2000)
        assert row.pool.output.level == pytest.approx(60_000 - 3000)

    play(scene, input_tokens=600_000, output_tokens=60_000)


def test_the_first_usage_settles_the_input() -> None:
    """What `message_start` tells is taken at once, and may let another go."""

    async def scene(row: Row) -> None:
        await row.come("a", stream=True, body=b"x" * 150_000)
        await row.come("b", body=b"x" * 20_000)
        held = row.held()
        row.slots["a"].settle(Usage(input_tokens=100))
        await row.settle()

        assert (held, row.went) == (["b"], ["a", "b"])

    play(scene, input_tokens=70_000)


def test_streams_are_looked_at_four_times_a_second_at_most() -> None:
    """While somebody waits, what streams have produced is asked for now and then."""

    async def scene(row: Row) -> None:
        asked: list[float] = []

        def seen() -> float:
            asked.append(row.clock.monotonic())
            return 10.0

        await row.come("a", "b", stream=True)
        row.slots["a"].seen = seen
        await row.run(0.3)
        row.pacer.pump()
        row.pacer.pump()
        once = len(asked)
        await row.run(2.5)
        gaps = [later - sooner for sooner, later in itertools.pairwise(asked)]

        assert once == 1
        assert len(asked) >= 3
        assert min(gaps) >= file.SHOWN_EVERY

    play(scene)


def test_who_draws_the_pool_has_streams_looked_at() -> None:
    """What was written so far is taken, a few times a second at most."""

    async def scene(row: Row) -> None:
        await row.come("a")
        row.slots["a"].seen = lambda: 500.0
        row.clock.advance(1.0)
        row.pacer.look()
        taken = row.pool.output.spent
        row.slots["a"].seen = lambda: 900.0
        row.pacer.look()

        assert taken == 500
        assert row.pool.output.spent == 500

    play(scene, output_tokens=80_000)


def test_every_change_of_who_waits_is_told() -> None:
    """Waiting begins, the last one goes: each is news for whoever draws it."""

    async def scene(row: Row) -> None:
        await row.come("a")
        told = [row.changes]
        await row.come("b")
        told.append(row.changes)
        row.slots["a"].learn(LIMITS)
        told.append(row.changes)

        assert (told, row.held()) == ([0, 1, 2], [])

    play(scene)


def test_after_a_sleep_one_looks_first() -> None:
    """A machine that woke lets one go, and the rest when it has been heard of."""

    async def scene(row: Row) -> None:
        await row.come("a")
        row.slots["a"].learn(LIMITS)
        await row.say("a")
        row.pacer.wake()
        await row.come("b", "c")

        assert (row.went, row.held()) == (["a", "b"], ["c"])

    play(scene)


@pytest.mark.parametrize("route", [Route.BATCHES, Route.FILES, Route.MODELS, Route.OTHER])
def test_other_routes_are_not_paced(route: Route) -> None:
    """Whose limits are not known to be per minute passes, even while it is paused."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        slot = row.pacer.slot(a_request(route=route))
        async with slot:
            slot.learn(LIMITS)
            slot.settle(Usage(1, 2))
            slot.used(None)
            again = slot.again(Refusal("rate"))

        assert isinstance(slot, FreeSlot)
        assert (again, slot.held, row.schedule.pools.find("pool")) == (False, 0.0, None)

    play(scene)
