"""SQLite files: one thread each, private, migrated in one step, never harmed by what they hold."""

import asyncio
import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from trayapp.db import (
    DamagedDatabase,
    Database,
    NewerDatabase,
    NotOpen,
    Schema,
    offline,
    transaction,
)
from trayapp.model.errors import Misconfigured

T = TypeVar("T")


def m001_notes(db: Any) -> None:
    db["notes"].create({"text": str})


def m002_authors(db: Any) -> None:
    db["notes"].add_column("author", str)


def m003_breaks(db: Any) -> None:
    db["wrecks"].create({"text": str})
    raise ValueError("this step goes wrong")


ONE = Schema("notes", (m001_notes,))
TWO = Schema("notes", (m001_notes, m002_authors))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.db"


@pytest.fixture(autouse=True)
def _thread_end() -> Iterator[None]:
    before = threading.active_count()
    yield
    assert threading.active_count() == before


def within(path: Path, use: Callable[[Database], Awaitable[T]], schema: Schema = ONE) -> T:
    """What *use* returns of an open database, which is closed afterwards."""

    async def run() -> T:
        database = Database(path, schema)
        await database.open()
        try:
            return await use(database)
        finally:
            await database.close()

    return asyncio.run(asyncio.wait_for(run(), 10))


def texts(connection: sqlite3.Connection) -> list[str]:
    return [text for (text,) in connection.execute("SELECT text FROM notes")]


def note(text: str) -> Callable[[sqlite3.Connection], None]:
    def write(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))

    return write


def pragma(path: Path, name: str, schema: Schema = ONE) -> Any:
    with offline(path, schema) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_what_is_written_is_read_again(path: Path) -> None:
    """A file keeps what it was given over a close."""

    async def write(database: Database) -> None:
        await database.run(note("first"))

    within(path, write)

    with offline(path, ONE) as connection:
        assert texts(connection) == ["first"]


def test_functions_run_on_the_files_own_thread(path: Path) -> None:
    """Neither on the loop's thread nor each on another."""

    async def names(database: Database) -> set[str]:
        return {await database.run(lambda _: threading.current_thread().name) for _ in range(3)}

    (name,) = within(path, names)
    assert name.startswith("sluice-notes")


def test_an_error_comes_back_to_who_asked(path: Path) -> None:
    """What a function raises is raised where it was awaited."""

    async def ask(database: Database) -> None:
        await database.run(lambda connection: connection.execute("SELECT nothing"))

    with pytest.raises(sqlite3.OperationalError, match="nothing"):
        within(path, ask)


def test_what_nobody_waits_for_is_done_in_order(path: Path) -> None:
    """Submitted functions run one after the other, and their end is told."""
    ends: list[BaseException | None] = []

    async def use(database: Database) -> list[str]:
        database.submit(note("one"), ends.append)
        database.submit(note("two"), ends.append)
        return await database.run(texts)

    assert within(path, use) == ["one", "two"]
    assert ends == [None, None]


def test_a_failure_nobody_waits_for_is_told(path: Path) -> None:
    """The error reaches the callback and nobody else."""
    ends: list[BaseException | None] = []

    async def use(database: Database) -> None:
        database.submit(lambda connection: connection.execute("nonsense"), ends.append)
        await database.run(texts)

    within(path, use)

    assert [type(end) for end in ends] == [sqlite3.OperationalError]


def test_what_comes_after_the_close_is_told_so(path: Path) -> None:
    """A closed file fails softly for who does not wait, plainly for who does."""
    ends: list[BaseException | None] = []

    async def run() -> None:
        database = Database(path, ONE)
        await database.open()
        await database.close()
        await database.close()
        database.submit(texts, ends.append)
        with pytest.raises(RuntimeError):
            await database.run(texts)

    asyncio.run(run())

    assert [type(end) for end in ends] == [NotOpen]


def test_a_file_that_was_not_opened_says_so(path: Path) -> None:
    """Asking before opening is a mistake of ours, in words."""

    async def run() -> None:
        database = Database(path, ONE)
        with pytest.raises(RuntimeError, match=r"notes\.db is not open"):
            await database.run(texts)
        await database.close()

    asyncio.run(run())


def test_what_was_handed_over_is_done_before_the_close(path: Path) -> None:
    """Closing loses nothing that was submitted."""

    async def use(database: Database) -> None:
        for number in range(50):
            database.submit(note(str(number)), lambda _: None)

    within(path, use)

    with offline(path, ONE) as connection:
        assert len(texts(connection)) == 50


def test_a_closed_file_stands_alone(path: Path) -> None:
    """The write-ahead log is folded in: one file is left, which can be copied."""

    async def use(database: Database) -> None:
        await database.run(note("first"))

    within(path, use)

    assert [each.name for each in path.parent.iterdir()] == ["notes.db"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_file_is_ours_alone(path: Path) -> None:
    """0600 from the start, and tightened where it was wider; the log beside it too."""
    path.touch(0o644)

    async def modes(database: Database) -> set[int]:
        await database.run(note("first"))
        return {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}

    assert within(path, modes) == {0o600}


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="this system cannot tell")
def test_a_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    """A file that is a link to elsewhere is refused."""
    path.symlink_to(tmp_path / "elsewhere.db")

    with pytest.raises(Misconfigured, match="notes"), offline(path, ONE):
        pass


@pytest.mark.parametrize("put", ["fifo", "second name", "folder"])
def test_what_is_no_plain_file_of_ours_is_refused(path: Path, tmp_path: Path, put: str) -> None:
    """A FIFO, a folder or a file that has another name elsewhere is never written to."""
    other = tmp_path / "other"
    other.write_bytes(b"kept")
    if put == "fifo":
        os.mkfifo(path)
    elif put == "folder":
        path.mkdir()
    else:
        path.hardlink_to(other)

    with pytest.raises(Misconfigured, match="notes"), offline(path, ONE):
        pass
    assert other.read_bytes() == b"kept"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
def test_a_file_of_another_user_is_refused(path: Path) -> None:
    """Who owns the file could change what it says."""
    path.touch()
    os.chown(path, 65534, -1)

    with pytest.raises(Misconfigured, match="not a plain file of ours"), offline(path, ONE):
        pass


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 1)])
def test_durability_is_as_asked(path: Path, durable: bool, level: int) -> None:
    """Files that must survive a power cut sync fully, caches do not."""
    schema = Schema("notes", (m001_notes,), durable=durable)

    assert pragma(path, "synchronous", schema) == level
    assert pragma(path, "journal_mode", schema) == "wal"


def test_a_later_version_takes_only_the_pending_steps(path: Path) -> None:
    """What is there stays, and the new column appears."""
    with offline(path, ONE) as connection:
        note("old")(connection)

    with offline(path, TWO) as connection:
        assert connection.execute("SELECT text, author FROM notes").fetchall() == [("old", None)]
    assert pragma(path, "user_version", TWO) == 2


def test_a_step_that_fails_leaves_the_old_file(path: Path) -> None:
    """All pending steps are taken, or none."""
    with offline(path, ONE) as connection:
        note("old")(connection)
    broken = Schema("notes", (m001_notes, m002_authors, m003_breaks))

    with pytest.raises(ValueError, match="goes wrong"), offline(path, broken):
        pass

    with offline(path, ONE) as connection:
        assert connection.execute("SELECT * FROM notes").fetchall() == [("old",)]


def test_a_newer_file_is_left_alone(path: Path) -> None:
    """A file of a later version is refused in words, and not changed (R34)."""
    with offline(path, TWO):
        pass
    before = path.read_bytes()

    with pytest.raises(NewerDatabase, match="newer Sluice"), offline(path, ONE):
        pass

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_damaged_file_is_told_in_words(path: Path, content: bytes) -> None:
    """What cannot be read as a database raises one kind of error, and no thread is left."""
    path.write_bytes(content)

    async def use(database: Database) -> None:
        raise AssertionError("unreachable")

    with pytest.raises(DamagedDatabase, match=r"notes\.db is damaged"):
        within(path, use)


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    """A file cut to nothing is made anew."""
    path.touch()

    with offline(path, ONE) as connection:
        assert texts(connection) == []


@pytest.mark.slow
def test_a_foreign_lock_is_not_waited_for_long(path: Path) -> None:
    """A process that holds the file costs a quarter of a second, then the write fails (R23)."""
    with offline(path, ONE) as ours, offline(path, ONE) as foreign:
        foreign.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            note("late")(ours)
        foreign.execute("ROLLBACK")


@pytest.mark.slow
def test_a_file_held_by_another_cannot_be_opened(path: Path) -> None:
    """A lock is no damage: the error is sqlite's own."""
    with sqlite3.connect(path, isolation_level=None) as foreign:
        foreign.execute("BEGIN EXCLUSIVE")
        with pytest.raises(sqlite3.OperationalError, match="locked"), offline(path, ONE):
            pass
        foreign.execute("ROLLBACK")
    foreign.close()


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    """What was begun in a block that fails is undone."""
    with offline(path, ONE) as connection:
        with contextlib.suppress(ZeroDivisionError), transaction(connection):
            note("half")(connection)
            raise ZeroDivisionError

        assert texts(connection) == []


def test_a_transaction_that_sqlite_ended_itself_is_left(path: Path) -> None:
    """Where the statement's failure already rolled back, there is nothing more to undo."""
    with offline(path, ONE) as connection:
        with contextlib.suppress(sqlite3.OperationalError), transaction(connection):
            connection.execute("ROLLBACK")
            connection.execute("nonsense")

        assert not connection.in_transaction


@pytest.mark.slow
def test_a_file_without_pending_steps_loads_no_migrations(path: Path) -> None:
    """The library for schemas costs memory: only who has a step to take pays it."""
    with offline(path, ONE):
        pass
    program = (
        "import sys, pathlib; from trayapp.db import offline, Schema\n"
        f"with offline(pathlib.Path({str(path)!r}), Schema('notes', (print,))): pass\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
