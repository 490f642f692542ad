"""An upstream whose mood changes every few seconds: it answers, cuts, stalls, refuses, resets.

What it says is always about the request it got, so that a mixed-up answer is found.
"""

import asyncio
import random
import re
import socket
import struct
from collections import Counter

from tests.fakes.scripted import LAST, event

LINGER_RESET = struct.pack("ii", 1, 0)
LIMITS = (
    b"anthropic-organization-id: 11111111-2222-3333-4444-555555555555\r\n"
    b"anthropic-ratelimit-requests-limit: 60000\r\n"
    b"anthropic-ratelimit-requests-remaining: 60000\r\n"
    b"anthropic-ratelimit-requests-reset: 2026-11-21T12:00:00Z\r\n"
    b"date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
)
ERROR = b'{"type":"error","error":{"type":"%b","message":"soak"}}'
MOODS = (
    "slow",
    "cut",
    "reset",
    "silent_reset",
    "mute",
    "overloaded",
    "throttled",
    "broken",
    "closing",
    "garbage",
)


class Upstream:
    """Answers each message by its mood; *served* counts by mood."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self.mood = "well"
        self.served: Counter[str] = Counter()
        self.asked = asyncio.Condition()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.url = ""

    async def open(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        """Listen no more, and hang up."""
        assert self._server
        self._server.close()
        for writer in list(self._open):
            writer.close()
        await self._server.wait_closed()

    def change(self) -> str:
        """Take another mood, every other one well, so that healing shows; return it."""
        self.mood = "well" if self.mood != "well" else self._chance.choice(MOODS)
        return self.mood

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            self._open.discard(writer)
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer the next request; false where the connection ends with it."""
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        mood = self.mood
        self.served[mood] += 1
        async with self.asked:
            self.asked.notify_all()
        name = re.search(rb"soak-\d+", body)
        assert name, "a request arrived without its body"
        if mood == "silent_reset":
            return _reset(writer)
        if mood == "mute":
            await asyncio.sleep(self._chance.uniform(0.5, 2.0))
            return _reset(writer)
        if mood in ("overloaded", "throttled", "broken"):
            writer.write(_refusal(mood))
            return True
        if mood == "garbage":
            writer.write(b"HTTP/1.1 2x0 what\r\n\r\n")
            return False
        return await self._answer(mood, name[0], b'"stream":true' in body, writer)

    async def _answer(
        self, mood: str, name: bytes, is_stream: bool, writer: asyncio.StreamWriter
    ) -> bool:
        pieces = _stream(name) if is_stream else _plain(name, closes=mood == "closing")
        last = len(pieces) if mood in ("well", "slow", "closing") else self._cut(pieces)
        for piece in pieces[:last]:
            writer.write(piece)
            await writer.drain()
            if mood == "slow":
                await asyncio.sleep(self._chance.uniform(0.0, 0.2))
        if mood == "reset":
            return _reset(writer)
        return mood in ("well", "slow")

    def _cut(self, pieces: list[bytes]) -> int:
        """Break *pieces* inside one of them, and return how many to send."""
        at = self._chance.randrange(len(pieces))
        pieces[at] = pieces[at][: self._chance.randrange(len(pieces[at]))]
        return at + 1


def _reset(writer: asyncio.StreamWriter) -> bool:
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_RESET)
    writer.transport.abort()
    return False


def _refusal(mood: str) -> bytes:
    status, kind, more = {
        "overloaded": (b"529 Overloaded", b"overloaded_error", b""),
        "throttled": (b"429 Too Many Requests", b"rate_limit_error", b"retry-after: 1\r\n"),
        "broken": (b"500 Internal Server Error", b"api_error", b""),
    }[mood]
    body = ERROR % kind
    head = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\n%b%b" % (status, LIMITS, more)
    return head + b"content-length: %d\r\n\r\n" % len(body) + body


def _plain(name: bytes, *, closes: bool) -> list[bytes]:
    body = (
        b'{"id":"%b","type":"message","role":"assistant","model":"claude-sonnet-5-5","content":'
        b'[{"type":"text","text":"hello"}],"stop_reason":"end_turn",'
        b'"usage":{"input_tokens":12,"output_tokens":3}}' % name
    )
    more = b"connection: close\r\n" if closes else b""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n%b%b" % (LIMITS, more)
    return [head, b"content-length: %d\r\n\r\n" % len(body), body]


def _stream(name: bytes) -> list[bytes]:
    start = (
        '{"type":"message_start","message":{"id":"%s","type":"message","role":"assistant",'
        '"model":"claude-sonnet-5-5","content":[],"usage":{"input_tokens":12,"output_tokens":1}}}'
    )
    delta = '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}'
    usage = (
        '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}'
    )
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n%b" % LIMITS
    return [
        head + b"transfer-encoding: chunked\r\n\r\n",
        event("message_start", start % name.decode()),
        *(event("content_block_delta", delta) for _ in range(8)),
        event("message_delta", usage),
        event("message_stop", '{"type":"message_stop"}') + LAST,
    ]
