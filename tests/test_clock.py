"""What a clock promises, held against the machine's and the tests' own."""

import asyncio
import datetime as dt
import time
from collections.abc import Iterator

import pytest

from tests.fakes.clock import FakeClock
from trayapp.clock import Clock, Timekeeper, local_day


@pytest.fixture(params=[Clock, FakeClock])
def clock(request: pytest.FixtureRequest) -> Timekeeper:
    made: Timekeeper = request.param()
    return made


@pytest.fixture
def zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    yield monkeypatch
    monkeypatch.undo()
    time.tzset()


def local(zone: pytest.MonkeyPatch, name: str) -> None:
    zone.setenv("TZ", name)
    time.tzset()


def test_monotonic_never_goes_back(clock: Timekeeper) -> None:
    """Two readings of the monotonic clock stand in their order."""
    first = clock.monotonic()

    assert clock.monotonic() >= first


def test_elapsed_never_goes_back(clock: Timekeeper) -> None:
    """The clock that runs on in a sleep never goes back either."""
    first = clock.elapsed()

    assert clock.elapsed() >= first


def test_now_is_utc(clock: Timekeeper) -> None:
    """The wall clock is told in UTC, aware."""
    assert clock.now().utcoffset() == dt.timedelta(0)


def test_today_is_a_local_midnight_not_after_now(clock: Timekeeper) -> None:
    """The day starts at a midnight of the place, at most a day ago."""
    today = clock.today()

    assert (today.hour, today.minute, today.second, today.microsecond) == (0, 0, 0, 0)
    assert dt.timedelta(0) <= clock.now() - today < dt.timedelta(hours=25, minutes=1)


def test_waiting_for_the_past_ends_at_once(clock: Timekeeper) -> None:
    """A time that has passed is not waited for."""
    asyncio.run(asyncio.wait_for(clock.wait_until(clock.monotonic() - 1), 1))


def test_the_machines_clock_waits_until_the_time() -> None:
    """The wait does not end a tick early."""
    clock = Clock()
    until = clock.monotonic() + 0.01

    asyncio.run(clock.wait_until(until))

    assert clock.monotonic() >= until


def test_a_moved_clock_wakes_who_waited() -> None:
    """Those whose time has come go on, the others wait on."""
    clock = FakeClock(monotonic=0)

    async def run() -> list[bool]:
        async with asyncio.TaskGroup() as tasks:
            early = tasks.create_task(clock.wait_until(5))
            late = tasks.create_task(clock.wait_until(50))
            await asyncio.sleep(0)
            clock.advance(10)
            await early
            done = [early.done(), late.done()]
            clock.advance(40)
        return done

    assert asyncio.run(asyncio.wait_for(run(), 1)) == [True, False]


def test_one_who_left_is_not_woken() -> None:
    """A wait that was cancelled does not trouble the clock."""
    clock = FakeClock(monotonic=0)

    async def run() -> None:
        async with asyncio.TaskGroup() as tasks:
            waiter = tasks.create_task(clock.wait_until(5))
            await asyncio.sleep(0)
            waiter.cancel()
        clock.advance(10)

    asyncio.run(run())

    assert clock.monotonic() == 10


def test_a_sleeping_laptop_moves_the_wall_clock_only() -> None:
    """Quota windows go on while the monotonic clock stands still."""
    clock = FakeClock(monotonic=7)
    before = clock.now()

    clock.sleep(3600)

    assert clock.now() - before == dt.timedelta(hours=1)
    assert clock.monotonic() == 7


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has no tzset")
@pytest.mark.parametrize(
    ("name", "at", "midnight"),
    [
        ("UTC", "2026-11-21T23:59:59+00:00", "2026-11-21T00:00:00+00:00"),
        ("Asia/Shanghai", "2026-11-21T17:00:00+00:00", "2026-11-22T00:00:00+08:00"),
        ("America/New_York", "2026-11-01T20:00:00+00:00", "2026-11-01T00:00:00-04:00"),
        ("Europe/Berlin", "2026-03-29T12:00:00+00:00", "2026-03-29T00:00:00+01:00"),
    ],
)
def test_a_day_starts_with_its_midnights_own_offset(
    zone: pytest.MonkeyPatch, name: str, at: str, midnight: str
) -> None:
    """On days when the clocks change, the start of the day has the offset of its midnight."""
    local(zone, name)

    assert local_day(dt.datetime.fromisoformat(at)).isoformat() == midnight
