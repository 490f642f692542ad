"""Real and simulated time, one into the other."""

import datetime as dt

from trayapp.simulator.timeline import Timeline

WALL = dt.datetime(2026, 5, 18, 11, 42, tzinfo=dt.UTC)


def test_simulated_seconds_run_at_their_speed() -> None:
    """Half a real second is a simulated minute at a speed of 120."""
    timeline = Timeline(start=1000.0, wall=WALL, speed=120.0)

    assert timeline.simulated(1000.5) == 60.0


def test_the_way_back_is_exact() -> None:
    """A simulated moment has its monotonic one."""
    timeline = Timeline(start=1000.0, wall=WALL, speed=120.0)

    assert timeline.monotonic(60.0) == 1000.5


def test_the_wall_clock_passes_in_real_time() -> None:
    """A simulated minute at a speed of 120 is half a second on the wall."""
    timeline = Timeline(start=1000.0, wall=WALL, speed=120.0)

    assert timeline.wall(60.0) == WALL + dt.timedelta(seconds=0.5)
