"""The travel of one request, against an upstream that follows a script."""

import asyncio
import gzip
import json
from pathlib import Path

import pytest

from tests.fakes.requests import a_request
from tests.fakes.travel import Travel
from tests.fakes.upstream import JSON, SSE, Scripted
from trayapp import relay
from trayapp.model.errors import BrokenRoad, SluiceError, Unreachable
from trayapp.model.exchange import Request, Route
from trayapp.relay import BROKEN_EVENT

STREAM = Path(__file__).with_name("recordings").joinpath("message.sse").read_bytes()
HALF = STREAM[: STREAM.index(b"event: content_block_stop")]
ERROR = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'
URL = "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"


SPENT = (
    b'{"type":"error","error":{"type":"rate_limit_error","message":"spent",'
    b'"details":{"error_code":"enforced_spend_limit_reached"}},"request_id":"req_1"}'
)
REFUSED = b'{"type":"error","error":{"type":"rate_limit_error","message":"requests"}}'
THROTTLED = (*JSON, (b"retry-after", b"3"))


def batches(target: bytes = b"/v1/messages/batches/msgbatch_1", method: bytes = b"GET") -> Request:
    """A request about batches."""
    return a_request(route=Route.BATCHES, method=method, target=target, body=b"")


def batch(**fields: object) -> bytes:
    """What upstream says of a batch."""
    return json.dumps({"id": "msgbatch_1", "results_url": URL, **fields}).encode()


def test_answer_passes_as_it_comes() -> None:
    """Status, pieces and announced length reach the caller, and the road is given back."""
    travel = Travel(Scripted(status=200, pieces=(b'{"id"', b":1}"), length=8))

    sink = travel.carry()

    assert (sink.status, sink.body, sink.length, sink.ends) == (200, b'{"id":1}', 8, [True])
    assert (travel.upstream.left, travel.ending) == (["released"], "ok")


def test_answer_says_how_it_was_carried() -> None:
    """Three headers of ours are added, and the road's own are taken away."""
    headers = (*JSON, (b"request-id", b"req_1"), (b"set-cookie", b"x"), (b"x-sluice-held-ms", b"9"))
    travel = Travel(Scripted(headers=headers))
    travel.pool.gate.hold_for("throttled", 0.75, travel.clock.monotonic())

    sink = travel.carry()

    assert sink.headers == {
        b"content-type": b"application/json",
        b"request-id": b"req_1",
        b"x-sluice-request-id": b"slc_1",
        b"x-sluice-held-ms": b"750",
        b"cache-status": b"sluice; fwd=bypass; detail=off",
    }


@pytest.mark.parametrize("status", [400, 401, 404, 413, 422])
def test_error_of_upstream_passes_byte_for_byte(status: int) -> None:
    """What upstream refuses is the caller's to read, and an error in the books."""
    body = b'{"type":"error","error":{"type":"x","details":{"error_code":"y"}} }'
    travel = Travel(Scripted(status=status, pieces=(body,)))

    sink = travel.carry(a_request(stream=True))

    assert (sink.status, sink.body, sink.ends) == (status, body, [True])
    assert travel.ending == "error"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_is_never_followed(status: int) -> None:
    """A redirect is a failure of the road, and the caller does not see where it led (A24)."""
    location = (b"location", b"https://evil.example/")
    travel = Travel(Scripted(status=status, headers=(*JSON, location)))

    with pytest.raises(BrokenRoad):
        travel.carry()

    assert (travel.sink.status, travel.upstream.left) == (None, ["aborted"])
    assert len(travel.upstream.requests) == 1


def test_failure_of_the_road_is_told_and_counted() -> None:
    """Where no answer could be had, whoever asked is told, and the slot is free again."""
    travel = Travel(Scripted(failure=Unreachable("No connection.")))

    with pytest.raises(Unreachable):
        travel.carry()

    assert (travel.ending, travel.schedule.in_flight) == ("error", 0)


def test_callers_flow_is_upstreams() -> None:
    """A slow caller holds upstream, so the caller's connection is given its source."""
    travel = Travel(Scripted())

    sink = travel.carry()

    assert sink.flow is not None


def test_whole_stream_passes_untouched() -> None:
    """A stream with its stop passes byte for byte, and is whole."""
    travel = Travel(Scripted(headers=SSE, pieces=(STREAM[:50], STREAM[50:])))

    sink = travel.carry()

    assert (sink.body, sink.ends, travel.ending) == (STREAM, [True], "ok")


def test_stream_is_never_announced_by_length() -> None:
    """A stream stays open for what may have to be said at its end, whatever upstream announced."""
    travel = Travel(Scripted(headers=SSE, pieces=(STREAM,), length=len(STREAM)))

    assert travel.carry().length is None


@pytest.mark.parametrize("whole", [True, False])
def test_stream_without_its_stop_is_told_broken(whole: bool) -> None:
    """Between two events an error event says so, and the body is cut, however upstream ended."""
    travel = Travel(Scripted(headers=SSE, pieces=(HALF,), whole=whole))

    sink = travel.carry()

    assert (sink.body, sink.ends) == (HALF + BROKEN_EVENT, [False])
    assert travel.ending == "error"


def test_stream_cut_inside_an_event_is_only_cut() -> None:
    """Inside an event nothing can be added; the missing last chunk tells it."""
    travel = Travel(Scripted(headers=SSE, pieces=(HALF[:-20],), whole=False))

    sink = travel.carry()

    assert (sink.body, sink.ends, travel.ending) == (HALF[:-20], [False], "error")


def test_stream_cut_after_its_stop_is_whole() -> None:
    """A message that was told to its end is one, even where the road broke behind it."""
    travel = Travel(Scripted(headers=SSE, pieces=(STREAM,), whole=False))

    sink = travel.carry()

    assert (sink.body, sink.ends, travel.ending) == (STREAM, [True], "ok")


@pytest.mark.parametrize("whole", [True, False])
def test_error_event_passes_and_ends_the_stream(whole: bool) -> None:
    """An error that upstream told is passed as it is, without another of ours (R06)."""
    travel = Travel(Scripted(headers=SSE, pieces=(HALF + ERROR,), whole=whole))

    sink = travel.carry()

    assert (sink.body, sink.ends) == (HALF + ERROR, [whole])
    assert (travel.ending, travel.outcomes[0].overloaded) == ("error", True)


@pytest.mark.parametrize("whole", [True, False])
def test_packed_stream_is_judged_by_what_is_in_it(whole: bool) -> None:
    """A gzip stream is read for its stop; nothing of ours can be put behind it."""
    headers = (*SSE, (b"content-encoding", b"gzip"))
    packed = gzip.compress(STREAM if whole else HALF)
    travel = Travel(Scripted(headers=headers, pieces=(packed,)))

    sink = travel.carry()

    assert (sink.body, sink.ends) == (packed, [whole])
    assert sink.headers[b"content-encoding"] == b"gzip"


@pytest.mark.parametrize("whole", [True, False])
def test_stream_that_cannot_be_read_is_taken_at_its_word(whole: bool) -> None:
    """In an encoding that we do not unpack only the framing tells whether a stream is whole."""
    headers = (*SSE, (b"content-encoding", b"br"))
    travel = Travel(Scripted(headers=headers, pieces=(b"\x0b\x02\x80",), whole=whole))

    sink = travel.carry()

    assert (sink.body, sink.ends) == (b"\x0b\x02\x80", [whole])
    assert travel.ending == ("ok" if whole else "error")


def test_plain_answer_that_breaks_is_cut() -> None:
    """Half a JSON answer ends as half of one."""
    travel = Travel(Scripted(pieces=(b'{"id"',), whole=False))

    sink = travel.carry()

    assert (sink.body, sink.ends, travel.ending) == (b'{"id"', [False], "error")


def test_streams_of_other_routes_are_not_judged() -> None:
    """Only a Messages stream has a stop to wait for."""
    travel = Travel(Scripted(headers=SSE, pieces=(b"data: [DONE]\n\n",)))

    sink = travel.carry(a_request(route=Route.OTHER))

    assert (sink.ends, travel.ending) == ([True], "ok")


def test_hanging_up_ends_the_upstream_call() -> None:
    """A caller that leaves takes its upstream call and its slot with it (R15)."""
    travel = Travel(Scripted(headers=SSE, pieces=(HALF,), endless=True))

    async def hang_up() -> None:
        task = asyncio.get_running_loop().create_task(travel.relay.carry(a_request(), travel.sink))
        await travel.sink.fed.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(hang_up())

    assert (travel.upstream.left, travel.ending) == (["aborted"], "caller_gone")
    assert (travel.schedule.in_flight, travel.sink.ends) == (0, [])


def test_breaking_off_tells_every_stream() -> None:
    """At the end of a drain the streams under way are told, once, and say nothing afterwards."""
    travel = Travel(Scripted(headers=SSE, pieces=(HALF,), endless=True))

    async def break_off() -> None:
        task = asyncio.get_running_loop().create_task(travel.relay.carry(a_request(), travel.sink))
        await travel.sink.fed.wait()
        travel.relay.break_off()
        travel.relay.break_off()
        (answer,) = travel.relay._pouring
        answer.feed(b"too late")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        travel.relay.break_off()

    asyncio.run(break_off())

    assert (travel.sink.body, travel.sink.ends) == (HALF + BROKEN_EVENT, [False])


@pytest.mark.parametrize("coding", [None, b"identity", b"GZIP"])
def test_batch_results_lead_through_us(coding: bytes | None) -> None:
    """The one URL in an answer is changed, and the answer is announced as it then is."""
    packed = gzip.compress(batch()) if coding == b"GZIP" else batch()
    headers = JSON if coding is None else (*JSON, (b"content-encoding", coding))
    travel = Travel(Scripted(headers=headers, pieces=(packed[:9], packed[9:]), length=len(packed)))

    sink = travel.carry(batches())

    assert json.loads(sink.body)["results_url"] == (
        "http://127.0.0.1:7429/v1/messages/batches/msgbatch_1/results"
    )
    assert (sink.length, sink.ends) == (len(sink.body), [True])
    assert b"content-encoding" not in sink.headers


@pytest.mark.parametrize(
    ("request_", "script"),
    [
        (batches(b"/v1/messages/batches/msgbatch_1/results?x=1"), Scripted(pieces=(batch(),))),
        (batches(method=b"HEAD"), Scripted(pieces=(batch(),))),
        (batches(), Scripted(status=404, pieces=(batch(),))),
        (batches(), Scripted(headers=(), pieces=(batch(),))),
        (batches(), Scripted(headers=((b"content-type", b"text/html"),), pieces=(batch(),))),
        (batches(), Scripted(headers=(*JSON, (b"content-encoding", b"br")), pieces=(batch(),))),
        (batches(), Scripted(pieces=(batch(),), length=relay.HELD_AT_MOST + 1)),
        (a_request(route=Route.MODELS, method=b"GET"), Scripted(pieces=(batch(),))),
    ],
)
def test_other_answers_are_not_rewritten(request_: Request, script: Scripted) -> None:
    """Results themselves, errors, and what cannot be read pass as they come."""
    sink = Travel(script).carry(request_)

    assert sink.body == batch()


def test_cut_answer_about_batches_is_no_answer() -> None:
    """Half of what would be rewritten is never sent."""
    travel = Travel(Scripted(pieces=(batch()[:20],), whole=False))

    with pytest.raises(BrokenRoad):
        travel.carry(batches())

    assert travel.sink.status is None


@pytest.mark.parametrize("pieces", [(b"\x1f\x8bgarbage",), (gzip.compress(b"x" * 10_000_000),)])
def test_damaged_answer_about_batches_is_no_answer(pieces: tuple[bytes, ...]) -> None:
    """What does not unpack, or unpacks to a bomb, is a failure in words (A32)."""
    headers = (*JSON, (b"content-encoding", b"gzip"))
    travel = Travel(Scripted(headers=headers, pieces=pieces))

    with pytest.raises(SluiceError, match="too large or damaged"):
        travel.carry(batches())


def test_endless_answer_about_batches_is_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that grows beyond what is held is given up."""
    monkeypatch.setattr(relay, "HELD_AT_MOST", 100)
    travel = Travel(Scripted(pieces=(b" " * 60, b" " * 60)))

    with pytest.raises(BrokenRoad, match="larger than any of its kind"):
        travel.carry(batches())


def test_a_refusal_is_tried_again_unseen() -> None:
    """What upstream throttles goes again when it says so, and the caller sees one answer."""
    travel = Travel(Scripted(429, THROTTLED, (REFUSED,)), Scripted(pieces=(b"{}",)))

    sink = travel.carry()

    assert (sink.status, sink.body, sink.ends) == (200, b"{}", [True])
    assert sink.headers[b"x-sluice-held-ms"] == b"3000"
    assert (travel.upstream.left, travel.ending) == (["released", "released"], "ok")


def test_a_refusal_that_no_waiting_mends_passes_byte_for_byte() -> None:
    """Packed or not, the caller reads what upstream said, in the bytes it came in."""
    packed = gzip.compress(SPENT)
    headers = (*JSON, (b"content-encoding", b"gzip"), (b"retry-after", b"60"))
    travel = Travel(Scripted(429, headers, (packed[:9], packed[9:])))

    sink = travel.carry()

    assert (sink.status, sink.body, sink.length) == (429, packed, len(packed))
    assert sink.headers[b"content-encoding"] == b"gzip"
    assert (travel.ending, travel.outcomes[0].throttled) == ("error", True)


def test_half_a_refusal_is_not_passed_on() -> None:
    """Where the body of an error breaks off, the road failed."""
    travel = Travel(Scripted(400, pieces=(b'{"type"',), whole=False))

    with pytest.raises(BrokenRoad, match="broke in the middle"):
        travel.carry()

    assert (travel.sink.status, travel.schedule.in_flight) == (None, 0)
