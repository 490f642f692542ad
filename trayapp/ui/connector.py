"""The desk's road to the tools of this user: each question has a short process of its own.

So windows never wait for a disk, it works with and without an engine, and the rooms that change
files are never loaded here. A token goes down by stdin, where no list of processes shows it.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer

import trayapp
from trayapp.home import Home
from trayapp.model.connecting import ConnectAnswer, ConnectAsk

Heard = Callable[[ConnectAnswer], None]

PATIENCE_MS = 30_000
"""A disk that was asleep may take a while; nobody waits longer than that."""
BROKEN = "Sluice could not ask for the tools' settings; try again."


class Connector(QObject):
    """Asks, and hears the answer later; a question that fails is answered in words."""

    def __init__(self, command: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = [*(command or of_home(None))]

    def ask(self, ask: ConnectAsk, done: Heard) -> None:
        """Say *ask*; *done* hears the answer once, never before this returns."""
        question = _Question(done, self)
        question.start(self._command[0], self._command[1:])
        question.write(msgspec.json.encode(ask))
        question.closeWriteChannel()


class _Question(QProcess):
    """One question; gone when it is answered."""

    def __init__(self, done: Heard, parent: QObject) -> None:
        super().__init__(parent)
        self._done: Heard | None = done
        self.setStandardErrorFile(QProcess.nullDevice())
        self.setProcessEnvironment(_environment())
        self.finished.connect(self._end)
        self.errorOccurred.connect(self._broke)
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self.kill)
        self._patience.start()

    def _broke(self, error: QProcess.ProcessError) -> None:
        """What never started does not finish; whoever asked hears of it a moment later."""
        if error == QProcess.ProcessError.FailedToStart:
            self._patience.timeout.disconnect(self.kill)
            self._patience.timeout.connect(self._end)
            self._patience.start(0)

    def _end(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            said = bytes(self.readAllStandardOutput().data())
            self._patience.stop()
            self.deleteLater()
            done(_read(said))


def of_home(home: Home | None) -> tuple[str, ...]:
    """The command that answers for the tools of *home*, or of the usual one."""
    where = ("--home", str(home.given)) if home and home.given else ()
    return (sys.executable, "-P", "-m", "trayapp", "connector", *where)


def _environment() -> QProcessEnvironment:
    """Ours, in which the package is found where this process found it."""
    environment = QProcessEnvironment.systemEnvironment()
    ours = str(Path(trayapp.__file__).parent.parent)
    found = (ours, environment.value("PYTHONPATH"))
    environment.insert("PYTHONPATH", os.pathsep.join(filter(None, found)))
    return environment


def _read(said: bytes) -> ConnectAnswer:
    try:
        return msgspec.json.decode(said, type=ConnectAnswer)
    except msgspec.MsgspecError:
        return ConnectAnswer(error=BROKEN)
