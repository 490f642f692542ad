"""R28 with real processes: whoever is killed, every row has one answer, and little is paid twice."""

import json
import os
import random
import signal
import sys
from pathlib import Path

import pytest

from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess
from trayapp.cli.ask import Control
from trayapp.home import Home
from trayapp.model.snapshot import Job

ROWS = 400
MOST_OUT = 40
"""Calls that can be out when something dies, at these limits."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the worker in /proc")


def engine_of(home: Path, url: str) -> EngineProcess:
    """One more life of the same home."""
    return EngineProcess(home, "--upstream", url, "--allow-loopback-upstream")


def workers_of(pid: int) -> list[int]:
    """Processes that an engine started."""
    said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in said.split()]


def reach(home: Path, count: int) -> Job:
    """The job once so many rows are done, or once it has ended."""
    with Control(Home.locate(str(home), {})) as control:
        while True:
            for job in control.snapshot.jobs:  # none yet where an engine has just begun
                if job.done >= count or job.state != "running":
                    return job
            assert control.wait(20), "the job stands"


@pytest.mark.long
@pytest.mark.parametrize(
    "mode", [(), ("--mode", "merged", "--per-call", "5")], ids=["single", "merged"]
)
def test_ten_kills_of_engine_and_worker_lose_no_row(tmp_path: Path, mode: tuple[str, ...]) -> None:
    """Five engines and five workers die at random instants; at most what was out is asked again."""
    draw = random.Random(28)
    ask = "Name a colour for thing" if mode else "say: answer"
    home, rows, out = tmp_path / "h", tmp_path / "rows.jsonl", tmp_path / "out.jsonl"
    rows.write_text("".join(f'{{"id":"r{n}","prompt":"{ask} {n}"}}\n' for n in range(ROWS)))
    killed = 0
    with SimulatorProcess(rpm=6000, itpm=10_000_000, otpm=10_000_000) as simulator:
        engine = engine_of(home, simulator.url)
        made = engine.cli("batch", "run", str(rows), "--detach", "--length", "short", *mode)
        assert made.returncode == 0, made.stderr
        for number in range(10):
            job = reach(home, number * ROWS // 11 + draw.randrange(ROWS // 20))
            if job.state != "running":
                break
            killed += 1
            if number % 2:
                for worker in workers_of(engine.process.pid):
                    os.kill(worker, signal.SIGKILL)
            else:
                engine.stop(signal.SIGKILL)
                engine = engine_of(home, simulator.url)
        written = engine.cli("batch", "resume", job.id, "--out", str(out))
        code, _ = engine.stop()
        paid = simulator.statuses()[200]

    lines = [json.loads(line) for line in out.read_text().splitlines()]
    calls = ROWS // 5 if mode else ROWS
    assert (written.returncode, code) == (0, 0)
    assert killed >= 4
    assert [line["id"] for line in lines] == [f"r{n}" for n in range(ROWS)]
    assert all(line["text"] for line in lines)
    assert mode or [line["text"] for line in lines] == [f"answer {n}" for n in range(ROWS)]
    assert calls <= paid <= calls + killed * MOST_OUT
