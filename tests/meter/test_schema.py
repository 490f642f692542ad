"""The shape of `meter.db`, step by step from an empty file."""

import sqlite3

import pytest
import sqlite_utils

from trayapp.meter.schema import COUNTS, REQUESTS, STEPS, m001_history, m002_tools


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


def test_the_third_step_keeps_what_there_was(db: sqlite_utils.Database) -> None:
    """Rows of before get the word for how they ended, and their hours are summed."""
    m001_history(db)
    row = {
        "request_id": "r", "at": "2026-11-21T12:00:00.000Z", "tool": "ide", "kind": "normal",
        "route": "messages", "model_asked": "m", "model_served": None, "input_tokens": 10,
        "output_tokens": 5, "cost_usd": 0.5, "outcome": "ok", "throttled": 0, "overloaded": 0,
        "cached": 0, "duration_ms": 1500.0,
    }  # fmt: skip
    db.table("requests").insert_all(
        [
            row,
            row | {"cached": 1, "cost_usd": 0.25},
            row | {"outcome": "error", "throttled": 1, "cost_usd": None},
            row | {"outcome": "error"},
            row | {"outcome": "caller_gone", "at": "2026-11-21T14:00:00.000Z"},
            row | {"overloaded": 1, "route": "files"},
        ]
    )

    STEPS[2](db)

    told = list(db.query("SELECT ended, verdict FROM requests ORDER BY id"))
    assert told[0]["ended"] == 1795262401500
    assert [each["verdict"] for each in told] == [
        "answered", "cached", "throttled", "failed", "caller_gone", "overloaded",
    ]  # fmt: skip
    first, second = db.query("SELECT * FROM hours ORDER BY hour")
    assert (first["requests"], first["cache_hits"], first["errors"]) == (4, 1, 2)
    assert (first["input_tokens"], first["saved_tokens"], first["saved_usd"]) == (30, 15, 0.25)
    assert (first["cost_usd"], second["requests"], second["caller_gone"]) == (1.0, 1, 1)
    assert set(REQUESTS) < set(columns(db, "requests"))
    db.close()


def test_no_column_could_hold_a_prompt_or_a_token(db: sqlite_utils.Database) -> None:
    """The ledger holds numbers and names: no table has a place for text of a conversation."""
    for step in STEPS:
        step(db)

    names = {name for table in db.table_names() for name in columns(db, table)}
    assert not names & {"prompt", "text", "body", "content", "answer", "token", "key", "credential"}
    db.close()
