"""Who listens on a port, read from the kernel's tables."""

import os
import socket
from pathlib import Path

import pytest

from trayapp.engine.port_owner import Listening, holder_of, listening

pytestmark = pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs Linux")


@pytest.mark.parametrize(
    ("family", "address"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")]
)
def test_listener_is_found(family: socket.AddressFamily, address: str) -> None:
    """Its address and its user are told, in both families."""
    with socket.create_server((address, 0), family=family) as server:
        (found,) = listening(server.getsockname()[1])

    assert (found.address, found.owner) == (address, os.geteuid())


def test_holder_is_named() -> None:
    """A process that can be looked into is named with its number."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        named = holder_of(server.getsockname()[1])

    assert named.endswith(f"(process {os.getpid()})")


def test_nobody_is_another_process(tmp_path: Path) -> None:
    """Where the system tells nothing, nothing is claimed."""
    assert listening(1, tables=tmp_path) == []
    assert holder_of(0) == "another process"


def shut_in(folder: Path, *processes: tuple[int, bytes]) -> Path:
    """A `/proc` of processes that let nobody look at their files."""
    for number, words in processes:
        process = folder / str(number)
        process.mkdir()
        (process / "cmdline").write_bytes(words)
        (process / "comm").write_text("sluice\n")
    (folder / "7").mkdir()
    return folder


def test_engine_that_lets_nobody_look_is_guessed(tmp_path: Path) -> None:
    """The only process of ours that is an engine by its command line must be it."""
    processes = shut_in(tmp_path, (42, b"python\0-m\0trayapp\0serve"), (43, b"bash"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert holder_of(server.getsockname()[1], processes) == "“sluice” (process 42)"


def test_two_engines_are_not_told_apart(tmp_path: Path) -> None:
    """Between two nothing is claimed."""
    processes = shut_in(tmp_path, (42, b"sluice\0serve"), (43, b"sluice\0serve"))
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert holder_of(server.getsockname()[1], processes) == "another process of yours"


@pytest.mark.parametrize(
    ("address", "loopback"),
    [
        ("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("::ffff:127.0.0.1", True),
        ("0.0.0.0", False), ("::", False), ("192.168.1.4", False), ("::ffff:10.0.0.1", False),
    ],
)  # fmt: skip
def test_reach_of_an_address(address: str, loopback: bool) -> None:
    """Only loopback is out of other machines' reach, also written as a mapped address."""
    assert Listening(address, "1", 0).is_loopback is loopback
