"""A client of a running engine: its control socket, one JSON value a line."""

import os
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import msgspec

from trayapp import __version__
from trayapp.home import Home, is_ours
from trayapp.model.command import FRAME_LIMIT, PROTOCOL, Answer, Ask, Command, Hello
from trayapp.model.errors import NoEngine
from trayapp.model.snapshot import Snapshot

PATIENCE = 5.0
"""Seconds an engine may take for anything it is asked."""


T = TypeVar("T", bound=msgspec.Struct)


class _Frame(msgspec.Struct):
    """Any line from the engine: a Snapshot, or an answer."""

    snapshot: Snapshot | None = None
    id: int | None = None
    ok: bool = False
    message: str = ""
    value: Any = None


class Control:
    """A connection to the engine of *home*; raises `NoEngine` where none answers.

    *snapshot* is always the last one that was read, *waited* the seconds that went by since in
    `wait`.
    """

    def __init__(self, home: Home, *, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._home = home.given or home.data
        self._read = bytearray()
        self._asked = 0
        self.waited = 0.0
        self._socket = _connect(home.engine_socket(), self._home, patience)
        try:
            self._greet()
            self.snapshot = self._first()
        except BaseException:
            self.close()
            raise

    def ask(self, command: Command) -> Answer:
        """Say *command* and wait for its answer; Snapshots that come in between are kept."""
        self._asked += 1
        self._send(Ask(id=self._asked, ask=command))
        while True:
            frame = self._frame()
            if frame.snapshot is not None:
                self.snapshot = frame.snapshot
            elif frame.id == self._asked:
                return Answer(frame.id, frame.ok, frame.message, frame.value)

    def wait(self, seconds: float) -> bool:
        """Wait for the next Snapshot; false when *seconds* passed without one."""
        try:
            frame = msgspec.json.decode(self._line(seconds), type=_Frame)
        except TimeoutError:
            self.waited += seconds
            return False
        except msgspec.MsgspecError:
            raise self._strange() from None
        if frame.snapshot is not None:
            self.snapshot = frame.snapshot
            self.waited = 0.0
        return frame.snapshot is not None

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.close()

    def _greet(self) -> None:
        self._send(Hello(PROTOCOL, __version__))
        hello = self._decode(Hello)
        if hello.protocol != PROTOCOL:
            raise NoEngine(
                f"The running engine is version {hello.version!a} and speaks another protocol "
                f"than this sluice ({__version__}); stop it and start it again."
            )

    def _first(self) -> Snapshot:
        frame = self._frame()
        if frame.snapshot is None:
            raise self._strange()
        return frame.snapshot

    def _frame(self) -> _Frame:
        return self._decode(_Frame)

    def _decode(self, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(self._line(self._patience), type=kind)
        except TimeoutError:
            raise NoEngine(
                f"The engine of {self._home} did not answer within {self._patience:g} s."
            ) from None
        except msgspec.MsgspecError:
            raise self._strange() from None

    def _line(self, patience: float) -> bytes:
        """The next line; raises `TimeoutError` when nothing came for *patience* seconds."""
        self._socket.settimeout(patience)
        while (end := self._read.find(b"\n")) < 0:
            if len(self._read) > FRAME_LIMIT:
                raise self._strange()
            try:
                data = self._socket.recv(1 << 16)
            except ConnectionError:
                data = b""
            if not data:
                raise NoEngine(f"The engine of {self._home} has stopped.")
            self._read += data
        line = bytes(self._read[:end])
        del self._read[: end + 1]
        return line

    def _send(self, value: msgspec.Struct) -> None:
        try:
            self._socket.sendall(msgspec.json.encode(value) + b"\n")
        except OSError:
            raise NoEngine(f"The engine of {self._home} has stopped.") from None

    def _strange(self) -> NoEngine:
        return NoEngine(f"What answers for {self._home} is not an engine of this version.")


def _connect(path: Path, home: Path, patience: float) -> socket.socket:
    absent = f"No engine answers for {home}; start one with: sluice serve"
    if not hasattr(socket, "AF_UNIX"):
        raise NoEngine("Asking a running engine is not possible on Windows yet.")
    try:
        if not is_ours(path):
            raise NoEngine(f"{path} was not put there by an engine of yours.")
        connection = socket.socket(socket.AF_UNIX)
    except OSError:
        raise NoEngine(absent) from None
    try:
        connection.settimeout(patience)
        connection.connect(os.fspath(path))
    except OSError:
        connection.close()
        raise NoEngine(absent) from None
    return connection
