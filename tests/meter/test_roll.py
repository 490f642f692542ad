"""Who may enter, a second time."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from trayapp.db import offline
from trayapp.meter import roll, tools
from trayapp.meter.ledger import SCHEMA
from trayapp.model.command import AddTool
from trayapp.model.exchange import Caller

IDE, SCRIPT = "a" * 64, "b" * 64


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with offline(tmp_path / "meter.db", SCHEMA) as connection:
        tools.add(connection, AddTool("ide", "interactive", True, IDE))
        tools.add(connection, AddTool("script", "batch", False, SCRIPT, "local"))
        yield connection


def test_the_roll_says_who_may_enter(connection: sqlite3.Connection) -> None:
    """The same as the database's own table."""
    assert roll.table(roll.of(connection)) == tools.table(connection)
    assert tools.table(connection)[SCRIPT] == Caller(
        "script", "batch", cache=False, upstream="local"
    )


def test_it_is_read_as_it_was_written(connection: sqlite3.Connection, tmp_path: Path) -> None:
    """Private, and nothing is left beside it."""
    path = tmp_path / "tools.json"
    roll.write(path, roll.of(connection))

    assert roll.read(path) == roll.of(connection)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.glob("tools*")] == ["tools.json"]


def test_what_is_there_already_is_not_written(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    """A start that finds nothing new leaves the disk alone."""
    path = tmp_path / "tools.json"
    roll.write(path, roll.of(connection))
    before = path.stat().st_ino
    roll.write(path, roll.of(connection))

    assert path.stat().st_ino == before


@pytest.mark.parametrize("content", [None, b"", b"nonsense", b'[["x","y","normal",true,"2026"]]'])
def test_what_cannot_be_read_is_none(tmp_path: Path, content: bytes | None) -> None:
    """No roll, or one that damage left without sense, lets nobody in."""
    path = tmp_path / "tools.json"
    if content is not None:
        path.write_bytes(content)

    assert roll.read(path) is None


def test_the_database_says_what_the_roll_says(connection: sqlite3.Connection) -> None:
    """Who was revoked since stays out, who came since is in, names and kinds as they were."""
    new = roll.Listed("c" * 64, "script", "normal", True, "2026-11-21T12:00:00Z")
    later = (new, roll.of(connection)[0])

    roll.enter(connection, later)
    roll.enter(connection, later)

    assert set(tools.table(connection)) == {IDE, "c" * 64}
    assert roll.of(connection) == later


def test_damage_among_the_tools_is_told(connection: sqlite3.Connection) -> None:
    """A kind that nobody knows would weigh requests wrongly."""
    connection.execute("UPDATE tools SET kind = 'x'")

    with pytest.raises(msgspec.ValidationError):
        roll.of(connection)


def test_a_roll_from_before_there_were_several_upstreams_is_read(tmp_path: Path) -> None:
    """Its tools go where they always went."""
    path = tmp_path / "tools.json"
    path.write_bytes(msgspec.json.encode([(IDE, "ide", "interactive", True, "2026-11-21")]))

    assert roll.table(roll.read(path) or ()) == {IDE: Caller("ide", "interactive")}
