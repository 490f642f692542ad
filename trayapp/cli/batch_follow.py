"""Waiting for a job: a bar on a terminal, a line now and then where nobody looks."""

from typing import TextIO

from trayapp.cli import batch_words as words
from trayapp.cli.ask import Control
from trayapp.clock import Clock
from trayapp.model.errors import NoEngine
from trayapp.model.snapshot import Job, Snapshot

BLINK_S = 1.0
TERMINAL_S, PIPED_S = 0.0, 5.0
"""Least time between two tellings."""


def follow(control: Control, job: str, told: TextIO) -> Job:
    """Wait until the job stands still, telling how far it is; raises `NoEngine` where that ends."""
    bar = _Bar(told)
    try:
        while True:
            now = _of(control.snapshot, job)
            if now is not None and now.state != "planned":  # it was seen before it was started
                bar.show(now)
                if now.state != "running":
                    return now
            control.wait(BLINK_S)
    except NoEngine as gone:
        raise NoEngine(
            f"{gone.message} The job goes on when one runs again; then: "
            f"sluice batch resume {job[:8]}"
        ) from None
    finally:
        bar.end()


def _of(snapshot: Snapshot, job: str) -> Job | None:
    return next((each for each in snapshot.jobs if each.id == job), None)


class _Bar:
    def __init__(self, told: TextIO) -> None:
        self._told = told
        self._clock = Clock()
        self._is_terminal = told.isatty()
        self._last = ""
        self._next = 0.0

    def show(self, job: Job) -> None:
        now = self._clock.monotonic()
        line = words.progress(job, self._clock.now().astimezone(), bar=self._is_terminal)
        if line == self._last or now < self._next:
            return
        self._last, self._next = line, now + (TERMINAL_S if self._is_terminal else PIPED_S)
        self._told.write(f"\r\x1b[K{line}" if self._is_terminal else f"{line}\n")
        self._told.flush()

    def end(self) -> None:
        if self._is_terminal and self._last:
            self._told.write("\n")
            self._told.flush()
