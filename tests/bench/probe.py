"""A client that costs little: bytes prepared beforehand, one buffer, no event loop."""

import itertools
import json
import re
import select
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_SENT = re.compile(rb'"text": ?"(\d{20})"')
_COUNT = itertools.count(time.time_ns() % 10**12)
_BUFFER = bytearray(1 << 20)
_VIEW = memoryview(_BUFFER)


class WrongAnswer(Exception):
    """What came is not what the upstream gives."""


@dataclass(frozen=True)
class Target:
    """What listens on *port*; *fields* is what it wants in a head. *pids*: of whose accounting."""

    name: str
    port: int
    pids: list[int] = field(default_factory=list)
    fields: str = "x-api-key: sk-ant-api03-bench\r\n"


class Asking:
    """Requests of one size to one target, each unlike every other, so that no cache answers it."""

    def __init__(self, target: Target, size: int, mode: str = "json", *, model: str = "") -> None:
        filler = "Lorem ipsum dolor sit amet, consetetur. " * (size // 40 + 1)
        value = {
            "model": model or "claude-sonnet-5-5",
            "max_tokens": 1024,
            "stream": mode != "json",
            "messages": [{"role": "user", "content": f"{mode} @ {filler}"}],
        }
        before, _, after = json.dumps(value).encode().partition(b"@")
        spare = max(0, len(before) + 19 + len(after) - size)
        after = after.replace(filler.encode(), filler[: len(filler) - spare].encode())
        head = (
            f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{target.port}\r\n"
            f"content-type: application/json\r\nanthropic-version: 2023-06-01\r\n"
            f"user-agent: bench/1\r\naccept: */*\r\naccept-encoding: identity\r\n{target.fields}"
            f"content-length: {len(before) + 19 + len(after)}\r\n\r\n"
        )
        self._before = head.encode() + before
        self._after = after

    def another(self) -> bytes:
        """Return a request that has not been asked before."""
        return self.numbered(next(_COUNT))

    def numbered(self, number: int) -> bytes:
        """Return the request of this *number*."""
        return b"%b%019d%b" % (self._before, number, self._after)


def connect(target: Target) -> socket.socket:
    """Return a connection without delay."""
    sock = socket.create_connection(("127.0.0.1", target.port), 60)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def rest_of(seen: memoryview) -> int | None:
    """Return how many bytes are still to come; None where chunks go on; 0 at the end."""
    begun = bytes(seen[:8192])
    end = begun.find(b"\r\n\r\n")
    if end < 0:
        return 1
    if not begun.startswith(b"HTTP/1.1 200 "):
        raise WrongAnswer(begun[:600].decode("latin-1"))
    length = _LENGTH.search(begun, 0, end + 2)
    if length is None:
        return 0 if bytes(seen[-5:]) == b"0\r\n\r\n" else None
    return end + 4 + int(length[1]) - len(seen)


def ask(sock: socket.socket, request: bytes) -> float:
    """Send *request*, read the whole answer, return microseconds."""
    began = time.perf_counter_ns()
    sock.sendall(request)
    size = sock.recv_into(_BUFFER)
    while rest_of(_VIEW[:size]) != 0:
        more = sock.recv_into(_VIEW[size:])
        if not more:
            raise WrongAnswer("closed in the middle of an answer")
        size += more
    return (time.perf_counter_ns() - began) / 1000


class Loop:
    """Many connections, each of which asks again as soon as it is answered."""

    def __init__(self, target: Target, asking: Asking, connections: int) -> None:
        self._asking = asking
        self._sockets = {}
        self._poll = select.epoll()
        for _ in range(connections):
            sock = connect(target)
            ask(sock, asking.another())
            self._sockets[sock.fileno()] = sock
            self._poll.register(sock.fileno(), select.EPOLLIN)

    def run(self, seconds: float) -> float:
        """Return answers a second."""
        began, answered = time.perf_counter(), 0
        until = began + seconds
        for sock in self._sockets.values():
            sock.sendall(self._asking.another())
        parts: dict[int, bytes] = {}
        waiting = set(self._sockets)
        expected = 0
        while waiting:
            for fd, _ in self._poll.poll(30):
                sock = self._sockets[fd]
                size = sock.recv_into(_BUFFER)
                if not size:
                    raise WrongAnswer("closed in the middle of an answer")
                if fd in parts or size != expected:
                    seen = parts.pop(fd, b"") + _VIEW[:size].tobytes()
                    if rest_of(memoryview(seen)) != 0:
                        parts[fd] = seen
                        continue
                    expected = len(seen)
                answered += 1
                if time.perf_counter() < until:
                    sock.sendall(self._asking.another())
                else:
                    waiting.discard(fd)
        return answered / (time.perf_counter() - began)

    def close(self) -> None:
        """Hang up."""
        self._poll.close()
        for sock in self._sockets.values():
            sock.close()


@dataclass
class Streamed:
    """What streams at once gave: microseconds to the first event, and of each event's way."""

    first: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)


def stream(target: Target, mode: str, count: int, *, model: str = "") -> Streamed:
    """Ask for *count* streams at once, and read them to their ends."""
    asking = Asking(target, 400, mode, model=model)
    sockets = [connect(target) for _ in range(count)]
    poll, told = select.epoll(), Streamed()
    by_fd = {sock.fileno(): sock for sock in sockets}
    began, tails = {}, dict.fromkeys(by_fd, b"")
    for fd, sock in by_fd.items():
        poll.register(fd, select.EPOLLIN)
        began[fd] = time.monotonic_ns()
        sock.sendall(asking.another())
    while tails:
        for fd, _ in poll.poll(60):
            size = by_fd[fd].recv_into(_BUFFER)
            now, seen = time.monotonic_ns(), tails[fd] + _VIEW[:size].tobytes()
            if fd in began and b"message_start" in seen:
                told.first.append((now - began.pop(fd)) / 1000)
            last = 0
            for sent in _SENT.finditer(seen):
                told.delays.append((now - int(sent[1])) / 1000)
                last = sent.end()
            tails[fd] = seen[last:][-4096:]
            if seen.endswith(b"0\r\n\r\n") or not size:
                del tails[fd]
                poll.unregister(fd)
    poll.close()
    for sock in sockets:
        sock.close()
    if len(told.first) != count:
        raise WrongAnswer(f"{count - len(told.first)} of {count} streams gave no event")
    return told


def turns(names: list[str], number: int) -> Iterator[str]:
    """Give the names in an order that moves on with *number*."""
    at = number % len(names)
    yield from names[at:] + names[:at]
