"""What a window comes to, in a terminal's words."""

import datetime as dt

import pytest
from msgspec.structs import replace

from trayapp.cli.course import course
from trayapp.model.snapshot import Meter

NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
WINDOW = Meter(
    "five_hour", utilization=0.41, resets_at=NOW + dt.timedelta(hours=2, minutes=15),
    window_s=18_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (WINDOW, "14 points under pace"),
        (replace(WINDOW, utilization=0.63), "8 points over pace"),
        (replace(WINDOW, utilization=0.56, at_reset=1.0), "on pace, about 100% used at reset"),
        (replace(WINDOW, at_reset=1.2, runs_out_at=NOW), "14 points under pace"),
        (Meter("requests", utilization=0.5), ""),
    ],
)
def test_course(meter: Meter, said: str) -> None:
    """Pace and the share at the reset, unless it runs out before."""
    assert course(meter, NOW) == said
