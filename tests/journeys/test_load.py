"""More of everything than one developer has: callers, streams, bytes, and too few files."""

import asyncio
import contextlib
import hashlib
import resource
import socket
import threading
from pathlib import Path

import pytest

from tests.fakes.scripted import DELTA, JSON, LAST, START, STOP, Call, ScriptedUpstream, answer
from tests.fakes.scripted import HEAD as SCRIPTED
from tests.journeys.conftest import EngineProcess, Start, message, read_all
from trayapp.cli.ask import Control
from trayapp.engine.room import make_room
from trayapp.home import Home

pytestmark = pytest.mark.slow

OWN = "x-api-key: sk-ant-api03-my-own\r\n"
STREAM = b'{"model":"claude-sonnet-5-5","stream":true}'
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
"""Of a server that states no limits."""
MIB = 1024 * 1024


def memory(engine: EngineProcess, what: str = "VmRSS") -> int:
    """Bytes of the engine's memory: at present, or by *what* of /proc (`VmHWM`: the most so far)."""
    lines = Path(f"/proc/{engine.process.pid}/status").read_text().splitlines()
    (line,) = (each for each in lines if each.startswith(f"{what}:"))
    return int(line.split()[1]) * 1024


def test_a_thousand_idle_callers_and_two_hundred_streams(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Two hundred streams at once arrive whole past as many idle callers as there may be (R19)."""
    make_room()
    go_on = threading.Event()

    def stream(call: Call) -> None:
        call.send(HEAD + START)
        go_on.wait(30)
        call.send(DELTA + STOP + LAST)

    upstream.usual = stream
    before = memory(engine)

    async def caller(request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", engine.port)
        writer.write(request)
        first = await reader.readuntil(b"message_start\n")
        waiting.release()
        rest = await reader.read()
        writer.close()
        return first + rest

    waiting = asyncio.Semaphore(0)

    async def scene() -> list[bytes]:
        idle = [await asyncio.open_connection("127.0.0.1", engine.port) for _ in range(800)]
        async with asyncio.TaskGroup() as group:
            request = message(engine.port, OWN, STREAM)
            streams = [group.create_task(caller(request)) for _ in range(200)]
            for _ in streams:
                await waiting.acquire()
            go_on.set()
        for _, writer in idle:
            writer.close()
        return [each.result() for each in streams]

    answers = asyncio.run(scene())

    assert all(answer.endswith(LAST) and b"event: error" not in answer for answer in answers)
    assert memory(engine) - before < 100 * MIB


class Sink:
    """An upstream that takes one upload, however large, and keeps only its digest."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.digest = hashlib.sha256()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        self.thread = threading.Thread(target=self._take)
        self.thread.start()

    def _take(self) -> None:
        with self.socket, contextlib.suppress(OSError):
            accepted, _ = self.socket.accept()
            with accepted:
                head = b""
                while b"\r\n\r\n" not in head:
                    head += accepted.recv(MIB)
                rest = head.partition(b"\r\n\r\n")[2]
                self.digest.update(rest)
                left = self.size - len(rest)
                while left:
                    data = accepted.recv(MIB)
                    self.digest.update(data)
                    left -= len(data)
                accepted.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}")


def test_the_largest_body_arrives_byte_for_byte(start: Start) -> None:
    """Thirty-two megabytes reach upstream as they were, within three times their size (R20)."""
    filler = b"x" * (32 * MIB - 64)
    body = b'{"model":"claude-sonnet-5-5","filler":"' + filler + b'"}'
    sink = Sink(len(body))
    engine = start("--upstream", sink.url)
    before = memory(engine)

    shown = engine.raw(message(engine.port, OWN, body))
    sink.thread.join(10)

    assert shown.startswith(b"HTTP/1.1 200 ")
    assert sink.digest.digest() == hashlib.sha256(body).digest()
    assert memory(engine, "VmHWM") - before < 3 * 32 * MIB


def test_an_upload_of_two_hundred_megabytes_is_not_held(start: Start) -> None:
    """A file passes through in constant memory and arrives as it was."""
    piece, times = b"0123456789abcdef" * (MIB // 16), 200
    sink = Sink(len(piece) * times)
    engine = start("--upstream", sink.url)
    before = memory(engine)
    digest = hashlib.sha256()
    head = (
        f"POST /v1/files HTTP/1.1\r\nhost: 127.0.0.1:{engine.port}\r\n{OWN}"
        "content-type: multipart/form-data; boundary=x\r\nconnection: close\r\n"
        f"content-length: {sink.size}\r\n\r\n"
    )
    with engine.connect() as sock:
        sock.sendall(head.encode())
        for _ in range(times):
            sock.sendall(piece)
            digest.update(piece)
        shown = read_all(sock)
    sink.thread.join(10)

    assert shown.startswith(b"HTTP/1.1 200 ")
    assert sink.digest.digest() == digest.digest()
    assert memory(engine, "VmHWM") - before < 32 * MIB


def allow_files(engine: EngineProcess, most: int) -> None:
    """Let *engine* open only files below number *most* from now on."""
    pid = engine.process.pid
    try:
        _, ceiling = resource.prlimit(pid, resource.RLIMIT_NOFILE)
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, ceiling))
    except (AttributeError, PermissionError):
        pytest.skip("only root on Linux may take files away from a process that hides its memory")


def known(engine: EngineProcess) -> socket.socket:
    """A connection that has been answered, and so holds a file."""
    sock = engine.connect()
    sock.sendall(message(engine.port, OWN).replace(b"connection: close\r\n", b""))
    seen = b""
    while not seen.endswith(JSON):
        seen += sock.recv(MIB)
    return sock


def test_callers_are_served_again_after_files_ran_out(engine: EngineProcess) -> None:
    """When idle callers have used up all files, they make room, and the user is told (R37)."""
    files = Path(f"/proc/{engine.process.pid}/fd")
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(known(engine))
        allow_files(engine, 1 + max(int(file.name) for file in files.iterdir()))
        late = [stack.enter_context(engine.connect()) for _ in range(4)]
        late[-1].sendall(message(engine.port, OWN))

        assert read_all(late[-1]).startswith(b"HTTP/1.1 200 ")
    with Control(Home.locate(str(engine.home), {})) as control:
        assert [each.code for each in control.snapshot.problems] == ["files"]
    engine.quiet = False
    engine.balance()
    assert engine.stop()[1].count("Too many open files") == 1


def test_a_road_that_no_file_is_left_for_is_said_to_be_none(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Where the last file is the caller's, it is told what is missing (R37)."""

    def once(call: Call) -> None:
        call.seen.headers.append((b"connection", b"close"))
        call.send(answer(head=SCRIPTED.replace(b"\r\n", b"\r\nconnection: close\r\n", 1)))

    upstream.then(once)
    engine.quiet = False
    with known(engine) as sock:
        allow_files(engine, 3)
        sock.sendall(message(engine.port, OWN))
        shown = read_all(sock)
    allow_files(engine, 1024)

    assert b"open no more files" in shown
