"""A clock that stands still until a test moves it."""

import asyncio
import datetime as dt

from trayapp.clock import local_day

START = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


class FakeClock:
    """Satisfies `trayapp.clock.Timekeeper`; `advance` moves both clocks and wakes who waits."""

    def __init__(self, now: dt.datetime = START, monotonic: float = 1000.0) -> None:
        self._now = now
        self._monotonic = monotonic
        self._slept = 0.0
        self._waiters: list[tuple[float, asyncio.Future[None]]] = []

    def monotonic(self) -> float:
        return self._monotonic

    def elapsed(self) -> float:
        return self._monotonic + self._slept

    def now(self) -> dt.datetime:
        return self._now

    def today(self) -> dt.datetime:
        return local_day(self._now)

    async def wait_until(self, monotonic: float) -> None:
        if monotonic <= self._monotonic:
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append((monotonic, waiter))
        await waiter

    def advance(self, seconds: float) -> None:
        """Move on by *seconds*; those whose time has come go on at the loop's next turn."""
        self._now += dt.timedelta(seconds=seconds)
        self._monotonic += seconds
        due = [waiter for at, waiter in self._waiters if at <= self._monotonic]
        self._waiters = [entry for entry in self._waiters if entry[0] > self._monotonic]
        for waiter in due:
            if not waiter.done():
                waiter.set_result(None)

    def sleep(self, seconds: float) -> None:
        """Let the laptop sleep: the wall clock moves on, the monotonic one stands still."""
        self._now += dt.timedelta(seconds=seconds)
        self._slept += seconds
