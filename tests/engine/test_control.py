"""The control socket: Snapshots up, commands down."""

import asyncio
import contextlib
import json
import socket
import stat
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import START
from trayapp.engine import control
from trayapp.engine.control import Control
from trayapp.engine.publisher import Publisher
from trayapp.engine.tasks import Tasks
from trayapp.model.command import PROTOCOL, Command, ListTools, RevokeTool, Stop
from trayapp.model.errors import NotServing
from trayapp.model.snapshot import Snapshot

HELLO = b'{"protocol":1,"version":"0.1.0"}\n'


class Engine:
    """What stands behind the socket: a publisher, and a do-er of commands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.done: list[Command] = []
        self.failures: list[Exception] = []
        self.version = "0"
        self.size = 0
        self.tasks = Tasks(lambda _, error: self.failures.append(error))
        loop = asyncio.get_running_loop()
        self.publisher = Publisher(self._snapshot, loop.time, lambda _, call: loop.call_soon(call))
        self.control = Control(path, self.publisher, self.tasks, self._do)

    def _snapshot(self) -> Snapshot:
        return Snapshot(self.version, START, 1.0, paused=False, base_url="x" * self.size)

    async def _do(self, command: Command) -> object:
        if isinstance(command, RevokeTool):
            raise NotServing("There is no such tool.")
        if isinstance(command, Stop):
            raise ZeroDivisionError
        self.done.append(command)
        return {"tools": []}


class Client:
    """A client of the socket, as the tray is one."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def say(self, *lines: bytes) -> None:
        """Send lines."""
        self.writer.write(b"".join(lines))

    def ask(self, number: int, tag: str, **fields: object) -> None:
        """Send one command."""
        self.say(json.dumps({"id": number, "ask": {"type": tag, **fields}}).encode() + b"\n")

    async def hear(self) -> Any:
        """The next frame; None once the engine has hung up."""
        try:
            line = await self.reader.readline()
        except ConnectionError:
            return None
        return json.loads(line) if line else None

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        with contextlib.suppress(ConnectionError):  # the engine was first
            await self.writer.wait_closed()


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[Engine]:
    """An engine that listens."""
    engine = Engine(path)
    async with engine.tasks:
        await engine.control.open()
        try:
            yield engine
        finally:
            await engine.control.close()


@asynccontextmanager
async def connected(engine: Engine, *, greet: bool = True) -> AsyncIterator[Client]:
    """A client; one that greets has heard the engine's greeting and the first Snapshot."""
    client = Client(*await asyncio.open_unix_connection(engine.path, limit=1 << 24))
    try:
        if greet:
            client.say(HELLO)
            assert (await client.hear())["protocol"] == PROTOCOL
            assert "snapshot" in await client.hear()
        yield client
    finally:
        await client.close()


def play(path: Path, scene: Callable[[Engine], Awaitable[None]]) -> Engine:
    """Run a scene with an engine, in a few seconds at most."""

    async def run() -> Engine:
        async with asyncio.timeout(5), opened(path) as engine:
            await scene(engine)
        return engine

    return asyncio.run(run())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the socket is."""
    return tmp_path / "engine.sock"


def test_socket_is_the_users_alone(path: Path) -> None:
    """Nobody else may open it, and it is gone when the engine is."""

    async def scene(engine: Engine) -> None:
        assert stat.S_IMODE(engine.path.stat().st_mode) == 0o600

    play(path, scene)

    assert not path.exists()


def test_socket_of_a_dead_engine_is_replaced(path: Path) -> None:
    """What an engine that was killed left behind is no hindrance."""
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))

    async def scene(engine: Engine) -> None:
        async with connected(engine):
            pass

    play(path, scene)


def test_closing_what_was_never_opened_is_nothing(path: Path) -> None:
    """An engine that failed at its start can still be closed."""

    async def run() -> None:
        await Engine(path).control.close()

    asyncio.run(run())


def test_first_snapshot_comes_at_once(path: Path) -> None:
    """After the greetings the state is told as a whole, then each newer one."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            engine.version = "1"
            engine.publisher.changed()

            assert (await client.hear())["snapshot"]["version"] == "1"

    play(path, scene)


def test_command_is_answered_under_its_number(path: Path) -> None:
    """What was asked is done, and the answer carries the asker's number."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.ask(7, "list_tools")

            answer = await client.hear()
            assert answer == {"id": 7, "ok": True, "message": "", "value": {"tools": []}}

    assert play(path, scene).done == [ListTools()]


def test_refusal_is_an_answer(path: Path) -> None:
    """What cannot be done is said in words."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.ask(8, "revoke_tool", name="x")

            answer = await client.hear()
            assert (answer["id"], answer["ok"]) == (8, False)
            assert answer["message"] == "There is no such tool."

    play(path, scene)


def test_mistake_of_ours_is_told_and_reported(path: Path) -> None:
    """A bug in a command is answered, and reported as the bug it is."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.ask(9, "stop")

            assert (await client.hear())["message"] == "Sluice made a mistake."
            assert await client.hear() is None

    assert [type(each) for each in play(path, scene).failures] == [ZeroDivisionError]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (b'{"id":3,"ask":{"type":"dance"}}\n', 3),
        (b'{"id":4,"ask":{"type":"add_tool","name":5}}\n', 4),
        (b'{"id":"x","ask":{"type":"stop"}}\n', 0),
        (b"[]\n", 0),
    ],
)
def test_unknown_command_is_not_the_end(path: Path, line: bytes, number: int) -> None:
    """A newer client's command is refused by its number, and the next is understood."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.say(line)
            client.ask(5, "list_tools")

            refused = await client.hear()
            assert (refused["id"], refused["ok"]) == (number, False)
            assert refused["message"].startswith("Not understood")
            assert (await client.hear())["id"] == 5

    play(path, scene)


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\r\n",
        b"\n",
        b'{"protocol":2,"version":"9"}\n',
        b"\xff\xfe\n",
        b"{}\n",
        b'{"x":' * 9000 + b"\n",
    ],
)
def test_stranger_is_hung_up_on(path: Path, said: bytes) -> None:
    """Who does not greet as we do is told our version and nothing else."""

    async def scene(engine: Engine) -> None:
        async with connected(engine, greet=False) as client:
            client.say(said)

            assert (await client.hear())["protocol"] == PROTOCOL
            assert await client.hear() is None

    assert play(path, scene).failures == []


@pytest.mark.parametrize("garbage", [b"not json\n", b"x" * 5000 + b"\n"])
def test_garbage_ends_the_talk(path: Path, garbage: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that is out of step, or sends a line without end, is no client any more."""
    monkeypatch.setattr(control, "FRAME_LIMIT", 2000)

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.say(garbage)

            assert await client.hear() is None

    assert play(path, scene).failures == []


def test_an_endless_nest_ends_the_talk(path: Path) -> None:
    """What is nested deeper than can be read is garbage like any other."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            client.say(b'{"id":1,"ask":' * 9000 + b"\n")

            assert await client.hear() is None

    assert play(path, scene).failures == []


def test_client_that_leaves_is_forgotten(path: Path) -> None:
    """Snapshots are built for those who are there."""

    async def scene(engine: Engine) -> None:
        async with connected(engine):
            pass
        await asyncio.gather(*engine.tasks._running)

        assert repr(engine.publisher) == "<Publisher 0 subscribers, pending=False>"

    play(path, scene)


def test_slow_client_misses_old_snapshots_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a client does not read, newer Snapshots take the place of older ones."""
    monkeypatch.setattr(control, "AGAIN_S", 0.01)

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            engine.size = 4_000_000  # more than the system keeps for a socket
            for number in range(20):
                engine.version = f"{number}"
                engine.publisher.changed()
                for _ in range(3):
                    await asyncio.sleep(0)
            engine.size = 0
            engine.version = "last"
            engine.publisher.changed()
            seen: list[str] = []
            while seen[-1:] != ["last"]:
                seen.append((await client.hear())["snapshot"]["version"])

            assert len(seen) < 6

    play(path, scene)


def test_client_that_leaves_with_snapshots_waiting_is_let_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited for a slow client is dropped with it."""
    monkeypatch.setattr(control, "AGAIN_S", 0.01)

    async def scene(engine: Engine) -> None:
        async with connected(engine):
            engine.size = 4_000_000
            for _ in range(6):
                engine.publisher.changed()
                await asyncio.sleep(0)
        again = asyncio.get_running_loop().create_future()
        asyncio.get_running_loop().call_later(0.03, again.set_result, None)
        await again

    assert play(path, scene).failures == []


def test_closing_hangs_up_on_everyone(path: Path) -> None:
    """A client learns of the engine's end by the end of the line."""

    async def scene(engine: Engine) -> None:
        async with connected(engine) as client:
            await engine.control.close()

            assert await client.hear() is None

    play(path, scene)


def test_other_users_are_hung_up_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel's word counts even where the file's mode was changed (A33)."""
    monkeypatch.setattr(control, "_is_ours", lambda _: False)

    async def scene(engine: Engine) -> None:
        async with connected(engine, greet=False) as client:
            assert await client.hear() is None

    play(path, scene)


@pytest.mark.parametrize(("uid", "ours"), [(0, True), (1234, True), (4321, False)])
def test_only_this_user_and_root_are_ours(
    uid: int, ours: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A peer is judged by the user id that the system tells of it."""
    monkeypatch.setattr("os.geteuid", lambda: 1234)

    assert control.is_user(uid) is ours


def test_without_the_systems_word_the_mode_is_trusted(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a system tells nothing of peers, the socket's 0600 has to do."""
    monkeypatch.delattr(socket, "SO_PEERCRED", raising=False)

    async def scene(engine: Engine) -> None:
        async with connected(engine):
            pass

    play(path, scene)
