"""A second copy of a SQLite file beside it: made while it is in use, and put in its place when
it is damaged.

Everything here takes as long as the file is large and is run on a thread of its own; `stop` ends
it from elsewhere.
"""

import contextlib
import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

SPARE = 64 * 1024 * 1024
"""Bytes that a backup leaves free."""

_BESIDE = ("-wal", "-shm")


class NoRoom(Exception):
    """The disk has no room for a second copy."""


class Backup:
    """The backup of the file at *path*: `meter.db.backup` for `meter.db`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.copy = path.with_name(f"{path.name}.backup")
        self._at_work: sqlite3.Connection | None = None

    def made_at(self) -> dt.datetime | None:
        """When the copy was made; None where there is none."""
        try:
            return dt.datetime.fromtimestamp(self.copy.stat().st_mtime, dt.UTC)
        except OSError:
            return None

    def stop(self) -> None:
        """End what is under way; it raises `sqlite3.OperationalError` where it is."""
        if self._at_work is not None:
            self._at_work.interrupt()

    def is_sound(self, path: Path | None = None) -> bool:
        """Whether every page of the file (or of *path*) fits the others; raises if it is locked."""
        try:
            with self._reading(path or self.path) as connection:
                (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            if is_damage(error):
                return False
            raise
        return bool(verdict == "ok")

    def make(self) -> None:
        """Copy the file as it is at this instant; writers go on. Raises `NoRoom`, or as sqlite3."""
        size = sum(each.stat().st_size for each in self._files() if each.exists())
        if shutil.disk_usage(self.path.parent).free < size + SPARE:
            raise NoRoom
        fresh = self.copy.with_name(f"{self.copy.name}.new")
        fresh.unlink(missing_ok=True)
        try:
            with self._reading(self.path) as connection:
                connection.execute("VACUUM INTO ?", (os.fspath(fresh),))
            _sync(fresh)
            fresh.replace(self.copy)
            _sync(self.copy.parent)
        finally:
            fresh.unlink(missing_ok=True)

    def put_back(self, now: dt.datetime) -> dt.datetime | None:
        """Set the file aside and put the copy in its place; the time of the copy, None without one.

        Nobody may have the file open. Of files that were set aside the last is kept.
        """
        made_at = self.made_at()
        usable = made_at is not None and self.is_sound(self.copy)
        self._set_aside(now)
        if not usable:
            return None
        fresh = self.copy.with_name(f"{self.copy.name}.new")
        shutil.copyfile(self.copy, fresh)
        _sync(fresh)
        fresh.replace(self.path)
        _sync(self.path.parent)
        return made_at

    def _set_aside(self, now: dt.datetime) -> None:
        before = self.path.name + ".damaged-"
        for old in self.path.parent.glob(f"{before}*"):
            old.unlink(missing_ok=True)
        for each in self._files():
            with contextlib.suppress(FileNotFoundError):
                ending = each.name.removeprefix(self.path.name)
                each.rename(each.with_name(f"{before}{now:%Y%m%dT%H%M%S}{ending}"))

    def _files(self) -> tuple[Path, ...]:
        return (self.path, *(self.path.with_name(self.path.name + end) for end in _BESIDE))

    @contextlib.contextmanager
    def _reading(self, path: Path) -> Iterator[sqlite3.Connection]:
        address = f"{path.absolute().as_uri()}?mode=ro"
        connection = sqlite3.connect(
            address, uri=True, timeout=1.0, isolation_level=None, check_same_thread=False
        )
        self._at_work = connection
        try:
            yield connection
        finally:
            self._at_work = None
            connection.close()


def is_damage(error: BaseException) -> bool:
    """Whether *error* says that the file itself is no sound database any more."""
    if isinstance(error, UnicodeDecodeError):
        return True  # what SQLite says about a name that was hit cannot be read
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def _sync(path: Path) -> None:
    """Have *path* on the disk before what comes next; a folder where the system allows it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
