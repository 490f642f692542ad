"""Where our files are, who may read them, and which engine owns them.

Folders of ours are 0700 and never followed through a link: each is opened once, by name inside
its opened parent, and judged by that descriptor, so that nobody can swap it in between.
"""

import contextlib
import os
import stat
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import msgspec

from trayapp.model.errors import Misconfigured, Taken

SOCKET_PATH_LIMIT = 100
"""Bytes; `sun_path` holds 104 on macOS and 108 on Linux, with a closing NUL."""

PATIENCE = 2.0
"""Seconds to wait for a short task (`sluice tool`) that holds the home."""

_PAUSE = 0.02
_BEYOND = 1 << 30
"""Where Windows locks a byte: past the content, which others may so still read."""

_FOLDER = getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)


class EngineRunning(Taken):
    """Another process holds this home; what it said of itself is None where it said nothing."""

    def __init__(self, home: Path, pid: int | None, base_url: str | None) -> None:
        who = f"process {pid}" if pid else "another process"
        where = f" at {base_url}" if base_url else ""
        super().__init__(f"The home {home} is in use by {who}{where}.")
        self.pid = pid
        self.base_url = base_url


class Home(msgspec.Struct, frozen=True):
    """The paths of one Sluice. *given* is the folder named by `--home` or `SLUICE_HOME`."""

    given: Path | None
    config_file: Path
    data: Path
    cache: Path
    run: Path
    control_socket: Path

    @classmethod
    def locate(cls, flag: str | None, environ: Mapping[str, str]) -> "Home":
        """Find the home: *flag*, else `SLUICE_HOME`, else where this system keeps such files."""
        if flag == "":
            raise Misconfigured("--home needs the path of a folder.")
        if named := flag or environ.get("SLUICE_HOME"):
            root = Path(named).expanduser().absolute()
            return cls._of(root, root, root / "data", root / "cache", root / "run", environ)
        # Three hundredths of a second that a given home does not need.
        import platformdirs

        config = platformdirs.user_config_path("sluice", appauthor=False)
        data = platformdirs.user_data_path("sluice", appauthor=False)
        cache = platformdirs.user_cache_path("sluice", appauthor=False)
        runtime = environ.get("XDG_RUNTIME_DIR")
        run = Path(runtime) / "sluice" if runtime else data / "run"
        return cls._of(None, config, data, cache, run, environ)

    @classmethod
    def _of(
        cls,
        given: Path | None,
        config: Path,
        data: Path,
        cache: Path,
        run: Path,
        environ: Mapping[str, str],
    ) -> "Home":
        return cls(
            given=given,
            config_file=config / "config.toml",
            data=data,
            cache=cache,
            run=run,
            control_socket=_socket_path(run, environ),
        )

    @property
    def lock_file(self) -> Path:
        """What the engine of this home holds locked while it runs."""
        return self.data / "lock"

    @property
    def meter_db(self) -> Path:
        """History, tools, learned limits."""
        return self.data / "meter.db"

    @property
    def tools_file(self) -> Path:
        """Who may enter, a second time: for when `meter.db` cannot be read."""
        return self.data / "tools.json"

    @property
    def cache_db(self) -> Path:
        """Answers that are kept; may be deleted at any time."""
        return self.cache / "cache.db"

    @property
    def data_key(self) -> Path:
        """The key that seals what is kept, where it is not in the keyring."""
        return self.data / "data.key"

    def prepare(self) -> None:
        """Make the folders, 0700; raises `Misconfigured` naming the one that cannot be trusted.

        The process's umask is 077 from here on: what it makes later is its user's alone.
        """
        os.umask(0o077)
        if self.given:
            _secure(self.given, tighten=True)
        folders = (self.config_file.parent, self.data, self.cache, self.run)
        for folder in dict.fromkeys((*folders, self.control_socket.parent)):
            if folder != self.given:
                _secure(folder)

    def lock(self, *, brief: bool = False, patience: float = PATIENCE) -> "LockHeld":
        """Own this home until released; raises `EngineRunning` where an engine does.

        *brief* marks a task of a moment: others wait for it, up to *patience* seconds.
        """
        lock = LockHeld(_open_lock(self.lock_file), self.control_socket)
        waited = 0.0
        while not _try_lock(lock.descriptor):
            holder = _read(lock.descriptor)
            # The first pause lets a holder write its name over that of one before it.
            if waited >= patience or (waited and not holder.brief):
                os.close(lock.descriptor)
                raise EngineRunning(self.given or self.data, holder.pid, holder.base_url)
            threading.Event().wait(_PAUSE)
            waited += _PAUSE
        lock.write(brief=brief)
        return lock

    def holder(self) -> Literal["held", "left", "free"]:
        """Whether an engine holds this home, or the last one left it without a goodbye."""
        try:
            descriptor = _open_lock(self.lock_file)
        except Misconfigured:
            return "free"
        try:
            if not _try_lock(descriptor):
                return "held"
            left = _read(descriptor)
            return "left" if left.pid and not left.brief else "free"
        finally:
            os.close(descriptor)

    def engine_socket(self) -> Path:
        """Where the engine of this home listens: what it wrote beside its lock, else as we would.

        The two differ where `XDG_RUNTIME_DIR` or `TMPDIR` do, as under cron or ssh.
        """
        with contextlib.suppress(OSError):
            descriptor = os.open(self.lock_file, os.O_RDONLY | _NOFOLLOW | _NONBLOCK)
            try:
                if control := _read(descriptor).control:
                    return Path(control)
            finally:
                os.close(descriptor)
        return self.control_socket


class _Holder(msgspec.Struct):
    """What the lock file says of the process that holds it."""

    pid: int | None = None
    base_url: str | None = None
    control: str | None = None
    brief: bool = False


class LockHeld:
    """A home that is ours; the kernel frees it when the process ends, however it ends."""

    def __init__(self, descriptor: int, control: Path) -> None:
        self.descriptor = descriptor
        self._control = str(control)

    def announce(self, base_url: str) -> None:
        """Tell a second start where this engine answers."""
        self.write(base_url=base_url)

    def write(self, *, base_url: str | None = None, brief: bool = False) -> None:
        """Replace the content, in one write so that no reader sees half of it."""
        holder = _Holder(pid=os.getpid(), base_url=base_url, control=self._control, brief=brief)
        content = msgspec.json.encode(holder)
        with contextlib.suppress(OSError):  # a full disk: it is ours all the same, and says less
            os.lseek(self.descriptor, 0, os.SEEK_SET)
            os.write(self.descriptor, content)
            os.ftruncate(self.descriptor, len(content))

    def release(self) -> None:
        """Let go; the file stays, since unlinking it would let two processes hold two files."""
        if self.descriptor >= 0:
            os.ftruncate(self.descriptor, 0)
            os.close(self.descriptor)
            self.descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def is_ours(path: Path) -> bool:
    """Whether only we can have put the socket *path* there; raises `OSError` where there is none.

    What is said on it is nobody else's to hear.
    """
    if sys.platform == "win32":  # the pipe's own access list holds there
        return True
    folder, found = os.lstat(path.parent), os.lstat(path)
    ours = folder.st_uid == found.st_uid == os.geteuid()
    return ours and not stat.S_IMODE(folder.st_mode) & 0o022 and stat.S_ISSOCK(found.st_mode)


def _socket_path(run: Path, environ: Mapping[str, str]) -> Path:
    """`run/engine.sock`, or a short name in a folder of ours where that is too long to bind."""
    path = run / "engine.sock"
    if len(os.fsencode(path)) <= SOCKET_PATH_LIMIT or sys.platform == "win32":
        return path
    # Only long paths pay for these.
    import hashlib

    name = hashlib.sha256(os.fsencode(run)).hexdigest()[:16] + ".sock"
    for folder in (environ.get("TMPDIR") or "/tmp", "/tmp"):  # noqa: S108 - checked as ours before use
        short = Path(folder) / f"sluice-{os.geteuid()}" / name
        if len(os.fsencode(short)) <= SOCKET_PATH_LIMIT:
            break
    return short


def _secure(path: Path, *, tighten: bool = False) -> None:
    """Make *path* a folder that only we can read and write, or refuse it.

    A folder others may write to is refused, since they may have put something there; *tighten*
    takes it all the same: the user has named it.
    """
    if sys.platform == "win32":  # the profile's own access lists hold there
        path.mkdir(parents=True, exist_ok=True)
        return
    try:
        descriptor = _open_folder(path)
    except OSError as error:
        raise _cannot(path, error) from None
    try:
        _judge(path, descriptor, tighten=tighten)
    finally:
        os.close(descriptor)


def _cannot(path: Path, error: OSError) -> Misconfigured:
    if path.is_symlink():
        return Misconfigured(f"{path} is a link; Sluice needs a folder of its own there.")
    return Misconfigured(f"{path} cannot be used as a folder: {error.strerror or error}.")


def _open_folder(path: Path) -> int:
    """A descriptor of the folder itself, made if it was not there; links are not followed."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    parent = os.open(path.parent, os.O_RDONLY | _FOLDER)
    try:
        found = os.fstat(parent)
        if _others_may_write(found) and not found.st_mode & stat.S_ISVTX:
            raise Misconfigured(
                f"{path.parent} is writable by others, so {path} is not safe there."
            )
        with contextlib.suppress(FileExistsError):
            os.mkdir(path.name, 0o700, dir_fd=parent)
        return os.open(path.name, os.O_RDONLY | _FOLDER | _NOFOLLOW, dir_fd=parent)
    finally:
        os.close(parent)


def _judge(path: Path, descriptor: int, *, tighten: bool) -> None:
    found = os.fstat(descriptor)
    if found.st_uid != os.geteuid():
        raise Misconfigured(f"{path} belongs to another user (uid {found.st_uid}).")
    open_to_others = f"{path} is writable by others; look what is in it, then: chmod 700 {path}"
    if _others_may_write(found) and not tighten:
        raise Misconfigured(open_to_others)
    if stat.S_IMODE(found.st_mode) != 0o700:
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, 0o700)
        # Some file systems take a new mode and keep the old one.
        if os.fstat(descriptor).st_mode & 0o022:
            raise Misconfigured(open_to_others)


def _others_may_write(found: os.stat_result) -> bool:
    """World-writable, or by a group that is more than the user's own private one."""
    if found.st_mode & stat.S_IWOTH:
        return True
    if not found.st_mode & stat.S_IWGRP:
        return False
    # Only a group-writable folder pays for these.
    import grp
    import pwd

    try:
        user = pwd.getpwuid(found.st_uid)
        group = grp.getgrgid(found.st_gid)
    except KeyError:
        return True
    # Distributions with a group per user set umask 002: that group is the user.
    return group.gr_name != user.pw_name or any(name != user.pw_name for name in group.gr_mem)


def _open_lock(path: Path) -> int:
    flags = os.O_RDWR | os.O_CREAT | _NOFOLLOW | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(path, flags | _NONBLOCK, 0o600)
    except OSError as error:
        raise Misconfigured(f"{path} cannot be locked: {error.strerror}.") from None
    found = os.fstat(descriptor)
    ours = sys.platform == "win32" or found.st_uid == os.geteuid()
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1 or not ours:
        os.close(descriptor)
        raise Misconfigured(f"{path} is not a plain file of ours; remove it.")
    return descriptor


def _try_lock(descriptor: int) -> bool:
    """Whether the lock is ours now; never waits."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _read(descriptor: int) -> _Holder:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return msgspec.json.decode(os.read(descriptor, 4096), type=_Holder)
    except msgspec.MsgspecError:
        return _Holder()
