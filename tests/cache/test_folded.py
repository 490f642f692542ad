"""A stream as the plain answer it would have been."""

import json
from typing import Any

import pytest

from tests.cache.asked import MESSAGE, STREAM
from trayapp.cache.folded import as_message

SIGNATURE = "Eq+/x=="
CITATION = {"type": "char_location", "cited_text": "ä", "start_char_index": 12345678901234567890}


def event(name: str, **fields: Any) -> bytes:
    """One event."""
    return f"event: {name}\ndata: {json.dumps({'type': name, **fields})}\n\n".encode()


def start(**fields: Any) -> bytes:
    """The first event."""
    begun = {**MESSAGE, "content": [], "stop_reason": None, **fields}
    return event("message_start", message=begun)


def block(index: int, first: Any, *deltas: Any) -> bytes:
    """A block's events."""
    return b"".join(
        [
            event("content_block_start", index=index, content_block=first),
            *(event("content_block_delta", index=index, delta=delta) for delta in deltas),
            event("content_block_stop", index=index),
        ]
    )


def end(**fields: Any) -> bytes:
    """The last events."""
    told = {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, **fields}
    return event("message_delta", **told) + event("message_stop")


def folded(*events: bytes) -> Any:
    """The message that *events* tell."""
    message = as_message(b"".join(events))
    return None if message is None else json.loads(message)


def test_recorded_stream_is_folded() -> None:
    """A stream of the API becomes the message that its client would have made of it."""
    message = json.loads(as_message(STREAM) or b"")

    assert message["content"][0]["text"].startswith("Rivers keep the time of hills")
    assert (message["stop_reason"], message["usage"]["output_tokens"]) == ("end_turn", 41)
    assert message["usage"]["cache_read_input_tokens"] == 2000


def test_every_kind_of_block_is_intact() -> None:
    """Thinking and its signature, citations, a tool's input, and blocks that come at once."""
    message = folded(
        start(),
        event("ping"),
        block(0, {"type": "thinking", "thinking": "", "signature": ""},
              {"type": "thinking_delta", "thinking": "Let "},
              {"type": "thinking_delta", "thinking": "me"},
              {"type": "signature_delta", "signature": SIGNATURE}),
        block(1, {"type": "text", "text": "So", "citations": []},
              {"type": "text_delta", "text": ": \ud83d\ude00"},
              {"type": "citations_delta", "citation": CITATION}),
        block(2, {"type": "tool_use", "id": "t", "name": "n", "input": {}},
              {"type": "input_json_delta", "partial_json": '{"a": 1.10,'},
              {"type": "input_json_delta", "partial_json": ' "b": [1e2]}'}),
        block(3, {"type": "tool_use", "id": "t", "name": "n", "input": {}},
              {"type": "input_json_delta", "partial_json": ""}),
        block(4, {"type": "redacted_thinking", "data": "x"}),
        end(usage={"output_tokens": 9, "input_tokens": None}, context_management={"edits": []}),
    )  # fmt: skip

    assert message["content"] == [
        {"type": "thinking", "thinking": "Let me", "signature": SIGNATURE},
        {"type": "text", "text": "So: \ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
         "citations": [CITATION]},
        {"type": "tool_use", "id": "t", "name": "n", "input": {"a": 1.1, "b": [100.0]}},
        {"type": "tool_use", "id": "t", "name": "n", "input": {}},
        {"type": "redacted_thinking", "data": "x"},
    ]  # fmt: skip
    assert message["usage"] == {"input_tokens": 12, "output_tokens": 9}
    assert message["context_management"] == {"edits": []}


def test_tools_input_keeps_its_spelling() -> None:
    """The JSON that a tool is called with is carried over as it was."""
    first = {"type": "tool_use", "input": {}}
    delta = {"type": "input_json_delta", "partial_json": '{"b": 1.10}'}
    message = as_message(start() + block(0, first, delta) + end())

    assert message is not None
    assert b'"input":{"b": 1.10}' in message


def test_end_without_usage_leaves_it() -> None:
    """An end that tells no counts changes none, and a start without any gets those of the end."""
    begun = {name: value for name, value in MESSAGE.items() if name != "usage"}
    bare = event("message_start", message={**begun, "content": []})

    assert folded(start(), end())["usage"] == MESSAGE["usage"]
    assert folded(bare, end(usage={"output_tokens": 1}))["usage"] == {"output_tokens": 1}


TEXT = {"type": "text", "text": ""}
UNTELLABLE = {
    "nothing": b"",
    "no end": start() + block(0, TEXT),
    "no start": end(),
    "only a stop": event("message_stop"),
    "an event nobody knows": start() + event("new") + end(),
    "a delta nobody knows": start() + block(0, TEXT, {"type": "new_delta"}) + end(),
    "a delta of no block": start() + event("content_block_delta", index=3, delta={}) + end(),
    "input that is no JSON": start()
    + block(0, {"input": {}}, {"type": "input_json_delta", "partial_json": '{"a'})
    + end(),
    "data that is no JSON": b"event: message_start\ndata: {\n\n",
    "an error": start() + event("error", error={}) + end(),
}


@pytest.mark.parametrize("name", UNTELLABLE)
def test_what_may_have_changed_the_answer_is_not_told_plainly(name: str) -> None:
    """A stream with anything that this version cannot fold answers streams only."""
    assert as_message(UNTELLABLE[name]) is None
