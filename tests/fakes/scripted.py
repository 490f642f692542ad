"""An upstream that does as it is told: answers, cuts, stalls; and remembers every byte it got."""

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

JSON = (
    b'{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-5-5",'
    b'"content":[{"type":"text","text":"hello"}],"stop_reason":"end_turn",'
    b'"usage":{"input_tokens":12,"output_tokens":3}}'
)
HEAD = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nrequest-id: req_1\r\n"
    b"date: Sat, 21 Nov 2026 12:00:00 GMT\r\n"
    b"anthropic-organization-id: 11111111-2222-3333-4444-555555555555\r\n"
    b"anthropic-ratelimit-requests-limit: 50\r\nanthropic-ratelimit-requests-remaining: 40\r\n"
    b"anthropic-ratelimit-requests-reset: 2026-11-21T12:00:12Z\r\n"
    b"set-cookie: a=b\r\nserver: cloudflare\r\naccess-control-allow-origin: *\r\n"
)


def answer(body: bytes = JSON, head: bytes = HEAD) -> bytes:
    """A whole answer with its length."""
    return head + b"content-length: %d\r\n\r\n" % len(body) + body


def stream_head() -> bytes:
    """The head of a chunked event stream."""
    head = HEAD.replace(b"application/json", b"text/event-stream; charset=utf-8")
    return head + b"transfer-encoding: chunked\r\n\r\n"


def event(name: str, data: str) -> bytes:
    """One event as a chunk of its own."""
    text = f"event: {name}\ndata: {data}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(text), text)


START = event(
    "message_start",
    '{"type":"message_start","message":{"id":"msg_1","model":"claude-sonnet-5-5",'
    '"usage":{"input_tokens":12,"output_tokens":1}}}',
)
DELTA = event(
    "content_block_delta",
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"hello"}}',
)
STOP = event(
    "message_delta",
    '{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}',
) + event("message_stop", '{"type":"message_stop"}')
LAST = b"0\r\n\r\n"


@dataclass
class Seen:
    """One request as it came."""

    head: bytes
    body: bytes
    headers: list[tuple[bytes, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for line in self.head.split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            self.headers.append((name.lower(), value.strip()))

    def values(self, name: bytes) -> list[bytes]:
        """All values of the header *name*."""
        return [value for each, value in self.headers if each == name]


class Call:
    """A request being answered: what a script may do with its connection."""

    def __init__(self, seen: Seen, sock: socket.socket, gone: threading.Event) -> None:
        self.seen = seen
        self._socket = sock
        self._gone = gone

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        with contextlib.suppress(OSError):
            self._socket.sendall(data)

    def wait_gone(self, seconds: float = 5.0) -> bool:
        """Wait until the other side hangs up, and tell whether it did."""
        self._socket.settimeout(seconds)
        try:
            while self._socket.recv(65536):
                pass
        except TimeoutError:
            return False
        except OSError:
            pass
        self._gone.set()
        return True


Script = Callable[[Call], None]


def plain(call: Call) -> None:
    """Answer with JSON."""
    call.send(answer())


class ScriptedUpstream:
    """Serves each connection on a thread of its own; `scripts` are used in turn, then *usual*."""

    def __init__(self, usual: Script = plain) -> None:
        self.usual = usual
        self.scripts: queue.SimpleQueue[Script] = queue.SimpleQueue()
        self.seen: list[Seen] = []
        self.raw = b""
        self.gone = threading.Event()
        self.arrived = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listening.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    def then(self, script: Script) -> None:
        """Answer the next request by *script*."""
        self.scripts.put(script)

    def __enter__(self) -> Self:
        self._accepting.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for each in tuple(self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._accepting.join(5)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                sock, _ = self._listening.accept()
            except OSError:
                return
            self._open.add(sock)
            thread = threading.Thread(target=self._serve, args=(sock,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, sock: socket.socket) -> None:
        with sock, contextlib.suppress(OSError):
            while (seen := self._read(sock)) is not None:
                self.seen.append(seen)
                self.arrived.set()
                script = self.usual if self.scripts.empty() else self.scripts.get()
                script(Call(seen, sock, self.gone))
                if seen.values(b"connection") == [b"close"]:
                    break
        self._open.discard(sock)

    def _read(self, sock: socket.socket) -> Seen | None:
        data = b""
        while b"\r\n\r\n" not in data:
            piece = sock.recv(65536)
            if not piece:
                return None
            self.raw += piece
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        seen = Seen(head, b"")
        length = int((seen.values(b"content-length") or [b"0"])[0])
        chunked = seen.values(b"transfer-encoding") == [b"chunked"]
        while len(body) < length or (chunked and not body.endswith(LAST)):
            piece = sock.recv(65536)
            if not piece:
                return None
            self.raw += piece
            body += piece
        seen.body = body
        return seen
