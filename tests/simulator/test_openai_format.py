"""Chat completions, in and out."""

import json
from typing import Any

import pytest

from trayapp.simulator.answers import Draft
from trayapp.simulator.errors import ApiError
from trayapp.simulator.openai_format import DONE, body_of, completion, frames
from trayapp.simulator.prompt_cache import Prompt
from trayapp.simulator.usage import message_of, usage_of

HELLO = {"role": "user", "content": "hello"}
CALL = {"type": "tool_use", "id": "toolu_1", "name": "clock", "input": {"zone": "UTC"}}


def chat(**more: Any) -> dict[str, Any]:
    return {"model": "claude-opus-5", "messages": [HELLO], **more}


def message(*blocks: dict[str, Any], reason: str = "end_turn") -> dict[str, Any]:
    drafted = Draft(blocks, reason)
    usage = usage_of(Prompt(12, cache_read=5, created_5m=3), drafted, {})
    return message_of("msg_1", "claude-opus-5", drafted, usage)


def chunks(told: dict[str, Any], *, usage: bool = False) -> list[dict[str, Any]]:
    *rest, done = frames(told, 1700, usage=usage)
    assert done.data == DONE
    return [json.loads(frame.data.decode().removeprefix("data: ")) for frame in rest]


def test_a_chat_becomes_a_messages_body() -> None:
    """System and developer messages are joined in front, the rest keeps its order."""
    turns = [
        {"role": "system", "content": "one"},
        HELLO,
        {"role": "developer", "content": [{"type": "text", "text": "two"}]},
        {"role": "assistant", "content": "hi"},
    ]

    body = body_of(chat(messages=turns, stop="END", seed=4))

    assert body == {
        "model": "claude-opus-5",
        "max_tokens": 4096,
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "hello"}]},
            {"role": "assistant", "content": [{"type": "text", "text": "hi"}]},
        ],
        "system": "one\ntwo",
        "stop_sequences": ["END"],
        "stream": False,
        "tools": [],
    }


@pytest.mark.parametrize(
    ("more", "most"),
    [({"max_tokens": 9}, 9), ({"max_completion_tokens": 7, "max_tokens": 9}, 7), ({}, 4096)],
)
def test_the_newer_token_limit_comes_first(more: dict[str, int], most: int) -> None:
    """Either name of the limit will do."""
    assert body_of(chat(**more))["max_tokens"] == most


def test_tools_go_both_ways() -> None:
    """Functions become tools, calls become tool_use, answers become tool_result."""
    function = {"name": "clock", "parameters": {"type": "object"}}
    call = {"id": "c1", "type": "function", "function": {"name": "clock", "arguments": '{"a":1}'}}
    turns = [
        {"role": "assistant", "content": None, "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "c1", "content": "noon"},
    ]

    body = body_of(chat(messages=turns, tools=[{"type": "function", "function": function}, {}]))

    tool = {"name": "clock", "description": "", "input_schema": {"type": "object"}}
    assert body["tools"] == [tool]
    assert body["messages"] == [
        {
            "role": "assistant",
            "content": [{"type": "tool_use", "id": "c1", "name": "clock", "input": {"a": 1}}],
        },
        {
            "role": "user",
            "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "noon"}],
        },
    ]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("auto", None),
        (None, None),
        ("none", {"type": "none"}),
        ("required", {"type": "any"}),
        ({"function": {"name": "clock"}}, {"type": "tool", "name": "clock"}),
    ],
)
def test_a_tool_choice_is_translated(choice: Any, said: Any) -> None:
    """Each way of choosing has its counterpart."""
    assert body_of(chat(tool_choice=choice)).get("tool_choice") == said


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"messages": "hello"},
        chat(messages=[{"role": "assistant", "tool_calls": [{}]}]),
        chat(messages=[{"role": "assistant", "tool_calls": 5}]),
        chat(tool_choice={"function": 3}),
        chat(
            messages=[
                {
                    "role": "assistant",
                    "tool_calls": [{"id": "c", "function": {"name": "x", "arguments": "{"}}],
                }
            ]
        ),
    ],
)
def test_what_is_no_chat_is_refused(value: Any) -> None:
    """A body that makes no sense is an invalid request."""
    with pytest.raises(ApiError) as refused:
        body_of(value)

    assert refused.value.status == 400


def test_a_completion_has_its_shape() -> None:
    """Text, reason and usage stand where chat clients look for them."""
    told = json.loads(completion(message({"type": "text", "text": "hi there"}), 1700))

    assert told == {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1700,
        "model": "claude-opus-5",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "hi there", "refusal": None},
                "finish_reason": "stop",
                "logprobs": None,
            }
        ],
        "usage": {"prompt_tokens": 20, "completion_tokens": 2, "total_tokens": 22},
    }


def test_a_call_has_no_content() -> None:
    """A tool call is told as such, with its arguments as text."""
    told = json.loads(completion(message(CALL, reason="tool_use"), 1700))

    (choice,) = told["choices"]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    (call,) = choice["message"]["tool_calls"]
    assert call["function"] == {"name": "clock", "arguments": '{"zone":"UTC"}'}


def test_an_empty_answer_has_empty_content() -> None:
    """Without any block the content is empty text, and the reason is length."""
    told = json.loads(completion(message(reason="max_tokens"), 1700))

    assert told["choices"][0]["message"]["content"] == ""
    assert told["choices"][0]["finish_reason"] == "length"


def test_a_stream_makes_up_the_text_and_is_done() -> None:
    """Role first, pieces of text, the reason, then `[DONE]`."""
    text = "Seventeen characters, and some more."

    told = chunks(message({"type": "text", "text": text}))

    deltas = [chunk["choices"][0]["delta"] for chunk in told]
    assert deltas[0] == {"role": "assistant", "content": ""}
    assert "".join(delta.get("content", "") for delta in deltas) == text
    assert told[-1]["choices"][0]["finish_reason"] == "stop"
    assert {chunk["object"] for chunk in told} == {"chat.completion.chunk"}


def test_usage_comes_last_when_asked_for() -> None:
    """With `include_usage` one more chunk has no choices and the usage."""
    told = chunks(message({"type": "text", "text": "hi"}), usage=True)

    assert told[-1]["choices"] == []
    assert told[-1]["usage"]["total_tokens"] == 21


def test_a_streamed_call_is_one_delta() -> None:
    """A tool call comes numbered, whole."""
    told = chunks(message(CALL, reason="tool_use"))

    (call,) = told[1]["choices"][0]["delta"]["tool_calls"]
    assert (call["index"], call["function"]["name"]) == (0, "clock")
