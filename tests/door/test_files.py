"""Our files are ours alone: what was put in their place is not written to, and nobody else reads them."""

import os
import signal
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.door.front import Front, sluice
from tests.journeys.conftest import EngineProcess, Start

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX"),
]

OTHER = 65534


def ended(home: Path) -> subprocess.CompletedProcess[str]:
    """Start an engine that is expected to end by itself."""
    return sluice("serve", "--port", "0", "--home", str(home))


def link_home(home: Path, elsewhere: Path) -> Path:
    """The home itself is a link."""
    home.symlink_to(elsewhere)
    return home


def link_data(home: Path, elsewhere: Path) -> Path:
    """A folder of the home is a link."""
    home.mkdir(mode=0o700)
    (home / "data").symlink_to(elsewhere)
    return home / "data"


def link_run(home: Path, elsewhere: Path) -> Path:
    """The socket's folder is a link."""
    home.mkdir(mode=0o700)
    (home / "run").symlink_to(elsewhere)
    return home / "run"


def open_data(home: Path, elsewhere: Path) -> Path:
    """A folder of the home may be written to by all."""
    home.mkdir(mode=0o700)
    (home / "data").mkdir()
    (home / "data").chmod(0o777)
    return home / "data"


def open_parent(home: Path, elsewhere: Path) -> Path:
    """Anyone may replace the home itself."""
    home.parent.chmod(0o777)
    return home


def foreign_home(home: Path, elsewhere: Path) -> Path:
    """The home belongs to someone else."""
    home.mkdir(mode=0o700)
    os.chown(home, OTHER, OTHER)
    return home


def foreign_data(home: Path, elsewhere: Path) -> Path:
    """A folder of the home belongs to someone else."""
    home.mkdir(mode=0o700)
    (home / "data").mkdir(mode=0o700)
    os.chown(home / "data", OTHER, OTHER)
    return home / "data"


def foreign_settings(home: Path, elsewhere: Path) -> Path:
    """Someone else wrote the settings while the home stood open."""
    home.mkdir(mode=0o777)
    (home / "config.toml").write_text('[upstream]\nurl = "https://evil.example"\n')
    os.chown(home / "config.toml", OTHER, OTHER)
    return home / "config.toml"


def prepared(home: Path) -> Path:
    """The data folder of a good home."""
    (home / "data").mkdir(mode=0o700, parents=True)
    home.chmod(0o700)
    return home / "data"


def link_database(home: Path, elsewhere: Path) -> Path:
    """The database is a link to a file elsewhere."""
    file = prepared(home) / "meter.db"
    file.symlink_to(elsewhere / "kept")
    return file


def dangling_database(home: Path, elsewhere: Path) -> Path:
    """The database is a link to where a file would be made."""
    file = prepared(home) / "meter.db"
    file.symlink_to(elsewhere / "new")
    return file


def hard_link_database(home: Path, elsewhere: Path) -> Path:
    """The database is another name of a file elsewhere."""
    file = prepared(home) / "meter.db"
    file.hardlink_to(elsewhere / "kept")
    return file


def fifo_database(home: Path, elsewhere: Path) -> Path:
    """The database is a pipe to whoever reads it."""
    file = prepared(home) / "meter.db"
    os.mkfifo(file)
    return file


def foreign_database(home: Path, elsewhere: Path) -> Path:
    """The database belongs to someone else."""
    file = prepared(home) / "meter.db"
    file.touch()
    os.chown(file, OTHER, OTHER)
    return file


def link_lock(home: Path, elsewhere: Path) -> Path:
    """The lock is a link."""
    file = prepared(home) / "lock"
    file.symlink_to(elsewhere / "kept")
    return file


def fifo_lock(home: Path, elsewhere: Path) -> Path:
    """The lock is a pipe."""
    file = prepared(home) / "lock"
    os.mkfifo(file)
    return file


def fifo_settings(home: Path, elsewhere: Path) -> Path:
    """The settings are a pipe, which would make a reader wait for ever."""
    home.mkdir(mode=0o700)
    os.mkfifo(home / "config.toml")
    return home / "config.toml"


def open_settings(home: Path, elsewhere: Path) -> Path:
    """Anyone may change the upstream."""
    home.mkdir(mode=0o700)
    (home / "config.toml").touch()
    (home / "config.toml").chmod(0o666)
    return home / "config.toml"


Trap = Callable[[Path, Path], Path]

TRAPS: list[Trap] = [
    link_home, link_data, link_run, open_data, open_parent, link_database, dangling_database,
    hard_link_database, fifo_database, link_lock, fifo_lock, fifo_settings, open_settings,
]  # fmt: skip
FOREIGN: list[Trap] = [foreign_home, foreign_data, foreign_settings, foreign_database]


@pytest.mark.parametrize("trap", TRAPS + FOREIGN, ids=lambda trap: trap.__name__)
def test_a_trap_in_the_home_ends_the_start(tmp_path: Path, trap: Trap) -> None:
    """Links, pipes, open folders and strangers' files: 78 with the path, nothing written (A35)."""
    if trap in FOREIGN and os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_bytes(b"kept")
    (tmp_path / "parent").mkdir()
    home = tmp_path / "parent" / "home"

    place = trap(home, elsewhere)
    done = ended(home)

    assert (done.returncode, done.stdout) == (78, "")
    assert str(place) in done.stderr
    assert done.stderr.startswith("sluice: ")
    assert [each.name for each in elsewhere.iterdir()] == ["kept"]
    assert (elsewhere / "kept").read_bytes() == b"kept"


def test_a_sticky_parent_is_fine(tmp_path: Path) -> None:
    """In a folder like /tmp nobody can replace what is ours (A35)."""
    (tmp_path / "parent").mkdir()
    (tmp_path / "parent").chmod(0o1777)

    engine = EngineProcess(tmp_path / "parent" / "home")

    assert engine.stop() == (0, "")


def modes(home: Path) -> dict[str, str]:
    """What of a home is not ours alone, by its path."""
    found: dict[str, str] = {}
    for each in [home, *home.rglob("*")]:
        status = each.lstat()
        wanted = 0o700 if stat.S_ISDIR(status.st_mode) else 0o600
        if stat.S_IMODE(status.st_mode) != wanted or status.st_uid != os.geteuid():
            found[str(each.relative_to(home))] = oct(stat.S_IMODE(status.st_mode))
    return found


@pytest.mark.parametrize("umask", [0o022, 0o000])
def test_everything_is_the_users_alone(own: Front, start: Start, umask: int) -> None:
    """Folders are 0700 and files 0600 while it runs and after a kill, logs and sockets too (A36)."""
    own.served(own.good(b"connection: close"))
    running = modes(own.engine.home)
    names = {each.name for each in own.engine.home.rglob("*")}

    own.engine.stop(signal.SIGKILL)

    assert running == {}
    assert names >= {"data", "run", "cache", "meter.db", "meter.db-wal", "engine.sock", "lock"}
    assert modes(own.engine.home) == {}
    own.engine.process.returncode = 0  # it was killed on purpose
    before = os.umask(umask)
    try:
        again = start("--drain", "1")
    finally:
        os.umask(before)
    assert modes(again.home) == {}


def test_a_database_that_was_readable_is_tightened(tmp_path: Path) -> None:
    """A file of ours that others could read is closed to them (A36)."""
    file = prepared(tmp_path / "home") / "meter.db"
    file.touch(mode=0o644)
    file.chmod(0o644)

    engine = EngineProcess(tmp_path / "home")

    assert modes(tmp_path / "home") == {}
    assert engine.stop() == (0, "")
