"""A message as server-sent events, in the order the API sends them."""

from collections.abc import Iterator
from typing import Any

import msgspec

from trayapp.simulator.answers import block_tokens
from trayapp.simulator.errors import ApiError
from trayapp.simulator.faults import Fault
from trayapp.simulator.prompt import Json, tokens_of
from trayapp.simulator.speech import Frame

STEP = 16
"""Characters in one delta, about four tokens."""
_TEXTS = frozenset({"text_delta", "thinking_delta", "input_json_delta"})


def event(data: Json) -> bytes:
    """One event; its name is its data's type."""
    return b"event: %b\ndata: %b\n\n" % (str(data["type"]).encode(), msgspec.json.encode(data))


def frames(message: Json, thinking_tokens: int) -> tuple[Frame, ...]:
    """*message* from message_start to message_stop, each event with the tokens written by it."""
    return tuple(Frame(event(data), tokens) for data, tokens in _told(message, thinking_tokens))


def with_faults(told: tuple[Frame, ...], fault: Fault) -> tuple[Frame, ...]:
    """The frames as *fault* spoils them; a cut leaves out the rest."""
    place = next((i for i, frame in enumerate(told) if b"_delta" in frame.data), 0)
    if fault.error_event:
        tokens = told[place].tokens
        told = (*told[: place + 1], Frame(event(_in_stream(ApiError(529))), tokens))
    if fault.stall:
        told = tuple(
            msgspec.structs.replace(frame, pause=fault.stall) if i == place + 1 else frame
            for i, frame in enumerate(told)
        )
    return told if fault.cut is None else told[: fault.cut]


def _in_stream(error: ApiError) -> Json:
    return {"type": "error", "error": {"type": error.kind, "message": error.message}}


def _told(message: Json, thinking_tokens: int) -> Iterator[tuple[Json, int]]:
    usage = message["usage"]
    begun = {**usage, "output_tokens": min(1, usage["output_tokens"])}
    begun["output_tokens_details"] = None
    empty: Json = {"content": [], "stop_reason": None, "stop_sequence": None, "usage": begun}
    yield {"type": "message_start", "message": {**message, **empty}}, 0
    written = 0
    for index, block in enumerate(message["content"]):
        count = thinking_tokens if block["type"] == "thinking" else block_tokens(block)
        for place, (data, tokens) in enumerate(_block(index, block, count)):
            yield data, written + tokens
            if index == place == 0:
                yield {"type": "ping"}, written
        written += count
    yield _message_delta(message), written
    yield {"type": "message_stop"}, written


def _message_delta(message: Json) -> Json:
    names = ("stop_reason", "stop_sequence", "stop_details", "container")
    counts = (
        "input_tokens",
        "cache_creation_input_tokens",
        "cache_read_input_tokens",
        "output_tokens",
        "output_tokens_details",
        "server_tool_use",
    )
    return {
        "type": "message_delta",
        "delta": {name: message[name] for name in names},
        "usage": {name: message["usage"][name] for name in counts},
    }


def _block(index: int, block: Json, count: int) -> Iterator[tuple[Json, int]]:
    yield {"type": "content_block_start", "index": index, "content_block": _opened(block)}, 0
    for delta, tokens in _deltas(block, count):
        yield {"type": "content_block_delta", "index": index, "delta": delta}, tokens
    yield {"type": "content_block_stop", "index": index}, count


def _opened(block: Json) -> Json:
    match block["type"]:
        case "text":
            return {"type": "text", "text": ""}
        case "thinking":
            return {"type": "thinking", "thinking": "", "signature": ""}
        case _:
            return {**block, "input": {}}


def _deltas(block: Json, count: int) -> Iterator[tuple[Json, int]]:
    match block["type"]:
        case "text":
            yield from _pieces(block["text"], "text", "text_delta", count)
        case "thinking":
            yield from _pieces(block["thinking"], "thinking", "thinking_delta", count)
            yield {"type": "signature_delta", "signature": block["signature"]}, count
        case _:
            given = msgspec.json.encode(block["input"]).decode()
            yield {"type": "input_json_delta", "partial_json": ""}, 0
            yield from _pieces(given, "partial_json", "input_json_delta", count)


def _pieces(text: str, name: str, kind: str, count: int) -> Iterator[tuple[dict[str, Any], int]]:
    """Slices of *text*; the last one ends at *count* tokens."""
    written = count - tokens_of(text)
    for start in range(0, len(text), STEP):
        piece = text[start : start + STEP]
        written = min(written + tokens_of(piece), count)
        yield {"type": kind, name: piece}, count if start + STEP >= len(text) else written
