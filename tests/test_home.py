"""Where our files are, who may read them, and which engine owns them."""

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from trayapp.home import SOCKET_PATH_LIMIT, Home
from trayapp.model.errors import Misconfigured

NOBODY = 65534
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """`prepare` narrows the process's umask; other tests keep theirs."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def refusal(home: Home) -> str:
    with pytest.raises(Misconfigured) as caught:
        home.prepare()
    return caught.value.message


def test_flag_holds_everything(tmp_path: Path) -> None:
    """With --home every path is under the folder it names."""
    home = Home.locate(str(tmp_path), {"SLUICE_HOME": "/elsewhere", "XDG_RUNTIME_DIR": "/run/x"})

    assert home == Home(
        given=tmp_path,
        config_file=tmp_path / "config.toml",
        data=tmp_path / "data",
        cache=tmp_path / "cache",
        run=tmp_path / "run",
        control_socket=tmp_path / "run" / "engine.sock",
    )
    assert home.lock_file == tmp_path / "data" / "lock"
    assert home.meter_db == tmp_path / "data" / "meter.db"


def test_variable_names_the_home(tmp_path: Path) -> None:
    """SLUICE_HOME is what --home is, where that is not given."""
    assert Home.locate(None, {"SLUICE_HOME": str(tmp_path)}).given == tmp_path


def test_empty_flag_is_refused() -> None:
    """An empty --home is a mistake, not the default."""
    with pytest.raises(Misconfigured) as caught:
        Home.locate("", {})

    assert caught.value.message == "--home needs the path of a folder."


def test_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative home means the folder seen from where the command was given."""
    monkeypatch.chdir(tmp_path)

    assert Home.locate("x", {}).data == tmp_path / "x" / "data"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders are Linux's")
def test_default_home_is_the_systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a given home the system's own folders are used, and the runtime folder for sockets."""
    for name in ("CONFIG", "DATA", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))

    home = Home.locate(None, {"XDG_RUNTIME_DIR": str(tmp_path / "r")})

    assert home == Home(
        given=None,
        config_file=tmp_path / "CONFIG" / "sluice" / "config.toml",
        data=tmp_path / "DATA" / "sluice",
        cache=tmp_path / "CACHE" / "sluice",
        run=tmp_path / "r" / "sluice",
        control_socket=tmp_path / "r" / "sluice" / "engine.sock",
    )


def test_without_runtime_folder_the_socket_is_in_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system has no runtime folder, sockets are under data/run."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))

    home = Home.locate(None, {})

    assert home.run == home.data / "run"


def test_given_home_does_not_import_platformdirs(tmp_path: Path) -> None:
    """A given home costs no import that it does not need."""
    code = (
        "import sys; from trayapp.home import Home; Home.locate(sys.argv[1], {});"
        "print('platformdirs' in sys.modules, 'hashlib' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "False"]


def test_long_path_gets_a_short_socket() -> None:
    """A socket path over 100 bytes moves to a folder of ours under the temporary one."""
    long = "/" + "x" * 100
    home = Home.locate(long, {"TMPDIR": "/t"})

    assert home.control_socket.parent == Path(f"/t/sluice-{os.geteuid()}")
    assert home.control_socket != Home.locate(long + "y", {"TMPDIR": "/t"}).control_socket
    assert home.control_socket == Home.locate(long, {"TMPDIR": "/t"}).control_socket


def test_short_socket_can_be_bound(tmp_path: Path) -> None:
    """The short path is one a socket can be bound to, in a folder that is ours alone."""
    (tmp_path / "t").mkdir()
    home = Home.locate(str(tmp_path / ("x" * 100)), {"TMPDIR": str(tmp_path / "t")})
    home.prepare()

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(home.control_socket))

    assert mode(home.control_socket.parent) == 0o700


def test_socket_path_at_the_limit_stays(tmp_path: Path) -> None:
    """Exactly 100 bytes still fit."""
    rest = SOCKET_PATH_LIMIT - len(os.fsencode(tmp_path)) - len("//run/engine.sock")
    fits = Home.locate(str(tmp_path / ("x" * rest)), {})
    over = Home.locate(str(tmp_path / ("x" * (rest + 1))), {})

    assert fits.control_socket.name == "engine.sock"
    assert over.control_socket.name != "engine.sock"


def test_long_temporary_folder_is_passed_over(tmp_path: Path) -> None:
    """Where the temporary folder is itself too long, /tmp is used."""
    home = Home.locate(str(tmp_path / ("x" * 100)), {"TMPDIR": "/" + "t" * 100})

    assert home.control_socket.parent.parent == Path("/tmp")


def test_folders_are_made_private(home: Home) -> None:
    """All folders of ours are 0700, and what the process makes later is private too."""
    home.prepare()
    (home.data / "file").touch(0o666)

    assert home.given
    assert {mode(path) for path in (home.given, home.data, home.cache, home.run)} == {0o700}
    assert mode(home.data / "file") == 0o600


def test_missing_parents_are_made(tmp_path: Path) -> None:
    """A home several folders deep is made whole."""
    home = Home.locate(str(tmp_path / "a" / "b" / "c"), {})
    home.prepare()

    assert mode(tmp_path / "a") == 0o700
    assert home.data.is_dir()


def test_preparing_twice_changes_nothing(home: Home) -> None:
    """A home that is ready stays as it is."""
    home.prepare()
    (home.data / "file").write_text("kept")

    home.prepare()

    assert (home.data / "file").read_text() == "kept"


@pytest.mark.parametrize("given", [0o755, 0o777, 0o500])
def test_given_home_is_tightened(home: Home, given: int) -> None:
    """A given home that is ours becomes 0700, whatever it was."""
    assert home.given
    home.given.mkdir()
    home.given.chmod(given)

    home.prepare()

    assert mode(home.given) == 0o700


def test_readable_folder_is_tightened(home: Home) -> None:
    """A data folder that others may only read becomes 0700."""
    home.data.mkdir(parents=True)
    home.data.chmod(0o755)

    home.prepare()

    assert mode(home.data) == 0o700


@pytest.mark.parametrize("name", ["data", "cache", "run"])
def test_folder_others_wrote_to_is_refused(home: Home, name: str) -> None:
    """A folder of ours that others may have filled is refused by its path."""
    folder = home.data.parent / name
    folder.mkdir(parents=True)
    folder.chmod(0o777)

    said = f"{folder} is writable by others; look what is in it, then: chmod 700 {folder}"
    assert refusal(home) == said
    assert mode(folder) == 0o777


@pytest.mark.parametrize("name", ["", "data", "cache", "run"])
def test_link_is_refused(home: Home, tmp_path: Path, name: str) -> None:
    """A folder of ours that is a link is refused, and nothing is written through it."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder = home.data.parent / name
    folder.parent.mkdir(exist_ok=True)
    folder.symlink_to(elsewhere)

    assert refusal(home) == f"{folder} is a link; Sluice needs a folder of its own there."
    assert list(elsewhere.iterdir()) == []


def test_file_in_place_of_a_folder_is_refused(home: Home) -> None:
    """A file where a folder should be is named."""
    home.data.parent.mkdir()
    home.data.touch()

    assert refusal(home) == f"{home.data} cannot be used as a folder: Not a directory."


def test_file_as_parent_is_refused(tmp_path: Path) -> None:
    """A home inside a file is named."""
    (tmp_path / "f").touch()

    assert refusal(Home.locate(str(tmp_path / "f" / "h"), {})) == (
        f"{tmp_path}/f/h cannot be used as a folder: Not a directory."
    )


@root_only
def test_foreign_folder_is_refused(home: Home) -> None:
    """A folder of another user is refused by its path and that user's number."""
    home.data.mkdir(parents=True)
    os.chown(home.data, NOBODY, NOBODY)

    assert refusal(home) == f"{home.data} belongs to another user (uid {NOBODY})."


@root_only
def test_foreign_home_is_refused(home: Home) -> None:
    """A given home of another user is refused, not tightened."""
    assert home.given
    home.given.mkdir(mode=0o755)
    os.chown(home.given, NOBODY, NOBODY)

    assert refusal(home) == f"{home.given} belongs to another user (uid {NOBODY})."
    assert mode(home.given) == 0o755


def test_parent_of_everyone_is_refused(tmp_path: Path) -> None:
    """In a folder where everyone may rename our home it is not safe."""
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    open_folder.chmod(0o777)

    said = f"{open_folder} is writable by others, so {open_folder}/h is not safe there."
    assert refusal(Home.locate(str(open_folder / "h"), {})) == said
    assert list(open_folder.iterdir()) == []


def test_sticky_parent_is_fine(tmp_path: Path) -> None:
    """A folder like /tmp, where only owners may rename, is good enough."""
    sticky = tmp_path / "sticky"
    sticky.mkdir()
    sticky.chmod(0o1777)
    home = Home.locate(str(sticky / "h"), {})

    home.prepare()

    assert home.data.is_dir()


@root_only
@pytest.mark.parametrize(("group", "safe"), [(0, True), (NOBODY, False), (54321, False)])
def test_group_writable_parent_counts_by_its_group(tmp_path: Path, group: int, safe: bool) -> None:
    """A parent writable by the user's own private group is safe, by any other group it is not."""
    parent = tmp_path / "parent"
    parent.mkdir()
    os.chown(parent, 0, group)
    parent.chmod(0o775)
    home = Home.locate(str(parent / "h"), {})

    if safe:
        home.prepare()
    else:
        assert "is writable by others" in refusal(home)

    assert (parent / "h").is_dir() is safe


def test_mode_that_does_not_take_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that keeps a folder writable by others is refused."""
    assert home.given
    home.given.mkdir()
    home.given.chmod(0o777)
    monkeypatch.setattr(os, "fchmod", lambda descriptor, mode: None)

    assert refusal(home).startswith(f"{home.given} is writable by others")
