"""What changed, folded into at most four Snapshots a second, and none while nothing changes."""

from collections.abc import Callable

from trayapp.model.snapshot import Snapshot

INTERVAL_S = 0.25

Subscriber = Callable[[Snapshot], None]
Later = Callable[[float, Callable[[], None]], object]
"""Runs a function after some seconds, as `loop.call_later` does."""


class Publisher:
    """Builds a Snapshot when something changed and somebody looks."""

    def __init__(
        self, build: Callable[[], Snapshot], now: Callable[[], float], later: Later
    ) -> None:
        self._build = build
        self._now = now
        self._later = later
        self._subscribers: dict[object, Subscriber] = {}
        self._pending = False
        self._last = float("-inf")

    def __repr__(self) -> str:
        return f"<Publisher {len(self._subscribers)} subscribers, pending={self._pending}>"

    def subscribe(self, who: object, subscriber: Subscriber) -> None:
        """Send the present Snapshot at once, then each newer one until `leave`."""
        self._subscribers[who] = subscriber
        subscriber(self._build())

    def leave(self, who: object) -> None:
        """Send *who* nothing more."""
        self._subscribers.pop(who, None)

    def changed(self) -> None:
        """Note that the Snapshot differs now; cheap, called on every request."""
        if self._pending or not self._subscribers:
            return
        self._pending = True
        self._later(max(0.0, self._last + INTERVAL_S - self._now()), self._publish)

    def _publish(self) -> None:
        self._last = self._now()
        try:
            snapshot = self._build() if self._subscribers else None
        finally:
            self._pending = False  # what changed while it was built is in it
        if snapshot is None:
            return
        for subscriber in tuple(self._subscribers.values()):
            subscriber(snapshot)
