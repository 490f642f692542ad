"""Slows whoever tries tokens, and nobody else: a known token never waits."""

from collections import deque

FREE = 20
"""Unknown tokens a minute that are answered at once: a tool with an old token asks that often."""

WINDOW_S = 60.0
DELAY_S = 0.25
"""A token has 256 random bits, so this does not protect it; it keeps a mad loop from busying us."""


class Slowing:
    """The unknown tokens of the last minute; an answer may wait, no caller is locked out."""

    def __init__(self) -> None:
        self._recent: deque[float] = deque(maxlen=FREE)

    def __repr__(self) -> str:
        return f"<Slowing {len(self._recent)} seen>"

    def delay(self, now: float) -> float:
        """Note one more at *now* (monotonic seconds); the seconds that its answer waits."""
        slow = len(self._recent) == FREE and now - self._recent[0] < WINDOW_S
        self._recent.append(now)
        return DELAY_S if slow else 0.0
