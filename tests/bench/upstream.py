"""A fixed upstream for benchmarks: one JSON answer, or a stream of events, paced or at once.

    python tests/bench/upstream.py PORT

`x-bench: burst` asks for 205 events at once, `x-bench: paced` for one every 5 ms, anything else
for 2,095 bytes of JSON. Each delta carries the moment it was sent (CLOCK_MONOTONIC, ns).
"""

import asyncio
import json
import sys
import time

EVENTS = 200
PACE_S = 0.005

_USAGE = {"input_tokens": 1000, "output_tokens": 400}
_MESSAGE = {
    "id": "msg_bench",
    "type": "message",
    "role": "assistant",
    "model": "claude-sonnet-5-5",
    "content": [{"type": "text", "text": ""}],
    "stop_reason": "end_turn",
    "usage": _USAGE,
}
_FILL = 2095 - len(json.dumps(_MESSAGE))
_BODY = json.dumps({**_MESSAGE, "content": [{"type": "text", "text": "x" * _FILL}]}).encode()
# Limits that no load here comes near: what is measured is the relay, not its pacing.
_LIMITS = b"".join(
    b"anthropic-ratelimit-%b-limit: 100000000000\r\n"
    b"anthropic-ratelimit-%b-remaining: 100000000000\r\n"
    b"anthropic-ratelimit-%b-reset: 2026-11-21T12:00:00Z\r\n" % (name, name, name)
    for name in (b"requests", b"input-tokens", b"output-tokens")
)
_COMMON = (
    b"date: Sat, 21 Nov 2026 12:00:00 GMT\r\nrequest-id: req_bench\r\n"
    b"anthropic-organization-id: 00000000-0000-0000-0000-000000000000\r\n" + _LIMITS
)
_JSON = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n" % len(_BODY)
    + _COMMON
    + b"\r\n"
    + _BODY
)
_STREAM = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n"
    + _COMMON
    + b"\r\n"
)


def event(name: str, data: dict[str, object]) -> bytes:
    """One server-sent event as a chunk."""
    text = f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(text), text)


def delta() -> bytes:
    """A delta of about 135 bytes with the time of its making in it."""
    text = f"{time.monotonic_ns():020d}"
    return event("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": text}})


_START = event("message_start", {"message": {**_MESSAGE, "content": [], "stop_reason": None}})
_BLOCK = event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
_END = (
    event("content_block_stop", {"index": 0})
    + event("message_delta", {"delta": {"stop_reason": "end_turn"}, "usage": _USAGE})
    + event("message_stop", {})
    + b"0\r\n\r\n"
)


class Upstream(asyncio.Protocol):
    """Reads just enough of HTTP to know where a request ends."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self._seen = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._seen += data
        while (end := self._seen.find(b"\r\n\r\n")) >= 0:
            head = bytes(self._seen[:end]).lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._seen) < end + 4 + length:
                return
            del self._seen[: end + 4 + length]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        if b"x-bench: burst" in head:
            self.transport.write(_STREAM + _START + _BLOCK)
            for _ in range(EVENTS):
                self.transport.write(delta())
            self.transport.write(_END)
        elif b"x-bench: paced" in head:
            self.transport.write(_STREAM + _START + _BLOCK)
            self._pace(EVENTS)
        else:
            self.transport.write(_JSON)

    def _pace(self, left: int) -> None:
        if self.transport.is_closing():
            return
        if not left:
            self.transport.write(_END)
            return
        self.transport.write(delta())
        asyncio.get_running_loop().call_later(PACE_S, self._pace, left - 1)


async def main(port: int) -> None:
    """Serve until ended."""
    server = await asyncio.get_running_loop().create_server(Upstream, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
