"""A developer asks the doctor, with and without an engine."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes.scripted import ScriptedUpstream
from tests.journeys.conftest import KEY, ROOT, EngineProcess, Start

pytestmark = pytest.mark.slow


def settings(home: Path, upstream: ScriptedUpstream, more: str = "") -> None:
    """Settings that lead to *upstream*."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(
        f'[upstream]\nurl = "{upstream.url}"\nallow_loopback = true\n{more}'
    )


def test_all_is_well(start: Start, upstream: ScriptedUpstream, tmp_path: Path) -> None:
    """With an engine the port is proved ours, the upstream answers, and no secret is shown."""
    settings(tmp_path, upstream)
    engine: EngineProcess = start()
    token = engine.token()

    said = engine.cli("doctor")

    assert said.returncode == 0, said.stdout
    for words in (
        "is ours: the engine recognized the connection",
        "loopback only",
        "“tool” (normal) may enter",
        "answers (HTTP 200)",
    ):
        assert words in " ".join(said.stdout.split())
    assert KEY not in said.stdout
    assert token not in said.stdout


def test_engine_is_down_and_someone_took_its_port(
    upstream: ScriptedUpstream, tmp_path: Path
) -> None:
    """Whoever sits on the port while no engine runs is a failed check with a name."""
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        settings(tmp_path, upstream, f"[listener]\nport = {squatter.getsockname()[1]}\n")
        said = subprocess.run(
            [sys.executable, "-m", "trayapp", "doctor", "--home", str(tmp_path)],
            cwd=ROOT, capture_output=True, text=True, timeout=30, check=False,
        )  # fmt: skip

    assert said.returncode == 1
    assert "while no engine of yours runs" in " ".join(said.stdout.split())
    assert said.stdout.splitlines()[-1].endswith("failed.")
