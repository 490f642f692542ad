"""What upstream refuses, and what the caller gets to see of it."""

import asyncio
import gzip
import json
from pathlib import Path

import pytest

from tests.fakes.requests import a_request
from tests.fakes.sink import FakeSink
from tests.fakes.travel import Travel
from tests.fakes.upstream import JSON, SSE, Scripted
from trayapp.model.errors import BrokenRoad, HeldTooLong, Unreachable, UpstreamSaid
from trayapp.model.exchange import Headers, Request, Route

STREAM = Path(__file__).with_name("recordings").joinpath("message.sse").read_bytes()
START = STREAM[: STREAM.index(b"event: content_block_start")]
DELTAS = STREAM[: STREAM.index(b"event: content_block_stop")]
OK = Scripted(pieces=(b'{"usage":{"input_tokens":7,"output_tokens":3}}',))
LIMITS: Headers = (
    (b"date", b"Sat, 21 Nov 2026 12:00:00 GMT"),
    (b"anthropic-ratelimit-input-tokens-limit", b"600000"),
    (b"anthropic-ratelimit-input-tokens-remaining", b"600000"),
    (b"anthropic-ratelimit-output-tokens-limit", b"60000"),
    (b"anthropic-ratelimit-output-tokens-remaining", b"60000"),
)


def error(kind: str, **details: str) -> bytes:
    """An error body of the API."""
    said = {"type": kind, "message": "No.", "details": details}
    return json.dumps({"type": "error", "error": said}).encode()


def refused(status: int = 429, body: bytes = b"{}", *fields: tuple[bytes, bytes]) -> Scripted:
    """A refusal with header *fields*."""
    return Scripted(status=status, headers=(*JSON, *fields), pieces=(body,))


RATE = refused(429, error("rate_limit_error"), (b"retry-after", b"3"))
OVERLOADED = refused(529, error("overloaded_error"))
SPENT = error("rate_limit_error", error_code="enforced_spend_limit_reached")


@pytest.mark.parametrize(
    "refusal",
    [
        RATE,
        OVERLOADED,
        refused(503),
        refused(429),
        refused(500),
        refused(429, error("rate_limit_error", error_code="ramp_limit_exceeded")),
        refused(429, b"<html>busy</html>", (b"retry-after", b"1")),
        refused(529, b"\xff\xfe"),
    ],
)
def test_what_waiting_mends_is_never_seen(refusal: Scripted) -> None:
    """Throttled, overloaded or failed once: the same bytes go again, and one answer comes back."""
    travel = Travel(refusal, OK)

    sink = travel.carry(a_request(body=b'{"n":1}'))

    assert (sink.status, sink.body) == (200, OK.pieces[0])
    assert [request.body for request in travel.upstream.requests] == [b'{"n":1}'] * 2
    assert (travel.ending, travel.schedule.in_flight) == ("ok", 0)


@pytest.mark.parametrize(
    ("refusal", "throttled", "overloaded"), [(RATE, True, False), (OVERLOADED, False, True)]
)
def test_an_absorbed_refusal_is_in_the_books(
    refusal: Scripted, throttled: bool, overloaded: bool
) -> None:
    """The meter knows what the caller did not have to."""
    travel = Travel(refusal, OK)
    travel.carry()

    (outcome,) = travel.outcomes
    assert (outcome.throttled, outcome.overloaded) == (throttled, overloaded)
    assert (outcome.status, outcome.usage is not None) == (200, True)


@pytest.mark.parametrize("pieces", [(), (b'{"type":"err',)])
def test_a_refusal_whose_body_breaks_off_is_one_all_the_same(pieces: tuple[bytes, ...]) -> None:
    """Status and headers say enough: the caller is not told of half a 429."""
    travel = Travel(
        Scripted(429, (*JSON, (b"retry-after", b"2")), pieces, whole=False),
        Scripted(529, JSON, pieces, whole=False),
        OK,
    )

    assert travel.carry().status == 200


def test_a_stream_is_tried_again_before_it_began() -> None:
    """Before its first byte a stream is a request like any other."""
    travel = Travel(RATE, Scripted(headers=SSE, pieces=(STREAM,)))

    sink = travel.carry(a_request(stream=True))

    assert (sink.body, sink.ends, travel.ending) == (STREAM, [True], "ok")


@pytest.mark.parametrize("status", [500, 502, 504, 520, 524])
def test_a_failure_that_may_have_been_billed_passes(status: int) -> None:
    """A stream that failed, or a second failure, is the caller's to judge."""
    travel = Travel(refused(status, b"1"), refused(status, b"2"))

    sink = travel.carry(a_request(stream=True))

    assert (sink.status, sink.body) == (status, b"1")


@pytest.mark.parametrize("status", [429, 529])
def test_what_may_not_be_retried_passes_verbatim(status: int) -> None:
    """`x-should-retry: false` is upstream's last word, and goes on to the caller."""
    travel = Travel(refused(status, b'{"a": 1 }', (b"x-should-retry", b"false")))

    sink = travel.carry()

    assert (sink.status, sink.body) == (status, b'{"a": 1 }')
    assert sink.headers[b"x-should-retry"] == b"false"


def test_money_refuses_those_who_wait_with_the_same_bytes() -> None:
    """Who waits behind a spend cap is answered at once, and nothing more is sent up."""
    travel = Travel(refused(429, SPENT))
    sinks = [FakeSink() for _ in range(3)]

    async def carry() -> list[BaseException | None]:
        return await asyncio.gather(
            *(
                travel.relay.carry(a_request(id=f"slc_{number}"), sink)
                for number, sink in enumerate(sinks)
            ),
            return_exceptions=True,
        )

    ends = asyncio.run(carry())

    assert (sinks[0].status, sinks[0].body, ends[0]) == (429, SPENT, None)
    for end in ends[1:]:
        assert isinstance(end, UpstreamSaid)
        assert (end.status, end.body) == (429, SPENT)
    assert len(travel.upstream.requests) == 1


def test_those_who_wait_get_a_packed_refusal_unpacked() -> None:
    """Their answer has our headers, so its body is plain."""
    packed = (b"content-encoding", b"gzip")
    travel = Travel(refused(429, gzip.compress(SPENT), packed))

    async def carry() -> list[BaseException | None]:
        both = (travel.relay.carry(a_request(id=name), FakeSink()) for name in "ab")
        return await asyncio.gather(*both, return_exceptions=True)

    _, told = asyncio.run(carry())

    assert isinstance(told, UpstreamSaid)
    assert told.body == SPENT


@pytest.mark.parametrize("route", [Route.BATCHES, Route.FILES, Route.MODELS, Route.OTHER])
@pytest.mark.parametrize("status", [429, 500, 529])
def test_other_routes_are_never_tried_again(route: Route, status: int) -> None:
    """Creating a batch twice is worse than a refusal: whatever upstream says passes."""
    travel = Travel(refused(status, b"{}", (b"retry-after", b"1")), OK)

    sink = travel.carry(a_request(route=route))

    assert (sink.status, sink.body) == (status, b"{}")
    assert len(travel.upstream.requests) == 1


def test_counting_tokens_is_tried_again() -> None:
    """count_tokens has limits of its own, and is held by them."""
    travel = Travel(RATE, OK)

    assert travel.carry(a_request(route=Route.COUNT_TOKENS)).status == 200


def test_a_mistake_of_the_callers_is_no_refusal() -> None:
    """A 400 about the request itself opens no breaker and stops nobody."""
    travel = Travel(refused(400, error("invalid_request_error")), OK)
    travel.carry()
    travel.sink = FakeSink()

    assert travel.carry().status == 200


def test_a_400_about_money_stops_as_a_429_does() -> None:
    """An empty balance is told with 400, and means the same."""
    message = "Your credit balance is too low to access the Anthropic API. Please go to Plans."
    body = json.dumps({"error": {"type": "invalid_request_error", "message": message}}).encode()
    travel = Travel(refused(400, body))
    first = travel.carry()

    with pytest.raises(UpstreamSaid):
        travel.carry()
    assert (first.status, first.body) == (400, body)


def test_an_own_login_sees_its_rejected_window() -> None:
    """A subscription's window is its owner's affair: its 429 passes verbatim."""
    headers = (
        (b"retry-after", b"3600"),
        (b"anthropic-ratelimit-unified-status", b"rejected"),
        (b"anthropic-ratelimit-unified-5h-status", b"rejected"),
        (b"anthropic-ratelimit-unified-5h-utilization", b"1.0"),
    )
    travel = Travel(refused(429, b'{"window":1}', *headers), OK)
    own: Request = a_request()
    own.caller = type(own.caller)("claude-code", "interactive", own=True)
    sink = travel.carry(own)
    travel.sink = FakeSink()

    assert (sink.status, sink.body) == (429, b'{"window":1}')
    assert sink.headers[b"retry-after"] == b"3600"
    assert travel.carry(own).status == 200


def test_a_hold_that_ends_is_counted_with_its_status() -> None:
    """Throttled for longer than it may be held, a request ends in our words."""
    travel = Travel(refused(429, b"{}", (b"retry-after", b"300")))

    with pytest.raises(HeldTooLong):
        travel.carry()

    (outcome,) = travel.outcomes
    assert (outcome.status, outcome.outcome, outcome.throttled) == (429, "error", True)
    assert outcome.held_ms == pytest.approx(240_000, abs=1000)


def test_a_road_that_fails_after_a_refusal_is_told() -> None:
    """The second attempt may fail as the first one could."""
    travel = Travel(RATE, Scripted(failure=Unreachable("No connection.")))

    with pytest.raises(Unreachable):
        travel.carry()

    assert travel.schedule.in_flight == 0


def test_a_stream_settles_its_input_at_its_start() -> None:
    """What `message_start` tells of the input is taken before the stream has ended."""
    travel = Travel(Scripted(headers=(*SSE, *LIMITS), pieces=(START,), endless=True))

    async def look() -> float:
        task = asyncio.get_running_loop().create_task(
            travel.relay.carry(a_request(stream=True, body=b"x" * 90_000), travel.sink)
        )
        await travel.settle()
        level = travel.pool.input.level
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return level

    assert asyncio.run(look()) == pytest.approx(600_000 - 312)


@pytest.mark.parametrize(("headers", "seen"), [(SSE, 17.0), (JSON, None)])
def test_output_is_watched_while_a_stream_runs(headers: Headers, seen: float | None) -> None:
    """What has gone by of a stream is told; a plain answer shows nothing until its end."""
    travel = Travel(Scripted(headers=headers, pieces=(DELTAS,), endless=True))

    async def look() -> float | None:
        task = asyncio.get_running_loop().create_task(
            travel.relay.carry(a_request(stream=True), travel.sink)
        )
        await travel.settle()
        (slot,) = travel.pacer._slots.values()
        told = slot.seen() if slot.seen else None
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        return told

    told = asyncio.run(look())

    assert told == (None if seen is None else pytest.approx(3 + seen, abs=4))


def test_a_whole_answer_settles_by_its_exact_usage() -> None:
    """Input and output of a plain answer are taken as it said."""
    headers = (*JSON, *LIMITS)
    travel = Travel(Scripted(headers=headers, pieces=OK.pieces))
    travel.carry(a_request(body=b"x" * 90_000))

    assert travel.pool.input.level == pytest.approx(600_000 - 7, abs=1)


def test_upstreams_road_is_given_back_before_the_next_attempt() -> None:
    """No attempt keeps a connection while its request waits."""
    travel = Travel(RATE, RATE, OK)
    travel.carry()

    assert travel.upstream.left == ["released"] * 3


def test_an_error_body_that_breaks_off_is_not_passed_on() -> None:
    """Where upstream may not be asked again, half a body is a broken road."""
    travel = Travel(Scripted(429, (*JSON, (b"x-should-retry", b"false")), (b"{",), whole=False))

    with pytest.raises(BrokenRoad):
        travel.carry()

    assert (travel.sink.status, travel.schedule.in_flight) == (None, 0)
