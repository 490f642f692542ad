"""A running total over time: only changes are kept, and a fall begins it anew."""

import pytest

from trayapp.meter.series import MOST, Series


def noted(*samples: tuple[float, float], step: float = 10.0, coarse: bool = False) -> Series:
    """A series of seconds and totals, which may fall by one before it begins anew."""
    series = Series(step, slack=1.0, coarse=coarse)
    for now, total in samples:
        series.add(now, total)
    return series


def test_before_anything_was_noted_nothing_was_used() -> None:
    """An empty series has no beginning."""
    series = noted()

    assert (series.first, series.at(5.0), series.changes(0.0)) == (None, 0.0, ())


@pytest.mark.parametrize(
    ("moment", "total"), [(0, 4), (9, 4), (10, 4), (29, 4), (30, 7), (59, 7), (60, 9), (99, 9)]
)
def test_a_total_holds_until_the_next(moment: float, total: float) -> None:
    """What is known to the token grows at the instant it is used."""
    assert noted((10, 4), (30, 7), (60, 9)).at(moment) == total


@pytest.mark.parametrize(("moment", "total"), [(0, 4), (20, 5.5), (30, 7), (45, 8), (99, 9)])
def test_what_is_told_in_steps_grew_evenly(moment: float, total: float) -> None:
    """A window told in hundredths was used between them too."""
    assert noted((10, 4), (30, 7), (60, 9), coarse=True).at(moment) == total


def test_idle_time_costs_nothing() -> None:
    """A total that stays is not noted again."""
    series = noted((0, 1), (100, 1), (200, 2), (300, 2))

    assert repr(series) == "<Series of 2>"
    assert series.changes(0) == (200.0,)


def test_changes_close_together_are_one() -> None:
    """Of two within ten seconds after another, the later holds."""
    series = noted((0, 1), (20, 2), (25, 3), (29, 4), (31, 5))

    assert [series.at(moment) for moment in (19, 22, 28.5, 29, 31)] == [1, 2, 2, 4, 5]
    assert series.changes(0) == (20.0, 29.0, 31.0)


def test_a_small_fall_is_a_correction() -> None:
    """An estimate settled lower waits until the total has caught up."""
    assert noted((0, 0), (20, 5), (40, 4.5), (60, 4.9)).at(60) == 5


def test_a_fall_begins_anew() -> None:
    """A window was reset: what was before says nothing of it."""
    series = noted((0, 5), (20, 9), (40, 1))

    assert (series.first, series.at(40)) == (40, 1)


def test_the_oldest_makes_room() -> None:
    """However long it runs, it stays within its bound."""
    series = noted(*((float(place), float(place)) for place in range(2 * MOST)), step=1.0)

    assert len(series.changes(-1.0)) <= MOST
    assert series.at(2 * MOST) == 2 * MOST - 1
