"""Messages requests as they are asked twice, and answers as they are kept."""

import json
from pathlib import Path
from typing import Any

import msgspec

from tests.fakes.requests import a_request
from trayapp.cache.kept import Kept
from trayapp.model.exchange import Caller, Request
from trayapp.model.usage import Usage

TOOL = Caller("script")
STREAM = Path(__file__).parent.parent.joinpath("recordings", "message.sse").read_bytes()
SECRET = bytes(range(32))
KEY = bytes(range(32, 64))

USAGE: dict[str, Any] = {"input_tokens": 12, "output_tokens": 3}
MESSAGE: dict[str, Any] = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-sonnet-5-5",
    "content": [{"type": "text", "text": "hello"}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": USAGE,
}


def body(**fields: Any) -> bytes:
    """A body that may be looked up, with *fields* in place of its own; None takes one away."""
    whole = {
        "model": "claude-sonnet-5-5",
        "max_tokens": 100,
        "messages": [{"role": "user", "content": "hi"}],
        **fields,
    }
    return json.dumps({name: value for name, value in whole.items() if value is not None}).encode()


def asking(*headers: tuple[bytes, bytes], **fields: Any) -> Request:
    """A request of a tool that may be answered from the cache."""
    stated = (*a_request().headers, (b"anthropic-version", b"2023-06-01"), *headers)
    return a_request(**{"caller": TOOL, "body": body(), "headers": stated, **fields})


def message(**fields: Any) -> bytes:
    """A plain answer."""
    return msgspec.json.encode({**MESSAGE, **fields})


def kept(at: float = 0.0, text: bytes | None = None, *, stream: bool = False) -> Kept:
    """An answer that was kept."""
    content = text if text is not None else (STREAM if stream else message())
    return Kept(stream, content, "claude-sonnet-5-5", Usage(12, 3), at)
