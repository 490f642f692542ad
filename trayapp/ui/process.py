"""The engine's process, as the tray starts one: in a session of its own, which outlives the tray."""

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

SAID = "sluice: "
"""How a verb of ours begins the sentence it ends with."""


class Process:
    """One engine. Its last words are in *log*, which only this user can read."""

    def __init__(self, command: Sequence[str], environ: Mapping[str, str], log: Path) -> None:
        self._log = log
        with log.open("wb") as stderr:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, no shell
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=stderr,
                env=environ,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """Its exit code; negative for a signal, None while it runs."""
        return self._process.poll()

    @property
    def why(self) -> str:
        """Its last sentence, "" where it left none."""
        try:
            lines = self._log.read_text("utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        said = [line.removeprefix(SAID) for line in lines if line.startswith(SAID)]
        return said[-1] if said else ""

    def terminate(self) -> None:
        """Ask it to end."""
        if os.name == "posix" or self.code is None:
            self._process.terminate()
