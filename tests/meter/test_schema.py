"""The shape of `meter.db`, step by step from an empty file."""

import sqlite3

import pytest
import sqlite_utils

from trayapp.meter.schema import COUNTS, STEPS, m001_history, m002_tools


def columns(db: sqlite_utils.Database, table: str) -> list[str]:
    return [column.name for column in db[table].columns]


@pytest.fixture
def db() -> sqlite_utils.Database:
    return sqlite_utils.Database(memory=True)


def test_the_first_step_makes_history(db: sqlite_utils.Database) -> None:
    """Requests, days and limits are there afterwards, and days sum what they should."""
    m001_history(db)

    assert sorted(db.table_names()) == ["days", "limits", "requests"]
    assert set(COUNTS) < set(columns(db, "days"))
    db.close()


def test_the_second_step_makes_tools(db: sqlite_utils.Database) -> None:
    """A name may stand once among those that may enter, and again among the revoked."""
    m002_tools(db)
    rows = [("a" * 64, "2026-01-01"), ("b" * 64, None)]
    for digest, revoked in rows:
        db.execute("INSERT INTO tools VALUES (?, 'ide', 'normal', 1, '2025', ?)", [digest, revoked])

    with pytest.raises(sqlite3.IntegrityError):
        db.execute("INSERT INTO tools VALUES ('c', 'ide', 'normal', 1, '2025', NULL)")
    db.close()


def test_no_column_could_hold_a_prompt_or_a_token(db: sqlite_utils.Database) -> None:
    """The ledger holds numbers and names: no table has a place for text of a conversation."""
    for step in STEPS:
        step(db)

    names = {name for table in db.table_names() for name in columns(db, table)}
    assert not names & {"prompt", "text", "body", "content", "answer", "token", "key", "credential"}
    db.close()
