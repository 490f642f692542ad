"""A verb of ours, run once in a process of its own, and heard of when it has ended."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

import trayapp

PATIENCE_MS = 30_000
"""A disk that was asleep may take a while; nobody waits longer than that."""
SAID = "sluice: "
"""How a verb of ours begins the sentence it ends with."""


class Told(msgspec.Struct, frozen=True):
    """How it ended: its exit code (None: it was ended, or never began), and what it said."""

    code: int | None
    out: bytes
    words: str


class Errand(QProcess):
    """Runs *command* with *said* on its stdin, where no list of processes shows it.

    *done* hears of its end once, never before this returns; then the errand is gone.
    """

    def __init__(
        self, command: Sequence[str], said: bytes, done: Callable[[Told], object],
        parent: QObject, *, patience_ms: int = PATIENCE_MS,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._done: Callable[[Told], object] | None = done
        self.setProcessEnvironment(_environment())
        self.finished.connect(self._end)
        self.errorOccurred.connect(self._broke)
        self._patience = QTimer(self, interval=patience_ms, singleShot=True)
        self._patience.timeout.connect(self.kill)
        self._patience.start()
        self.start(command[0], [*command[1:]])
        self.write(said)
        self.closeWriteChannel()

    def _broke(self, error: QProcess.ProcessError) -> None:
        """What never started does not finish; whoever asked hears of it a moment later."""
        if error == QProcess.ProcessError.FailedToStart:
            self._patience.timeout.disconnect(self.kill)
            self._patience.timeout.connect(self._end)
            self._patience.start(0)

    def _end(self) -> None:
        done, self._done = self._done, None
        if done is None:
            return
        self._patience.stop()
        is_well = self.error() == QProcess.ProcessError.UnknownError  # Qt's word for none
        out = bytes(self.readAllStandardOutput().data())
        words = bytes(self.readAllStandardError().data()).decode(errors="replace")
        self.deleteLater()
        done(Told(self.exitCode() if is_well else None, out, _sentences(words)))


def _sentences(words: str) -> str:
    return " ".join(line.strip().removeprefix(SAID) for line in words.splitlines()).strip()


def _environment() -> QProcessEnvironment:
    """Ours, in which the package is found where this process found it."""
    environment = QProcessEnvironment.systemEnvironment()
    ours = str(Path(trayapp.__file__).parent.parent)
    found = (ours, environment.value("PYTHONPATH"))
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, found)))
    return environment
