"""Settings that change on disk and by command while requests are under way."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.scripted import (
    DELTA,
    LAST,
    START,
    STOP,
    Call,
    ScriptedUpstream,
    answer,
    stream_head,
)
from tests.journeys.conftest import EngineProcess, Start, message, read_all
from trayapp.cli.ask import Control
from trayapp.home import Home
from trayapp.model.command import ChangePreferences
from trayapp.model.snapshot import Snapshot

pytestmark = pytest.mark.slow

OWN = "x-api-key: sk-ant-api03-my-own\r\n"
STREAM = b'{"model":"claude-sonnet-5-5","stream":true}'
MISSING = b"HTTP/1.1 404 Not Found\r\ncontent-type: application/json\r\n"
FURTHER = '[upstreams.local]\nurl = "{}"\nkind = "compatible"\n{}allow_loopback = true\n'


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        port: int = found.getsockname()[1]
        return port


def control(engine: EngineProcess) -> Control:
    return Control(Home.locate(str(engine.home), os.environ))


def until(engine: EngineProcess, holds: Callable[[Snapshot], bool]) -> Snapshot:
    """Wait until a Snapshot shows what is waited for."""
    with control(engine) as told:
        while not holds(told.snapshot):
            assert told.wait(10), "it never came"
        return told.snapshot


def hand_edit(engine: EngineProcess, text: str) -> None:
    """Do what an editor does."""
    beside = engine.home / "config.toml.new"
    beside.write_text(text)
    beside.replace(engine.home / "config.toml")


def test_port_moves_while_a_stream_runs(
    start: Start, upstream: ScriptedUpstream, tmp_path: Path
) -> None:
    """The new port answers, the old one is closed, and the stream goes on to its end."""
    (tmp_path / "config.toml").write_text("[listener]\nport = 0 # mine\n")
    engine = start(port=None)
    port = free_port()

    def finish_late(call: Call) -> None:
        call.send(stream_head() + START)
        upstream.gone.wait(20)
        call.send(DELTA + STOP + LAST)

    upstream.then(finish_late)
    with engine.connect() as sock:
        sock.sendall(message(engine.port, OWN, STREAM))
        while b"message_start" not in sock.recv(65536):
            pass
        hand_edit(engine, f"[listener]\nport = {port} # mine\n")
        moved = until(engine, lambda shown: shown.base_url.endswith(f":{port}"))
        with pytest.raises(ConnectionRefusedError):
            engine.connect()
        engine.port = port
        answered = engine.raw(message(port, OWN))
        upstream.gone.set()
        shown = read_all(sock)

    assert moved.problems == ()
    assert answered.startswith(b"HTTP/1.1 200 ")
    assert shown.endswith(LAST)
    assert engine.status()["base_url"] == f"http://127.0.0.1:{port}"


def test_bad_file_is_told_and_nothing_changes(engine: EngineProcess) -> None:
    """The problem names file, line and key, and goes once the file is mended."""
    hand_edit(engine, "[pacing]\nlongest_hold = 60\nhold_second = 3\n")
    told = until(engine, lambda shown: bool(shown.problems)).problems[0]
    answered = engine.raw(message(engine.port, OWN))

    hand_edit(engine, "[pacing]\nlongest_hold = 60\n")
    until(engine, lambda shown: not shown.problems)

    assert f"{engine.home / 'config.toml'}, line 3" in told.message
    assert "“pacing.hold_second” is not known" in told.message
    assert "The last good settings are in use." in told.message
    assert answered.startswith(b"HTTP/1.1 200 ")


def test_taken_port_is_refused_with_its_holder(start: Start, tmp_path: Path) -> None:
    """A command that cannot be done leaves the file as it was."""
    file = tmp_path / "config.toml"
    file.write_text("[listener]\nport = 0 # mine\n")
    engine = start(port=None)
    with socket.create_server(("127.0.0.1", 0)) as holder, control(engine) as told:
        port = holder.getsockname()[1]
        answered = told.ask(ChangePreferences({"listener.port": port}))

    assert not answered.ok
    assert f"Port {port} is used by" in answered.message
    assert file.read_text() == "[listener]\nport = 0 # mine\n"
    assert engine.raw(message(engine.port, OWN)).startswith(b"HTTP/1.1 200 ")


def test_tool_is_bound_to_an_upstream_without_a_key(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A further server gets its tools' requests, and neither our key nor our token."""
    with ScriptedUpstream() as local:
        hand_edit(engine, FURTHER.format(local.url, 'credential = "none"\n'))
        token = _bound(engine)
        answered = engine.raw(message(engine.port, f"x-api-key: {token}\r\n"))

        assert answered.startswith(b"HTTP/1.1 200 ")
        assert local.seen[0].values(b"x-api-key") == local.seen[0].values(b"authorization") == []
        assert b"CANARY" not in local.raw
        assert upstream.seen == []


def test_server_without_a_way_to_count_says_so_in_its_own_words(engine: EngineProcess) -> None:
    """A 404 of a server that lacks count_tokens passes, and stops nobody else."""
    lacking = b'{"error":"no such path"}'
    with ScriptedUpstream() as local:
        hand_edit(engine, FURTHER.format(local.url, 'credential = "none"\n'))
        credential = f"x-api-key: {_bound(engine)}\r\n"
        count = message(engine.port, credential).replace(
            b"/v1/messages", b"/v1/messages/count_tokens"
        )
        local.then(lambda call: call.send(answer(lacking, MISSING)))
        counted, answered = engine.raw(count), engine.raw(message(engine.port, credential))

        assert counted.startswith(b"HTTP/1.1 404 ")
        assert lacking in counted
        assert answered.startswith(b"HTTP/1.1 200 ")


def _bound(engine: EngineProcess) -> str:
    """Connect a tool to the further upstream, once the engine knows it."""
    for _ in range(20):
        added = engine.cli("tool", "add", "script", "--upstream", "local")
        if added.returncode == 0:
            return added.stdout.strip()
    pytest.fail(added.stderr)
