"""The worker: a task down, a result up, through the real SDK."""

import http.server
import io
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pytest

from tests.fakes.simulating import SimulatorProcess
from trayapp.batch.errands import Tried, TryKey
from trayapp.batch.process import environment
from trayapp.batch.worker import serve, tried

KEY = "sk-ant-api03-CANARY-abcdefgh"

pytestmark = pytest.mark.slow


Asked = list[tuple[str, str | None]]
"""Paths and keys."""


class Answers(http.server.BaseHTTPRequestHandler):
    """Answers every request as the test wants it, and remembers the path and the key."""

    seen: Asked
    status = 200
    body = b"{}"
    location = ""

    def do_GET(self) -> None:
        self.seen.append((self.path, self.headers["authorization"]))
        self.send_response(self.status)
        if self.location:
            self.send_header("location", self.location)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@contextmanager
def answering(status: int, body: bytes = b"{}", location: str = "") -> Iterator[tuple[str, Asked]]:
    """An upstream that gives one kind of answer: its URL, and what it was asked."""
    seen: Asked = []
    kind = type(
        "Kind", (Answers,), {"seen": seen, "status": status, "body": body, "location": location}
    )
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}", seen
        finally:
            server.shutdown()
            thread.join(5)


def test_good_key_is_accepted() -> None:
    """The simulated API, as the real one, answers who brings a key."""
    with SimulatorProcess() as simulator:
        result = tried(TryKey(simulator.url, KEY))

    assert result == Tried("accepted", 200)


@pytest.mark.parametrize(
    ("status", "body", "result"),
    [
        (
            401,
            b'{"type":"error","error":{"type":"authentication_error","message":"no"}}',
            Tried("refused", 401),
        ),
        (403, b"{}", Tried("unclear", 403)),
        (404, b"{}", Tried("unclear", 404)),
        (200, b"<html>", Tried("unclear", 200)),
        (200, b"{}", Tried("unclear", 200)),
        (200, b'{"data":[],"has_more":false}', Tried("accepted", 200)),
    ],
)
def test_each_answer_has_its_verdict(status: int, body: bytes, result: Tried) -> None:
    """Only a 401 says that a key is bad, and only a list of models that it is good."""
    with answering(status, body) as (url, seen):
        assert tried(TryKey(url, KEY)) == result

    assert seen[0] == ("/v1/models?limit=1", f"Bearer {KEY}")


def test_redirect_is_not_followed() -> None:
    """The key is sent to the upstream and to no place that it names."""
    with answering(200) as (elsewhere, strangers), answering(302, location=elsewhere) as (url, _):
        result = tried(TryKey(url, KEY))

    assert (result.verdict, strangers) == ("unclear", [])


def test_upstream_that_is_away_is_told() -> None:
    """A connection that cannot be made is no verdict on the key."""
    with answering(200) as (url, _):
        pass

    assert tried(TryKey(url, KEY)) == Tried("unreachable", cause="no connection could be made")


def test_untrusted_certificate_is_told() -> None:
    """A server that speaks no TLS where TLS was asked for gets no key."""
    with answering(200) as (url, seen):
        result = tried(TryKey(url.replace("http:", "https:"), KEY))

    assert result.verdict == "unreachable"
    assert "TLS failed" in result.cause
    assert seen == []


def test_missing_roots_are_told() -> None:
    """A [network] ca_file that is not there is named."""
    result = tried(TryKey("https://127.0.0.1:1", KEY, ca_file="/nowhere.pem"))

    assert result == Tried("unreachable", cause="[network] ca_file cannot be read")


def test_silent_upstream_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upstream that accepts and says nothing is left after the deadline."""
    monkeypatch.setattr("trayapp.batch.worker.TIMEOUT_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        result = tried(TryKey(f"http://127.0.0.1:{silent.getsockname()[1]}", KEY))

    assert result == Tried("unreachable", cause="no answer in time")


def test_each_task_has_its_line() -> None:
    """Results come in the order of their tasks, one line each, until there are no more."""
    task = msgspec.json.encode(TryKey("https://127.0.0.1:1", KEY, ca_file="/nowhere")) + b"\n"
    results = io.BytesIO()

    assert serve(io.BytesIO(task * 2), results) == 0
    assert results.getvalue().count(b'{"type":"tried","verdict":"unreachable"') == 2


def test_task_does_not_show_its_key() -> None:
    """A task in a traceback or a log shows no key."""
    assert "CANARY" not in f"{TryKey('https://a', KEY)!r}{TryKey('https://a', KEY)}"


def test_worker_is_a_process_of_its_own() -> None:
    """The whole way: started as the command line does it, its key in neither argv nor environ."""
    with answering(200, b'{"data":[],"has_more":false}') as (url, _):
        done = subprocess.run(
            [sys.executable, "-P", "-m", "trayapp", "worker"],
            input=msgspec.json.encode(TryKey(url, KEY)) + b"\n",
            env={**environment(os.environ), "HTTP_PROXY": "http://127.0.0.1:1"},
            capture_output=True,
            check=True,
            timeout=60,
        )

    assert (json.loads(done.stdout)["verdict"], done.stderr) == ("accepted", b"")
