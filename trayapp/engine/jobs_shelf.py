"""Where jobs lie: `meter.db` and the data key that seals what is theirs."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, TypeVar

from trayapp.batch.sealing import Seal
from trayapp.db import Database, NotOpen
from trayapp.model.secret import Secret

UNREADABLE = (sqlite3.Error, OSError, NotOpen)
"""What the file may raise at any time; whoever waits tries again."""

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """Runs the functions of `batch.jobs` on the file's thread; the data key is asked for once."""

    def __init__(self, db: Database, data_key: Callable[[], Awaitable[Secret]]) -> None:
        self._db = db
        self._data_key = data_key
        self._seal: Seal | None = None

    async def run(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **named: P.kwargs,
    ) -> T:
        """What *function* makes of the connection."""
        return await self._db.run(lambda connection: function(connection, *args, **named))

    async def sealed(
        self, function: Callable[Concatenate[sqlite3.Connection, Seal, P], T], *args: P.args,
        **named: P.kwargs,
    ) -> T:  # fmt: skip
        """The same for one that seals or opens; raises what keeps the data key from us."""
        seal = await self.seal()
        return await self._db.run(lambda connection: function(connection, seal, *args, **named))

    async def seal(self) -> Seal:
        """The data key at work."""
        if self._seal is None:
            self._seal = Seal((await self._data_key()).reveal())
        return self._seal
