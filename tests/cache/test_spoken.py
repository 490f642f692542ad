"""A plain answer as the stream of events it would have been."""

import json
from typing import Any

import pytest

from tests.cache.asked import MESSAGE, message
from trayapp.cache.folded import as_message
from trayapp.cache.spoken import as_stream
from trayapp.sse import SSEReader

CONTENT: list[dict[str, Any]] = [
    {"type": "thinking", "thinking": "Let me", "signature": "Eq+/x=="},
    {"type": "thinking", "thinking": "", "signature": "omitted"},
    {"type": "redacted_thinking", "data": "x"},
    {"type": "text", "text": 'Ä\n"quoted"', "citations": [{"type": "char_location", "n": 1}]},
    {"type": "text", "text": "", "citations": None},
    {"type": "tool_use", "id": "t", "name": "n", "input": {"a": [1.5, {"b": "\u2028"}]}},
    {"type": "fallback", "from": {"model": "m"}},
]


def events(body: bytes) -> list[tuple[str, Any]]:
    """The events of a plain answer, decoded."""
    spoken = as_stream(body)
    assert spoken is not None
    return [(event.name, json.loads(event.data)) for event in SSEReader().feed(spoken)]


def test_events_come_in_the_apis_order() -> None:
    """Start, a block with its deltas, end, stop; and each event's data says its name."""
    told = events(message())

    assert [name for name, _ in told] == [
        "message_start",
        "content_block_start",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]
    assert all(data["type"] == name for name, data in told)


def test_start_is_that_of_an_answer_that_begins() -> None:
    """It has no content, no reason to have stopped and hardly any output yet; the end has all."""
    told = dict(events(message(stop_sequence="x", stop_reason="stop_sequence")))

    start = told["message_start"]["message"]
    assert (start["content"], start["stop_reason"], start["stop_sequence"]) == ([], None, None)
    assert start["usage"] == {"input_tokens": 12, "output_tokens": 1}
    end = told["message_delta"]
    assert end["delta"] == {"stop_reason": "stop_sequence", "stop_sequence": "x"}
    assert end["usage"] == MESSAGE["usage"]


def test_every_kind_of_block_is_intact() -> None:
    """Folded again, the stream is the answer that it was made of."""
    body = message(content=CONTENT)

    spoken = as_stream(body)

    assert spoken is not None
    assert json.loads(as_message(spoken) or b"") == {
        **MESSAGE,
        "content": [*CONTENT[:4], {"type": "text", "text": "", "citations": None}, *CONTENT[5:]],
    }


def test_deltas_are_those_of_their_block() -> None:
    """A block that was omitted has only its signature; one that nobody knows comes at once."""
    told = events(message(content=CONTENT))

    deltas = [(data["index"], data["delta"]["type"]) for name, data in told if "delta" in data
              and "index" in data]  # fmt: skip
    assert deltas == [
        (0, "thinking_delta"),
        (0, "signature_delta"),
        (1, "signature_delta"),
        (3, "text_delta"),
        (3, "citations_delta"),
        (5, "input_json_delta"),
    ]


def test_answer_without_content_or_counts_is_told() -> None:
    """What an answer does not have is not made up."""
    told = dict(events(b'{"id":"msg_1"}'))

    assert told["message_start"]["message"] == {"id": "msg_1", "content": []}
    assert told["message_delta"]["usage"] == {}


@pytest.mark.parametrize("body", [b"", b"[]", b'{"content":[1]}', b'{"content":[{"type":1}]}'])
def test_what_is_no_message_is_not_told(body: bytes) -> None:
    """Something else than a message has no events."""
    assert as_stream(body) is None
