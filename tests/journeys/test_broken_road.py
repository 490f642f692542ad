"""The road to the API breaks in one way or another."""

import json

import pytest

from tests.fakes.scripted import (
    DELTA,
    LAST,
    START,
    STOP,
    Call,
    ScriptedUpstream,
    answer,
    stream_head,
)
from tests.journeys.conftest import EngineProcess, Start, message

pytestmark = pytest.mark.slow

OWN = "x-api-key: sk-ant-api03-my-own\r\n"
STREAM = b'{"model":"claude-sonnet-5-5","stream":true}'


def test_an_unreachable_upstream_is_said_to_be(start: Start) -> None:
    """Where nothing listens, the caller gets a 502 that names the host and the cause."""
    engine = start("--upstream", "http://127.0.0.1:9")

    shown = engine.raw(message(engine.port, OWN))

    assert shown.startswith(b"HTTP/1.1 502 ")
    error = json.loads(shown.partition(b"\r\n\r\n")[2])["error"]
    assert error == {"type": "api_error", "message": "No connection to 127.0.0.1: refused."}


def test_a_name_that_does_not_resolve_is_said_not_to(start: Start) -> None:
    """A name nobody knows gives a 502 that says so."""
    engine = start("--upstream", "https://api.invalid")

    shown = engine.raw(message(engine.port, OWN))

    assert b"502" in shown[:16]
    assert b"No connection to api.invalid: the name cannot be resolved." in shown


def test_an_upstream_that_is_ourselves_is_a_loop(start: Start) -> None:
    """A relay before itself answers 508 instead of going round."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    engine = start("--port", str(port), "--upstream", f"http://127.0.0.1:{port}")

    shown = engine.raw(message(engine.port, OWN))

    assert shown.startswith(b"HTTP/1.1 508 ")


def test_an_answer_that_breaks_off_is_never_ended_cleanly(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A stream cut between two events gets an error event and no last chunk."""

    def cut(call: Call) -> None:
        call.seen.headers.append((b"connection", b"close"))
        call.send(stream_head() + START + DELTA)

    upstream.then(cut)
    shown = engine.raw(message(engine.port, OWN, STREAM))

    assert b"event: error\n" in shown
    assert b"upstream closed the stream" in shown
    assert not shown.endswith(LAST)


def test_a_stream_cut_inside_an_event_gets_no_event_more(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Inside an event nothing may be appended: the connection just closes."""

    def cut(call: Call) -> None:
        call.seen.headers.append((b"connection", b"close"))
        call.send(stream_head() + START + DELTA[:60])

    upstream.then(cut)
    shown = engine.raw(message(engine.port, OWN, STREAM))

    assert b"event: error" not in shown
    assert not shown.endswith(LAST)


def test_a_stream_that_ends_cleanly_without_its_stop_is_broken_too(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A last chunk without `message_stop` does not make a whole answer."""
    upstream.then(lambda call: call.send(stream_head() + START + DELTA + LAST))

    shown = engine.raw(message(engine.port, OWN, STREAM))

    assert b"event: error\n" in shown
    assert not shown.endswith(LAST)


def test_a_whole_stream_passes_as_it_came(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Every event arrives once, in order, and the stream ends with its last chunk."""
    upstream.then(lambda call: call.send(stream_head() + START + DELTA + STOP + LAST))

    shown = engine.raw(message(engine.port, OWN, STREAM))

    assert shown.count(b"content_block_delta") == 2
    assert b"event: error" not in shown
    assert shown.endswith(LAST)


def test_a_redirect_is_never_followed(engine: EngineProcess, upstream: ScriptedUpstream) -> None:
    """A redirect is a 502, and its place is never asked."""
    head = b"HTTP/1.1 307 Temporary Redirect\r\nlocation: http://127.0.0.1:9/\r\n"
    upstream.then(lambda call: call.send(answer(b"", head)))

    shown = engine.raw(message(engine.port, OWN))

    assert shown.startswith(b"HTTP/1.1 502 ")
    assert b"location" not in shown.lower()


def test_an_error_of_the_api_passes_byte_for_byte(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Status, body, `retry-after` and `x-should-retry` are the API's own."""
    body = b'{"type": "error",  "error":{"type":"overloaded_error","message":"Overloaded"}}'
    head = (
        b"HTTP/1.1 529 \r\ncontent-type: application/json\r\nretry-after: 7\r\n"
        b"x-should-retry: false\r\n"
    )
    upstream.then(lambda call: call.send(answer(body, head)))

    shown = engine.raw(message(engine.port, OWN))

    assert shown.startswith(b"HTTP/1.1 529 ")
    assert b"\r\nretry-after: 7\r\n" in shown
    assert b"\r\nx-should-retry: false\r\n" in shown
    assert shown.endswith(b"\r\n\r\n" + body)


def test_a_caller_that_hangs_up_ends_the_upstream_call(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """When the caller leaves, the connection upstream is closed at once."""
    left: list[bool] = []

    def stall(call: Call) -> None:
        call.send(stream_head() + START)
        left.append(call.wait_gone(2))

    upstream.then(stall)
    with engine.connect() as sock:
        sock.sendall(message(engine.port, OWN, STREAM))
        while b"message_start" not in sock.recv(65536):
            pass

    assert upstream.gone.wait(3)
    assert left == [True]


def test_a_connection_that_broke_after_the_request_is_not_tried_again(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """What may have been billed is told to the caller, never sent twice."""

    def hang_up(call: Call) -> None:
        call.seen.headers.append((b"connection", b"close"))

    upstream.then(hang_up)
    shown = engine.raw(message(engine.port, OWN))

    assert shown.startswith(b"HTTP/1.1 502 ")
    assert b"\r\nx-should-retry: true\r\n" in shown
    assert len(upstream.seen) == 1
