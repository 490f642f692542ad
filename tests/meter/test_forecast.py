"""When a limit runs out at the present pace: timelines, and what is made of them."""

import pytest

from trayapp.meter import forecast as module
from trayapp.meter.forecast import (
    DAY,
    HOUR,
    MINUTES,
    WINDOWS,
    Forecast,
    Pace,
    day_of,
    of_bucket,
    of_window,
    pace_of,
)
from trayapp.meter.series import Series

NINE_TO_FIVE = (0.0,) * 9 + (0.02,) * 8 + (0.0,) * 7
"""A day that lies behind, seen at midnight."""


def used(*spans: tuple[float, float], coarse: float = 0.0) -> Series:
    """A series of spans, each some seconds at some units a second, noted every five seconds."""
    series = Series(5.0, slack=0.5, coarse=bool(coarse))
    now = total = 0.0
    series.add(0.0, 0.0)
    for seconds, rate in spans:
        for _ in range(int(seconds / 5)):
            now += 5
            total += 5 * rate
            series.add(now, total - total % coarse if coarse else total)
    return series


def test_a_steady_pace_is_told_exactly() -> None:
    """Five minutes at two a second, without any doubt."""
    pace = pace_of(used((300, 2.0)), 0.0, 300.0, WINDOWS)

    assert pace == Pace(2.0, 0.0)


@pytest.mark.parametrize(("grain", "needs"), [(MINUTES, 60.0), (WINDOWS, 300.0)])
def test_too_early_nothing_is_known(grain: module.Grain, needs: float) -> None:
    """A minute where every token is known, five where a window moves slowly."""
    series = used((600, 2.0))

    assert grain.needs == needs
    assert pace_of(series, 0.0, needs - 1, grain) is None
    assert pace_of(series, 0.0, needs, grain) is not None


def test_a_fan_out_is_not_diluted_by_the_calm_before() -> None:
    """An hour of one agent and five minutes of ten: the pace is that of ten."""
    pace = pace_of(used((3600, 1.0), (300, 10.0)), 0.0, 3900.0, WINDOWS)

    assert pace is not None
    assert pace.rate == pytest.approx(10.0)


def test_bursts_are_one_pace() -> None:
    """A minute of work and a minute of thought are half of work, with doubt."""
    pace = pace_of(used(*((60, 2.0), (60, 0.0)) * 20), 0.0, 2400.0, WINDOWS)

    assert pace is not None
    assert pace.rate == pytest.approx(1.0, rel=0.15)
    assert 0.1 < pace.error < 0.5


def test_what_is_told_in_steps_counts_to_the_last_step() -> None:
    """Half a step that nobody was told yet is not held against the pace."""
    pace = pace_of(used((950, 0.0001), coarse=0.01), 0.0, 950.0, WINDOWS)

    assert pace is not None
    assert pace.rate == pytest.approx(0.0001, rel=0.01)


def test_a_step_that_is_overdue_slows_the_pace() -> None:
    """A step every hundred seconds, and then none for a thousand."""
    pace = pace_of(used((900, 0.0001), (1000, 0.0), coarse=0.01), 0.0, 1900.0, WINDOWS)

    assert pace is not None
    assert pace.rate < 0.00005


def test_a_single_step_is_no_rhythm() -> None:
    """Until a second one, the pace is counted to this moment."""
    pace = pace_of(used((360, 0.00004), coarse=0.01), 0.0, 360.0, WINDOWS)

    assert pace is not None
    assert pace.rate == pytest.approx(0.01 / 360, rel=0.2)


def test_the_last_step_may_leave_less_than_a_block() -> None:
    """Then there is nothing to reckon with yet."""
    series = Series(5.0, slack=0.5, coarse=True)
    for now, total in ((0.0, 0.0), (10.0, 0.01), (200.0, 0.02)):
        series.add(now, total)

    assert pace_of(series, 190.0, 500.0, WINDOWS) is not None
    assert pace_of(series, 180.0, 480.0, module.Grain(400.0, 5, 0)) is None


def test_one_block_may_be_all_wrong() -> None:
    """Scatter cannot be seen in a single one."""
    pace = pace_of(used((60, 2.0)), 0.0, 60.0, module.Grain(60.0, 5, 1))

    assert pace == Pace(2.0, 2.0)


def test_a_bucket_runs_out_by_what_is_above_its_refill() -> None:
    """A hundred left, two a second too many: fifty seconds."""
    found = of_bucket(100.0, 10.0, Pace(12.2, 0.0))

    assert found.runs_out_in == pytest.approx(50)
    assert found.runs_out_by is None


@pytest.mark.parametrize(
    "pace", [Pace(8.0, 0.5), Pace(10.0, 0.5), Pace(10.1, 0.0), Pace(11.0, 0.5)]
)
def test_a_flat_series_runs_out_nowhere(pace: Pace) -> None:
    """Below the refill, at it, or above it by no more than chance."""
    assert of_bucket(100.0, 10.0, pace) == Forecast()


def test_nothing_left_is_no_forecast() -> None:
    """What has run out does not run out again."""
    assert of_bucket(0.0, 10.0, Pace(20.0, 0.0)) == Forecast()


def test_doubt_makes_a_range() -> None:
    """Early and late end where the late one is more than half as long again."""
    found = of_window(0.5, 1.0, Pace(0.0001, 0.00004), 4 * HOUR)

    assert (found.runs_out_in, found.runs_out_by) == pytest.approx((3571, 8333), abs=1)


def test_little_doubt_makes_none() -> None:
    """A tenth either way is told as one time."""
    assert of_window(0.5, 1.0, Pace(0.0001, 0.00001), 4 * HOUR).runs_out_by is None


def test_a_window_that_lasts_tells_what_is_used_at_its_reset() -> None:
    """Half used, and a tenth more an hour for two hours."""
    found = of_window(0.5, 1.0, Pace(0.1 / HOUR, 0.0), 2 * HOUR)

    assert found.runs_out_in is None
    assert found.at_reset == pytest.approx(0.7)


def test_a_budget_is_measured_in_money() -> None:
    """Two of ten dollars left at one an hour, with five hours to go."""
    found = of_window(8.0, 10.0, Pace(1 / HOUR, 0.0), 5 * HOUR)

    assert found.runs_out_in == pytest.approx(2 * HOUR)
    assert found.at_reset == pytest.approx(1.3)


@pytest.mark.parametrize("rate", [0.0, 1e-12])
def test_what_lies_beyond_a_month_is_not_told(rate: float) -> None:
    """No window is as long."""
    assert of_window(0.5, 1.0, Pace(rate, 0.0), 7 * DAY).runs_out_in is None


def test_a_doubt_without_end_ends_within_a_month() -> None:
    """The late end of a range stays a time that can be told."""
    found = of_window(0.0, 1.0, Pace(1.0000001 / HOUR, 1.0 / HOUR), 20 * HOUR)

    assert found.runs_out_by == module.MOST_AHEAD


def test_before_a_day_is_known_nights_make_a_range() -> None:
    """Twenty hours of work are twenty hours, or two days and more."""
    found = of_window(0.0, 1.0, Pace(1 / (20 * HOUR), 0.0), 7 * DAY)

    assert (found.runs_out_in, found.runs_out_by) == pytest.approx((20 * HOUR, 20 * HOUR * 24 / 9))


def test_before_a_day_is_known_a_reset_far_ahead_counts_nights() -> None:
    """Half a day of the present pace, and then nine hours of it a day."""
    found = of_window(0.0, 1.0, Pace(0.001 / HOUR, 0.0), 36 * HOUR)

    assert found.at_reset == pytest.approx(0.001 * (12 + 9))


def test_soon_is_soon_whatever_the_day_was_like() -> None:
    """Within two hours the present pace tells."""
    found = of_window(0.9, 1.0, Pace(0.1 / HOUR, 0.0), 7 * DAY, NINE_TO_FIVE)

    assert found.runs_out_in == pytest.approx(HOUR)


def test_a_day_like_the_last_one_is_played_again() -> None:
    """At midnight, 0.24 left at 0.02 an hour by day: done at noon of the day after tomorrow."""
    found = of_window(0.76, 1.0, Pace(0.02 / HOUR, 0.0), 7 * DAY, NINE_TO_FIVE)

    assert found.runs_out_in == pytest.approx(DAY + 13 * HOUR)
    assert found.runs_out_by is None


def test_another_pace_than_the_last_days_makes_a_range() -> None:
    """Sooner by the present pace, later by the day that lies behind."""
    found = of_window(0.76, 1.0, Pace(0.06 / HOUR, 0.0), 7 * DAY, NINE_TO_FIVE)

    assert (found.runs_out_in, found.runs_out_by) == pytest.approx((4 * HOUR, DAY + 13 * HOUR))


def test_far_away_the_last_day_tells() -> None:
    """Whole days at 0.16, and the rest by the hour; the reset is counted the same way."""
    found = of_window(0.0, 1.0, Pace(0.06 / HOUR, 0.0), 7 * DAY, NINE_TO_FIVE)

    assert found.runs_out_in == pytest.approx(6 * DAY + 11 * HOUR)
    assert found.at_reset == pytest.approx(7 * 0.16)


@pytest.mark.parametrize(("rate", "runs_out"), [(0.1, 10 * HOUR), (0.05, None)])
def test_after_an_idle_day_only_the_present_pace_is_there(
    rate: float, runs_out: float | None
) -> None:
    """Within half a day it is told; beyond, nobody can say."""
    found = of_window(0.0, 1.0, Pace(rate / HOUR, 0.0), 7 * DAY, (0.0,) * 24)

    assert found.runs_out_in == (None if runs_out is None else pytest.approx(runs_out))


def test_a_whole_number_of_days_ends_with_a_day() -> None:
    """What is left is used up exactly when a day is over."""
    day = (0.25, *(0.0,) * 22, 0.25)

    found = of_window(0.0, 1.0, Pace(0.06 / HOUR, 0.0), 7 * DAY, day)

    assert found.runs_out_in == 2 * DAY


@pytest.mark.parametrize(("now", "known"), [(DAY - 1, False), (DAY, True)])
def test_a_day_is_known_once_it_is_over(now: float, known: bool) -> None:
    """Then each of its hours tells what it used."""
    series = Series(60.0, slack=1.0)
    series.add(0.0, 0.0)
    series.add(HOUR / 2, 3.0)

    day = day_of(series, now)

    assert (day is not None) is known
    assert day is None or day[0] == 3.0


def test_before_the_first_sample_no_day_is_known() -> None:
    """An empty series has no past."""
    assert day_of(Series(60.0, slack=1.0), DAY) is None
