"""Who may enter: the tools kept in `meter.db` and the table the listener looks them up in."""

import contextlib
from collections.abc import Callable
from pathlib import Path
from sqlite3 import Connection

from trayapp.db import Database
from trayapp.listener.callers import Tools
from trayapp.meter import roll, tools
from trayapp.model.command import AddTool


class Register:
    """The tools of this home; a change holds from the next request on.

    *beside* is the file that says it a second time, for when the database cannot be read.
    """

    def __init__(
        self, db: Database, known: Tools, changed: Callable[[], None], beside: Path
    ) -> None:
        self._db = db
        self._known = known
        self._changed = changed
        self._beside = beside
        self._roll: roll.Roll | None = None

    @property
    def on_roll(self) -> roll.Roll | None:
        """Who may enter, as far as is known; None where nothing ever said it."""
        return roll.read(self._beside) if self._roll is None else self._roll

    async def load(self) -> None:
        """Let in those that were let in before."""
        self._let_in(await self._db.run(self._read))

    def make_do(self) -> None:
        """Let in those that the second file names."""
        self._known.table = roll.table(self.on_roll or ())

    async def listed(self) -> object:
        """Return every tool that is known, as `sluice tool list` shows it."""
        return await self._db.run(tools.listed)

    async def add(self, command: AddTool) -> None:
        """Let a tool in; raises `SluiceError` where its name is taken."""
        await self._admit(lambda connection: tools.add(connection, command))

    async def revoke(self, name: str) -> None:
        """Let a tool in no more; raises `SluiceError` where there is none of that name."""
        await self._admit(lambda connection: tools.revoke(connection, name))

    async def _admit(self, change: Callable[[Connection], None]) -> None:
        await self._db.run(change)
        await self.load()
        self._changed()

    def _let_in(self, read: roll.Roll) -> None:
        self._roll = read
        self._known.table = roll.table(read)

    def _read(self, connection: Connection) -> roll.Roll:
        read = roll.of(connection)
        with contextlib.suppress(OSError):  # a full disk: the database itself has it
            roll.write(self._beside, read)
        return read
