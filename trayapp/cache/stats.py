"""How much the response cache holds, as `sluice cache stats` tells it."""

import msgspec


class Stats(msgspec.Struct, frozen=True):
    """Counts and bytes of what is kept, the limits it is kept within, and what went wrong."""

    entries: int = 0
    bytes: int = 0
    limit_bytes: int = 0
    lifetime_s: float = 0.0
    working: bool = True
    damaged: int = 0
    """Rows that were not what was written, since the engine's start; none was given to anyone."""
    dropped: int = 0
    """Answers that the disk did not take in time, since the engine's start."""
