"""What is wrong right now, once each, in words that say what to do."""

import datetime as dt
from collections.abc import Callable

from trayapp.model.snapshot import Problem


class Problems:
    """The open problems by code; *changed* is called when one comes or goes."""

    def __init__(self, now: Callable[[], dt.datetime], changed: Callable[[], None]) -> None:
        self._now = now
        self._changed = changed
        self._open: dict[str, Problem] = {}

    def open(self, code: str, message: str) -> None:
        """Tell of a problem; the same one again keeps its beginning."""
        known = self._open.get(code)
        if known is not None and known.message == message:
            return
        since = known.since if known else self._now()
        self._open[code] = Problem(code, message, since)
        self._changed()

    def clear(self, code: str) -> None:
        """Take a problem back; unknown ones are fine."""
        if self._open.pop(code, None) is not None:
            self._changed()

    def all(self) -> tuple[Problem, ...]:
        """Return them, oldest first."""
        return tuple(self._open.values())
