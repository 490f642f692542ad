"""An engine's control socket that says what a test tells it to."""

import contextlib
import datetime as dt
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import msgspec

from trayapp.home import Home
from trayapp.model.command import PROTOCOL, Answer, Ask, Hello, SnapshotFrame
from trayapp.model.snapshot import Snapshot

STARTED = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)

SNAPSHOT = Snapshot(
    version="0.1.0",
    started_at=STARTED,
    uptime_s=0.0,
    paused=False,
    base_url="http://127.0.0.1:7429",
)

Reply = Callable[[Ask], list[bytes]]
E = TypeVar("E", bound="FakeEngine")


def line(value: msgspec.Struct) -> bytes:
    """*value* as a frame."""
    return msgspec.json.encode(value) + b"\n"


def agree(ask: Ask) -> list[bytes]:
    """Answer every command with done."""
    return [line(Answer(ask.id, ok=True))]


class FakeEngine:
    """What `control` serves: *greeting* is sent after the client's Hello, then each ask replied to."""

    def __init__(self, greeting: list[bytes] | None = None, reply: Reply = agree) -> None:
        self.greeting = greeting or [line(Hello(PROTOCOL, "0.1.0")), line(SnapshotFrame(SNAPSHOT))]
        self.reply = reply
        self.heard: list[Ask] = []
        self.hello: Hello | None = None
        self._connection: socket.socket | None = None

    def hang_up(self) -> None:
        """End the connection there is, as an engine's end does."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.shutdown(socket.SHUT_RDWR)

    def serve(self, connection: socket.socket) -> None:
        """Speak with one client until it hangs up."""
        self._connection = connection
        with connection, connection.makefile("rb") as lines, contextlib.suppress(OSError):
            self.hello = msgspec.json.decode(lines.readline(), type=Hello)
            for frame in self.greeting:
                connection.sendall(frame)
            if self.greeting and not self.greeting[-1]:
                return  # an empty frame stands for hanging up
            for text in lines:
                ask = msgspec.json.decode(text, type=Ask)
                self.heard.append(ask)
                for frame in self.reply(ask):
                    connection.sendall(frame)


@contextlib.contextmanager
def control(home: Home, engine: E) -> Iterator[E]:
    """Serve *engine* on the control socket of *home*, one client after the other."""
    home.prepare()
    with _listening(home.control_socket) as server:
        thread = threading.Thread(target=_accept, args=(server, engine), daemon=True)
        thread.start()
        try:
            yield engine
        finally:
            server.shutdown(socket.SHUT_RDWR)
            engine.hang_up()
            thread.join(5)


@contextlib.contextmanager
def _listening(path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()
        yield server


def _accept(server: socket.socket, engine: FakeEngine) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = server.accept()
            engine.serve(connection)
