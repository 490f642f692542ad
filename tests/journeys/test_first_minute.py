"""The first minute: someone tries `sluice demo`, watches, and ends it one way or another."""

import os
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc").exists(), reason="looks for leftovers in /proc"),
]

OVER = "The demo is over; nothing of it is left."


class Trial:
    """A demo of its own, marked so that whatever it leaves behind can be found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mark = uuid.uuid4().hex
        environ = {**os.environ, "TMPDIR": str(folder), "SLUICE_TRIAL": self.mark}
        for name in ("SLUICE_HOME", "DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            environ.pop(name, None)
        self.environ = environ
        self.process: subprocess.Popen[str] | None = None

    def start(self, *flags: str) -> subprocess.Popen[str]:
        """Begin the demo in a process group of its own, as a terminal does."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "trayapp", "demo", *flags],
            env=self.environ, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, process_group=0,
        )  # fmt: skip
        return self.process

    def end(self) -> tuple[int, list[str], str]:
        """Exit code, lines on stdout, stderr; killed if it does not end."""
        assert self.process
        guard = threading.Timer(40, self.process.kill)
        guard.start()
        out, err = self.process.communicate()
        guard.cancel()
        return self.process.returncode, out.splitlines(), err

    def left(self) -> list[int]:
        """Processes of this demo that still live.

        The engine shows its environment to root alone, but was told a home in our folder.
        """
        signs = (self.mark.encode(), bytes(self.folder))
        return [pid for pid, seen in _processes() if any(sign in seen for sign in signs)]

    def child(self, verb: str) -> int:
        """The process that runs this verb."""
        for pid in self.left():
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            if verb.encode() in command:
                return pid
        raise LookupError(verb)


def _processes() -> Iterator[tuple[int, bytes]]:
    for entry in Path("/proc").glob("[0-9]*"):
        yield int(entry.name), _readable(entry / "cmdline") + _readable(entry / "environ")


def _readable(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


@pytest.fixture
def trial(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trial]:
    trial = Trial(tmp_path_factory.mktemp("t"))
    yield trial
    for pid in trial.left():
        os.kill(pid, signal.SIGKILL)


def until(process: subprocess.Popen[str], words: str) -> None:
    """Read its output up to a line that holds *words*."""
    assert process.stdout
    for line in process.stdout:
        if words in line:
            return
    pytest.fail(f"the demo ended before it said {words!r}")


def test_demo_shows_meters_and_leaves_nothing(trial: Trial) -> None:
    """After its seconds the demo has shown a meter, ends well, and nothing of it is left."""
    trial.start("--seconds", "3")
    code, lines, errors = trial.end()

    assert (code, errors) == (0, "")
    assert lines[0].startswith("A simulated API answers at http://127.0.0.1:")
    assert any("% used (" in line for line in lines)
    assert lines[-1] == OVER
    assert trial.left() == []
    assert list(trial.folder.iterdir()) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_demo_ends_when_asked(trial: Trial, number: signal.Signals) -> None:
    """Ctrl-C, a request to end and a closed terminal all end it well, with traffic running."""
    process = trial.start()
    until(process, "% used (")
    os.killpg(process.pid, number)
    code, lines, errors = trial.end()

    assert (code, errors, lines[-1]) == (0, "", OVER)
    assert trial.left() == []
    assert list(trial.folder.iterdir()) == []


def test_demo_can_be_ended_while_it_starts(trial: Trial) -> None:
    """A Ctrl-C before anything answers leaves nothing either."""
    process = trial.start()
    while not list(trial.folder.glob("sluice-demo-*/simulate.log")):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    code, lines, _ = trial.end()

    assert (code, lines[-1]) == (0, OVER)
    assert trial.left() == []
    assert list(trial.folder.iterdir()) == []


@pytest.mark.parametrize("verb", ["serve", "simulate"])
def test_demo_fails_when_a_part_dies(trial: Trial, verb: str) -> None:
    """If the engine or the simulated API is killed, the demo says so, ends the rest, and exits 1."""
    process = trial.start()
    until(process, "A simulated API answers")
    os.kill(trial.child(verb), signal.SIGKILL)
    code, _, errors = trial.end()

    assert code == 1
    assert errors.startswith("sluice: The ")
    assert trial.left() == []
    assert list(trial.folder.iterdir()) == []
