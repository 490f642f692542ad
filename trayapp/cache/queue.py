"""Answers on their way to disk; until they are there they are given from here."""

from trayapp.cache.kept import Kept

QUEUE_LIMIT = 64 * 1024 * 1024
"""Bytes that wait while the disk does not take them; beyond, the oldest are dropped."""


class Queue:
    """What waits to be written, and the group that is being written."""

    def __init__(self) -> None:
        self.dropped = 0
        self._waiting: dict[bytes, Kept] = {}
        self._writing: dict[bytes, Kept] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def find(self, key: bytes) -> Kept | None:
        """Return the newest answer to *key* that is not on disk yet."""
        return self._waiting.get(key) or self._writing.get(key)

    def add(self, key: bytes, kept: Kept) -> None:
        """Let *kept* wait; it takes the place of an older answer to *key*."""
        self._remove(key)
        self._waiting[key] = kept
        self._size += len(kept.body)
        while self._size > QUEUE_LIMIT:
            self._remove(next(iter(self._waiting)))
            self.dropped += 1

    def take(self) -> list[tuple[bytes, Kept]]:
        """Return all that waits, to be written now; nothing while a group is being written."""
        if self._writing:
            return []
        self._writing, self._waiting, self._size = self._waiting, {}, 0
        return list(self._writing.items())

    def done(self) -> None:
        """Forget the group: it is on disk."""
        self._writing = {}

    def put_back(self) -> None:
        """Let the group wait again, before what came since."""
        again, self._writing = self._writing, {}
        since, self._waiting, self._size = self._waiting, {}, 0
        for key, kept in {**again, **since}.items():
            self.add(key, kept)

    def clear(self) -> None:
        """Forget everything."""
        self._waiting, self._writing, self._size = {}, {}, 0

    def _remove(self, key: bytes) -> None:
        old = self._waiting.pop(key, None)
        if old is not None:
            self._size -= len(old.body)
