"""`meter.db` under the engine: opened whatever has happened to it, checked, backed up, brought back.

No request waits for any of this or fails for it. What is wrong becomes a Problem, and goes by
itself once it is over: a full disk, a file that another program holds, damage.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import TypeVar

import msgspec

from trayapp.backup import Backup, NoRoom, is_damage
from trayapp.clock import Timekeeper
from trayapp.db import DamagedDatabase, Database, NewerDatabase, NotOpen
from trayapp.engine.problems import Problems
from trayapp.engine.stored import Unusable, sentence_of
from trayapp.meter import roll
from trayapp.meter.history import History

_log = logging.getLogger("sluice")
T = TypeVar("T")

SETTLED_S = 3.0
"""How long after the first accept the file is left alone."""
AGAIN_S = 5.0
"""How long after a failure the file is opened again."""
HOUR_S = 3600.0

WRITING, RESTORED, NEWER, BACKUP = "ledger", "history_restored", "history_newer", "history_backup"
_TROUBLE = (sqlite3.Error, OSError, NotOpen, UnicodeDecodeError)


class Storage:
    """One database with its backup.

    *known* tells who may enter, as far as this process knows: the file is to say the same.
    """

    def __init__(
        self,
        database: Database,
        clock: Timekeeper,
        problems: Problems,
        *,
        known: Callable[[], roll.Roll | None],
        kept_from: Callable[[], dt.datetime],
    ) -> None:
        self.opened: Callable[[], Awaitable[None]] = _nothing
        """Called when a file that could not be opened at the start is there at last."""
        self._database = database
        self._clock = clock
        self._problems = problems
        self._known = known
        self._kept_from = kept_from
        self._backup = Backup(database.path)
        self._history = History(database)
        self._is_newer = False
        self._is_damaged = asyncio.Event()
        self._checked: dt.date | None = None

    async def open(self) -> None:
        """Open the file, or what can be had in its place; raises nothing of the file's."""
        if self._was_emptied():
            self._is_damaged.set()
        try:
            await self._database.open()
        except NewerDatabase as newer:
            self._is_newer = True
            self._problems.open(
                NEWER,
                f"{newer.message} History is not kept until Sluice is updated; requests go on.",
            )
            await self._open_to_read()
        except DamagedDatabase as damaged:
            _log.warning("%s", damaged.message)
            await self._bring_back()
        except _TROUBLE as error:
            self.failed(error)
        else:
            if self._is_damaged.is_set():
                await self._bring_back()

    async def first(self, reading: Awaitable[T], otherwise: T) -> T:
        """What *reading* gives, *otherwise* where the file does not let it."""
        try:
            return await reading
        except _TROUBLE as error:
            self.failed(error)
        except (msgspec.MsgspecError, ValueError, TypeError) as nonsense:
            self.failed(nonsense)
            self._is_damaged.set()
        return otherwise

    async def ask(self, doing: Awaitable[T]) -> T:
        """What *doing* gives; raises `Unusable`, in words, where the file does not let it."""
        try:
            return await doing
        except _TROUBLE as error:
            self._note(error)
            raise Unusable(sentence_of(error, self._database.path.name)) from error

    def failed(self, error: BaseException) -> None:
        """Writing or reading failed; it is tried again until it works."""
        self._note(error)
        if not self._is_newer:
            sentence = sentence_of(error, self._database.path.name)
            self._problems.open(
                WRITING, f"{sentence} Requests go on as usual; history goes on when it can."
            )

    def recovered(self) -> None:
        """Writing works again."""
        self._problems.clear(WRITING)

    def stop(self) -> None:
        """End a check or a backup that is under way."""
        self._backup.stop()

    async def tend(self) -> None:
        """Look after the file for as long as the engine runs."""
        await self._wait(SETTLED_S)
        while True:
            if not self._database.is_open:
                await self._open_late()
            if self._database.is_open and self._is_damaged.is_set():
                await self._bring_back()
            if self._is_due():
                await self._check()
            if self._is_damaged.is_set():
                self._is_damaged.clear()  # it could not be brought back: after a while, again
                await self._wait(AGAIN_S)
                self._is_damaged.set()
            else:
                await self._wait(HOUR_S if self._database.is_open else AGAIN_S)

    # -- what is done

    def _is_due(self) -> bool:
        usable = self._database.is_open and not self._is_newer
        return usable and self._checked != self._clock.today().date()

    async def _check(self) -> None:
        """Check the file, copy it if the copy is of another day, forget what is old."""
        thread = asyncio.to_thread
        try:
            if not await thread(self._backup.is_sound):
                self._is_damaged.set()
                return
            self._checked = self._clock.today().date()
            made_at = self._backup.made_at()
            if made_at is None or made_at < self._clock.today():
                await thread(self._backup.make)
            self._problems.clear(BACKUP)
            await self._history.forget(self._kept_from())
        except NoRoom:
            self._problems.open(
                BACKUP, "There is no room on the disk for a backup of the history; free some space."
            )
        except _TROUBLE as error:
            self._note(error)
            _log.warning("%s: %s", self._database.path.name, type(error).__name__)

    async def _bring_back(self) -> None:
        """Put the backup in the place of a damaged file, or a new one where there is no backup."""
        now, known = self._clock.now(), self._known()
        try:
            if self._database.is_open:
                made_at = await self._database.exchange(lambda: self._backup.put_back(now))
            else:
                made_at = await asyncio.to_thread(self._backup.put_back, now)
                await self._database.open()
            self._is_damaged.clear()
            self._checked = None
            if known is not None:
                await self._database.run(lambda connection: roll.enter(connection, known))
        except (*_TROUBLE, NewerDatabase, DamagedDatabase) as error:
            self.failed(error)
            return
        self._problems.open(RESTORED, _restored(made_at, self._clock.today()))

    async def _open_late(self) -> None:
        try:
            await self._database.open()
            await self.opened()
        except DamagedDatabase:
            await self._bring_back()
            await self.opened()
        except (*_TROUBLE, NewerDatabase) as error:
            self.failed(error)
        else:
            self.recovered()

    async def _open_to_read(self) -> None:
        try:
            await self._database.open(as_it_is=True)
        except _TROUBLE as error:
            self._note(error)

    def _note(self, error: BaseException) -> None:
        if is_damage(error):
            self._is_damaged.set()

    def _was_emptied(self) -> bool:
        """Whether the file is there, has nothing in it, and once had: a copy or the roll is left."""
        try:
            is_empty = self._database.path.stat().st_size == 0
            return is_empty and (self._backup.copy.exists() or bool(self._known()))
        except OSError:
            return False

    async def _wait(self, seconds: float) -> None:
        """Until it is time, or the file proves to be damaged."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_damaged.wait()


def _restored(made_at: dt.datetime | None, today: dt.datetime) -> str:
    if made_at is None:
        return (
            "meter.db was damaged and there was no backup: history begins anew. The damaged file"
            " is kept beside it; tools stay connected."
        )
    local = made_at.astimezone(today.tzinfo)
    return (
        f"meter.db was damaged; history came back from the backup of {local.day} {local:%b %H:%M}."
        " What came after it is lost; tools stay connected. The damaged file is kept beside it."
    )


async def _nothing() -> None:
    pass
