"""The control socket: Snapshots up, commands down, one JSON value a line."""

import asyncio
import os
import socket
import struct
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from trayapp import __version__
from trayapp.engine.publisher import Publisher
from trayapp.engine.tasks import Tasks
from trayapp.listener.server import AT_ONCE, BACKLOG
from trayapp.model.command import (
    FRAME_LIMIT,
    PROTOCOL,
    Answer,
    Ask,
    Command,
    Hello,
    SnapshotFrame,
)
from trayapp.model.errors import SluiceError
from trayapp.model.snapshot import Snapshot

Do = Callable[[Command], Awaitable[object]]
"""Carries a command out; its result is the answer's value, a `SluiceError` its refusal."""

AGAIN_S = 0.25
"""After which a client that reads slowly is looked at again."""

_encode = msgspec.json.Encoder().encode


class Control:
    """Serves the socket at *path*; only this user (and root) may speak on it."""

    def __init__(self, path: Path, publisher: Publisher, tasks: Tasks, do: Do) -> None:
        self._path = path
        self._publisher = publisher
        self._tasks = tasks
        self._do = do
        self._server: asyncio.Server | None = None
        self._clients: set[_Client] = set()

    async def open(self) -> None:
        """Listen; a socket left by an engine that died is replaced (the home's lock is ours)."""
        self._path.unlink(missing_ok=True)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(os.fspath(self._path))
        self._server = await asyncio.start_unix_server(
            self._accept, sock=listening, limit=FRAME_LIMIT, backlog=AT_ONCE
        )
        listening.listen(BACKLOG)
        self._path.chmod(0o600)

    async def close(self) -> None:
        """Hang up on every client and take the socket away."""
        if self._server is None:
            return
        self._server.close()
        for client in tuple(self._clients):
            client.close()
        self._path.unlink(missing_ok=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not _is_ours(writer):
            writer.close()
            return
        client = _Client(reader, writer, self._publisher, self._do)
        self._clients.add(client)
        task = self._tasks.start(client.serve(), "control client")
        task.add_done_callback(lambda _: self._clients.discard(client))


class _Client:
    """One connection: latest Snapshot wins, answers all arrive."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        publisher: Publisher,
        do: Do,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._publisher = publisher
        self._do = do
        self._latest: Snapshot | None = None

    def close(self) -> None:
        self._writer.close()

    async def serve(self) -> None:
        """Speak with one client until it leaves."""
        try:
            self._write(Hello(PROTOCOL, __version__))
            hello = msgspec.json.decode(await self._reader.readline(), type=Hello)
            if hello.protocol == PROTOCOL:
                await self._talk()
        except (msgspec.DecodeError, RecursionError, ConnectionError, ValueError):
            pass  # not one of ours, gone, or a line over the limit: nothing to tell it
        finally:
            self._publisher.leave(self)
            self._writer.close()

    async def _talk(self) -> None:
        self._publisher.subscribe(self, self._show)
        while line := await self._reader.readline():
            try:
                ask = msgspec.json.decode(line, type=Ask)
            except msgspec.ValidationError as error:
                self._write(Answer(_number_in(line), ok=False, message=f"Not understood: {error}"))
                continue
            self._write(await self._answer(ask))
            await self._writer.drain()

    async def _answer(self, ask: Ask) -> Answer:
        try:
            return Answer(ask.id, ok=True, value=await self._do(ask.ask))
        except SluiceError as refused:
            return Answer(ask.id, ok=False, message=refused.message)
        except Exception:
            self._write(Answer(ask.id, ok=False, message="Sluice made a mistake."))
            raise

    def _show(self, snapshot: Snapshot) -> None:
        if self._writer.transport.get_write_buffer_size() == 0:
            self._write(SnapshotFrame(snapshot))
        elif self._latest is None:
            self._latest = snapshot
            asyncio.get_running_loop().call_later(AGAIN_S, self._show_latest)
        else:
            self._latest = snapshot

    def _show_latest(self) -> None:
        snapshot, self._latest = self._latest, None
        if snapshot is not None and not self._writer.is_closing():
            self._show(snapshot)

    def _write(self, frame: Hello | Answer | SnapshotFrame) -> None:
        self._writer.write(_encode(frame) + b"\n")


class _Numbered(msgspec.Struct):
    id: int = 0


def _number_in(line: bytes) -> int:
    try:
        return msgspec.json.decode(line, type=_Numbered).id
    except msgspec.DecodeError:
        return 0


def _is_ours(writer: asyncio.StreamWriter) -> bool:
    """Tell by the kernel's word whether the peer is this user; where it gives none, trust 0600."""
    if not hasattr(socket, "SO_PEERCRED"):
        return True
    peer = writer.get_extra_info("socket").getsockopt(
        socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")
    )
    return is_user(struct.unpack("3i", peer)[1])


def is_user(uid: int) -> bool:
    """Tell whether *uid* may speak here: this user or root."""
    return uid in {0, os.geteuid()}
