"""A second copy of a SQLite file: made while it is in use, put in its place when it is damaged."""

import datetime as dt
import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest

from trayapp.backup import Backup, NoRoom, is_damage

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a thousand notes in it, some still in its log."""
    path = tmp_path / "notes.db"
    write(path, "first")
    return path


def write(path: Path, text: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS notes (text)")
    connection.execute("CREATE INDEX IF NOT EXISTS by_text ON notes (text)")
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO notes VALUES (?)", [(f"{text} {n}",) for n in range(1000)])
    connection.execute("COMMIT")
    connection.close()


def count(path: Path) -> int:
    connection = sqlite3.connect(path)
    (number,) = connection.execute("SELECT count(*) FROM notes").fetchone()
    connection.close()
    return int(number)


def test_a_sound_file_is_called_sound(path: Path) -> None:
    """Every page fits the others."""
    assert Backup(path).is_sound()


@pytest.mark.parametrize("damage", ["header", "page", "cut", "no database"])
def test_damage_is_found(path: Path, damage: str) -> None:
    """Wherever it is, as far as the file's own order can tell."""
    content = bytearray(path.read_bytes())
    if damage == "header":
        content[0:16] = b"\xff" * 16
    elif damage == "page":
        content[4096:5000] = b"\xff" * 904
    elif damage == "cut":
        del content[-4096:]
    else:
        content = bytearray(b"no database" * 1000)
    path.write_bytes(content)

    assert not Backup(path).is_sound()


def test_a_copy_is_made_while_somebody_writes(path: Path) -> None:
    """It holds what was committed, and the writer goes on."""
    backup = Backup(path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("INSERT INTO notes VALUES ('committed')")
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO notes VALUES ('not yet')")

    backup.make()

    writer.execute("COMMIT")
    writer.close()
    assert count(backup.copy) == 1001
    assert backup.made_at() is not None
    assert not list(path.parent.glob("*.new*"))


def test_no_copy_has_no_time(path: Path) -> None:
    """There is none until one was made."""
    assert Backup(path).made_at() is None


def test_a_copy_takes_the_place_of_a_damaged_file(path: Path) -> None:
    """The damaged one is kept beside it, and of those only the last."""
    backup = Backup(path)
    backup.make()
    for day in (1, 2):
        path.write_bytes(b"no database" * 1000)
        path.with_name("notes.db-wal").write_bytes(b"garbage")
        made_at = backup.put_back(NOW + dt.timedelta(days=day))

    assert made_at == backup.made_at()
    assert count(path) == 1000
    assert sorted(each.name for each in path.parent.iterdir()) == [
        "notes.db",
        "notes.db.backup",
        "notes.db.damaged-20261123T120000",
        "notes.db.damaged-20261123T120000-wal",
    ]


def test_without_a_copy_the_file_is_set_aside(path: Path) -> None:
    """Nothing takes its place."""
    assert Backup(path).put_back(NOW) is None
    assert not path.exists()


def test_a_damaged_copy_is_no_copy(path: Path) -> None:
    """It is not put in the place of anything."""
    backup = Backup(path)
    backup.copy.write_bytes(b"no database" * 1000)

    assert backup.put_back(NOW) is None
    assert not path.exists()


def test_a_disk_without_room_is_not_filled(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine needs more is left to it."""

    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000_000))

    with pytest.raises(NoRoom):
        Backup(path).make()


def test_a_copy_that_fails_leaves_the_one_before(path: Path) -> None:
    """Whole or not at all."""
    backup = Backup(path)
    backup.make()
    before = backup.copy.read_bytes()
    path.write_bytes(b"no database" * 1000)

    with pytest.raises(sqlite3.DatabaseError):
        backup.make()

    assert backup.copy.read_bytes() == before
    assert not list(path.parent.glob("*.new*"))


@pytest.mark.slow
def test_a_locked_file_is_not_called_damaged(path: Path) -> None:
    """Nobody can say, so nobody does."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("INSERT INTO notes VALUES ('mine')")
    try:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Backup(path).is_sound()
    finally:
        holder.close()


def test_what_is_not_under_way_is_stopped_at_once(path: Path) -> None:
    """There is nothing to end, and the next check is not ended either."""
    backup = Backup(path)
    backup.stop()

    assert backup.is_sound()


def test_what_is_under_way_is_ended(path: Path) -> None:
    """An interruption reaches the connection at work."""
    backup = Backup(path)

    with backup._reading(path) as connection:
        connection.create_function("stop", 0, backup.stop)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            connection.execute("SELECT stop(), text FROM notes ORDER BY 1").fetchall()


@pytest.mark.parametrize(
    ("error", "damage"),
    [(sqlite3.OperationalError("disk"), False), (ValueError(), False), (OSError(), False)],
)
def test_not_every_failure_is_damage(error: Exception, damage: bool) -> None:
    """A full disk leaves the file sound."""
    assert is_damage(error) is damage


def test_words_that_cannot_be_read_tell_of_damage() -> None:
    """Python cannot read SQLite's sentence about a name that was hit."""
    assert is_damage(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"))
