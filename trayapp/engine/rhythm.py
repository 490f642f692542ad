"""One slow tick sees what happened meanwhile: that the machine slept, or that the loop stood still."""

import msgspec

TICK_S = 2.0
GAP_S = 2.0
"""More than this between two clocks, one of which stands while the machine sleeps, is a sleep."""
STALL_S = 0.25
"""Callers notice it from here on."""
LATE_S = 5.0
"""A tick this late means that the process was stopped, or a task never gave way."""


class Seen(msgspec.Struct, frozen=True):
    """What one tick found: seconds slept, and seconds it came late."""

    slept: float = 0.0
    late: float = 0.0

    @property
    def woke(self) -> bool:
        """Connections and levels of before are not to be trusted."""
        return self.slept > GAP_S or self.late > LATE_S


class Rhythm:
    """Compares two clocks at every tick: *monotonic* may stand in a sleep, *elapsed* runs on."""

    def __init__(self, monotonic: float, elapsed: float) -> None:
        self._monotonic = monotonic
        self._ahead = elapsed - monotonic
        self.longest = 0.0
        """The latest that a tick has come, in tenths of a second; below a quarter it is none."""

    def tick(self, monotonic: float, elapsed: float) -> Seen:
        """Take the clocks' present readings, in seconds."""
        ahead = elapsed - monotonic
        slept = max(0.0, ahead - self._ahead)
        late = max(0.0, monotonic - self._monotonic - TICK_S)
        self._monotonic, self._ahead = monotonic, ahead
        if late >= STALL_S:
            self.longest = max(self.longest, round(late, 1))
        return Seen(slept, late)
