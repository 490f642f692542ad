"""Now, and wait until; the only file that reads the time."""

import datetime as dt
import time
from typing import Protocol


class Timekeeper(Protocol):
    """What the rest asks of a clock; `Clock` and the tests' `FakeClock` both are one."""

    def monotonic(self) -> float:
        """Seconds that never go back; may stand still while the machine sleeps."""

    def elapsed(self) -> float:
        """Seconds that run on while the machine sleeps, from any beginning."""

    def now(self) -> dt.datetime:
        """Return the wall clock as an aware UTC datetime."""

    def today(self) -> dt.datetime:
        """Return the start of the local day, aware."""

    async def wait_until(self, monotonic: float) -> None:
        """Return once `monotonic()` has reached *monotonic*; at once if it has already."""


class Clock:
    """The machine's clocks."""

    def monotonic(self) -> float:
        """Seconds that never go back; the same count as `loop.time()`."""
        return time.monotonic()  # noqa: TID251 - this file is where the time is read

    def elapsed(self) -> float:
        """Seconds that run on while the machine sleeps; the wall clock's where nothing else does."""
        clock = getattr(time, "CLOCK_BOOTTIME", None)
        if clock is None:
            return time.time()  # noqa: TID251 - this file is where the time is read
        return time.clock_gettime(clock)

    def now(self) -> dt.datetime:
        """Return the wall clock as an aware UTC datetime."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - this file is where the time is read

    def today(self) -> dt.datetime:
        """Return the start of the local day, aware."""
        return local_day(self.now())

    async def wait_until(self, monotonic: float) -> None:
        """Return once `monotonic()` has reached *monotonic*; at once if it has already."""
        import asyncio  # the tray, which never waits here, has no use for it

        while (left := monotonic - self.monotonic()) > 0:  # noqa: ASYNC110 - time is no event
            await asyncio.sleep(left)  # the loop may wake a clock tick early


def local_day(at: dt.datetime) -> dt.datetime:
    """The start of the day *at* falls on where this machine is, with that midnight's own offset."""
    date = at.astimezone().date()
    return dt.datetime.combine(date, dt.time.min).astimezone()
