"""Reads other people's settings files, and replaces them whole or not at all.

A file is written beside its place and then swapped in, with the old one's mode, owner and
attributes. What the swap brought out must be the very bytes that were read before, else it is
swapped back: an editor that saved in between loses nothing.
"""

import contextlib
import ctypes
import errno
import os
import secrets
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from trayapp.connect.edit import Untouchable
from trayapp.connect.managed import chezmoi_name, in_git, link_words, written_by_a_program

LARGEST = 4 * 1024 * 1024
"""Bytes; a settings file beyond that is something else."""

CHANGED = "The file was changed by another program just now. Nothing was written; try again."

_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_READ = os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY | getattr(os, "O_CLOEXEC", 0)
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY | getattr(os, "O_CLOEXEC", 0)
_AT_CWD = -100
_EXCHANGE = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""


class Seen(msgspec.Struct, frozen=True):
    """A file as it was read; *content* is None where there is none."""

    path: Path
    content: bytes | None


def look(path: Path, home: Path) -> Seen:
    """Read a file that may be changed; raises `Untouchable` for one that must not be."""
    try:
        _check_way(path, home)
        content = _read(path)
        if content is not None:
            _check_file(path)
            _check_managers(path, home, content)
    except OSError as error:
        raise Untouchable(f"{path} cannot be read: {error.strerror or error}.") from None
    return Seen(path, content)


def read(path: Path) -> bytes | None:
    """The bytes of a plain file, if it is there and can be read."""
    try:
        return _read(path)
    except (OSError, Untouchable):
        return None


def replace(seen: Seen, content: bytes) -> tuple[str, ...]:
    """Put *content* in the place of what was seen, and return the folders that were made for it.

    Raises `Untouchable` where the file is not what was seen any more; nothing is written then.
    """
    folders = _make_folders(seen.path.parent)
    try:
        with _beside(seen.path, content) as new:
            if seen.content is None:
                _put_new(new, seen.path)
            else:
                _like(new, seen.path)
                _swap_in(new, seen)
        _flush(seen.path.parent)
    except OSError as error:
        take_folders(folders)
        raise Untouchable(
            f"{seen.path} cannot be written: {error.strerror or error}. Nothing was changed."
        ) from None
    except Untouchable:
        take_folders(folders)
        raise
    return folders


def remove(seen: Seen) -> None:
    """Remove the file that was seen; raises `Untouchable` where it is another one by now."""
    aside = _aside(seen.path)
    try:
        seen.path.rename(aside)
        if _read(aside) != seen.content:
            _put_new(aside, seen.path)
            raise Untouchable(CHANGED)
        aside.unlink()
    except OSError as error:
        raise Untouchable(f"{seen.path} cannot be removed: {error.strerror or error}.") from None


def take_folders(folders: tuple[str, ...]) -> None:
    """Remove folders that were made, the deepest first, as far as nothing is in them."""
    with contextlib.suppress(OSError):
        for folder in reversed(folders):
            Path(folder).rmdir()


def keep(path: Path, content: bytes) -> None:
    """Write a file of ours, whole or not at all."""
    with _beside(path, content) as new:
        new.replace(path)


def _read(path: Path) -> bytes | None:
    try:
        descriptor = os.open(path, _READ)
    except FileNotFoundError:
        return None
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Untouchable(f"{path} is not a plain file.")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(content) > LARGEST:
        raise Untouchable(f"{path} is larger than a settings file can be.")
    return content


# -- what may not be touched


def _check_way(path: Path, home: Path) -> None:
    below = path.parts[len(home.parts) :] if path.is_relative_to(home) else path.parts[-1:]
    for depth in range(len(below)):
        part = Path(*path.parts[: len(path.parts) - depth])
        if part.is_symlink():
            raise Untouchable(f"{part} {link_words(str(part.resolve()))}.")
    parent = next(folder for folder in path.parents if folder.exists())
    if not os.access(parent, os.W_OK):
        raise Untouchable(f"{parent} is read-only, so no file in it can be changed.")


def _check_file(path: Path) -> None:
    found = os.lstat(path)
    if not found.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise Untouchable(f"{path} is read-only. Make it writable if you mean it to change.")
    if found.st_nlink > 1:
        raise Untouchable(f"{path} has a second name on this disk, which would be cut off from it.")
    if sys.platform != "win32" and os.geteuid() not in {0, found.st_uid}:
        raise Untouchable(f"{path} belongs to another user.")


def _check_managers(path: Path, home: Path, content: bytes) -> None:
    if written_by_a_program(content[:4096].decode(errors="replace")):
        raise Untouchable(f"{path} says that a program writes it; change it where it comes from.")
    if not path.is_relative_to(home):
        return
    below = path.relative_to(home)
    if _in_chezmoi(below.parts, home / ".local" / "share" / "chezmoi"):
        raise Untouchable(f"{path} is written by chezmoi; change it in chezmoi's source instead.")
    for repository in (".git", ".dotfiles", ".cfg", ".local/share/yadm/repo.git"):
        index = read(home / repository / "index")
        if index and in_git(index, below.as_posix()):
            raise Untouchable(
                f"{path} is under version control in your home folder, where a token would be "
                "published. Connect the tool by hand."
            )


def _in_chezmoi(parts: tuple[str, ...], folder: Path) -> bool:
    for part in parts:
        try:
            name = chezmoi_name(part, [entry.name for entry in folder.iterdir()])
        except OSError:
            return False
        if name is None:
            return False
        folder = folder / name
    return True


# -- writing


@contextlib.contextmanager
def _beside(path: Path, content: bytes) -> Iterator[Path]:
    """A new file with *content*, on disk, in the folder of *path*; gone afterwards if still there."""
    new = _aside(path)
    descriptor = os.open(new, _MAKE, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        yield new
    finally:
        new.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_name(f".{path.name}.sluice-{secrets.token_hex(4)}")


def _like(new: Path, old: Path) -> None:
    """Give *new* the owner, the mode and the attributes of *old*."""
    found = os.lstat(old)
    if sys.platform != "win32":
        made = os.lstat(new)
        if (made.st_uid, made.st_gid) != (found.st_uid, found.st_gid):
            os.chown(new, found.st_uid, found.st_gid)
    if sys.platform == "linux":
        for name in os.listxattr(old):
            with contextlib.suppress(OSError):  # some belong to the system alone
                os.setxattr(new, name, os.getxattr(old, name))
    new.chmod(stat.S_IMODE(found.st_mode))


def _put_new(new: Path, path: Path) -> None:
    """Give *new* the name *path*, which nothing has; raises `Untouchable` if something does."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        raise Untouchable(CHANGED) from None
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise Untouchable(CHANGED) from None
        new.rename(path)
    else:
        new.unlink()


def _swap_in(new: Path, seen: Seen) -> None:
    if _read(seen.path) != seen.content:
        raise Untouchable(CHANGED)
    if not _exchange(new, seen.path):
        new.replace(seen.path)
        return
    if _read(new) != seen.content:
        _exchange(new, seen.path)
        raise Untouchable(CHANGED)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two files in one step; false where the system or the file system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _EXCHANGE)
        else:
            failed = libc.renameat2(_AT_CWD, names[0], _AT_CWD, names[1], _EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    if failed and ctypes.get_errno() == errno.ENOENT:
        raise Untouchable(CHANGED)
    return not failed


def _make_folders(folder: Path) -> tuple[str, ...]:
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    made = []
    for each in reversed(missing):
        try:
            each.mkdir(mode=0o700)
        except OSError as error:
            raise Untouchable(f"{each} cannot be made: {error.strerror or error}.") from None
        made.append(str(each))
    return tuple(made)


def _flush(folder: Path) -> None:
    """Have the new name on disk, where the system lets folders be flushed."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
