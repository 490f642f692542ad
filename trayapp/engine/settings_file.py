"""`config.toml` while the engine runs: changed by hand or by a command, read again, told of."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from trayapp import settings
from trayapp.engine.problems import Problems
from trayapp.engine.reconfigure import Reconfigure
from trayapp.model.command import Setting, Settings
from trayapp.model.errors import Misconfigured, SluiceError
from trayapp.model.preferences import Preferences
from trayapp.settings_edit import edited

CODE = "settings"
"""The code of the one problem told from here."""


class SettingsFile:
    """Looks whether the file changed, and changes it; a bad file leaves the last good settings."""

    def __init__(
        self,
        path: Path,
        reconfigure: Reconfigure,
        problems: Problems,
        changed: Callable[[], None],
        over: Callable[[Preferences], Preferences],
    ) -> None:
        self._path = path
        self._reconfigure = reconfigure
        self._problems = problems
        self._changed = changed
        self._over = over
        self._seen = settings.stamp_of(path)
        self._fault: str | None = None
        self.version = 0
        """Rises with every change, so that who shows settings knows when to ask again."""

    def look(self) -> None:
        """Read the file where it is another than before."""
        stamp = settings.stamp_of(self._path)
        if stamp != self._seen:
            self._seen = stamp
            self._read()

    def told(self) -> Settings:
        """The settings as they hold, where they are kept, and what is wrong with the file."""
        return Settings(self._reconfigure.current, str(self._path), self._fault)

    def change(self, changes: Mapping[str, Setting]) -> None:
        """Set each dotted key, or take it out for None; raises `Misconfigured` and changes nothing."""
        before = settings.text_of(self._path)
        text = edited(before, changes)
        settings.parse(text.encode(), str(self._path))
        self._put(text)
        if (fault := self._fault) is not None:
            self._put(before)  # understood, and cannot be done here: a port that is taken
            raise Misconfigured(fault)

    def _put(self, text: str) -> None:
        settings.save(self._path, text)
        self._seen = settings.stamp_of(self._path)
        self._read()

    def _read(self) -> None:
        self.version += 1
        try:
            refused = self._reconfigure.change(self._over(settings.load(self._path)))
        except Misconfigured as error:
            self._tell([error])
        else:
            self._tell(refused)
        self._changed()

    def _tell(self, faults: list[SluiceError]) -> None:
        self._fault = faults[0].message if faults else None
        if self._fault is None:
            self._problems.clear(CODE)
            return
        words = re.sub(r"\.$", "", self._fault)
        self._problems.open(CODE, f"{words}. The last good settings are in use.")
