"""One slow timer for all deadlines of the wire: no timer is set or cancelled per request."""

from collections.abc import Callable
from typing import Any, Protocol

TICK = 0.5
"""Seconds; deadlines are that exact."""


class Watched(Protocol):
    """What has deadlines."""

    def check(self, now: float) -> None:
        """Act on whatever is due at *now*, monotonic seconds of the loop."""


class Timer(Protocol):
    """The two things asked of an event loop."""

    def time(self) -> float:
        """Monotonic seconds."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Any:
        """Call back once; returns a handle with `cancel()`."""


class Sweep:
    """Checks everything it watches twice a second, and sleeps while there is nothing."""

    def __init__(self, timer: Timer) -> None:
        self._timer = timer
        self._watched: dict[Watched, None] = {}
        self._handle: Any = None

    def __repr__(self) -> str:
        return f"<Sweep watching {len(self._watched)}>"

    def watch(self, watched: Watched) -> None:
        """Check *watched* from now on."""
        self._watched[watched] = None
        if self._handle is None:
            self._handle = self._timer.call_later(TICK, self._ring)

    def forget(self, watched: Watched) -> None:
        """Check *watched* no more; unknown ones are fine."""
        self._watched.pop(watched, None)
        if not self._watched and self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def tick(self, now: float) -> None:
        """Check everything as if it were *now*."""
        for watched in tuple(self._watched):
            watched.check(now)

    def _ring(self) -> None:
        self._handle = self._timer.call_later(TICK, self._ring)
        self.tick(self._timer.time())
