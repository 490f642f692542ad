"""The choices, and what a scaled minute means."""

import pytest

from trayapp.simulator.settings import Settings


@pytest.mark.parametrize(("minute", "speed"), [(60.0, 1.0), (0.5, 120.0), (120.0, 0.5)])
def test_a_shorter_minute_runs_faster(minute: float, speed: float) -> None:
    """Speed is how many simulated seconds pass in a real one."""
    settings = Settings(minute=minute)

    assert settings.speed == speed
