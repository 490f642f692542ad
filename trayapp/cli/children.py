"""Sluice's own verbs as child processes that end when their parent wants them to."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

import trayapp
from trayapp.model.errors import SluiceError

START_PATIENCE = 20.0
STOP_PATIENCE = 6.0
_TICK = 0.05


class ChildError(SluiceError):
    """A child ended by itself, or never said that it was ready."""


class Stop:
    """Counts the wishes to stop; a handler may only count, since it runs in the middle of anything."""

    def __init__(self) -> None:
        self.wishes = 0

    def __bool__(self) -> bool:
        return self.wishes > 0

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """Count Ctrl-C, SIGTERM and a closed terminal instead of dying of them."""
        numbers = [signal.SIGINT, signal.SIGTERM, *_hangup()]
        before = {number: signal.signal(number, self._wish) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _wish(self, _number: int, _frame: object) -> None:
        self.wishes += 1


def _hangup() -> list[signal.Signals]:
    return [] if sys.platform == "win32" else [signal.SIGHUP]


class Child:
    """`python -m trayapp VERB …` in a process group of its own.

    So a Ctrl-C in the terminal reaches the parent alone, which ends its children in order.
    """

    def __init__(
        self, arguments: Sequence[str], log: Path, environ: Mapping[str, str], name: str = ""
    ) -> None:
        self.name = name or arguments[0]
        self._log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                [sys.executable, "-P", "-m", "trayapp", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=stderr,
                env={**environ, "PYTHONPATH": import_path(environ)},
                process_group=0 if os.name == "posix" else None,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        self._said: list[bytes] = []
        self._spoke = threading.Event()
        self._reader = threading.Thread(target=self._read, name=f"{self.name} output", daemon=True)
        self._reader.start()

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    @property
    def is_done(self) -> bool:
        """Whether it has ended well, as a child does that its user can end."""
        return self._process.poll() == 0

    def check(self) -> None:
        """Raise `ChildError`, with its last words, if it has ended."""
        if (code := self._process.poll()) is not None:
            lines = self._log.read_text(errors="replace").strip().splitlines()[-3:]
            words = f": {' / '.join(lines)}" if lines else ""
            raise ChildError(f"The process of `{self.name}` ended with {code}{words}")

    def ready(self, stop: Stop, patience: float = START_PATIENCE) -> dict[str, object]:
        """Its ready line; empty if *stop* was wished first. Raises `ChildError`."""
        waited = 0.0
        while not self._spoke.wait(_TICK):
            waited += _TICK
            if stop:
                return {}
            if waited >= patience:
                raise ChildError(f"`{self.name}` did not get ready within {patience:g} s.")
        if not self._said:
            self._process.wait(patience)  # its output is closed, so it is ending
            self.check()
        try:
            return msgspec.json.decode(self._said[0], type=dict[str, object])
        except msgspec.MsgspecError:
            raise ChildError(f"`{self.name}` said something else than where it is.") from None

    def stop(self, stop: Stop, patience: float = STOP_PATIENCE) -> None:
        """Ask it to end and wait for it; killed after *patience* seconds or at a second wish."""
        self._process.terminate()
        waited = 0.0
        while self._process.poll() is None:
            if waited >= patience or stop.wishes > 1:
                self._process.kill()
            try:
                self._process.wait(_TICK)
            except subprocess.TimeoutExpired:
                waited += _TICK
        self._reader.join(1.0)

    def _read(self) -> None:
        """Keep the first line and drain the rest, so that the child never waits for a reader."""
        output = self._process.stdout
        assert output is not None  # noqa: S101 - for the type checker: it is a pipe
        with output:
            if line := output.readline():
                self._said.append(line)
            self._spoke.set()
            while output.read(1 << 16):
                pass


def import_path(environ: Mapping[str, str]) -> str:
    """The PYTHONPATH by which the children find this same package, whatever folder the user is in."""
    ours = str(Path(trayapp.__file__).parent.parent)
    return os.pathsep.join(filter(None, (ours, environ.get("PYTHONPATH"))))
