"""A desk without an engine: it shows one Snapshot at one moment, and nothing moves."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from trayapp.clock import local_day
from trayapp.model.command import Answer, Command
from trayapp.model.snapshot import Snapshot
from trayapp.ui.bridge import Bridge, Done
from trayapp.ui.desk import Desk, Make
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.windows import WINDOWS

Replies = Callable[[Command], Answer]
"""What the engine would say to a query."""


class StillClock:
    """Satisfies `Timekeeper`; it is always *now*."""

    def __init__(self, now: dt.datetime) -> None:
        self._now = now

    def monotonic(self) -> float:
        """Nothing passes."""
        return 0.0

    def elapsed(self) -> float:
        """Nothing passes."""
        return 0.0

    def now(self) -> dt.datetime:
        """The moment of the picture."""
        return self._now

    def today(self) -> dt.datetime:
        """The start of its local day."""
        return local_day(self._now)

    async def wait_until(self, monotonic: float) -> None:
        """Nobody waits in a picture."""


class StillBridge(Bridge):
    """Told one Snapshot, and answers as the scene says."""

    def __init__(self, snapshot: Snapshot | None, replies: Replies | None) -> None:
        super().__init__()
        self._replies = replies
        if snapshot is not None:
            self._show(snapshot)

    def connect_to(self, path: Path) -> None:
        """There is nobody to connect to."""

    def ask(self, command: Command, done: Done | None = None) -> None:
        """Answer at once."""
        if done is not None:
            done(self._replies(command) if self._replies else Answer(0, ok=True))


def still(
    now: dt.datetime, snapshot: Snapshot | None, link: Link, look: Look,
    replies: Replies | None = None, windows: Mapping[str, Make] = WINDOWS,
) -> Desk:  # fmt: skip
    """A desk as it stands at *now*."""
    desk = Desk(StillBridge(snapshot, replies), StillClock(now), windows, look=look)
    desk.stand(link)
    return desk
