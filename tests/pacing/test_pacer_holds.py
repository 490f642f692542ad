"""Who is held: until when, what the user does about it, and what a client's retry keeps of it."""

from typing import Any

import pytest

from tests.fakes.requests import a_request
from tests.pacing.row import Row, play
from tests.pacing.timeline import quota
from trayapp.model.errors import HeldTooLong, NotServing
from trayapp.model.exchange import Caller
from trayapp.pacing import pacer as file
from trayapp.pacing.pacer import Slot

OTHER = Caller("other", "normal")


def test_a_pause_holds_everything_until_it_is_over() -> None:
    """Nobody goes while it is paused; who waits says so, and all go afterwards."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a", "b")
        await row.run(20.0)
        reasons = [each.reason for each in row.pacer.waiting(10)]
        before = list(row.went)
        row.pacer.resume()
        await row.settle()

        assert (before, reasons) == ([], ["paused", "paused"])
        assert row.went == ["a", "b"]

    play(scene, requests=60)


def test_one_may_be_sent_now() -> None:
    """The user may let a single request go, whatever holds it."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a", "b")
        sent = row.pacer.send_now("b")
        await row.settle()

        assert (sent, row.went, row.held()) == (True, ["b"], ["a"])

    play(scene)


def test_one_may_be_cancelled() -> None:
    """Its caller is told by whom, and nobody else is touched."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a", "b")
        await row.run(12.0)
        cancelled = row.pacer.cancel("a")
        await row.settle()

        assert (cancelled, row.held()) == (True, ["b"])
        assert isinstance(row.end_of("a"), NotServing)
        assert str(row.end_of("a")) == "Cancelled by you after 12 s."

    play(scene)


def test_who_is_not_held_can_be_neither_sent_nor_cancelled() -> None:
    """An id nobody has, or of a request that has gone, is refused."""

    async def scene(row: Row) -> None:
        await row.come("a")

        assert [row.pacer.send_now(each) for each in ("a", "x")] == [False, False]
        assert [row.pacer.cancel(each) for each in ("a", "x")] == [False, False]

    play(scene)


@pytest.mark.parametrize(
    ("size", "made_room", "left"),
    [(3, True, ["a"]), (5, False, ["a", "b"]), (9, False, ["a", "b"])],
)
def test_memory_is_taken_from_the_largest_that_waits(
    size: int, made_room: bool, left: list[str]
) -> None:
    """Only who waits with a larger body than the newcomer's is let down, with the reason (R38)."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a", body=b"{}")
        await row.come("b", body=b"[1,2]")
        made = row.pacer.shed(size, NotServing("full"))
        await row.settle()

        assert (made, row.held()) == (made_room, left)
        assert "b" in left or str(row.end_of("b")) == "full"

    play(scene)


def test_who_is_in_flight_is_never_taken_memory_from() -> None:
    """A request that has gone keeps its body, however large (R38)."""

    async def scene(row: Row) -> None:
        await row.come("a", body=b"[1,2,3]")

        assert not row.pacer.shed(0, NotServing("full"))

    play(scene)


def test_stopping_tells_all_that_wait() -> None:
    """Who waits is told at once to come again; who is in flight goes on (R39)."""

    async def scene(row: Row) -> None:
        await row.come("a", "b", "c")
        row.pacer.stop()
        await row.settle()

        ends = [row.end_of("b"), row.end_of("c")]
        assert [type(each) for each in ends] == [NotServing, NotServing]
        assert (row.went, row.schedule.in_flight) == (["a"], 1)

    play(scene)


def test_nobody_enters_after_a_stop() -> None:
    """Who comes later is told so, not kept."""

    async def scene(row: Row) -> None:
        row.pacer.stop()
        await row.come("a")

        end = row.end_of("a")
        assert isinstance(end, NotServing)
        assert end.retry_after == 2

    play(scene, requests=60)


def test_a_hold_ends_with_a_sentence() -> None:
    """At its deadline a request is let down with what it waited for."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a")
        await row.run(240.1)

        end = row.end_of("a")
        assert isinstance(end, HeldTooLong)
        assert end.message == "Sluice held this request for 240 s: it is paused."

    play(scene)


def test_settings_shorten_the_hold() -> None:
    """No request is held for longer than the user wants, and the limit is named."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        row.slots["a"].learn(quota(60.0, requests=(1, 0)))
        await row.run(10.1)

        assert str(row.end_of("b")).startswith(
            "Sluice held this request for 10 s; requests on Sonnet 5.5 (1 a minute) free up in"
        )

    play(scene, longest_hold=10.0)


@pytest.mark.parametrize(
    ("fields", "first"),
    [
        ({"headers": ((b"x-stainless-retry-count", b"1"),)}, True),
        ({}, False),
        ({"headers": ((b"x-stainless-retry-count", b"1"),), "body": b"[]"}, False),
        ({"headers": ((b"x-stainless-retry-count", b"1"),), "caller": OTHER}, False),
    ],
)
def test_a_clients_retry_keeps_its_place(fields: dict[str, Any], first: bool) -> None:
    """The same body of the same tool, sent again, counts from when it first came."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        began = row.clock.monotonic()
        await row.come("a")
        await row.run(241)
        await row.come("b", **fields)

        ticket = row.slots["b"].ticket
        assert (ticket.arrived == began) == first
        assert ticket.deadline == began + 241 + 240

    play(scene)


def test_a_second_retry_keeps_the_first_arrival_too() -> None:
    """However often a client comes back, it waits from the first time."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        began = row.clock.monotonic()
        await row.come("a")
        await row.run(241)
        await row.come("b", headers=((b"x-stainless-retry-count", b"1"),))
        await row.run(241)
        await row.come("c", headers=((b"x-stainless-retry-count", b"2"),))

        assert row.slots["c"].ticket.arrived == began

    play(scene)


def test_few_arrivals_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for retries that never come is bounded; the oldest goes first."""
    monkeypatch.setattr(file, "REMEMBERED", 2)

    async def scene(row: Row) -> None:
        row.pacer.pause()
        for name in ("a", "b", "c"):
            await row.come(name, body=name.encode())
        await row.run(241)

        assert len(row.pacer._first) == 2
        retry = a_request(headers=((b"x-stainless-retry-count", b"1"),), body=b"a", arrived=9.0)
        slot = row.pacer.slot(retry)
        assert isinstance(slot, Slot)
        assert slot.ticket.arrived == 9.0

    play(scene)
