"""What clients of the control socket ask, handed to the part that does it."""

from collections.abc import Callable

from trayapp.cache.cache import Cache
from trayapp.engine.archive import Archive
from trayapp.engine.jobs import Jobs
from trayapp.engine.keybox import Keybox
from trayapp.engine.register import Register
from trayapp.engine.settings_file import SettingsFile
from trayapp.engine.storage import Storage
from trayapp.engine.turns import Turns
from trayapp.model.command import (
    AddTool,
    CacheStats,
    CancelHold,
    ChangePreferences,
    ClearCache,
    Command,
    KeyChanged,
    ListTools,
    Pause,
    ReadPreferences,
    Recognize,
    Resume,
    RevokeTool,
    SendNow,
    Stop,
)
from trayapp.model.history import ListRequests, SumRequests
from trayapp.model.jobs import JobCommand

StoredCommand = ListTools | AddTool | RevokeTool | ListRequests | SumRequests | JobCommand


class Desk:
    """Every command and query, asked or commanded; each part answers for itself."""

    def __init__(
        self,
        *,
        register: Register,
        archive: Archive,
        storage: Storage,
        keys: Keybox,
        turns: Turns,
        settings: SettingsFile,
        holds: Callable[[int], bool],
        cache: Cache,
        jobs: Jobs,
        stop: Callable[[], None],
    ) -> None:
        self._register = register
        self._archive = archive
        self._storage = storage
        self._keys = keys
        self._turns = turns
        self._settings = settings
        self._holds = holds
        self._cache = cache
        self._jobs = jobs
        self._stop = stop

    async def do(self, command: Command) -> object:
        """Carry *command* out; the result is the answer's value, a `SluiceError` its refusal."""
        if isinstance(command, AddTool | KeyChanged | ReadPreferences):
            self._settings.look()  # it may be about what was just written there
        match command:
            case KeyChanged(name=name):
                await self._keys.changed(name)
            case Recognize(local_port=port):
                return self._holds(port)
            case ReadPreferences():
                return self._settings.told()
            case ChangePreferences(changes=changes):
                self._settings.change(changes)
            case CacheStats() | ClearCache():
                return await self._keep(command)
            case Stop():
                self._stop()
            case Pause() | Resume() | SendNow() | CancelHold():
                self._turns.do(command)
            case _:
                return await self._storage.ask(self._stored(command))
        return None

    async def _stored(self, command: StoredCommand) -> object:
        """What lies in `meter.db`."""
        match command:
            case ListTools():
                return await self._register.listed()
            case AddTool():
                await self._register.add(command)
            case RevokeTool(name=name):
                await self._register.revoke(name)
            case ListRequests():
                return await self._archive.page(command)
            case SumRequests():
                return await self._archive.sums(command)
            case _:
                return await self._jobs.do(command)
        return None

    async def _keep(self, command: CacheStats | ClearCache) -> object:
        if isinstance(command, ClearCache):
            await self._cache.clear()
        return await self._cache.stats()
