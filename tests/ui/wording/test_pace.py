"""What a meter comes to, as tables."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter
from trayapp.ui.wording import pace

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)  # a Wednesday


def at(**units: float) -> dt.datetime:
    return NOW + dt.timedelta(**units)


def soft(text: str) -> str:
    return text.replace("\u00a0", " ")


MINUTE = Meter("output_tokens", 8000, 1100, 0.86, 8000 / 60, at(seconds=52), level="warning")
WINDOW = Meter("five_hour", utilization=0.41, resets_at=at(hours=2, minutes=15), window_s=18_000)
DAY = Meter("spend_day", 10.0, 6.0, 0.4, resets_at=at(hours=9), window_s=86_400, used=4.0)


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (replace(MINUTE, runs_out_at=at(minutes=6)), "Runs out in about 6 min; full again 1 min after"),
        (replace(MINUTE, runs_out_at=at(minutes=6), refill_per_s=None), "Runs out in about 6 min"),
        (MINUTE, "Full again in 52 s"),
        (replace(MINUTE, level="depleted", runs_out_at=at(minutes=1)), "Full again in 52 s"),
        (replace(MINUTE, level="healthy", pending=400), "Estimated: 400 more for requests in flight"),
        (replace(MINUTE, level="healthy", pending=1), ""),
        (replace(MINUTE, level="healthy"), ""),
        (replace(WINDOW, at_reset=0.74), "14 points under pace, about 74% used at reset"),
        (replace(WINDOW, utilization=0.63, runs_out_at=at(hours=1)), "8 points over pace, runs out 15:00"),
        (replace(WINDOW, utilization=0.56), "on pace"),
        (replace(WINDOW, window_s=None, at_reset=0.5), "about 50% used at reset"),
        (replace(WINDOW, window_s=None), ""),
        (replace(WINDOW, idle_since=at(minutes=-42)), "14 points under pace, idle since 13:20"),
        (
            replace(WINDOW, forecast_from=at(seconds=150)),
            "14 points under pace, no forecast yet: 3 more minutes of use needed",
        ),
        (replace(WINDOW, level="depleted"), "Open again 16:17"),
        (DAY, ""),
        (replace(DAY, level="depleted"), "Open again 23:02"),
        (replace(DAY, runs_out_at=at(minutes=20)), "Runs out in about 20 min"),
    ],
)  # fmt: skip
def test_caption(meter: Meter, said: str) -> None:
    """The line below a bar says what matters, and nothing where nothing does."""
    assert soft(pace.caption(EN, meter, NOW)) == said


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (WINDOW, "resets in 2 h 15 min"),
        (replace(WINDOW, resets_at=at(days=6)), "resets Tue 14:02"),
        (replace(WINDOW, resets_at=at(hours=-1)), ""),
        (replace(WINDOW, resets_at=None), ""),
        (MINUTE, ""),
        (DAY, ""),
    ],
)
def test_reset_of_windows(meter: Meter, said: str) -> None:
    """Only windows are reset; minutes refill all the time."""
    assert soft(pace.reset(EN, meter, NOW)) == said


@pytest.mark.parametrize(
    ("meter", "share"),
    [(WINDOW, 0.55), (DAY, None), (MINUTE, None), (replace(WINDOW, resets_at=None), None)],
)
def test_share_that_is_over(meter: Meter, share: float | None) -> None:
    """Windows and months have a clock, days and minutes have none."""
    assert pace.passed(meter, NOW) == share


@pytest.mark.parametrize(
    ("meter", "share"),
    [
        (replace(MINUTE, pending=800), 0.96),
        (MINUTE, None),
        (replace(MINUTE, utilization=None), None),
        (replace(WINDOW, at_reset=0.74), 0.74),
        (replace(WINDOW, runs_out_at=at(hours=1)), 1.0),
        (replace(DAY, at_reset=0.9), None),
    ],
)
def test_expected(meter: Meter, share: float | None) -> None:
    """What is hatched: requests in flight, or the use at the reset."""
    assert pace.expected(meter) == share


def test_pace_of_what_is_not_known() -> None:
    """Without a reading there is no pace."""
    assert pace.pace(EN, replace(WINDOW, utilization=None), NOW) == ""
