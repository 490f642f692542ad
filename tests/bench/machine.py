"""Processes on a core of their own, and what the operating system says they used."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LOAD, MEASURED = 0, 1
"""The core of the load and the upstream, and the core of what is measured."""


class Missing(Exception):
    """Something has to be installed before this can be measured."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pin(core: int) -> None:
    """Keep this process on *core*."""
    os.sched_setaffinity(0, {core})


def _pinned(core: int) -> Callable[[], None]:
    return lambda: pin(core)


def start(
    command: list[str],
    core: int,
    *,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    said: Path | None = None,
) -> "subprocess.Popen[bytes]":
    """Start *command* on *core*; what it says goes to the file *said*, else into a pipe."""
    out = subprocess.PIPE if said is None else said.open("wb")
    return subprocess.Popen(
        command,
        preexec_fn=_pinned(core),  # noqa: PLW1509 - one thread: nothing can go wrong before exec
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdout=out,
        stderr=None if said is None else subprocess.STDOUT,
        start_new_session=True,
    )


def stop(child: "subprocess.Popen[bytes]") -> None:
    """End a child that `start` started, and what it started."""
    pids = family(child.pid)
    child.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(10)
    for pid in pids:
        with contextlib.suppress(OSError):
            os.kill(pid, 9)
    child.wait(10)
    if child.stdout is not None:
        child.stdout.close()


@contextlib.contextmanager
def running(child: "subprocess.Popen[bytes]") -> Iterator["subprocess.Popen[bytes]"]:
    """End *child* at the end of the block."""
    try:
        yield child
    finally:
        stop(child)


def wait_for(port: int, child: "subprocess.Popen[bytes]", seconds: float = 10) -> None:
    """Return once *port* accepts; `Missing` where *child* ends before, or takes too long."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        if child.poll() is not None:
            break
        time.sleep(0.0005)
    raise Missing(f"{child.args!r} does not listen on port {port}.")


def family(pid: int) -> list[int]:
    """Return *pid* and every process below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            parents.setdefault(parent, []).append(int(stat.parent.name))
    found = [pid]
    for each in found:
        found += parents.get(each, [])
    return found


def cpu_s(pids: list[int]) -> float:
    """Return the processor seconds that all threads of *pids* have used, by the scheduler."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def megabytes(pids: list[int], kind: str) -> float:
    """Return the memory of *pids*: `Rss`, or `Pss` where shared pages are divided."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
            total += sum(map(int, re.findall(rf"^{kind}:\s+(\d+) kB", rollup, re.MULTILINE)))
    return total / 1024


def conditions() -> str:
    """Say on what machine, and how much else it had to do."""
    model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({model[1] if model else 'unknown'}), Python"
        f" {sys.version.split()[0]}, Linux {os.uname().release}; load average {load}"
    )


def disturbance() -> tuple[float, int]:
    """Return the seconds others took from this machine's processors, and resent TCP segments."""
    steal = int(Path("/proc/stat").read_text().split()[8]) / os.sysconf("SC_CLK_TCK")
    names, values = re.findall(r"^Tcp: (.*)$", Path("/proc/net/snmp").read_text(), re.MULTILINE)
    return steal, int(values.split()[names.split().index("RetransSegs")])
