"""Start at login, as each system keeps it: a desktop entry, a LaunchAgent, a value of the Run key."""

import plistlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

NAME = "sluice"
LABEL = "io.github.sluice-tray.sluice"
RUN_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"
APPROVED_KEY = r"Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run"
RUN_LIMIT = 260
"""Characters that Windows reads of a value there."""


class Autostart(Protocol):
    """One system's way."""

    @property
    def is_on(self) -> bool:
        """Whether it starts at login, as far as the system will do it."""

    def turn(self, *, on: bool) -> None:
        """Start at login from now on, or no more; raises `OSError`."""


def autostart(command: Sequence[str], environ: Mapping[str, str]) -> Autostart:
    """The way of this system to start *command*, a program's whole path and its arguments."""
    home = Path(environ.get("HOME", "~")).expanduser()
    if sys.platform == "win32":
        import winreg

        return RunKey(command, winreg)
    if sys.platform == "darwin":
        return LaunchAgent(command, home / "Library" / "LaunchAgents" / f"{LABEL}.plist")
    config = Path(environ.get("XDG_CONFIG_HOME") or home / ".config")
    return DesktopEntry(command, config / "autostart" / f"{NAME}.desktop")


class DesktopEntry:
    """An XDG autostart file. Desktops turn it off by a key, which counts as off here too."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        self._command = command
        self._file = file

    @property
    def is_on(self) -> bool:
        """Whether the file is there, names us and is not turned off in it."""
        try:
            lines = self._file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return False
        keys = dict(line.partition("=")[::2] for line in lines if "=" in line)
        hidden = keys.get("Hidden", "false").strip() == "true"
        return not hidden and keys.get("X-GNOME-Autostart-enabled", "true").strip() != "false"

    def turn(self, *, on: bool) -> None:
        """Write the file, or take it away."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        words = " ".join(_quoted(word) for word in self._command)
        self._file.write_text(
            "[Desktop Entry]\nType=Application\nVersion=1.4\nName=Sluice\n"
            f"Comment=A relay for the Claude API\nExec={words}\nTerminal=false\n"
            "X-GNOME-Autostart-enabled=true\n",
            "utf-8",
        )


class LaunchAgent:
    """A property list that launchd reads at the next login."""

    def __init__(self, command: Sequence[str], file: Path) -> None:
        self._command = command
        self._file = file

    @property
    def is_on(self) -> bool:
        """Whether the agent is there and runs at load."""
        try:
            agent: dict[str, Any] = plistlib.loads(self._file.read_bytes())
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False
        return bool(agent.get("RunAtLoad")) and not agent.get("Disabled")

    def turn(self, *, on: bool) -> None:
        """Write the list, or take it away."""
        if not on:
            self._file.unlink(missing_ok=True)
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        agent = {"Label": LABEL, "ProgramArguments": list(self._command), "RunAtLoad": True}
        self._file.write_bytes(plistlib.dumps(agent))


class RunKey:
    """A value of the user's Run key. The task manager's own switch for it is respected."""

    def __init__(self, command: Sequence[str], registry: Any) -> None:
        self._words = subprocess.list2cmdline(command)
        self._registry = registry

    @property
    def is_on(self) -> bool:
        """Whether the value is there; what the user switched off in the task manager is off."""
        if self._read(RUN_KEY) is None:
            return False
        approved = self._read(APPROVED_KEY)
        return not (isinstance(approved, bytes) and approved[:1] and approved[0] & 1)

    def turn(self, *, on: bool) -> None:
        """Set the value, or delete it."""
        registry = self._registry
        if on and len(self._words) > RUN_LIMIT:
            raise OSError(f"Windows starts nothing whose path is over {RUN_LIMIT} characters.")
        access = registry.KEY_SET_VALUE
        with registry.CreateKeyEx(registry.HKEY_CURRENT_USER, RUN_KEY, 0, access) as key:
            if on:
                registry.SetValueEx(key, NAME, 0, registry.REG_SZ, self._words)
            elif self._read(RUN_KEY) is not None:
                registry.DeleteValue(key, NAME)

    def _read(self, path: str) -> object:
        registry = self._registry
        try:
            with registry.OpenKey(registry.HKEY_CURRENT_USER, path) as key:
                value: object = registry.QueryValueEx(key, NAME)[0]
        except OSError:
            return None
        return value


def _quoted(word: str) -> str:
    r"""A word of a desktop entry's Exec: quoted, with `%` doubled and what quotes keep escaped."""
    plain = word.replace("%", "%%")
    if plain and all(char.isalnum() or char in "/._-+:=@%" for char in plain):
        return plain
    # Once for the quotes, once more for the file's own escapes.
    for char in '\\"`$':
        plain = plain.replace(char, "\\" + char)
    return '"' + plain.replace("\\", "\\\\") + '"'
