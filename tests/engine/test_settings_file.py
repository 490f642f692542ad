"""A settings file that changes by hand or by command while an engine lives by it."""

import os
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from trayapp import settings
from trayapp.engine.problems import Problems
from trayapp.engine.reconfigure import Reconfigure
from trayapp.engine.settings_file import SettingsFile
from trayapp.model.errors import Misconfigured, Taken
from trayapp.model.preferences import Preferences


class House:
    """A file, and who is told of it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "config.toml"
        self.ports: list[int] = []
        self.taken = 0
        self.problems = Problems(FakeClock().now, lambda: None)
        self.rooms = Reconfigure(Preferences())
        self.rooms.hand(lambda now: now.listener.port, self._move)
        self.changes = 0
        self.file = SettingsFile(
            self.path, self.rooms, self.problems, self._changed, lambda now: now
        )

    def write(self, text: str) -> None:
        """Do what an editor does: a new file in place of the old one."""
        beside = self.path.with_suffix(".new")
        beside.write_text(text)
        beside.replace(self.path)

    @property
    def told(self) -> list[str]:
        return [problem.message for problem in self.problems.all()]

    def _move(self, port: int) -> None:
        if port == self.taken:
            raise Taken(f"Port {port} is used by “nc” (process 7).")
        self.ports.append(port)

    def _changed(self) -> None:
        self.changes += 1


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


def test_change_by_hand_is_seen(house: House) -> None:
    """A look reads the file when it is another, and only then."""
    house.write("[listener]\nport = 1\n")
    house.file.look()
    house.file.look()

    assert (house.ports, house.changes, house.file.version) == ([1], 1, 1)


def test_bad_file_keeps_the_last_good_settings(house: House) -> None:
    """What is wrong is told with file and line until it is mended."""
    house.write("[listener]\nport = 1\n")
    house.file.look()
    house.write("[listener]\nprot = 2\n")
    house.file.look()
    told, fault, current = house.told, house.file.told().fault, house.rooms.current

    house.write("[listener]\nport = 1 # mended\n")
    house.file.look()

    where = f"{house.path}, line 2: “listener.prot” is not known"
    assert told == [f"{where}. The last good settings are in use."]
    assert (fault, current.listener.port) == (f"{where}.", 1)
    assert (house.told, house.file.told().fault, house.ports) == ([], None, [1])


def test_removed_file_means_the_defaults(house: House) -> None:
    """As at a start."""
    house.write("[listener]\nport = 1\n")
    house.file.look()
    house.path.unlink()
    house.file.look()

    assert house.ports == [1, 7429]


def test_command_changes_the_file(house: House) -> None:
    """The file is made where there was none, for its owner alone, and its words stay."""
    house.file.change({"listener.port": 1})
    mode = house.path.stat().st_mode & 0o777
    house.write(house.path.read_text() + "# mine\n")
    house.file.look()
    house.file.change({"listener.port": 2})
    house.file.look()

    assert house.path.read_text() == "[listener]\nport = 2\n# mine\n"
    assert mode == 0o600
    assert (house.ports, house.file.told().preferences.listener.port) == ([1, 2], 2)


def test_invalid_change_is_refused_and_nothing_is_written(house: House) -> None:
    """The sentence says what the key takes."""
    house.file.change({"listener.port": 1})

    with pytest.raises(Misconfigured, match="must be a whole number from 0 to 65535"):
        house.file.change({"listener.port": 70000})

    assert house.path.read_text() == "[listener]\nport = 1\n"
    assert (house.told, house.ports) == ([], [1])


def test_change_that_cannot_be_done_here_is_taken_back(house: House) -> None:
    """A port that someone else has is refused by name, and the old one stays in the file."""
    house.file.change({"listener.port": 1})
    house.taken = 2

    with pytest.raises(Misconfigured, match="process 7"):
        house.file.change({"listener.port": 2})

    assert house.path.read_text() == "[listener]\nport = 1\n"
    assert (house.told, house.file.told().preferences.listener.port) == ([], 1)


def test_unwritable_folder_is_told(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full or read-only disk changes nothing."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(Misconfigured, match="cannot be written: No space left"):
        house.file.change({"listener.port": 1})

    assert list(house.path.parent.iterdir()) == []


def test_link_to_ones_dotfiles_stays_a_link(house: House, tmp_path: Path) -> None:
    """The file it leads to is changed."""
    real = tmp_path / "dotfiles.toml"
    real.write_text("# mine\n")
    house.path.symlink_to(real)

    house.file.change({"listener.port": 1})

    assert house.path.is_symlink()
    assert settings.load(real).listener.port == 1
