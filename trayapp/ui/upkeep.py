"""When an engine is started again, and what is said meanwhile; no Qt, no clock, no process.

An engine that crashed is started again, at once at first and then ever more slowly, five times.
One that ended well was meant to end: it stays down until the user wants it.
"""

import datetime as dt

from trayapp.ui.link import Link

DELAYS = (0.2, 4.0, 8.0, 16.0, 30.0)
"""Seconds before each try; the first gap is not even seen by tools that try again."""
TRIES = len(DELAYS)
PROVEN_AFTER = dt.timedelta(seconds=60)
"""An engine that ran for so long was well started: its crash begins a new count."""
TAKEN, MISCONFIGURED = 75, 78
"""Exit codes of an engine: the port or the home is somebody's; a setting has to be mended."""
TAKEN_AGAIN_S = 10.0


class Upkeep:
    """Remembers how often it was tried; *link* is how things stand."""

    def __init__(self, now: dt.datetime) -> None:
        self.link = Link("starting", now)
        self._failed = 0

    def opened(self, version: str, now: dt.datetime) -> None:
        """An engine answers."""
        self.link = Link("connected", now, version)

    def lost(self, now: dt.datetime) -> None:
        """It is gone; whether that was meant shows in a moment."""
        if self.link.is_up and now - self.link.since >= PROVEN_AFTER:
            self._failed = 0
        self.link = Link("starting", now)

    def ended(self, now: dt.datetime, why: str = "") -> None:
        """It ended as it was told to, or does not understand us; nothing is to be done."""
        self._failed = 0
        self.link = Link("down", now, why=why)

    def failed(self, now: dt.datetime, why: str = "", code: int | None = None) -> float | None:
        """It crashed, or could not start; the seconds until the next try, None for no more."""
        since = self.link.since
        if code == TAKEN:
            self.link = Link("down", since, why=why, code=code)
            return TAKEN_AGAIN_S
        if code == MISCONFIGURED or self._failed >= TRIES:
            self.link = Link("down", since, attempt=self._failed, why=why, code=code)
            return None
        delay = DELAYS[self._failed]
        self._failed += 1
        self.link = Link(
            "restarting", since, attempt=self._failed, tries=TRIES,
            next_at=now + dt.timedelta(seconds=delay), why=why, code=code,
        )  # fmt: skip
        return delay

    def trying(self, now: dt.datetime) -> None:
        """One is being started now."""
        old = self.link
        if old.state == "restarting":
            self.link = Link(
                "restarting",
                old.since,
                attempt=old.attempt,
                tries=TRIES,
                why=old.why,
                code=old.code,
            )
        elif old.code != TAKEN:  # what holds the port is worth saying until it lets go
            self.link = Link("starting", now if old.state == "down" else old.since)

    def wanted(self) -> None:
        """The user asks for one: what failed before does not count any more."""
        self._failed = 0


def is_older(version: str, than: str) -> bool:
    """Whether *version* comes before *than*; what is no version is neither."""
    one, other = _numbers(version), _numbers(than)
    return bool(one and other and one < other)


def _numbers(version: str) -> tuple[int, ...]:
    parts = version.split(".")
    return tuple(int(part) for part in parts) if all(part.isdecimal() for part in parts) else ()
