"""What one answer cost, heard on its way: JSON or a stream, plain or packed, cut anywhere."""

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.meter import tap as taps
from trayapp.meter.tap import UsageTap, overwritten, usage_of
from trayapp.model.exchange import Headers
from trayapp.model.usage import Usage

STREAM = (Path(__file__).parent.parent / "recordings" / "message.sse").read_bytes()
EVENT_STREAM: Headers = ((b"content-type", b"text/event-stream; charset=utf-8"),)
JSON: Headers = ((b"content-type", b"application/json"),)
STREAMED = Usage(
    input_tokens=12,
    output_tokens=41,
    cache_creation_input_tokens=300,
    cache_read_input_tokens=2000,
    cache_creation_5m=100,
    cache_creation_1h=200,
    web_search_requests=2,
    service_tier="standard",
    inference_geo="global",
)


def message(**fields: Any) -> bytes:
    """A whole JSON answer, but for *fields*."""
    return json.dumps(
        {
            "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-opus-5-5",
            "content": [{"type": "text", "text": "Hills keep time."}], "stop_reason": "end_turn",
            "usage": {"input_tokens": 5, "output_tokens": 7, "speed": "fast"}, **fields,
        }
    ).encode()  # fmt: skip


def hear(tap: UsageTap, *pieces: bytes, whole: bool = True) -> UsageTap:
    for piece in pieces:
        tap.feed(piece)
    tap.end(whole)
    return tap


def packed(encoding: str) -> bytes:
    return gzip.compress(STREAM) if encoding == "gzip" else zlib.compress(STREAM)


def event(name: str, **data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()


def test_a_json_answer_tells_its_cost() -> None:
    """Usage, the model that served, the message's id and why it stopped."""
    tap = hear(UsageTap(JSON), message())

    assert tap.usage == Usage(input_tokens=5, output_tokens=7, speed="fast")
    assert (tap.model, tap.message_id, tap.stop_reason) == ("claude-opus-5-5", "msg_1", "end_turn")
    assert (tap.whole, tap.is_stream, tap.between_events, tap.output_seen) == (
        True,
        False,
        False,
        7,
    )


def test_a_json_answer_cut_anywhere_is_the_same() -> None:
    """The pieces' edges do not matter."""
    body = message()

    for cut in range(len(body) + 1):
        assert hear(UsageTap(JSON), body[:cut], body[cut:]).usage is not None


def test_a_stream_tells_its_cost() -> None:
    """The last counts stand in the place of the first: they are cumulative."""
    tap = hear(UsageTap(EVENT_STREAM), STREAM)

    assert tap.usage == STREAMED
    assert (tap.model, tap.message_id, tap.stop_reason) == (
        "claude-sonnet-5-5", "msg_01Vv8xQ7Hn4s", "end_turn",
    )  # fmt: skip
    assert (tap.whole, tap.is_stream, tap.between_events, tap.output_seen) == (True, True, True, 41)


@pytest.mark.slow
def test_a_stream_cut_anywhere_is_the_same() -> None:
    """Cut in two at every position, the same is heard."""
    for cut in range(len(STREAM) + 1):
        tap = hear(UsageTap(EVENT_STREAM), STREAM[:cut], STREAM[cut:])
        assert (tap.usage, tap.whole) == (STREAMED, True), cut


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_stream_cut_anywhere_is_the_same(encoding: str) -> None:
    """An upstream that compresses all the same is heard too."""
    headers = (*EVENT_STREAM, (b"content-encoding", encoding.encode()))
    body = packed(encoding)

    for cut in range(len(body) + 1):
        tap = hear(UsageTap(headers), body[:cut], body[cut:])
        assert (tap.usage, tap.whole, tap.between_events) == (STREAMED, True, False), cut


def test_a_packed_json_answer_is_heard() -> None:
    """JSON may be compressed as well."""
    tap = hear(UsageTap((*JSON, (b"content-encoding", b"gzip"))), gzip.compress(message()))

    assert tap.usage == Usage(input_tokens=5, output_tokens=7, speed="fast")


@pytest.mark.parametrize("encoding", [b"br", b"zstd", b"gzip, br", b"\xff"])
@pytest.mark.parametrize("headers", [JSON, EVENT_STREAM])
def test_an_encoding_that_is_not_ours_leaves_the_cost_unknown(
    headers: Headers, encoding: bytes
) -> None:
    """The usage is unknown, and the tap says why."""
    tap = hear(UsageTap((*headers, (b"content-encoding", encoding))), b"whatever it is")

    assert tap.usage is None
    assert tap.unread == encoding.decode("ascii", "replace")


def test_damage_leaves_the_cost_unknown() -> None:
    """A packed body that is none is not guessed at, and the rest of it is not read."""
    tap = hear(UsageTap((*JSON, (b"content-encoding", b"gzip"))), b"no gzip at all", message())

    assert (tap.usage, tap.unread) == (None, "damaged")


def test_a_body_too_large_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the cap nothing is held in memory."""
    monkeypatch.setattr(taps, "CAP", 100)

    tap = hear(UsageTap(JSON), message())

    assert (tap.usage, tap.unread) == (None, "too large")


@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{", b"\xff", b"[" * 5000, b'{"usage":' * 5000]
)
def test_a_body_that_is_no_message_raises_nothing(body: bytes) -> None:
    """What cannot be read is damaged, and that is all."""
    tap = hear(UsageTap(JSON), body)

    assert (tap.usage, tap.unread) == (None, "damaged")


def test_a_json_answer_that_was_cut_is_not_whole() -> None:
    """Half a body is not read."""
    tap = hear(UsageTap(JSON), message()[:40], whole=False)

    assert (tap.usage, tap.whole) == (None, False)


def test_a_stream_without_its_stop_is_not_whole() -> None:
    """Even a stream that ends cleanly is broken without `message_stop`; its start was heard."""
    tap = hear(UsageTap(EVENT_STREAM), STREAM[: STREAM.index(b"event: message_delta")])

    assert not tap.whole
    assert tap.usage is not None
    assert tap.usage.input_tokens == 12


def test_a_stream_that_stopped_is_whole_even_if_its_connection_broke() -> None:
    """All of the message had come."""
    assert hear(UsageTap(EVENT_STREAM), STREAM, whole=False).whole


def test_output_is_estimated_while_a_stream_runs() -> None:
    """What was reported at the start, and about a token for four bytes of text since."""
    tap = UsageTap(EVENT_STREAM)
    tap.feed(STREAM[: STREAM.index(b"event: content_block_stop")])

    assert tap.output_seen == 3 + 73 // 4


def test_a_report_in_between_takes_the_estimates_place() -> None:
    """A count told in the middle holds for all that came before it."""
    tap = UsageTap(EVENT_STREAM)
    tap.feed(STREAM[: STREAM.index(b"event: content_block_stop")])
    tap.feed(event("message_delta", delta={}, usage={"output_tokens": 20}))

    assert tap.output_seen == 20


def test_a_report_without_output_leaves_the_estimate() -> None:
    """A `message_delta` that tells no output count settles nothing."""
    tap = UsageTap(EVENT_STREAM)
    tap.feed(STREAM[: STREAM.index(b"event: content_block_stop")])
    tap.feed(event("message_delta", delta={}, usage={"input_tokens": 12}))

    assert tap.output_seen == 3 + 73 // 4


def test_nothing_is_seen_before_anything_came() -> None:
    """A new tap has seen no output, and none is known."""
    tap = UsageTap(JSON)

    assert (tap.output_seen, tap.usage) == (0, None)


def test_start_and_first_token_are_told_once() -> None:
    """Each callback comes when its moment does, and only then."""
    told: list[str] = []
    tap = UsageTap(
        EVENT_STREAM,
        on_start=lambda: told.append("start"),
        on_first_token=lambda: told.append("first token"),
    )

    for at in range(len(STREAM)):
        tap.feed(STREAM[at : at + 1])

    assert told == ["start", "first token"]


def test_the_first_token_is_noted_without_a_callback() -> None:
    """Whoever only asks later still learns of it."""
    assert hear(UsageTap(EVENT_STREAM), STREAM).first_token


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ({"type": "overloaded_error", "message": "Overloaded"}, ("overloaded_error", None)),
        (
            {"type": "rate_limit_error", "details": {"error_code": "ramp_limit_exceeded"}},
            ("rate_limit_error", "ramp_limit_exceeded"),
        ),
        ({"type": 5, "details": 5}, ("unknown", None)),
        ("odd", ("unknown", None)),
        (None, ("unknown", None)),
    ],
)
def test_an_error_inside_a_stream_is_heard(error: Any, expected: tuple[str, str | None]) -> None:
    """The stream's own error event names its type, even where it tells nothing else."""
    tap = hear(UsageTap(EVENT_STREAM), event("error", error=error))

    assert (tap.error_type, tap.error_code) == expected
    assert not tap.whole


def test_an_error_body_tells_its_type() -> None:
    """A refusal in JSON is read as well."""
    tap = hear(UsageTap(JSON), b'{"type":"error","error":{"type":"not_found_error"}}')

    assert (tap.error_type, tap.usage) == ("not_found_error", None)


@pytest.mark.parametrize("name", ["message_start", "message_delta", "message_stop", "error"])
@pytest.mark.parametrize(
    "data", [b"nonsense", b"[]", b'{"message":5,"delta":5,"usage":5,"error":5}']
)
def test_events_with_odd_data_raise_nothing(name: str, data: bytes) -> None:
    """An event whose data is garbage teaches nothing of the cost."""
    tap = hear(UsageTap(EVENT_STREAM), b"event: " + name.encode() + b"\ndata: " + data + b"\n\n")

    assert tap.usage is None


@pytest.mark.parametrize(
    ("value", "usage"),
    [
        (None, Usage()),
        ([], Usage()),
        ({}, Usage()),
        ({"input_tokens": None, "output_tokens": 0}, Usage(output_tokens=0)),
        ({"input_tokens": -1, "output_tokens": True}, Usage()),
        ({"input_tokens": 1.5, "output_tokens": "7"}, Usage()),
        ({"input_tokens": 10**13}, Usage()),
        ({"cache_creation": 5, "server_tool_use": []}, Usage()),
        ({"cache_creation": {"ephemeral_1h_input_tokens": 9}}, Usage(cache_creation_1h=9)),
        ({"service_tier": "", "speed": 1, "inference_geo": "x" * 200}, Usage()),
    ],
)
def test_a_usage_object_is_read_as_far_as_it_makes_sense(value: Any, usage: Usage) -> None:
    """Null, absent and odd counts are unknown, never 0."""
    assert usage_of(value) == usage


def test_later_counts_overwrite_and_the_rest_stays() -> None:
    """What is told again is replaced, what is not told again holds."""
    old = Usage(input_tokens=5, output_tokens=1, speed="fast")

    assert overwritten(old, Usage(output_tokens=9)) == Usage(
        input_tokens=5, output_tokens=9, speed="fast"
    )


@pytest.mark.slow
@given(
    st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([STREAM, message()])), max_size=5),
    st.sampled_from([JSON, EVENT_STREAM]),
    st.sampled_from([b"", b"gzip", b"deflate", b"br", b"identity"]),
)
def test_no_answer_makes_it_raise(pieces: list[bytes], headers: Headers, encoding: bytes) -> None:
    """A tap never harms the answer it listens to."""
    tap = hear(UsageTap((*headers, (b"content-encoding", encoding))), *pieces)

    assert tap.output_seen >= 0
