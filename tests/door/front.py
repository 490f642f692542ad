"""An engine as an attacker meets it: bytes in, bytes out, and everything that must not have happened."""

import base64
import itertools
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from tests.fakes.scripted import ScriptedUpstream
from tests.journeys.conftest import KEY, ROOT, EngineProcess
from trayapp.cli.ask import Control
from trayapp.cli.tool import admission
from trayapp.home import Home
from trayapp.model.snapshot import Snapshot

CANARY = "CANARY-7f3a"
BODY = b'{"model":"claude-sonnet-5-5","max_tokens":5,"messages":["' + CANARY.encode() + b'"]}'
JSON = b"content-type: application/json"
PATIENCE = 3.0
"""Seconds until an answer has to be there; a loaded machine may need more than a second."""


def stopwatch() -> float:
    """Seconds of a clock that only runs forward."""
    return time.perf_counter()  # noqa: TID251 - how long a real answer takes is the point here


def sluice(
    *words: str, cwd: Path = ROOT, environ: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a verb that is expected to end by itself, with *environ* beside the present one."""
    return subprocess.run(
        [sys.executable, "-m", "trayapp", *words],
        cwd=cwd,
        env={**os.environ, "SLUICE_HOME": "", **(environ or {})},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


class Answered:
    """One answer as it came; header names in lower case."""

    def __init__(self, raw: bytes) -> None:
        head, _, self.body = raw.partition(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")
        self.raw = raw
        self.status = int(line.split(" ")[1]) if line else 0
        self.headers = {
            name.lower(): value for name, _, value in (field.partition(": ") for field in fields)
        }

    def __repr__(self) -> str:
        return f"<Answered {self.status} {self.body[:200]!r}>"

    @property
    def error(self) -> tuple[int, str]:
        """Status and error type."""
        return self.status, json.loads(self.body)["error"]["type"]

    @property
    def message(self) -> str:
        """Our sentence."""
        said: str = json.loads(self.body)["error"]["message"]
        return said


class Front:
    """One engine before one upstream, with one tool connected."""

    def __init__(self, engine: EngineProcess, upstream: ScriptedUpstream) -> None:
        self.engine = engine
        self.upstream = upstream
        self.port = engine.port
        self._numbers = itertools.count()
        self.home = Home.locate(str(engine.home), {})
        self.token = self.connected("tool")
        self.secrets = [KEY, self.token, CANARY]
        """What must never be seen; tests add what they sent."""

    def fresh(self) -> bytes:
        """A body for a model of its own: what befell another model does not make it wait."""
        return BODY.replace(b"claude-sonnet-5-5", b"model-%d" % next(self._numbers))

    def connected(self, name: str) -> str:
        """Connect a tool as `sluice tool add` does, and return its token."""
        token, command = admission(name, "normal", cache=True)
        with Control(self.home) as control:
            assert control.ask(command).ok
        return token

    @property
    def key(self) -> bytes:
        """The header of a good credential."""
        return b"x-api-key: " + self.token.encode()

    @property
    def host(self) -> bytes:
        """The header of a good Host."""
        return b"host: 127.0.0.1:%d" % self.port

    def good(
        self,
        *fields: bytes,
        line: bytes = b"POST /v1/messages HTTP/1.1",
        host: bytes | None = None,
        key: bytes | None = None,
        media: bytes = JSON,
        body: bytes = BODY,
        length: int | None = None,
    ) -> bytes:
        """A message that is served, with this or that about it changed; an empty part is left out."""
        size = b"content-length: %d" % (len(body) if length is None else length)
        host = self.host if host is None else host
        key = self.key if key is None else key
        head = [line, host, key, media, size, *fields]
        return b"\r\n".join([*(each for each in head if each), b"", body])

    def say(self, request: bytes, patience: float = PATIENCE) -> Answered:
        """Send bytes on a connection of their own, and read until it closes."""
        with self.engine.connect() as sock:
            sock.sendall(request)
            return Answered(self.read(sock, patience))

    def read(self, sock: socket.socket, patience: float = PATIENCE) -> bytes:
        """All that comes on *sock*; fails where it stays open for longer than *patience*."""
        seen: list[bytes] = []
        sock.settimeout(patience)
        try:
            while data := sock.recv(1 << 18):
                seen.append(data)
        except ConnectionError:
            pass
        return b"".join(seen)

    def until(self, sock: socket.socket, word: bytes) -> bytes:
        """What comes on *sock* until *word* has; fails where it closes first."""
        seen = b""
        sock.settimeout(PATIENCE)
        while word not in seen:
            data = sock.recv(65536)
            assert data, seen
            seen += data
        return seen

    def served(self, request: bytes) -> Answered:
        """Send a request that is let in; it must not keep its connection alive."""
        with self.engine.connect() as sock:
            sock.sendall(request)
            return Answered(self.read(sock, 15))

    def snapshot(self) -> Snapshot:
        """The engine's state, asked anew."""
        with Control(self.home) as control:
            return control.snapshot

    def refusals(self) -> dict[str, int]:
        """The counters of the door."""
        return self.snapshot().diagnostics.refused

    def reached(self) -> tuple[int, int]:
        """How many connections and bytes came to upstream."""
        return len(self.upstream._threads), len(self.upstream.raw)

    def refused(self, request: bytes, patience: float = PATIENCE) -> Answered:
        """Send what must be refused, and hold the answer against all that every refusal promises."""
        before, reached = self.refusals(), self.reached()
        answered = self.say(request, patience)
        after = self.refusals()
        assert answered.status >= 400, answered.raw
        self.guarded(answered)
        assert self.reached() == reached, "something came to upstream"
        assert sum(after.values()) == sum(before.values()) + 1, (before, after)
        return answered

    def guarded(self, answered: Answered) -> None:
        """An answer of our own tells nothing, stores nothing, and invites no page."""
        assert answered.headers["cache-control"] == "no-store"
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["connection"] == "close"
        for name in answered.headers:
            assert not name.startswith("access-control"), name
            assert name not in {"set-cookie", "server", "www-authenticate", "location"}, name
        told = json.loads(answered.body)
        assert told["type"] == "error"
        assert told["request_id"] == answered.headers["x-sluice-request-id"]
        for secret in self.secrets:
            assert secret.encode() not in answered.raw

    def audit(self, *others: str) -> None:
        """Stop the engine, and look for every secret in everything it wrote."""
        process = self.engine.process
        self.engine.balance()
        if process.poll() is None:
            process.terminate()
        out, said = process.communicate(timeout=40)
        self.engine._said = said
        assert (process.returncode, said) == (0, "")
        assert leaks(self.engine.home, *self.secrets, texts=(out, said, *others)) == []


def shapes(secret: str) -> Iterator[bytes]:
    """*secret* as itself, in a URL, and in base64 at each of the three offsets."""
    yield secret.encode()
    yield quote(secret, safe="").encode()
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + secret.encode())
        yield encoded[4 if offset else 0 : -4]


def leaks(folder: Path, *secrets: str, texts: tuple[str, ...] = ()) -> list[str]:
    """Where one of *secrets* can be read: files below *folder* or *texts*."""
    contents = [(f"text {at}", text.encode()) for at, text in enumerate(texts)]
    contents += [(str(file), file.read_bytes()) for file in folder.rglob("*") if file.is_file()]
    return [
        f"{name}: {secret[:12]}…"
        for name, content in contents
        for secret in secrets
        for shape in shapes(secret)
        if shape in content
    ]
