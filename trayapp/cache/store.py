"""Kept answers in SQLite: small functions for the thread that owns `cache.db`."""

import bisect
import itertools
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import msgspec

from trayapp.cache.schema import STEPS
from trayapp.cache.shelf import Row
from trayapp.db import Schema, transaction

SCHEMA = Schema("cache", STEPS)

EVICTED_AT_ONCE = 500
"""Rows that one transaction deletes at most, to be short."""
_STEP = 50
TOGETHER = 64
"""Rows that one statement writes: between two, the loop's thread and this one trade places."""
_OVERHEAD = 2 * 4096
"""Bytes that an answer takes of the file, at most, beside its own."""
OVERSIZE = 1.05
"""A file so many times its limit, since that was lowered, is made anew: SQLite does not shrink."""

_FIND = "SELECT sealed FROM bodies WHERE id = (SELECT id FROM entries WHERE key = ?)"
_OLDEST = "SELECT id, key, size FROM entries ORDER BY id LIMIT ?"
_EXPIRED = """SELECT id, key, size FROM (
    SELECT id, key, size, kept_at FROM entries ORDER BY id LIMIT ?) WHERE kept_at < ?"""
_NAMED = "SELECT id, key, size FROM entries WHERE key = ?"
_SUM = "UPDATE sums SET entries = entries + ?, bytes = bytes + ? WHERE id = 1"


class Sums(msgspec.Struct, frozen=True):
    """How many answers are kept, and their bytes."""

    entries: int = 0
    bytes: int = 0


class Unusable(Exception):
    """The file was sealed with another key, or is far over its limit."""


def open_for(connection: sqlite3.Connection, mark: bytes, limit: int) -> list[bytes]:
    """Return the keys of all that is kept; raises `Unusable` where the file has to be made anew."""
    found = connection.execute("SELECT value FROM facts WHERE name = 'key'").fetchone()
    if found is None:
        connection.execute("INSERT INTO facts VALUES ('key', ?)", (mark,))
    elif found[0] != mark or _pages(connection, "page_count") > limit * OVERSIZE:
        raise Unusable
    return [key for (key,) in connection.execute("SELECT key FROM entries")]


def find(connection: sqlite3.Connection, key: bytes) -> object:
    """What is kept under *key*, sealed; None where nothing is. A damaged file gives anything."""
    found = connection.execute(_FIND, (key,)).fetchone()
    return None if found is None else found[0]


def write(
    connection: sqlite3.Connection, rows: Sequence[Row], *, limit: int, before: float
) -> list[bytes]:
    """Keep *rows*; return the keys that are not kept: older than *before*, or gone for room.

    First in, first out: what lives for an hour gains little from noting each use, and that would
    make every hit a write.
    """
    with transaction(connection):
        gone = _expire(connection, before)
        size = sum(len(row.sealed) + _OVERHEAD for row in rows)
        if _used(connection) + size <= limit:
            for first in range(0, len(rows), TOGETHER):
                _insert(connection, rows[first : first + TOGETHER])
        else:
            gone += _squeeze_in(connection, rows, limit, EVICTED_AT_ONCE - len(gone))
    return gone


def _squeeze_in(
    connection: sqlite3.Connection, rows: Sequence[Row], limit: int, most: int
) -> list[bytes]:
    """Keep each of *rows* that has room, once at most about *most* of the oldest have gone."""
    gone: list[bytes] = []
    for row in rows:
        _delete(connection, connection.execute(_NAMED, (row.key,)).fetchall())
        gone += _make_room(connection, len(row.sealed), limit, most - len(gone))
        if _used(connection) + len(row.sealed) <= limit:
            _insert(connection, (row,))
        else:
            gone.append(row.key)
    return gone


def _insert(connection: sqlite3.Connection, rows: Sequence[Row]) -> None:
    named = f"SELECT id, key, size FROM entries WHERE key IN ({_marks(rows, '?')})"  # noqa: S608 - marks
    _delete(connection, connection.execute(named, [row.key for row in rows]).fetchall())
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    entries = [(last + n, row.key, row.kept_at, len(row.sealed)) for n, row in enumerate(rows, 1)]
    bodies = [(last + n, row.sealed) for n, row in enumerate(rows, 1)]
    chained = itertools.chain.from_iterable
    connection.execute(
        f"INSERT INTO entries (id, key, kept_at, size) VALUES {_marks(rows, '(?,?,?,?)')}",  # noqa: S608 - marks
        [*chained(entries)],
    )
    connection.execute(f"INSERT INTO bodies VALUES {_marks(rows, '(?,?)')}", [*chained(bodies)])  # noqa: S608 - marks
    connection.execute(_SUM, (len(rows), sum(entry[3] for entry in entries)))


def _marks(rows: Sequence[Row], each: str) -> str:
    return ",".join([each] * len(rows))


def _make_room(connection: sqlite3.Connection, size: int, limit: int, most: int) -> list[bytes]:
    """Delete the oldest, at most about *most* of them, until *size* more bytes have room."""
    gone: list[bytes] = []
    while len(gone) < most and (excess := _used(connection) + size - limit) > 0:
        oldest = connection.execute(_OLDEST, (_STEP,)).fetchall()
        if not oldest:
            break
        freed = list(itertools.accumulate(row[2] for row in oldest))
        enough = bisect.bisect_left(freed, excess) + 1
        gone += _delete(connection, oldest[:enough])
    return gone


def sweep(connection: sqlite3.Connection, before: float) -> list[bytes]:
    """Delete what is older than *before*, at most some hundreds; return the keys."""
    with transaction(connection):
        return _expire(connection, before)


def drop(connection: sqlite3.Connection, key: bytes) -> None:
    """Delete the entry *key*."""
    with transaction(connection):
        _delete(connection, connection.execute(_NAMED, (key,)).fetchall())


def sums(connection: sqlite3.Connection) -> Sums:
    """Return the running sums."""
    found = connection.execute("SELECT entries, bytes FROM sums").fetchone()
    return Sums(*found) if found else Sums()


def discard(path: Path) -> None:
    """Take the file away, with its logs; a second time too."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _expire(connection: sqlite3.Connection, before: float) -> list[bytes]:
    found = connection.execute(_EXPIRED, (EVICTED_AT_ONCE, before))
    return _delete(connection, found.fetchall())


def _delete(connection: sqlite3.Connection, found: Sequence[tuple[int, bytes, int]]) -> list[bytes]:
    if not found:
        return []
    ids = [(row[0],) for row in found]
    connection.executemany("DELETE FROM entries WHERE id = ?", ids)
    connection.executemany("DELETE FROM bodies WHERE id = ?", ids)
    connection.execute(_SUM, (-len(found), -sum(row[2] for row in found)))
    return [row[1] for row in found]


def _used(connection: sqlite3.Connection) -> int:
    """Bytes of the file that hold something."""
    return _pages(connection, "page_count") - _pages(connection, "freelist_count")


def _pages(connection: sqlite3.Connection, which: str) -> int:
    (pages,) = connection.execute(f"PRAGMA {which}").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)
