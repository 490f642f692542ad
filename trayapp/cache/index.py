"""Says at once that something is certainly not kept: the first 64 bits of every key.

About 80 bytes an entry, in memory; the loop asks it before it asks another thread.
"""

from collections.abc import Iterable


class Index:
    """The prefixes of all keys; two keys with one prefix cost at most a lookup, or a miss."""

    def __init__(self, keys: Iterable[bytes] = ()) -> None:
        self._prefixes = {_prefix(key) for key in keys}

    def __len__(self) -> int:
        return len(self._prefixes)

    def may_hold(self, key: bytes) -> bool:
        """Whether *key* is worth a lookup."""
        return _prefix(key) in self._prefixes

    def add(self, keys: Iterable[bytes]) -> None:
        """Know *keys* from now on."""
        self._prefixes.update(map(_prefix, keys))

    def drop(self, keys: Iterable[bytes]) -> None:
        """Know *keys* no more."""
        self._prefixes.difference_update(map(_prefix, keys))


def _prefix(key: bytes) -> int:
    return int.from_bytes(key[:8])
