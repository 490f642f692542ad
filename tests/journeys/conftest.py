"""A real engine in a process of its own, before an upstream that does as it is told."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fakes.scripted import ScriptedUpstream
from trayapp.cli.ask import Control
from trayapp.home import Home

ROOT = Path(__file__).parents[2]
KEY = "sk-ant-api03-CANARYKEY-stored"


class EngineProcess:
    """One `sluice serve` and the ways to talk to it."""

    def __init__(
        self,
        home: Path,
        *flags: str,
        key: str | None = KEY,
        session: dict[str, str] | None = None,
        port: str | None = "0",
        program: tuple[str, ...] = ("trayapp",),
    ) -> None:
        self.home = home
        self.quiet = True
        """A test that makes it say something takes this back."""
        self._said: str | None = None
        self._session = session or {}
        environ = {**os.environ, "SLUICE_HOME": "", "PYTHONWARNINGS": "error", **self._session}
        command = [sys.executable, "-m", *program, "serve", "--home", str(home)]
        if port is not None:
            command += ["--port", port]
        if key is not None:
            environ["UPSTREAM_KEY"] = key
            command += ["--key-env", "UPSTREAM_KEY"]
        self.process = subprocess.Popen(
            [*command, *flags],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        if not line:
            pytest.fail(f"no ready line: {self.stop()}")
        self.ready = json.loads(line)
        self.base_url: str = self.ready["base_url"]
        self.port = int(self.base_url.rpartition(":")[2])

    def connect(self) -> socket.socket:
        """Open a connection to it."""
        return socket.create_connection(("127.0.0.1", self.port), 10)

    def raw(self, request: bytes) -> bytes:
        """Send bytes, and return all that comes until it closes."""
        with self.connect() as sock:
            sock.sendall(request)
            return read_all(sock)

    def cli(self, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a verb of the command line on its home, with *typed* on its stdin."""
        return subprocess.run(
            [sys.executable, "-m", "trayapp", *words, "--home", str(self.home)],
            cwd=ROOT,
            env={**os.environ, **self._session},
            input=typed,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    def token(self, name: str = "tool") -> str:
        """Connect a tool and return its token."""
        return self.cli("tool", "add", name).stdout.strip()

    def status(self) -> dict[str, object]:
        """Return what `status --json` prints."""
        shown: dict[str, object] = json.loads(self.cli("status", "--json").stdout)
        return shown

    def balance(self) -> None:
        """Wait until nothing is under way, and check that every request had exactly one end."""
        if self.process.poll() is not None:
            return
        with Control(Home.locate(str(self.home), os.environ | self._session)) as control:
            while control.snapshot.diagnostics.in_flight:
                assert control.wait(10), "a request has no end"
            counted = control.snapshot.diagnostics
        assert counted.accepted == counted.ok + counted.error + counted.caller_gone

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """End it and return its exit code and what it said on stderr."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        if self._said is None:
            _, self._said = self.process.communicate(timeout=40)
        return self.process.returncode, self._said


def read_all(sock: socket.socket) -> bytes:
    """Return what comes until the other side closes or resets."""
    seen = b""
    sock.settimeout(15)
    try:
        while data := sock.recv(65536):
            seen += data
    except ConnectionError:
        pass
    return seen


def message(
    port: int, credential: str, body: bytes = b'{"model":"claude-sonnet-5-5"}', more: str = ""
) -> bytes:
    """Return a Messages request whose connection ends with its answer."""
    return (
        f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n{credential}"
        f"content-type: application/json\r\nanthropic-version: 2023-06-01\r\n{more}"
        f"connection: close\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode() + body


@pytest.fixture
def upstream() -> Iterator[ScriptedUpstream]:
    """An upstream that answers with JSON until told otherwise."""
    with ScriptedUpstream() as scripted:
        yield scripted


Start = Callable[..., EngineProcess]


@pytest.fixture
def start(tmp_path: Path, upstream: ScriptedUpstream) -> Iterator[Start]:
    """Start engines before the upstream; each is ended after the test."""
    started: list[EngineProcess] = []

    def start_one(
        *flags: str,
        key: str | None = KEY,
        home: Path = tmp_path,
        session: dict[str, str] | None = None,
        port: str | None = "0",
        program: tuple[str, ...] = ("trayapp",),
    ) -> EngineProcess:
        way = () if "--upstream" in flags else ("--upstream", upstream.url)
        way = (*way, "--allow-loopback-upstream", *flags)
        engine = EngineProcess(home, *way, key=key, session=session, port=port, program=program)
        started.append(engine)
        return engine

    yield start_one
    for engine in started:
        engine.balance()
        code, said = engine.stop()
        assert (code, said if engine.quiet else "") == (0, "")


@pytest.fixture
def engine(start: Start) -> EngineProcess:
    """One engine with a stored key."""
    return start()
