"""Upstreams that cost little: one JSON answer, or a stream of events, paced or at once.

    python -m tests.bench.upstream PORT

The word that the prompt begins with says which: `burst` is 205 events at once, `paced` one every
5 ms, anything else 2,095 bytes of JSON. Each delta carries the moment it was sent
(CLOCK_MONOTONIC, ns). Where the most answers a second are wanted, nginx gives the same JSON.
"""

import asyncio
import datetime as dt
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
    "stop_sequence": None,
    "usage": _USAGE,
}
_FILL = 2095 - len(json.dumps(_MESSAGE))
BODY = json.dumps({**_MESSAGE, "content": [{"type": "text", "text": "x" * _FILL}]}).encode()


def limits() -> list[tuple[str, str]]:
    """Return headers of limits that no load here comes near: the relay is measured, not a wait."""
    reset = (dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return [
        (f"anthropic-ratelimit-{name}-{what}", value)
        for name in ("requests", "input-tokens", "output-tokens", "tokens")
        for what, value in (("limit", "9" * 11), ("remaining", "9" * 11), ("reset", reset))
    ]


def fields() -> list[tuple[str, str]]:
    """Return the headers of every answer."""
    return [
        ("request-id", "req_bench"),
        ("anthropic-organization-id", "00000000-0000-0000-0000-000000000000"),
        *limits(),
    ]


def _head(*more: str) -> bytes:
    date = dt.datetime.now(dt.UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    lines = [f"{name}: {value}" for name, value in [("date", date), *fields()]]
    return "\r\n".join(["HTTP/1.1 200 OK", *more, *lines, "", ""]).encode()


def event(name: str, data: dict[str, object]) -> bytes:
    """One server-sent event as a chunk."""
    text = f"event: {name}\ndata: {json.dumps({'type': name, **data})}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(text), text)


_DELTA = event(
    "content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": "0" * 20}}
).split(b"0" * 20)


def delta() -> bytes:
    """A delta with the time of its making in it."""
    return b"%b%020d%b" % (_DELTA[0], time.monotonic_ns(), _DELTA[1])


_JSON = _head("content-type: application/json", f"content-length: {len(BODY)}") + BODY
_STREAM = (
    _head("content-type: text/event-stream; charset=utf-8", "transfer-encoding: chunked")
    + event("message_start", {"message": {**_MESSAGE, "content": [], "stop_reason": None}})
    + event("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}})
)
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
        self._head = b""
        self._seen: list[bytes] = []
        self._left = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        if not self._left:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            head, data, self._head = self._head[:end].lower(), self._head[end + 4 :], b""
            at = head.find(b"content-length:")
            self._left = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
        self._seen.append(data)
        self._left -= len(data)
        if not self._left:
            body, self._seen = b"".join(self._seen), []
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        begins = body[:16384]  # peers put members of their own before the prompt
        if b'"burst ' in begins:
            self.transport.write(_STREAM)
            for _ in range(EVENTS):
                self.transport.write(delta())
            self.transport.write(_END)
        elif b'"paced ' in begins:
            self.transport.write(_STREAM)
            self._pace(EVENTS, asyncio.get_running_loop().time())
        else:
            self.transport.write(_JSON)

    def _pace(self, left: int, due: float) -> None:
        if self.transport.is_closing():
            return
        if not left:
            self.transport.write(_END)
            return
        self.transport.write(delta())
        due += PACE_S
        asyncio.get_running_loop().call_at(due, self._pace, left - 1, due)


async def main(port: int) -> None:
    """Serve until ended."""
    server = await asyncio.get_running_loop().create_server(Upstream, "127.0.0.1", port)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
