"""The desk's one road to the engine: a `QLocalSocket` on its control socket. No thread, no asyncio."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from trayapp import __version__
from trayapp.model.command import FRAME_LIMIT, PROTOCOL, Answer, Ask, Command, Hello
from trayapp.model.snapshot import Snapshot

GREETING_MS = 5000
"""How long what accepted us may take to say that it is an engine."""

Done = Callable[[Answer], None]

NO_ENGINE = "The engine is not running."
"""What a command is answered with that could not be said, or whose answer was lost."""


class _Line(msgspec.Struct):
    """Any line from the engine: its Hello, a Snapshot, or an answer."""

    protocol: int | None = None
    version: str = ""
    snapshot: Snapshot | None = None
    id: int | None = None
    ok: bool = False
    message: str = ""
    value: Any = None


class Bridge(QObject):
    """Snapshots in, commands out.

    Signals: *changed* with each Snapshot; *opened* once an engine has said its Hello and its
    first Snapshot; *closed* with a sentence ("" for a plain end) when it is gone, or when nobody
    answered a `connect_to`.
    """

    changed = Signal(object)
    opened = Signal()
    closed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.snapshot: Snapshot | None = None
        self.version = ""
        self.is_open = False
        self._read = bytearray()
        self._asked = 0
        self._waiting: dict[int, Done] = {}
        self._decoder = msgspec.json.Decoder(_Line)
        self._encoder = msgspec.json.Encoder()
        self._patience = QTimer(self, interval=GREETING_MS, singleShot=True)
        self._patience.timeout.connect(lambda: self._end("What answers there is not an engine."))
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._greet)
        self._socket.readyRead.connect(self._take)
        self._socket.disconnected.connect(self._end)
        self._socket.errorOccurred.connect(lambda _error: self._end())
        self._trying = False

    def connect_to(self, path: Path) -> None:
        """Try once; ends in *opened* or *closed*."""
        self._trying = True
        self._patience.start()
        self._socket.connectToServer(str(path))

    def ask(self, command: Command, done: Done | None = None) -> None:
        """Say *command*; *done* hears its answer, a refusal where no engine answers. Never waits."""
        if not self.is_open:
            if done is not None:
                done(Answer(0, ok=False, message=NO_ENGINE))
            return
        self._asked += 1
        if done is not None:
            self._waiting[self._asked] = done
        self._say(Ask(self._asked, command))

    def close(self) -> None:
        """Hang up."""
        self._end()

    def _greet(self) -> None:
        self._read.clear()
        self._say(Hello(PROTOCOL, __version__))

    def _say(self, frame: Hello | Ask) -> None:
        self._socket.write(self._encoder.encode(frame) + b"\n")

    def _take(self) -> None:
        self._read += self._socket.readAll().data()
        *lines, rest = bytes(self._read).split(b"\n")
        self._read = bytearray(rest)
        if len(rest) > FRAME_LIMIT:
            self._end("What answers there is not an engine.")
            return
        latest: Snapshot | None = None
        for text in lines:
            try:
                line = self._decoder.decode(text)
            except msgspec.MsgspecError:
                self._end("The running engine says what this version does not understand.")
                return
            latest = line.snapshot or latest
            self._hear(line)
        if latest is not None and self._trying:
            self._show(latest)

    def _hear(self, line: _Line) -> None:
        if line.protocol is not None:
            self.version = line.version
            if line.protocol != PROTOCOL:
                self._end(f"The running engine is version {line.version!a}: stop it and try again.")
        elif line.id is not None and (done := self._waiting.pop(line.id, None)):
            done(Answer(line.id, line.ok, line.message, line.value))

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        if not self.is_open:
            self._patience.stop()
            self.is_open = True
            self.opened.emit()
        self.changed.emit(snapshot)

    def _end(self, why: str = "") -> None:
        """Tell once that the engine is gone, and those who wait for its answers."""
        if not self._trying:
            return
        self._trying = self.is_open = False
        self._patience.stop()
        self._socket.abort()
        self._read.clear()
        waiting, self._waiting = self._waiting, {}
        for done in waiting.values():
            done(Answer(0, ok=False, message=NO_ENGINE))
        self.closed.emit(why)
