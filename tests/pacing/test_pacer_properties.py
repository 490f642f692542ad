"""What holds for the pacer whatever callers, upstream and the user do, in whatever order."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.pacing.row import Row, play
from tests.pacing.timeline import quota
from trayapp.model.errors import BrokenRoad, SluiceError
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage

pytestmark = pytest.mark.slow

REFUSALS = (
    Refusal("rate", resource="requests", retry_after=2.0),
    Refusal("rate", resource="requests", retry_after=0.0),
    Refusal(
        "rate",
        resource="input_tokens",
        retry_after=1.0,
        quota=quota(None, input_tokens=(60_000, 60_000)),
    ),
    Refusal("bare"),
    Refusal("ramp", retry_after=1.0),
    Refusal("overloaded", status=529),
    Refusal("failed", status=500),
    Refusal("spend", may_retry=False),
    Refusal("fast_disabled"),
    Refusal("rate", retry_after=1.0, may_retry=False),
)
WORDS = st.one_of(st.none(), st.just(BrokenRoad("cut")), st.sampled_from(REFUSALS))
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("come"), st.booleans()),
        st.tuples(st.just("say"), st.integers(0, 30), WORDS),
        st.tuples(st.just("hang up"), st.integers(0, 30)),
        st.tuples(st.just("head"), st.integers(0, 30)),
        st.tuples(st.just("usage"), st.integers(0, 30)),
        st.tuples(st.just("run"), st.sampled_from([0.01, 0.3, 2.0, 20.0, 300.0])),
        st.tuples(st.just("send"), st.integers(0, 30)),
        st.tuples(st.just("cancel"), st.integers(0, 30)),
        st.sampled_from([("pause",), ("resume",), ("wake",)]),
    ),
    max_size=40,
)


class Story:
    """A row of requests to which steps happen; who was named is taken from those there are."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.count = 0

    def one(self, number: int, state: str) -> str | None:
        """Somebody in *state*, if there is anybody."""
        names = [name for name, slot in self.row.slots.items() if slot.ticket.state == state]
        return names[number % len(names)] if names else None

    async def take(self, step: tuple[object, ...]) -> None:
        """Let one step happen."""
        row = self.row
        match step:
            case ("come", bool(stream)):
                self.count += 1
                await row.come(str(self.count), stream=stream)
            case ("say", int(number), word) if name := self.one(number, "open"):
                await row.say(name, word)  # type: ignore[arg-type] # one of WORDS
            case ("hang up", int(number)) if name := self.one(number, "waiting"):
                await row.hang_up(name)
            case ("head", int(number)) if name := self.one(number, "open"):
                row.slots[name].learn(quota(None, requests=(60, 30)))
            case ("usage", int(number)) if name := self.one(number, "open"):
                row.slots[name].settle(Usage(input_tokens=500))
            case ("run", float(seconds)):
                await row.run(seconds)
            case _:
                self._decide(step)
        await row.settle()

    def _decide(self, step: tuple[object, ...]) -> None:
        row = self.row
        match step:
            case ("send", int(number)) if name := self.one(number, "waiting"):
                assert row.pacer.send_now(name)
            case ("cancel", int(number)) if name := self.one(number, "waiting"):
                assert row.pacer.cancel(name)
            case ("pause",):
                row.pacer.pause()
            case ("resume",):
                row.pacer.resume()
            case ("wake",):
                row.pacer.wake()

    def check(self) -> None:
        """What is never broken."""
        row = self.row
        states = [slot.ticket.state for slot in row.slots.values()]
        assert states.count("open") == row.schedule.in_flight == len(row.pool.open)
        assert states.count("waiting") == row.schedule.held.count
        under_way = states.count("open") + states.count("waiting")
        assert under_way == len(row.pacer._slots) == row.under_way
        if states.count("waiting"):
            assert row.timer.pending, "somebody waits, and nothing will ever look"


@given(STEPS)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_nobody_is_forgotten(steps: list[tuple[object, ...]]) -> None:
    """Who is neither waiting nor open has ended, and while anybody waits an alarm is set."""

    async def scene(row: Row) -> None:
        story = Story(row)
        for step in steps:
            await story.take(step)
            story.check()

    play(scene)


@given(STEPS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_everybody_ends_in_an_answer_or_a_sentence(steps: list[tuple[object, ...]]) -> None:
    """When upstream answers again, all that came have gone or were let down within their hold."""

    async def scene(row: Row) -> None:
        story = Story(row)
        for step in steps:
            await story.take(step)
        row.pacer.resume()
        for _ in range(60):
            await row.run(5.0)
            while name := story.one(0, "open"):
                row.slots[name].learn(quota(None, requests=(60, 30)))
                await row.say(name)

        for name in row.slots:
            assert row._tasks[name].done()
            end = row.end_of(name)
            assert end is None or isinstance(end, SluiceError | asyncio.CancelledError)
        assert (row.schedule.in_flight, row.schedule.held.count) == (0, 0)

    play(scene)
