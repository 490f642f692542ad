"""SQLite files: one connection each, on one thread of its own; their schema and its steps.

The loop never waits for a disk: it hands small functions over and awaits, or does not await,
their answer. No other process opens a file while an engine runs; the command line opens one by
`offline` when the home's lock is free.
"""

import asyncio
import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from trayapp.model.errors import Misconfigured

Step = Callable[[Any], None]
"""One change of a schema; is given a `sqlite_utils.Database`."""

T = TypeVar("T")

_CAREFUL = ("O_NOFOLLOW", "O_CLOEXEC", "O_NONBLOCK")
"""No link is followed, no child inherits, and a FIFO in place of the file does not make us wait."""

BUSY_MS = 250
"""How long a statement waits for a foreign process that holds the file."""


class NewerDatabase(Misconfigured):
    """The file was written by a later version; it is left as it is."""


class DamagedDatabase(Misconfigured):
    """The file is no database any more, or its pages contradict each other."""


class NotOpen(RuntimeError):
    """The file could not be opened, or was closed."""


class Schema(msgspec.Struct, frozen=True):
    """The *steps* from an empty file to today's, in order; never changed once released.

    *durable* files survive a power cut with every commit (`synchronous=FULL`); others may lose
    the last ones, never their shape.
    """

    name: str
    steps: Sequence[Step]
    durable: bool = False


class Database:
    """One SQLite file, reached from the loop; every function runs on the file's own thread."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path = path
        self._schema = schema
        self._thread: ThreadPoolExecutor | None = None
        self._connection: sqlite3.Connection | None = None

    @property
    def is_open(self) -> bool:
        """Whether there is a connection to ask."""
        return self._connection is not None

    async def open(self, *, as_it_is: bool = False) -> None:
        """Open the file, made and migrated where needed; *as_it_is*: only to be read.

        Raises `NewerDatabase`, `DamagedDatabase`, or what sqlite3 and the system raise; it may
        then be tried again.
        """
        if self._thread is None:
            name = f"sluice-{self._schema.name}"
            self._thread = ThreadPoolExecutor(1, thread_name_prefix=name)
        thread, loop = self._thread, asyncio.get_running_loop()
        try:
            await loop.run_in_executor(thread, self._read if as_it_is else self._open)
        except BaseException:
            self._thread = None
            thread.shutdown(wait=True)
            raise

    async def run(self, function: Callable[[sqlite3.Connection], T]) -> T:
        """Return what *function* makes of the connection."""
        loop, thread = asyncio.get_running_loop(), self._thread
        if thread is None:
            raise self._closed()
        return await loop.run_in_executor(thread, lambda: function(self._opened))

    async def exchange(self, exchange: Callable[[], T]) -> T:
        """Close the file, have it exchanged for another, and open that; nobody comes in between."""

        def swap() -> T:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()
            result = exchange()
            self._open()
            return result

        thread = self._thread
        if thread is None:
            raise self._closed()
        return await asyncio.get_running_loop().run_in_executor(thread, swap)

    def submit(
        self,
        function: Callable[[sqlite3.Connection], object],
        ended: Callable[[BaseException | None], None],
    ) -> None:
        """Have *function* run soon and wait for nothing.

        *ended* is called on the loop, with the error if there was one.
        """
        loop = asyncio.get_running_loop()

        def tell(future: Future[object]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended: nobody to tell
                loop.call_soon_threadsafe(ended, future.exception())

        thread = self._thread
        if thread is None:
            loop.call_soon(ended, self._closed())
        else:
            thread.submit(lambda: function(self._opened)).add_done_callback(tell)

    async def close(self) -> None:
        """Run what was handed over, fold the write-ahead log in, and close; a second time too."""
        thread, self._thread = self._thread, None
        if thread is not None:
            try:
                await asyncio.get_running_loop().run_in_executor(thread, self._close)
            finally:
                thread.shutdown(wait=True)

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            raise self._closed()
        return self._connection

    def _closed(self) -> NotOpen:
        return NotOpen(f"{self.path.name} is not open")

    def _open(self) -> None:
        self._connection = _connect(self.path, self._schema)

    def _read(self) -> None:
        self._connection = _connect_to_read(self.path)

    def _close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            _disconnect(connection)


@contextlib.contextmanager
def offline(path: Path, schema: Schema) -> Iterator[sqlite3.Connection]:
    """The file at *path* for a command that runs while no engine does; raises like `open`."""
    connection = _connect(path, schema)
    try:
        yield connection
    finally:
        _disconnect(connection)


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """All of the block's statements, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield connection
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _connect(path: Path, schema: Schema) -> sqlite3.Connection:
    _make_private(path)
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)
    connection.text_factory = _text
    try:
        version = _version(connection, path, schema)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={'FULL' if schema.durable else 'NORMAL'}")
        connection.execute("PRAGMA mmap_size=0")  # a mapped file turns damage on disk into more
        if version < len(schema.steps):
            _migrate(connection, schema)
    except sqlite3.DatabaseError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            msg = f"{path.name} is damaged and cannot be read."
            raise DamagedDatabase(msg) from error
        raise
    except UnicodeDecodeError as error:  # SQLite's own words, about a name that damage hit
        connection.close()
        msg = f"{path.name} is damaged and cannot be read."
        raise DamagedDatabase(msg) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, not even a file that it does not understand."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY_MS / 1000, isolation_level=None)
    connection.text_factory = _text
    return connection


def _text(raw: bytes) -> str:
    """A text as it is; where damage left no UTF-8, what is left of it."""
    return raw.decode("utf-8", "replace")


def _disconnect(connection: sqlite3.Connection) -> None:
    with contextlib.suppress(sqlite3.Error):  # a full disk cannot shrink its log: it stays whole
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _make_private(path: Path) -> None:
    """Make the file ours alone before anything is written; the log beside it inherits the mode."""
    flags = os.O_RDWR | os.O_CREAT | sum(getattr(os, name, 0) for name in _CAREFUL)
    try:
        descriptor = os.open(path, flags, 0o600)
    except OSError as error:
        msg = f"{path} cannot be opened: {error.strerror}."
        raise Misconfigured(msg) from None
    try:
        found = os.fstat(descriptor)
        foreign = os.name == "posix" and found.st_uid != os.geteuid()
        if foreign or found.st_nlink > 1 or not stat.S_ISREG(found.st_mode):
            msg = f"{path} is not a plain file of ours; look what it is, and take it away."
            raise Misconfigured(msg)
        if os.name == "posix" and stat.S_IMODE(found.st_mode) != 0o600:
            os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)


def _version(connection: sqlite3.Connection, path: Path, schema: Schema) -> int:
    """How many steps the file has taken; raises before anything of a newer one is changed."""
    version: int
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(schema.steps):
        msg = (
            f"{path} was written by a newer Sluice (schema {version}; "
            f"this version knows {len(schema.steps)})."
        )
        raise NewerDatabase(msg)
    return version


def _migrate(connection: sqlite3.Connection, schema: Schema) -> None:
    """Take the pending steps in one transaction; an interruption leaves the old or the new."""
    # sqlite_utils costs 200 ms and 22 MB: only who has a step to take pays it.
    import sqlite_utils
    from sqlite_utils.migrations import Migrations

    migrations = Migrations(schema.name)
    for step in schema.steps:
        migrations(name=getattr(step, "__name__", ""))(step)
    database = sqlite_utils.Database(connection, execute_plugins=False)
    with database.atomic():
        migrations.apply(database)
        connection.execute(f"PRAGMA user_version={len(schema.steps)}")
