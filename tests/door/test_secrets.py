"""The canary run: keys, tokens and prompts through every road that can go wrong, then a search."""

import base64
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.door.front import CANARY, Front, leaks, shapes
from tests.door.test_tls import engine_at
from tests.fakes.scripted import START, Call, ScriptedUpstream, answer, stream_head
from tests.journeys.conftest import KEY, ROOT, EngineProcess

pytestmark = pytest.mark.slow

OWN = "sk-ant-api03-CANARYOWN-of-the-caller"
CLOSE = b"connection: close"


def said(status: int, body: str) -> Callable[[Call], None]:
    """An answer of upstream's with the prompt and the key in its own words."""
    text = body.format(canary=CANARY, key=KEY).encode()
    head = f"HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n".encode()
    return lambda call: call.send(answer(text, head))


def cut(call: Call) -> None:
    """Send half a stream and leave."""
    call.send(stream_head() + START)
    call._socket.shutdown(socket.SHUT_RDWR)


def drop(call: Call) -> None:
    """Leave without a word."""
    call._socket.shutdown(socket.SHUT_RDWR)


TROUBLES: dict[str, Callable[[Call], None]] = {
    "400": said(400, '{{"error":"{canary} {key}"}}'),
    "401": said(401, '{{"error":"{canary} {key}"}}'),
    "403": said(403, '{{"error":"{canary} {key}"}}'),
    "404": said(404, '{{"error":"{canary} {key}"}}'),
    "413": said(413, '{{"error":"{canary} {key}"}}'),
    "500": said(500, '{{"error":"{canary} {key}"}}'),
    "JSON that is none": said(200, '{{"usage": {canary}'),
    "JSON of other shape": said(200, '{{"id":["{canary}"],"usage":"{canary}"}}'),
    "numbers that are none": said(200, '{{"usage":{{"input_tokens":"{canary}"}}}}'),
    "a cut stream": cut,
    "a dropped call": drop,
    "no HTTP": lambda call: call.send(f"{CANARY} {KEY}\r\n\r\n".encode()),
    "a bad header": lambda call: call.send(
        f"HTTP/1.1 200 OK\r\n{CANARY}\0: {KEY}\r\n\r\n".encode()
    ),
    "a redirect": said(302, "{canary} {key}"),
}


def every_trouble(front: Front) -> None:
    """Send the canaries down every road."""
    front.secrets.append(OWN)
    own = b"authorization: Bearer " + OWN.encode()
    for name, script in TROUBLES.items():
        for key in (front.key, own):
            front.upstream.then(script)
            answered = front.served(front.good(CLOSE, key=key, body=front.fresh()))
            assert answered.status, name
    for request in (
        front.good(key=b"x-api-key: sk-ant-sluice-" + CANARY.encode()),
        front.good(b"authorization: Bearer other-" + CANARY.encode(), key=own),
        front.good(line=f"POST /v1/{CANARY}%00 HTTP/1.1".encode()),
        front.good(line=f"POST /v1/messages?q={CANARY} HTTP/1.1".encode(), host=b"host: evil"),
        front.good(f"x-{CANARY}: {OWN}".encode(), b"bad line"),
        front.good(f"origin: https://{CANARY}.example".encode()),
        front.good(length=40_000_000),
        front.good(f"transfer-encoding: {CANARY}".encode()),
    ):
        front.say(request)
    hang_up(front)


def hang_up(front: Front) -> None:
    """A caller leaves in the middle of its answer."""
    left = threading.Event()

    def stall(call: Call) -> None:
        call.send(stream_head() + START)
        call.wait_gone(5)
        left.set()

    front.upstream.then(stall)
    with front.engine.connect() as sock:
        sock.sendall(front.good(body=front.fresh()))
        sock.recv(100)
    assert left.wait(5)


def test_nothing_of_a_secret_is_written(own: Front) -> None:
    """After every kind of failure no file, log or message holds key, token or prompt (A37)."""
    every_trouble(own)
    shown = [own.engine.cli(*words).stdout for words in (("status",), ("status", "--json"))]

    own.audit(*shown)


@pytest.mark.parametrize("number", [signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL])
@pytest.mark.parametrize("handler", ["", "1"])
def test_a_crash_tells_no_secret(
    tmp_path: Path,
    upstream: ScriptedUpstream,
    monkeypatch: pytest.MonkeyPatch,
    number: signal.Signals,
    handler: str,
) -> None:
    """What is left of a crash, with Python's fault handler or without, holds no secret (A37)."""
    monkeypatch.setenv("PYTHONFAULTHANDLER", handler)
    engine = EngineProcess(tmp_path, "--upstream", upstream.url, "--allow-loopback-upstream")
    front = Front(engine, upstream)
    front.served(front.good(CLOSE))
    stalled = threading.Event()

    def stall(call: Call) -> None:
        call.send(stream_head() + START)
        stalled.set()
        call.wait_gone(5)

    upstream.then(stall)
    with engine.connect() as sock:
        sock.sendall(front.good(body=front.fresh()))
        assert stalled.wait(5)
        engine.process.send_signal(number)
        out, told = engine.process.communicate(timeout=10)

    assert engine.process.returncode == -number
    assert bool(told) is (bool(handler) and number is not signal.SIGKILL)
    assert leaks(tmp_path, *front.secrets, texts=(out, told)) == []
    assert not [*tmp_path.rglob("core*")]


def test_tls_that_fails_tells_no_secret(tmp_path: Path) -> None:
    """A road that cannot be trusted is told of without what should have gone over it (A37)."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with engine_at(tmp_path / "home", port) as front:
        answered = front.served(front.good(CLOSE))

        assert answered.status == 502
        front.audit(answered.raw.decode())


def test_a_failure_at_the_start_tells_no_secret(tmp_path: Path) -> None:
    """A mistake of ours before the ready line is told by types and places alone (A37)."""
    code = (
        "import sys\n"
        "from trayapp.engine import engine\n"
        f"def fail(*_): raise ValueError('{CANARY}', {{'key': '{KEY}'}})\n"
        "engine.Engine._meters = fail\n"
        "from trayapp.cli import main\n"
        f"sys.exit(main(['serve', '--port', '0', '--home', {str(tmp_path)!r}]))\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}

    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environ,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "engine.py" in done.stderr
    assert CANARY not in done.stderr
    assert KEY not in done.stderr


def test_a_search_finds_what_it_looks_for(tmp_path: Path) -> None:
    """The search itself sees a secret in the plain, in a URL and in base64 at any offset."""
    for at, prefix in enumerate([b"", b"a", b"ab", b"abc"]):
        (tmp_path / f"{at}").write_bytes(base64.b64encode(prefix + CANARY.encode() + b"tail"))
    (tmp_path / "plain").write_text(f"x{CANARY}x")

    assert len({each.partition(":")[0] for each in leaks(tmp_path, CANARY)}) == 5
    assert all(len(shape) >= 8 for shape in shapes(CANARY))


def test_a_token_is_shown_once_and_kept_nowhere(own: Front) -> None:
    """`tool add` prints the token; what the home keeps of it is its digest."""
    token = own.engine.token("another")
    own.secrets.append(token)

    listed = own.engine.cli("tool", "list", "--json").stdout

    assert re.fullmatch(r"sk-ant-sluice-[\w-]{43}", token)
    own.audit(listed)
