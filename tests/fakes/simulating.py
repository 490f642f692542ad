"""The simulated API in a process of its own, as a test or a benchmark starts it."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).parents[2]


class SimulatorProcess:
    """One `sluice simulate` with *limits* a minute, for as long as the `with` lasts."""

    def __init__(self, **limits: int) -> None:
        words = [word for name, limit in limits.items() for word in (f"--{name}", str(limit))]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "trayapp", "simulate", *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout
        self.url: str = json.loads(self._process.stdout.readline())["base_url"]

    def state(self) -> dict[str, Any]:
        """The truth: levels of its pools, answers by status, callers that left."""
        with urllib.request.urlopen(f"{self.url}/simulator/state", timeout=10) as answer:
            told: dict[str, Any] = json.load(answer)
        return told

    def statuses(self) -> dict[int, int]:
        """How many answers it began, by status."""
        return {int(status): count for status, count in self.state()["statuses"].items()}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)
