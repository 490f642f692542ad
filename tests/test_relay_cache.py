"""The travel of a request that was answered before."""

import msgspec
import pytest

from tests.cache.asked import STREAM, kept, message
from tests.fakes.requests import a_request
from tests.fakes.travel import Travel
from tests.fakes.upstream import JSON, SSE, Scripted
from trayapp import flight
from trayapp.cache.lookup import HIT, MISS, Lookup, bypass
from trayapp.model.exchange import Route
from trayapp.model.usage import Usage
from trayapp.relay import BROKEN_EVENT


def answered(travel: Travel, **fields: object) -> Lookup:
    """Let the cache find an answer."""
    travel.cache.says = Lookup(HIT, b"key", kept(**fields), age=7.9)  # type: ignore[arg-type]
    return travel.cache.says


def test_hit_is_given_at_once_and_asks_nobody() -> None:
    """Body and length are those of the first time; of the headers only what the body is."""
    travel = Travel()
    answered(travel)

    sink = travel.carry()

    assert (sink.status, sink.body, sink.length, sink.ends) == (
        200,
        message(),
        len(message()),
        [True],
    )
    assert sink.headers == {
        b"content-type": b"application/json",
        b"age": b"7",
        b"x-sluice-request-id": b"slc_1",
        b"x-sluice-held-ms": b"0",
        b"cache-status": b"sluice; hit",
    }
    assert travel.upstream.requests == []


def test_stream_is_given_in_its_original_bytes() -> None:
    """All of its events come at once, as a stream."""
    travel = Travel()
    answered(travel, stream=True)

    sink = travel.carry(a_request(stream=True))

    assert sink.body == STREAM
    assert sink.headers[b"content-type"].startswith(b"text/event-stream")


def test_hit_counts_as_saved() -> None:
    """Its tokens and money are those that were saved, and pacing never hears of it."""
    travel = Travel()
    answered(travel)
    travel.carry()

    (outcome,) = travel.outcomes
    assert (outcome.cached, outcome.outcome, outcome.usage) == (True, "ok", Usage(12, 3))
    assert outcome.cost_usd is not None
    assert (travel.learnt, travel.schedule.in_flight, travel.schedule.pools.all()) == ([], 0, [])


def test_miss_is_kept_in_the_form_it_came() -> None:
    """A whole answer is offered to the cache, under its key."""
    travel = Travel(Scripted(headers=SSE, pieces=(STREAM[:99], STREAM[99:])))
    travel.cache.says = Lookup(MISS, b"key", shared=True)

    sink = travel.carry(a_request(stream=True))

    (given,) = travel.cache.given
    assert msgspec.structs.astuple(given) == (b"key", 200, STREAM)
    assert sink.headers[b"cache-status"] == b"sluice; fwd=miss; stored"


def test_broken_stream_reaches_the_caller_as_broken() -> None:
    """What was cut on its way is told so, on a flight as anywhere."""
    half = STREAM[: STREAM.index(b"event: content_block_stop")]
    travel = Travel(Scripted(headers=SSE, pieces=(half,)))
    travel.cache.says = Lookup(MISS, b"key", shared=True)

    sink = travel.carry(a_request(stream=True))

    assert (sink.body, sink.ends, travel.ending) == (half + BROKEN_EVENT, [False], "error")


def test_bypass_passes_and_says_so() -> None:
    """What is none of the cache's business is carried as ever."""
    travel = Travel(Scripted(headers=JSON, pieces=(message(),)))
    travel.cache.says = bypass("tools")

    sink = travel.carry()

    assert sink.headers[b"cache-status"] == b"sluice; fwd=bypass; detail=tools"
    assert travel.cache.given == []


def test_other_routes_are_not_looked_up() -> None:
    """Only Messages have anything to do with the cache."""
    travel = Travel(Scripted(pieces=(b"{}",)))
    answered(travel)

    sink = travel.carry(a_request(route=Route.COUNT_TOKENS))

    assert (sink.body, b"cache-status" in sink.headers) == (b"{}", False)


def test_answer_that_could_not_be_held_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is larger than any that is kept passes, and is gone."""
    monkeypatch.setattr(flight, "HELD", 10)
    monkeypatch.setattr(flight, "LEAST", 10)
    travel = Travel(Scripted(pieces=(message(),)))
    travel.cache.says = Lookup(MISS, b"key", shared=True)

    sink = travel.carry()

    assert (sink.body, travel.cache.given) == (message(), [])
