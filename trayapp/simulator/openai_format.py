"""Chat completions, in and out: the other format the API understands."""

from collections.abc import Iterator
from typing import Any

import msgspec

from trayapp.simulator.errors import ApiError
from trayapp.simulator.prompt import Json, text_of, tokens_of
from trayapp.simulator.speech import Frame

STEP = 16
USUAL_TOKENS = 4096
_REASONS = {
    "end_turn": "stop",
    "stop_sequence": "stop",
    "max_tokens": "length",
    "tool_use": "tool_calls",
}
DONE = b"data: [DONE]\n\n"


def body_of(chat: Any) -> Json:
    """The Messages body a chat body means; what has no counterpart is ignored."""
    if not isinstance(chat, dict) or not isinstance(chat.get("messages"), list):
        raise ApiError(400, "messages: Field required")
    try:
        return _body(chat)
    except (KeyError, TypeError, AttributeError, msgspec.DecodeError) as error:
        raise ApiError(400, "The body is no chat completions request.") from error


def _body(chat: Json) -> Json:
    turns = [turn for turn in chat["messages"] if isinstance(turn, dict)]
    system = [text_of(t.get("content")) for t in turns if t.get("role") in {"system", "developer"}]
    said = [_turn(t) for t in turns if t.get("role") in {"user", "assistant", "tool"}]
    body = {
        "model": chat.get("model"),
        "max_tokens": chat.get("max_completion_tokens") or chat.get("max_tokens") or USUAL_TOKENS,
        "messages": said,
        "system": "\n".join(system),
        "stop_sequences": _stops(chat.get("stop")),
        "stream": bool(chat.get("stream")),
        "tools": [_tool(tool["function"]) for tool in chat.get("tools") or () if _is_tool(tool)],
    }
    if choice := _choice(chat.get("tool_choice")):
        body["tool_choice"] = choice
    return body


def completion(message: Json, created: int) -> bytes:
    """A plain answer's body; *created* is in Unix seconds."""
    choice = {
        "index": 0,
        "message": _answer(message),
        "finish_reason": _REASONS[message["stop_reason"]],
        "logprobs": None,
    }
    head = _head(message, "chat.completion", created)
    return msgspec.json.encode({**head, "choices": [choice], "usage": _usage(message)})


def frames(message: Json, created: int, *, usage: bool) -> tuple[Frame, ...]:
    """A streamed answer's frames, `[DONE]` last; *usage* adds the closing usage chunk."""
    head = _head(message, "chat.completion.chunk", created)
    told = [Frame(_chunk(head, delta), tokens) for delta, tokens in _deltas(message)]
    total = message["usage"]["output_tokens"]
    told.append(Frame(_chunk(head, {}, _REASONS[message["stop_reason"]]), total))
    if usage:
        told.append(Frame(_data({**head, "choices": [], "usage": _usage(message)}), total))
    return (*told, Frame(DONE, total))


def _turn(turn: Json) -> Json:
    if turn["role"] == "tool":
        result = {"type": "tool_result", "tool_use_id": turn.get("tool_call_id")}
        return {"role": "user", "content": [{**result, "content": text_of(turn.get("content"))}]}
    content: list[Json] = []
    if text := text_of(turn.get("content")):
        content.append({"type": "text", "text": text})
    for call in turn.get("tool_calls") or ():
        function = call["function"]
        given = msgspec.json.decode(function.get("arguments") or "{}")
        used = {"type": "tool_use", "id": call["id"], "name": function["name"], "input": given}
        content.append(used)
    return {"role": turn["role"], "content": content}


def _is_tool(tool: Any) -> bool:
    return isinstance(tool, dict) and isinstance(tool.get("function"), dict)


def _tool(function: Json) -> Json:
    return {
        "name": function.get("name"),
        "description": function.get("description", ""),
        "input_schema": function.get("parameters") or {"type": "object"},
    }


def _choice(choice: Any) -> Json | None:
    if isinstance(choice, dict):
        return {"type": "tool", "name": (choice.get("function") or {}).get("name")}
    kinds = {"required": "any", "none": "none"}
    return {"type": kinds[choice]} if choice in kinds else None


def _stops(stop: Any) -> list[str]:
    return [stop] if isinstance(stop, str) else list(stop or ())


def _head(message: Json, kind: str, created: int) -> Json:
    name = "chatcmpl-" + message["id"].removeprefix("msg_")
    return {"id": name, "object": kind, "created": created, "model": message["model"]}


def _answer(message: Json) -> Json:
    calls = [_tool_call(block) for block in message["content"] if block["type"] == "tool_use"]
    text = text_of(message["content"])
    answer: Json = {"role": "assistant", "content": text if text or not calls else None}
    answer["refusal"] = None
    return {**answer, "tool_calls": calls} if calls else answer


def _tool_call(block: Json) -> Json:
    given = msgspec.json.encode(block["input"]).decode()
    function = {"name": block["name"], "arguments": given}
    return {"id": block["id"], "type": "function", "function": function}


def _usage(message: Json) -> Json:
    usage = message["usage"]
    prompt = usage["input_tokens"] + usage["cache_creation_input_tokens"]
    prompt += usage["cache_read_input_tokens"]
    written = usage["output_tokens"]
    return {
        "prompt_tokens": prompt,
        "completion_tokens": written,
        "total_tokens": prompt + written,
    }


def _deltas(message: Json) -> Iterator[tuple[Json, int]]:
    answer = _answer(message)
    yield {"role": "assistant", "content": ""}, 0
    text, written = answer["content"] or "", 0
    for start in range(0, len(text), STEP):
        piece = text[start : start + STEP]
        written = min(written + tokens_of(piece), message["usage"]["output_tokens"])
        yield {"content": piece}, written
    for index, call in enumerate(answer.get("tool_calls", ())):
        yield {"tool_calls": [{"index": index, **call}]}, message["usage"]["output_tokens"]


def _chunk(head: Json, delta: Json, reason: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": reason, "logprobs": None}
    return _data({**head, "choices": [choice]})


def _data(value: Json) -> bytes:
    return b"data: " + msgspec.json.encode(value) + b"\n\n"
