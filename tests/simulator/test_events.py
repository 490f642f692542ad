"""A message as server-sent events, in the API's order."""

import json
from typing import Any

import pytest

from trayapp.simulator.answers import Draft
from trayapp.simulator.events import frames, with_faults
from trayapp.simulator.faults import Fault
from trayapp.simulator.prompt_cache import Prompt
from trayapp.simulator.speech import Frame
from trayapp.simulator.usage import message_of, usage_of

TEXT = {"type": "text", "text": "Seventeen characters, and some more."}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "clock", "input": {"zone": "UTC"}}
THOUGHT = {"type": "thinking", "thinking": "Hm, what now?", "signature": "Eq=="}


def told(*blocks: dict[str, Any], thinking_tokens: int = 0) -> tuple[Frame, ...]:
    drafted = Draft(blocks, "end_turn", None, thinking_tokens)
    usage = usage_of(Prompt(12, cache_read=5), drafted, {})
    return frames(message_of("msg_1", "claude-opus-5", drafted, usage), thinking_tokens)


def events(told_frames: tuple[Frame, ...]) -> list[tuple[str, dict[str, Any]]]:
    pairs = []
    for frame in told_frames:
        name, data = frame.data.decode().removesuffix("\n\n").split("\n")
        pairs.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return pairs


def test_events_come_in_the_documented_order() -> None:
    """From message_start to message_stop, with a ping after the first block began."""
    names = [name for name, _ in events(told(TEXT))]

    assert names == [
        "message_start",
        "content_block_start",
        "ping",
        "content_block_delta",
        "content_block_delta",
        "content_block_delta",
        "content_block_stop",
        "message_delta",
        "message_stop",
    ]


def test_an_events_name_is_its_datas_type() -> None:
    """The name line and the type in the data never differ."""
    assert all(name == data["type"] for name, data in events(told(THOUGHT, TEXT, CALL)))


def test_a_stream_begins_empty() -> None:
    """message_start has the input side of the usage, no content, no reason to stop."""
    message = events(told(TEXT))[0][1]["message"]

    assert (message["content"], message["stop_reason"]) == ([], None)
    assert message["usage"]["input_tokens"] == 12
    assert message["usage"]["cache_read_input_tokens"] == 5
    assert message["usage"]["output_tokens"] == 1


def test_the_closing_usage_is_cumulative() -> None:
    """message_delta repeats the input and has all of the output."""
    delta = events(told(TEXT))[-2][1]

    assert delta["delta"]["stop_reason"] == "end_turn"
    assert delta["usage"]["input_tokens"] == 12
    assert delta["usage"]["output_tokens"] == 9


def test_deltas_make_up_the_text() -> None:
    """Joined, the text deltas are the text."""
    deltas = [data["delta"] for name, data in events(told(TEXT)) if name == "content_block_delta"]

    assert "".join(delta["text"] for delta in deltas) == TEXT["text"]
    assert {delta["type"] for delta in deltas} == {"text_delta"}


def test_a_call_comes_as_partial_json() -> None:
    """A tool_use block begins with an empty input and ends as valid JSON."""
    pairs = events(told(CALL))

    start = next(data for name, data in pairs if name == "content_block_start")
    pieces = [
        data["delta"]["partial_json"] for name, data in pairs if name == "content_block_delta"
    ]
    assert start["content_block"] == {**CALL, "input": {}}
    assert pieces[0] == ""
    assert json.loads("".join(pieces)) == CALL["input"]


def test_thinking_ends_with_its_signature() -> None:
    """Thinking deltas come first, the signature last."""
    pairs = events(told(THOUGHT, TEXT, thinking_tokens=10))

    kinds = [
        data["delta"]["type"] for _, data in pairs if data.get("index") == 0 and "delta" in data
    ]
    assert kinds == ["thinking_delta", "signature_delta"]


def test_omitted_thinking_is_a_signature_alone() -> None:
    """Without text there is only the signature delta."""
    pairs = events(told({**THOUGHT, "thinking": ""}, thinking_tokens=10))

    kinds = [data["delta"]["type"] for name, data in pairs if name == "content_block_delta"]
    assert kinds == ["signature_delta"]


def test_blocks_are_numbered() -> None:
    """Each block's events carry its place; there is one ping in all."""
    pairs = events(told(THOUGHT, TEXT, CALL))

    starts = [data["index"] for name, data in pairs if name == "content_block_start"]
    assert starts == [0, 1, 2]
    assert [name for name, _ in pairs].count("ping") == 1


def test_an_empty_answer_has_only_its_frame() -> None:
    """Without content there are three events."""
    assert [name for name, _ in events(told())] == [
        "message_start",
        "message_delta",
        "message_stop",
    ]


def test_tokens_grow_to_the_whole() -> None:
    """Every event is due no earlier than the one before, the last at all tokens."""
    due = [frame.tokens for frame in told(THOUGHT, TEXT, CALL, thinking_tokens=10)]

    assert due == sorted(due)
    assert (due[0], due[-1]) == (0, 10 + 9 + 12 + 4)


@pytest.mark.parametrize("cut", [0, 1, 4, 99])
def test_a_cut_leaves_out_the_rest(cut: int) -> None:
    """After so many events nothing comes."""
    whole = told(TEXT)

    assert with_faults(whole, Fault(cut=cut)) == whole[:cut]


def test_an_error_comes_in_the_middle() -> None:
    """After the first delta the stream ends with an error event in place of the rest."""
    pairs = events(with_faults(told(TEXT), Fault(error_event=True)))

    assert [name for name, _ in pairs][-2:] == ["content_block_delta", "error"]
    assert pairs[-1][1] == {
        "type": "error",
        "error": {"type": "overloaded_error", "message": "Overloaded"},
    }


def test_a_stall_is_a_silence_after_the_first_delta() -> None:
    """Exactly one frame waits, the one after the first piece of text."""
    stalled = with_faults(told(TEXT), Fault(stall=2.5))

    pauses = [frame.pause for frame in stalled]
    assert pauses == [0, 0, 0, 0, 2.5, 0, 0, 0, 0]
