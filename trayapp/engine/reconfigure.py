"""The one place where changed settings reach the rooms, wherever they were changed."""

from collections.abc import Callable
from typing import Any, TypeVar

from trayapp.model.errors import SluiceError
from trayapp.model.preferences import Preferences

T = TypeVar("T")


class Reconfigure:
    """Knows which room lives by which part of the settings; a part that stayed reaches nobody."""

    def __init__(self, preferences: Preferences) -> None:
        self.current = preferences
        self._rooms: list[tuple[Callable[[Preferences], Any], Callable[[Any], None]]] = []

    def hand(self, part: Callable[[Preferences], T], to: Callable[[T], None]) -> None:
        """Tell *to* the *part* of the settings whenever it changes.

        *to* may raise a `SluiceError`, and then goes on as it was.
        """
        self._rooms.append((part, to))

    def change(self, new: Preferences) -> list[SluiceError]:
        """Bring every room to *new*; what a room could not take is returned, the others have it."""
        old, self.current = self.current, new
        refused: list[SluiceError] = []
        for part, to in self._rooms:
            if part(old) == part(new):
                continue
            try:
                to(part(new))
            except SluiceError as error:
                refused.append(error)
        return refused
