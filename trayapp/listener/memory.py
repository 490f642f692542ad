"""How much of the callers' requests may be in memory at once."""

from collections.abc import Callable

from trayapp.model.errors import NotServing

MEBIBYTE = 1024 * 1024
MOST = 512 * MEBIBYTE
"""Bytes of request bodies; answers are bounded elsewhere, by how slowly callers may read."""
RETRY_S = 5


class NoRoom(NotServing):
    """More is held than memory allows; the API's own word for it is overloaded."""

    status = 529

    def __init__(self, most: int = MOST) -> None:
        limit = f"{most // MEBIBYTE} MB"
        super().__init__(f"Sluice's memory limit of {limit} is reached.", retry_after=RETRY_S)


Shed = Callable[[int, NoRoom], bool]
"""Lets the largest request down that waits its turn, if it is larger than that many bytes."""


class Memory:
    """Bytes of bodies that are here: arriving, waiting, or on their way upstream."""

    def __init__(self, shed: Shed, most: int = MOST) -> None:
        self.held = 0
        self._shed = shed
        self._most = most

    def __repr__(self) -> str:
        return f"<Memory {self.held} bytes>"

    def take(self, size: int) -> None:
        """Count *size* bytes more; raises `NoRoom` where they are too many.

        Whoever waits with a larger body makes room first: it loses nothing but its place.
        """
        if self.held + size > self._most and not self._shed(size, NoRoom(self._most)):
            raise NoRoom(self._most)
        self.held += size

    def give(self, size: int) -> None:
        """Count them no more."""
        self.held -= size


class Stay:
    """One body's bytes, counted as they come and given back as a whole."""

    __slots__ = ("_memory", "size")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.size = 0

    def grow(self, size: int) -> None:
        """Count *size* bytes more; raises `NoRoom`."""
        self._memory.take(size)
        self.size += size

    def end(self) -> None:
        """The body is not needed any more."""
        self._memory.give(self.size)
        self.size = 0
