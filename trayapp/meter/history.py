"""What was, read from `meter.db` a little at a time, and forgotten when it is old."""

import datetime as dt
import sqlite3
from functools import partial
from typing import Any

from trayapp.db import Database, transaction
from trayapp.meter.pieces import Heap, Kept, pieces_of
from trayapp.meter.questions import (
    NEWEST,
    Question,
    answer_of,
    floor_of,
    kept_of,
    milliseconds,
    page_of,
    sums_of,
)
from trayapp.meter.rows import hour_text
from trayapp.model.history import Filter, Key, ListRequests, Page, SumRequests, Sums

MOST_STEPS = 100
"""Steps of `SCAN_ROWS` that a sum over rows may take; beyond, it is told as not whole."""
FORGET_ROWS = 500
"""Rows that are deleted in one transaction: writers wait for no more."""

_FORGET = """DELETE FROM requests WHERE id IN
    (SELECT id FROM requests WHERE ended < ? ORDER BY ended LIMIT ?)"""
_FORGET_HOURS = "DELETE FROM hours WHERE hour < ?"


class History:
    """Answers questions over the requests of a file; days outlive the rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, asked: ListRequests) -> Page:
        """The next rows that match, newest first."""
        return await self._database.run(lambda connection: _page(connection, asked))

    async def sums(self, asked: SumRequests, kept_from: dt.datetime) -> Sums:
        """What requests come to; rows and hours are there from *kept_from* on."""
        heap, whole = Heap(asked.by), True
        for piece in pieces_of(asked.filter, asked.by, kept_from):
            if isinstance(piece, Kept):
                question = kept_of(piece.table, asked.filter, asked.by, piece.low, piece.high)
                heap.add(await self._database.run(partial(_told, question=question)))
            else:
                whole = await self._count(piece, asked, heap) and whole
        return heap.told(whole=whole)

    async def _count(self, piece: Filter, asked: SumRequests, heap: Heap) -> bool:
        """Sum the rows of *piece* step by step; false where there are too many."""
        before = NEWEST
        for _ in range(MOST_STEPS):
            step = partial(_step, asked=piece, by=asked.by, before=before)
            rows, floor = await self._database.run(step)
            heap.add(rows)
            if floor is None:
                return True
            before = floor
        return False

    async def forget(self, before: dt.datetime) -> None:
        """Delete the rows and hours of requests that ended *before*; their days stay."""
        limit = milliseconds(before)
        while await self._database.run(lambda connection: _forget(connection, limit)):
            pass  # whoever wants to write comes in between
        hour = hour_text(before)
        await self._database.run(lambda connection: connection.execute(_FORGET_HOURS, (hour,)))


def _page(connection: sqlite3.Connection, asked: ListRequests) -> Page:
    every = Filter(since=asked.filter.since, until=asked.filter.until)
    searches = asked.after is not None or asked.filter != every
    floor = _floor(connection, asked.filter, asked.before or NEWEST) if searches else None
    return answer_of(asked, _told(connection, page_of(asked, floor)), floor)


def _step(
    connection: sqlite3.Connection, asked: Filter, by: str, before: Key
) -> tuple[list[Any], Key | None]:
    floor = _floor(connection, asked, before)
    return _told(connection, sums_of(asked, by, before, floor)), floor


def _floor(connection: sqlite3.Connection, asked: Filter, before: Key) -> Key | None:
    found: list[Key] = _told(connection, floor_of(asked, before))
    return found[0] if found else None


def _told(connection: sqlite3.Connection, question: Question) -> list[Any]:
    return connection.execute(*question).fetchall()


def _forget(connection: sqlite3.Connection, limit: int) -> int:
    with transaction(connection):
        return connection.execute(_FORGET, (limit, FORGET_ROWS)).rowcount
