"""Who waits, why, and until about when."""

import pytest

from tests.pacing.timeline import Timeline
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Reason, Waiting
from trayapp.pacing.waiting import wait_of, waiting_of


def told(line: Timeline, most: int = 100) -> list[tuple[str, str, float | None]]:
    """Name, reason and time, rounded, of who waits."""
    return [
        (one.ticket.id, one.reason, None if one.expected_at is None else round(one.expected_at, 1))
        for one in line.schedule.waiting(line.now, most)
    ]


def test_head_is_told_the_limit_it_waits_for() -> None:
    """At ten a minute the next goes in six seconds, the one after it in twelve."""
    line = Timeline(requests=10)
    line.pool.requests.take(10)
    line.offer("a", "b", "c")

    assert told(line) == [
        ("a", "requests", 6.3),
        ("b", "turn", 12.0),
        ("c", "turn", 18.0),
    ]


@pytest.mark.parametrize(
    ("why", "share", "wait"),
    [
        ("requests", 2.0, 30.0),
        ("output_tokens", 0.0, 30.0),
        ("output_tokens", 0.75, 7.5),
        ("output_tokens", 2.0, 1.5),
    ],
)
def test_what_is_being_written_ends(why: Reason, share: float, wait: float) -> None:
    """A wait for output is told as the refill alone takes it, not at the pace of this instant."""
    pool = Pool("pool", "", 0.0)
    pool.ready_at, pool.gate.why = 30.0, why
    pool.output.speed = pool.output.refill * share

    assert wait_of(pool, 0.0) == pytest.approx(wait)
    assert wait_of(pool, 31.0) == 0.0


def test_weights_are_seen_in_the_order() -> None:
    """A person's requests are told to go before rows that came first."""
    line = Timeline(requests=10)
    line.pool.requests.take(10)
    line.offer("r1", "r2", "r3", tool="rows", weight=1)
    line.offer("p1", "p2", tool="person", weight=8)

    assert [name for name, _, _ in told(line)] == ["r1", "p1", "p2", "r2", "r3"]


def test_unknown_limits_tell_no_time_but_the_heads() -> None:
    """What is not known is not guessed."""
    line = Timeline()
    line.offer("a", "b", "c")

    assert told(line) == [("b", "first_answer", 3.0), ("c", "turn", None)]


def test_pause_has_no_end() -> None:
    """Paused by the user: until the user says otherwise."""
    line = Timeline(requests=10)
    line.schedule.pause()
    line.offer("a")

    assert told(line) == [("a", "paused", None)]


def test_list_is_cut() -> None:
    """The first of many are enough."""
    line = Timeline(requests=10)
    line.pool.requests.take(10)
    line.offer(*[str(place) for place in range(20)])

    assert len(told(line, 5)) == 5


def test_tokens_are_waited_for_too() -> None:
    """Input that must be refilled first tells the later ones when."""
    line = Timeline(input_tokens=60_000)
    line.pool.input.take(60_000)
    line.offer("a", "b", size=100_000)
    _, (_, _, second) = told(line)

    assert second == pytest.approx(60.0)


def test_request_without_tokens_waits_for_requests_only() -> None:
    """count_tokens draws on no tokens."""
    line = Timeline(requests=10)
    line.pool.requests.take(10)
    line.offer("a", "b", "c", tokens=False)

    assert [time for _, _, time in told(line)][1:] == [12.0, 18.0]


def test_limits_that_hold_nobody_cost_no_time() -> None:
    """With no bucket in force the rest go with the first."""
    line = Timeline(requests=10)
    line.pool.requests.take(10)
    line.offer("a", "b")
    line.pool.requests.active = False
    line.pool.ready_at = 3.0
    later: list[Waiting] = waiting_of(line.pool, 0.0, 10, paused=False)

    assert later[1].expected_at == 3.0
