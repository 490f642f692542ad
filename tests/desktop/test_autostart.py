"""Start at login: the files and the registry as each system reads them."""

import plistlib
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from trayapp.desktop.autostart import (
    APPROVED_KEY,
    RUN_KEY,
    DesktopEntry,
    LaunchAgent,
    RunKey,
    autostart,
)

COMMAND = ("/opt/my sluice/100%/sluice", "--home", 'a"b$c`d\\e')


class FakeRegistry:
    """What of `winreg` is asked for; *values* is the user's hive by path and name."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], Any] = {}

    @contextmanager
    def OpenKey(self, hive: str, path: str) -> Iterator[str]:  # noqa: N802 - winreg's own
        yield path

    @contextmanager
    def CreateKeyEx(self, hive: str, path: str, zero: int, access: int) -> Iterator[str]:  # noqa: N802 - winreg's own
        assert access == self.KEY_SET_VALUE
        yield path

    def QueryValueEx(self, key: str, name: str) -> tuple[Any, int]:  # noqa: N802 - winreg's own
        if (key, name) not in self.values:
            raise FileNotFoundError(name)
        return self.values[key, name], self.REG_SZ

    def SetValueEx(self, key: str, name: str, zero: int, kind: int, value: str) -> None:  # noqa: N802 - winreg's own
        self.values[key, name] = value

    def DeleteValue(self, key: str, name: str) -> None:  # noqa: N802 - winreg's own
        del self.values[key, name]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the entry goes; its folder is not there yet."""
    return tmp_path / "autostart" / "sluice.desktop"


def test_linux_finds_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry stands where the desktop looks for it."""
    monkeypatch.setattr("sys.platform", "linux")
    autostart(["/usr/bin/sluice"], {"XDG_CONFIG_HOME": str(tmp_path)}).turn(on=True)
    autostart(["/usr/bin/sluice"], {"HOME": str(tmp_path)}).turn(on=True)

    assert (tmp_path / "autostart" / "sluice.desktop").exists()
    assert (tmp_path / ".config" / "autostart" / "sluice.desktop").exists()


def test_mac_finds_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agent stands where launchd looks for it."""
    monkeypatch.setattr("sys.platform", "darwin")
    autostart(["/usr/bin/sluice"], {"HOME": str(tmp_path)}).turn(on=True)

    assert list((tmp_path / "Library" / "LaunchAgents").glob("*.plist"))


def test_entry_is_turned_on_and_off(file: Path) -> None:
    """On writes the file, off takes it away, and twice is as once."""
    entry = DesktopEntry(["/usr/bin/sluice"], file)
    seen = [entry.is_on]
    for on in (True, True, False, False):
        entry.turn(on=on)
        seen.append(entry.is_on)

    assert seen == [False, True, True, False, False]
    assert not file.exists()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_desktop_turned_it_off(file: Path, line: str) -> None:
    """What the desktop's own settings switched off is off."""
    entry = DesktopEntry(["/usr/bin/sluice"], file)
    entry.turn(on=True)
    file.write_text(file.read_text() + line + "\n")

    assert not entry.is_on


def test_entry_that_is_no_text_is_off(file: Path) -> None:
    """Rubbish in the file starts nothing."""
    file.parent.mkdir()
    file.write_bytes(b"\xff\xfe")

    assert not DesktopEntry(["/usr/bin/sluice"], file).is_on


def test_any_path_can_be_started(file: Path) -> None:
    """Blanks, quotes, percent and backslashes reach the program as they are."""
    DesktopEntry(COMMAND, file).turn(on=True)
    (line,) = [line for line in file.read_text().splitlines() if line.startswith("Exec=")]

    # The file's own escapes first, then the quoting of Exec, which is the shell's within quotes.
    words = line.removeprefix("Exec=").replace("\\\\", "\\")
    said = subprocess.run(["sh", "-c", f"printf '%s\\n' {words}"], capture_output=True, check=True)
    assert tuple(said.stdout.decode().replace("%%", "%").splitlines()) == COMMAND


def test_agent_is_turned_on_and_off(file: Path) -> None:
    """On writes a list that launchd reads, off takes it away."""
    agent = LaunchAgent(COMMAND, file)
    seen = [agent.is_on]
    agent.turn(on=True)
    seen.append(agent.is_on)
    told = plistlib.loads(file.read_bytes())
    agent.turn(on=False)

    assert [*seen, agent.is_on] == [False, True, False]
    assert told["ProgramArguments"] == list(COMMAND)


def test_agent_that_is_no_list_is_off(file: Path) -> None:
    """Rubbish in the file starts nothing."""
    file.parent.mkdir()
    file.write_bytes(b"no list")

    assert not LaunchAgent(COMMAND, file).is_on


def test_run_key_is_set_and_deleted() -> None:
    """On sets the value with its words quoted, off deletes it, and twice is as once."""
    registry = FakeRegistry()
    run = RunKey(["C:\\Program Files\\sluice.exe"], registry)
    seen = [run.is_on]
    run.turn(on=True)
    value = registry.values[RUN_KEY, "sluice"]
    seen.append(run.is_on)
    run.turn(on=False)
    run.turn(on=False)

    assert [*seen, run.is_on] == [False, True, False]
    assert value == '"C:\\Program Files\\sluice.exe"'


@pytest.mark.parametrize(("first", "is_on"), [(2, True), (3, False), (6, True)])
def test_task_manager_is_respected(first: int, *, is_on: bool) -> None:
    """What the user switched off in the task manager is off."""
    registry = FakeRegistry()
    run = RunKey(["sluice.exe"], registry)
    run.turn(on=True)
    registry.values[APPROVED_KEY, "sluice"] = bytes([first]) + bytes(11)

    assert run.is_on == is_on


def test_long_path_is_refused_on_windows() -> None:
    """Windows would cut it off and start something else, or nothing."""
    with pytest.raises(OSError, match="260 characters"):
        RunKey(["x" * 261], FakeRegistry()).turn(on=True)
