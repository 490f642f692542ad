"""Other people's files: read, refused, swapped whole or not at all."""

import os
import stat
import sys
from pathlib import Path

import pytest

from trayapp.connect import files
from trayapp.connect.edit import Untouchable

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="owners and modes of POSIX")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A user's folder."""
    (tmp_path / ".tool").mkdir()
    return tmp_path


@pytest.fixture
def path(home: Path) -> Path:
    """A settings file in it."""
    path = home / ".tool" / "settings.json"
    path.write_bytes(b"before")
    path.chmod(0o640)
    return path


def beside(path: Path) -> list[str]:
    """What else is in its folder."""
    return [each.name for each in path.parent.iterdir() if each.name != path.name]


def test_a_file_is_replaced_with_its_mode_and_owner(home: Path, path: Path) -> None:
    """Whoever could read it can still, and nobody else."""
    owner = path.stat().st_uid
    files.replace(files.look(path, home), b"after")

    assert path.read_bytes() == b"after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.stat().st_uid == owner
    assert beside(path) == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs root on Linux")
def test_another_users_file_stays_theirs(home: Path, path: Path) -> None:
    """Run with more rights than needed, Sluice takes nothing over."""
    os.chown(path, 12345, 54321)
    files.replace(files.look(path, home), b"after")

    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


def test_a_new_file_is_its_users_alone(home: Path) -> None:
    """A token may be in it; the folders made for it are told, to be taken away again."""
    path = home / "a" / "b" / "settings.json"
    folders = files.replace(files.look(path, home), b"new")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert folders == (str(home / "a"), str(home / "a" / "b"))
    files.remove(files.look(path, home))
    files.take_folders(folders)
    assert not (home / "a").exists()


@pytest.mark.parametrize("swaps", [True, False])
def test_a_file_that_was_edited_in_between_is_left(
    home: Path, path: Path, swaps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was written, and no other file stays behind."""
    if not swaps:
        monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    seen = files.look(path, home)
    path.write_bytes(b"edited")

    with pytest.raises(Untouchable, match="changed by another program"):
        files.replace(seen, b"after")
    assert path.read_bytes() == b"edited"
    assert beside(path) == []


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="needs a swap in one step")
def test_an_editor_that_saves_at_the_last_instant_loses_nothing(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the swap brought out is looked at, and put back."""
    swap = files._exchange

    def late(one: Path, other: Path) -> bool:
        if other.read_bytes() == b"before":
            other.write_bytes(b"saved")
        return swap(one, other)

    monkeypatch.setattr(files, "_exchange", late)

    with pytest.raises(Untouchable, match="changed by another program"):
        files.replace(files.look(path, home), b"after")
    assert path.read_bytes() == b"saved"
    assert beside(path) == []


def test_without_a_swap_a_file_is_replaced_all_the_same(
    home: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some file systems cannot swap."""
    monkeypatch.setattr(files, "_exchange", lambda one, other: False)
    files.replace(files.look(path, home), b"after")

    assert path.read_bytes() == b"after"


def test_a_file_that_appeared_in_between_is_left(home: Path) -> None:
    """Somebody else made it."""
    path = home / ".tool" / "new.json"
    seen = files.look(path, home)
    path.write_bytes(b"theirs")

    with pytest.raises(Untouchable, match="changed by another program"):
        files.replace(seen, b"ours")
    assert path.read_bytes() == b"theirs"


def test_a_file_that_vanished_in_between_is_not_made_again(home: Path, path: Path) -> None:
    """Nor is one removed that is another by now."""
    seen = files.look(path, home)
    path.write_bytes(b"edited")
    with pytest.raises(Untouchable, match="changed by another program"):
        files.remove(seen)
    assert path.read_bytes() == b"edited"
    path.unlink()

    with pytest.raises(Untouchable):
        files.replace(seen, b"after")
    assert not path.exists()


def test_links_are_left_alone(home: Path, path: Path) -> None:
    """The file itself, and every folder on the way below the user's own."""
    link = home / ".tool" / "link.json"
    link.symlink_to(path)
    (home / "dotfiles").mkdir()
    (home / "dotfiles" / "s.json").write_bytes(b"x")
    (home / ".linked").symlink_to(home / "dotfiles")

    with pytest.raises(Untouchable, match=r"link\.json is a link"):
        files.look(link, home)
    with pytest.raises(Untouchable, match=r"\.linked is a link into your dotfiles"):
        files.look(home / ".linked" / "s.json", home)


def test_the_way_to_a_home_may_be_a_link(home: Path, path: Path, tmp_path: Path) -> None:
    """As on systems whose home folders are elsewhere."""
    link = tmp_path / "link"
    link.symlink_to(home)

    assert files.look(link / ".tool" / "settings.json", link).content == b"before"


def test_what_is_read_only_or_has_two_names_is_left_alone(home: Path, path: Path) -> None:
    """Whoever made it so meant it, also towards root."""
    other = home / "other.json"
    other.hardlink_to(path)
    with pytest.raises(Untouchable, match="second name"):
        files.look(path, home)
    other.unlink()
    path.chmod(0o440)

    with pytest.raises(Untouchable, match="read-only"):
        files.look(path, home)


def test_what_is_no_settings_file_is_left_alone(home: Path, path: Path) -> None:
    """A folder, a pipe, something huge."""
    os.mkfifo(home / "pipe")
    path.write_bytes(b" " * (files.LARGEST + 1))

    for place, words in ((home, "not a plain"), (home / "pipe", "not a plain"), (path, "larger")):
        with pytest.raises(Untouchable, match=words):
            files.look(place, home)
        assert files.read(place) is None


def test_a_path_through_a_file_cannot_be_read(home: Path, path: Path) -> None:
    """The system's own words are passed on."""
    with pytest.raises(Untouchable, match="cannot be read: Not a directory"):
        files.look(path / "x.json", home)


def test_what_programs_write_is_left_alone(home: Path, path: Path) -> None:
    """They would undo our change, or publish the token."""
    path.write_bytes(b"# This file is managed by home-manager")
    with pytest.raises(Untouchable, match="a program writes it"):
        files.look(path, home)
    path.write_bytes(b"{}")
    source = home / ".local" / "share" / "chezmoi" / "dot_tool"
    source.mkdir(parents=True)
    assert files.look(path, home).content == b"{}"
    (source / "private_settings.json.tmpl").write_bytes(b"")

    with pytest.raises(Untouchable, match="chezmoi"):
        files.look(path, home)


def test_what_is_under_version_control_at_home_is_left_alone(home: Path, path: Path) -> None:
    """A token would be in the next commit."""
    (home / ".dotfiles").mkdir()
    (home / ".dotfiles" / "index").write_bytes(b"DIRC\0.tool/settings.json\0")

    with pytest.raises(Untouchable, match="version control"):
        files.look(path, home)


def test_a_file_elsewhere_is_looked_at_alone(home: Path, tmp_path: Path) -> None:
    """A project is not below the user's folder, and its way there is its own."""
    project = tmp_path / "project.env"
    project.write_bytes(b"A=1")

    assert files.look(project, home / "nobody").content == b"A=1"
