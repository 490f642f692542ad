"""`sluice doctor`: the home, its modes and owners, and the health of what is kept in it."""

import contextlib
import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

from trayapp import settings
from trayapp.cli.findings import Finding, failed, note, ok
from trayapp.home import Home
from trayapp.model.errors import Misconfigured
from trayapp.model.preferences import Preferences

PATIENCE_S = 5.0
"""For one database: a large one is looked through again by the engine itself."""
LOW_DISK = 200 * 1024 * 1024
SHOWN = 3


def settings_of(home: Home) -> tuple[Preferences, Finding]:
    """The settings, or the defaults where the file cannot be used, and what is to be said of it."""
    path = home.config_file
    try:
        preferences = settings.load(path)
    except Misconfigured as wrong:
        return Preferences(), failed(
            "Settings", wrong.message, "Mend that line, or move the file away to get the defaults."
        )
    if not path.exists():
        return preferences, ok("Settings", f"{path} is not there: all defaults hold.")
    return preferences, ok("Settings", f"{path} is understood.")


def folders(home: Home) -> Iterator[Finding]:
    """One finding a folder of ours that is not as it should be, or one for all of them."""
    wanted = dict.fromkeys(
        (home.config_file.parent, home.data, home.cache, home.run, home.control_socket.parent)
    )
    there = [folder for folder in wanted if os.path.lexists(folder)]
    wrong = [finding for folder in there for finding in _folder(folder)]
    yield from wrong
    place = home.given or home.data
    if not there:
        yield note("Home", f"{place} is not there yet.", "The first `sluice serve` makes it.")
    elif not wrong:
        yield ok("Home", f"{place}: its folders are yours, and nobody else can look into them.")


def _folder(folder: Path) -> Iterator[Finding]:
    found = folder.lstat()
    if stat.S_ISLNK(found.st_mode):
        yield failed("Home", f"{folder} is a link.", "Put a folder there, or name it by --home.")
    elif not stat.S_ISDIR(found.st_mode):
        yield failed("Home", f"{folder} is no folder.", "Move it away.")
    elif os.name == "posix" and found.st_uid != os.geteuid():
        yield failed(
            "Home", f"{folder} belongs to another user (uid {found.st_uid}).",
            f"Run Sluice as that user, or: sudo chown -R {os.geteuid()} {folder}",
        )  # fmt: skip
    elif os.name == "posix" and stat.S_IMODE(found.st_mode) & 0o077:
        mode = stat.S_IMODE(found.st_mode)
        yield failed(
            "Home", f"{folder} is open to others (mode {mode:o}).",
            f"Look what is in it, then: chmod 700 {folder}",
        )  # fmt: skip


def files(home: Home) -> Iterator[Finding]:
    """The files of ours that others could read or that are not ours."""
    roots = [home.data, home.cache, home.run]
    within = [path for root in roots if root.is_dir() for path in sorted(root.rglob("*"))]
    exposed = [path for path in dict.fromkeys(within) if _exposed(path)]
    for path in exposed[:SHOWN]:
        yield failed("Files", f"{path} can be read by others.", f"chmod go-rwx {path}")
    if more := exposed[SHOWN:]:
        yield failed("Files", f"So can {len(more)} more.", f"chmod -R go-rwx {home.data}")
    if within and not exposed:
        yield ok("Files", f"{len(dict.fromkeys(within))} files, readable by you alone.")
    yield from _room(home.data)


def _exposed(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False  # gone since
    if os.name != "posix" or stat.S_ISLNK(found.st_mode):
        return stat.S_ISLNK(found.st_mode)
    return found.st_uid != os.geteuid() or bool(stat.S_IMODE(found.st_mode) & 0o077)


def _room(folder: Path) -> Iterator[Finding]:
    there = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(there).free
    if free < LOW_DISK:
        yield failed(
            "Disk", f"{free // 2**20} MB are left where {there} is.",
            "Make room: history and jobs cannot be kept on a full disk.",
        )  # fmt: skip


def databases(home: Home, *, running: bool) -> Iterator[Finding]:
    """The health of every database; those of a running engine are left to it."""
    for path, loss in (
        (home.data / "meter.db", "history and tools begin anew"),
        (home.cache / "cache.db", "nothing is lost but cached answers"),
    ):
        if not path.exists():
            continue
        if running:
            yield ok(
                "Database", f"{path.name} is kept by the running engine, which looks after it."
            )
            continue
        fault = fault_in(path)
        if fault is None:
            yield ok("Database", f"{path.name} is whole ({path.stat().st_size // 1024} KB).")
        else:
            yield failed("Database", f"{path} {fault}.", f"Move it away; {loss}.")


def fault_in(path: Path, patience: float = PATIENCE_S) -> str | None:
    """What is wrong with the SQLite file at *path*, or None; looks for *patience* seconds."""
    try:
        with contextlib.closing(_opened(path)) as connection:
            alarm = threading.Timer(patience, connection.interrupt)
            alarm.start()
            try:
                (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            finally:
                alarm.cancel()
    except sqlite3.OperationalError as error:
        if "interrupted" in str(error):
            return None  # larger than can be read in that time, and nothing was wrong so far
        return f"cannot be read ({error})"
    except sqlite3.DatabaseError:
        return "is no database any more"
    return None if said == "ok" else "is damaged"


def _opened(path: Path) -> sqlite3.Connection:
    """Open only to read; without a log beside it not even a log is made."""
    log = path.with_name(f"{path.name}-wal")
    still = "" if log.exists() else "&immutable=1"
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro{still}", uri=True, check_same_thread=False, timeout=1.0
    )
