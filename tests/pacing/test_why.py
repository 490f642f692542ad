"""Why a request waited is noted as it happens, and told when all is over."""

import pytest

from tests.pacing.row import Row, play
from tests.pacing.timeline import quota
from trayapp.model.exchange import Route
from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.model.why import Why

MORE = quota(None, requests=(60, 60))


def test_who_never_waits_has_only_its_estimate() -> None:
    """Nothing held it, so nothing is said of limits."""

    async def scene(row: Row) -> None:
        await row.come("a", body=b"x" * 10_000)

        why = row.slots["a"].why()
        assert (why.cause, why.limit, why.used, why.free, why.expected_ms) == (None,) * 5
        assert why.input_estimate == pytest.approx(3000)
        assert (why.output_estimate, why.tries) == (400.0, 0)

    play(scene)


def test_the_limit_that_held_it_is_named_with_its_numbers() -> None:
    """What was used as the wait began, what was free as it went, and how long it was thought to take."""

    async def scene(row: Row) -> None:
        row.pool.requests.take(60)
        await row.come("a")
        await row.run(2.0)

        why = row.slots["a"].why()
        assert (why.cause, why.limit, why.used) == ("requests", 60.0, 60.0)
        assert why.free == pytest.approx(1.3, abs=0.05)
        assert why.expected_ms == pytest.approx(1300, abs=50)

    play(scene, requests=60)


def test_input_is_free_as_it_was_before_it_went() -> None:
    """What the request itself takes counts as free at that moment."""

    async def scene(row: Row) -> None:
        row.pool.input.take(30_000)
        await row.come("a", body=b"x" * 10_000)
        await row.run(60.0)

        why = row.slots["a"].why()
        assert why.cause == "input_tokens"
        assert why.free is not None
        assert why.free >= (why.input_estimate or 0.0) > 2000

    play(scene, requests=60, input_tokens=30_000)


def test_who_is_not_next_is_told_no_time() -> None:
    """Behind others a wait is no forecast of its own."""

    async def scene(row: Row) -> None:
        row.pool.requests.take(60)
        await row.come("a", "b")

        assert row.slots["b"].why().expected_ms is None

    play(scene, requests=60)


def test_a_pause_is_the_users() -> None:
    """Whatever limit there was besides, the user said so."""

    async def scene(row: Row) -> None:
        row.pacer.pause()
        await row.come("a")
        row.pacer.resume()
        await row.settle()

        why = row.slots["a"].why()
        assert (why.cause, why.limit, why.used, why.expected_ms) == ("paused", None, None, None)

    play(scene, requests=60)


def test_a_refusal_and_the_try_after_it_are_told() -> None:
    """A 429 that the caller never saw is the reason of its wait."""

    async def scene(row: Row) -> None:
        await row.come("a")
        await row.say("a", Refusal("rate", retry_after=2.0, quota=Quota(None, None)))
        await row.run(3.0)

        why = row.slots["a"].why()
        assert (why.cause, why.tries) == ("throttled", 1)

    play(scene, requests=60)


def test_what_can_never_go_names_the_limit_it_is_larger_than() -> None:
    """The estimate and the limit say by how much."""

    async def scene(row: Row) -> None:
        await row.come("a", body=b"x" * 400_000)

        why = row.slots["a"].why()
        assert (why.cause, why.limit, why.output_estimate) == ("input_tokens", 30_000.0, None)
        assert why.input_estimate == pytest.approx(120_000)

    play(scene, requests=60, input_tokens=30_000)


def test_what_counts_no_tokens_estimates_none() -> None:
    """A count of tokens takes a request and nothing else, gone or let down."""

    async def scene(row: Row) -> None:
        await row.come("a", route=Route.COUNT_TOKENS)
        row.pacer.pause()
        await row.come("b", route=Route.COUNT_TOKENS)
        row.pacer.cancel("b")
        await row.settle()

        assert row.slots["a"].why() == Why()
        assert row.slots["b"].why() == Why(cause="paused")

    play(scene, requests=60)


def test_a_limit_nobody_knows_is_not_named() -> None:
    """Held until the first answer: no limit, no numbers."""

    async def scene(row: Row) -> None:
        await row.come("a", "b")
        row.slots["a"].learn(MORE)
        await row.settle()

        why = row.slots["b"].why()
        assert (why.cause, why.limit, why.free) == ("first_answer", None, None)

    play(scene)


def test_who_is_let_down_while_waiting_keeps_why() -> None:
    """Cancelled by the user, it still says what it waited for."""

    async def scene(row: Row) -> None:
        row.pool.requests.take(60)
        await row.come("a")
        row.pacer.cancel("a")
        await row.settle()

        why = row.slots["a"].why()
        assert (why.cause, why.limit) == ("requests", 60.0)
        assert why.input_estimate is not None

    play(scene, requests=60)


def test_a_pool_that_is_never_ready_tells_no_time() -> None:
    """An endless wait is no number."""

    async def scene(row: Row) -> None:
        row.pool.requests.take(60)
        await row.come("a")
        row.slots["a"].memo._expected = float("inf")

        assert row.slots["a"].why().expected_ms is None

    play(scene, requests=60)
