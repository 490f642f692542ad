"""A desk without an engine: it shows one Snapshot at one moment, and nothing moves."""

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from trayapp.clock import local_day
from trayapp.model.command import Answer, Command
from trayapp.model.connecting import ConnectAnswer, ConnectAsk
from trayapp.model.snapshot import Snapshot
from trayapp.ui.bridge import Bridge, Done
from trayapp.ui.connector import Connector, Heard
from trayapp.ui.desk import Desk, Make
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.stranded import Stranded
from trayapp.ui.windows import WINDOWS

Replies = Callable[[Command], Answer]
"""What the engine would say to a query."""

Tools = Callable[[ConnectAsk], ConnectAnswer | None]
"""What would be said of this user's tools; None where the answer is still awaited."""


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


class StillConnector(Connector):
    """Answers at once as the scene says; asked for what it does not say, never."""

    def __init__(self, tools: Tools | None) -> None:
        super().__init__(("no", "process"))
        self._tools = tools

    def ask(self, ask: ConnectAsk, done: Heard) -> None:
        """Answer."""
        answer = self._tools(ask) if self._tools else None
        if answer is not None:
            done(answer)


def still(
    now: dt.datetime, snapshot: Snapshot | None, link: Link, look: Look,
    replies: Replies | None = None, windows: Mapping[str, Make] = WINDOWS,
    *, tools: Tools | None = None,
) -> Desk:  # fmt: skip
    """A desk as it stands at *now*."""
    connector = StillConnector(tools)
    desk = Desk(
        StillBridge(snapshot, replies), StillClock(now), windows, look=look, connector=connector
    )
    Stranded(desk, desk)
    desk.stand(link)
    return desk
