"""Who has the port: nobody, our engine, or someone who only seems to be it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.fakes.control import SNAPSHOT, FakeEngine, control, line
from trayapp.cli import doctor_port
from trayapp.cli.ask import Control
from trayapp.cli.findings import Finding
from trayapp.engine.port_owner import Listening
from trayapp.home import Home
from trayapp.model.command import PROTOCOL, Answer, Ask, Hello, SnapshotFrame

pytestmark = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux")


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Someone who listens and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def found(tmp_path: Path, port: int, replies: list[object]) -> list[Finding]:
    """What is said of *port* with an engine that answers `Recognize` by *replies*, in turn."""
    home = Home.locate(str(tmp_path / "h"), {})

    def reply(ask: Ask) -> list[bytes]:
        value = replies.pop(0)
        return [line(Answer(ask.id, ok=value is not None, value=value))]

    snapshot = msgspec.structs.replace(SNAPSHOT, base_url=f"http://127.0.0.1:{port}")
    greeting = [line(Hello(PROTOCOL, "0.1.0")), line(SnapshotFrame(snapshot))]
    with control(home, FakeEngine(greeting, reply)), Control(home) as asked:
        return list(doctor_port.port(asked, 0))


def test_free_port_is_fine(listener: socket.socket) -> None:
    """Without an engine nobody should be there."""
    number = listener.getsockname()[1]
    listener.close()

    (finding,) = doctor_port.port(None, number)

    assert (finding.state, finding.words) == ("ok", "is free for `sluice serve`.")


def test_port_that_is_picked_is_fine() -> None:
    """Port 0 stands for any."""
    (finding,) = doctor_port.port(None, 0)

    assert finding.state == "ok"


def test_foreign_listener_is_named(listener: socket.socket) -> None:
    """Tools would send their token to whoever sits there, so that is a failure with a name."""
    (finding,) = doctor_port.port(None, listener.getsockname()[1])

    assert finding.state == "failed"
    assert "(process " in finding.words


def test_recognized_connection_is_the_proof(tmp_path: Path, listener: socket.socket) -> None:
    """The engine may take a moment to accept."""
    proof, reach = found(tmp_path, listener.getsockname()[1], [False, True])

    assert (proof.state, reach.state) == ("ok", "ok")
    assert "is ours" in proof.words
    assert "127.0.0.1: loopback only" in reach.words


def test_impostor_is_found(
    tmp_path: Path, listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A port that answers while the engine knows nothing of the connection is someone else's."""
    monkeypatch.setattr(doctor_port, "_PAUSE", 0.0)

    proof = found(tmp_path, listener.getsockname()[1], [False] * 40)[0]

    assert (proof.state, "not by your engine" in proof.words) == ("failed", True)


def test_engine_that_does_not_understand(tmp_path: Path, listener: socket.socket) -> None:
    """An older engine cannot prove itself."""
    assert found(tmp_path, listener.getsockname()[1], [None])[0].state == "failed"


def test_deaf_port(tmp_path: Path, listener: socket.socket) -> None:
    """An engine whose port does not answer is a failure."""
    number = listener.getsockname()[1]
    listener.close()

    (finding,) = found(tmp_path, number, [])

    assert "does not accept connections" in finding.words


def test_wide_listener_is_a_failure() -> None:
    """Whoever listens for other machines on our port is named by the address."""
    sockets = [Listening("127.0.0.1", "1", 0), Listening("0.0.0.0", "2", 0)]

    states = [each.words for each in doctor_port._reach(1, sockets) if each.state == "failed"]

    assert "0.0.0.0" in states[0]


def test_foreign_v6_listener_is_noted() -> None:
    """Tools that resolve localhost to ::1 would talk to another process."""
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        number = server.getsockname()[1]
        found = list(doctor_port._reach(number, [Listening("127.0.0.1", "1", 0)]))

    assert [each.state for each in found] == ["ok", "note"]
