"""An engine's process, as the tray starts one."""

import os
import sys
from pathlib import Path

import pytest

from trayapp.ui.process import Process


def ended(code: str, log: Path) -> Process:
    """What ran *code* to its end."""
    process = Process([sys.executable, "-c", code], os.environ, log)
    process._process.wait(20)
    return process


@pytest.mark.parametrize(
    ("stderr", "why"),
    [
        ("sluice: Port 7429 is used by “x”.\\n", "Port 7429 is used by “x”."),
        ("WARNING slept\\nsluice: The first.\\nsluice: The last.\\nbye\\n", "The last."),
        ("Traceback (most recent call last):\\n  File\\n", ""),
        ("", ""),
    ],
)
def test_last_sentence(tmp_path: Path, stderr: str, why: str) -> None:
    """Why it ended is the last sentence of ours; a traceback is for the log."""
    code = f"import sys; sys.stderr.reconfigure(encoding='utf-8'); sys.stderr.write('{stderr}'); sys.exit(75)"
    process = ended(code, tmp_path / "engine.log")

    assert (process.code, process.why) == (75, why)


def test_log_that_is_gone(tmp_path: Path) -> None:
    """Whoever removed the log took the reason with it."""
    process = ended("pass", tmp_path / "engine.log")
    (tmp_path / "engine.log").unlink()

    assert process.why == ""


def test_is_a_session_of_its_own(tmp_path: Path) -> None:
    """Neither Ctrl-C in the tray's terminal nor the tray's end reaches it."""
    code = "import os, sys; sys.stderr.write(str(os.getsid(0) == os.getpid()))"
    ended(code, tmp_path / "engine.log")

    assert (tmp_path / "engine.log").read_text() == "True"


def test_is_asked_to_end(tmp_path: Path) -> None:
    """What takes too long to start is told to stop."""
    code = "import sys; sys.stdin.read(); import signal; signal.pause()"
    process = Process([sys.executable, "-c", code], os.environ, tmp_path / "engine.log")
    running = process.code
    process.terminate()
    process._process.wait(20)

    assert process.pid
    assert (running, process.code) == (None, -15)
