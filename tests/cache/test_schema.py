"""The shape of cache.db."""

import sqlite3

import sqlite_utils

from trayapp.cache.schema import STEPS


def test_answers_lie_apart_from_what_is_known_of_them() -> None:
    """The tables are there, keys are unique, and the sums begin at nothing."""
    connection = sqlite3.connect(":memory:")
    database = sqlite_utils.Database(connection)
    for step in STEPS:
        step(database)

    assert {"entries", "bodies", "sums", "facts"} <= set(database.table_names())
    assert [index.unique for index in database.table("entries").indexes] == [1]
    assert list(database.table("sums").rows) == [{"id": 1, "entries": 0, "bytes": 0}]
    connection.close()
