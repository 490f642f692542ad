"""Starting, starting twice, and stopping with work under way."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.scripted import DELTA, LAST, START, STOP, Call, ScriptedUpstream, stream_head
from tests.journeys.conftest import KEY, ROOT, EngineProcess, Start, message, read_all

pytestmark = pytest.mark.slow

OWN = "x-api-key: sk-ant-api03-my-own\r\n"
STREAM = b'{"model":"claude-sonnet-5-5","stream":true}'


def refused_start(*words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run `serve` where it must refuse."""
    return subprocess.run(
        [sys.executable, "-m", "trayapp", "serve", *words],
        cwd=ROOT,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_the_ready_line_is_the_contracts(engine: EngineProcess) -> None:
    """One JSON line names the event, the address, the control socket and the process."""
    assert set(engine.ready) >= {"event", "base_url", "control", "pid"}
    assert engine.ready["event"] == "ready"
    assert engine.ready["pid"] == engine.process.pid
    assert Path(engine.ready["control"]).is_socket()


def test_the_key_is_gone_from_the_environment(engine: EngineProcess) -> None:
    """The process's environment is shown to root alone, and does not hold the key even so."""
    shown = Path(f"/proc/{engine.process.pid}/environ")
    if os.geteuid() != 0:
        with pytest.raises(PermissionError):
            shown.read_bytes()
        return
    environ = shown.read_bytes()

    assert KEY.encode() not in environ
    assert b"UPSTREAM_KEY" not in environ


def test_both_loopback_addresses_answer(engine: EngineProcess) -> None:
    """`localhost` works whichever address it means."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no IPv6")
    request = f"GET /nothing HTTP/1.1\r\nhost: localhost:{engine.port}\r\nconnection: close\r\n\r\n"
    with socket.create_connection(("::1", engine.port), 5) as sock:
        sock.sendall(request.encode())

        assert read_all(sock).startswith(b"HTTP/1.1 401 ")


def test_a_second_engine_on_the_same_home_says_who_has_it(engine: EngineProcess) -> None:
    """A second start ends with 75 and names the process and its address."""
    refused = refused_start("--home", str(engine.home), "--port", "0")

    assert refused.returncode == 75
    assert f"process {engine.process.pid}" in refused.stderr
    assert engine.base_url in refused.stderr


def test_a_taken_port_is_said_to_be_with_its_holder(tmp_path: Path) -> None:
    """A port that another process has ends with 75 and names that process."""
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        refused = refused_start("--home", str(tmp_path), "--port", str(port))

    assert refused.returncode == 75
    assert f"Port {port} is used by" in refused.stderr
    assert str(os.getpid()) in refused.stderr


def test_a_bad_setting_says_file_line_and_key(tmp_path: Path) -> None:
    """A settings file that is not understood ends with 78 and names the place."""
    (tmp_path / "config.toml").write_text("[listener]\nprot = 1\n")

    refused = refused_start("--home", str(tmp_path), "--port", "0")

    assert refused.returncode == 78
    for part in ("config.toml", "line 2", "prot"):
        assert part in refused.stderr


def test_a_plain_http_upstream_needs_a_word(tmp_path: Path) -> None:
    """An upstream on this machine is refused without the flag that allows it."""
    refused = refused_start(
        "--home", str(tmp_path), "--port", "0", "--upstream", "http://127.0.0.1:9"
    )

    assert refused.returncode == 78
    assert "--allow-loopback-upstream" in refused.stderr


def test_a_stream_may_end_while_the_engine_stops(start: Start, upstream: ScriptedUpstream) -> None:
    """On SIGTERM a running stream goes on to its end, new callers are turned away, exit is 0."""
    engine = start("--drain", "20")

    def finish_late(call: Call) -> None:
        call.send(stream_head() + START)
        upstream.gone.wait(10)
        call.send(DELTA + STOP + LAST)

    upstream.then(finish_late)
    with engine.connect() as sock:
        sock.sendall(message(engine.port, OWN, STREAM))
        while b"message_start" not in sock.recv(65536):
            pass
        engine.process.send_signal(signal.SIGTERM)
        wait_until_closed(engine.port)
        upstream.gone.set()
        shown = read_all(sock)

    assert shown.endswith(LAST)
    assert b"message_stop" in shown
    assert engine.stop()[0] == 0


def test_a_stream_over_the_drain_is_told_and_cut(start: Start, upstream: ScriptedUpstream) -> None:
    """What has not ended in time gets an error event, no last chunk, and the exit is 0."""
    engine = start("--drain", "0.2")

    def stall(call: Call) -> None:
        call.send(stream_head() + START)
        call.wait_gone(10)

    upstream.then(stall)
    with engine.connect() as sock:
        sock.sendall(message(engine.port, OWN, STREAM))
        while b"message_start" not in sock.recv(65536):
            pass
        engine.process.send_signal(signal.SIGINT)
        shown = read_all(sock)

    assert b"event: error" in shown
    assert not shown.endswith(LAST)
    assert engine.stop()[0] == 0


def test_a_second_signal_ends_it_now(start: Start, upstream: ScriptedUpstream) -> None:
    """With a stream that would go on, a second Ctrl-C does not wait for the drain."""
    engine = start("--drain", "600")

    def stall(call: Call) -> None:
        call.send(stream_head() + START)
        call.wait_gone(10)

    upstream.then(stall)
    with engine.connect() as sock:
        sock.sendall(message(engine.port, OWN, STREAM))
        while b"message_start" not in sock.recv(65536):
            pass
        engine.process.send_signal(signal.SIGINT)
        wait_until_closed(engine.port)
        engine.process.send_signal(signal.SIGINT)

        assert engine.process.wait(5) == 0


def test_impatience_is_no_failure(engine: EngineProcess) -> None:
    """However many signals come, an engine with nothing to finish ends with 0."""
    while engine.process.poll() is None:
        engine.process.send_signal(signal.SIGTERM)

    assert engine.stop() == (0, "")


def test_the_engine_never_loads_what_is_not_its_own(engine: EngineProcess) -> None:
    """No Qt, no SDK, no keyring and no sqlite_utils is mapped once a known home has started."""
    code = (
        "import sys, trayapp.engine.serve;"
        "print([n for n in ('PySide6','anthropic','keyring','sqlite_utils','tomlkit') if n in sys.modules])"
    )

    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout

    assert json.loads(shown.replace("'", '"')) == []


def wait_until_closed(port: int) -> None:
    """Return once *port* takes no new connections."""
    for _ in range(10_000):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            return
    pytest.fail("the listener never closed")
