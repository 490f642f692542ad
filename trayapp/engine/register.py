"""Who may enter: the tools kept in `meter.db` and the table the listener looks them up in."""

from collections.abc import Callable
from sqlite3 import Connection

from trayapp.db import Database
from trayapp.listener.callers import Tools
from trayapp.meter import tools
from trayapp.model.command import AddTool


class Register:
    """The tools of this home; a change holds from the next request on."""

    def __init__(self, db: Database, known: Tools, changed: Callable[[], None]) -> None:
        self._db = db
        self._known = known
        self._changed = changed

    async def load(self) -> None:
        """Let in those that were let in before."""
        self._known.table = await self._db.run(tools.table)

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
