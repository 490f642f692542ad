"""Forecasts that stand still, as timelines."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from trayapp.model.snapshot import Meter, Pool, Snapshot
from trayapp.ui.wording.calm import Calm

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def after(minutes: float | None) -> dt.datetime | None:
    return None if minutes is None else NOON + dt.timedelta(minutes=minutes)


def says(minutes: float | None, late: float | None = None, *, money: bool = False) -> Snapshot:
    """A pool, or today's money, that runs out in *minutes* from noon, *late* at the latest."""
    kind = "spend_day" if money else "requests"
    meter = Meter(kind, utilization=0.8, runs_out_at=after(minutes), runs_out_by=after(late))
    if money:
        return replace(SNAPSHOT, spend=(meter,))
    return replace(SNAPSHOT, pools=(Pool("p", "u", None, "m", (meter,)),))


def shown(snapshot: Snapshot) -> tuple[dt.datetime | None, dt.datetime | None]:
    (meter,) = snapshot.spend or snapshot.pools[0].meters
    return meter.runs_out_at, meter.runs_out_by


@pytest.mark.parametrize("money", [False, True])
def test_forecast_that_trembles_stands_still(money: bool) -> None:
    """What moves to and fro over the edge of a minute is said once."""
    calm = Calm()

    told = [calm.steady(says(each, money=money), NOON) for each in (6.4, 6.6, 6.4, 6.6)]

    assert [shown(each) for each in told] == [(after(6.4), None)] * 4


def test_forecast_that_creeps_is_followed() -> None:
    """Small steps are counted from what is shown, so that they come to a large one."""
    calm = Calm()

    told = [calm.steady(says(each), NOON) for each in (6.0, 6.5, 7.0, 7.5)]

    assert [shown(each)[0] for each in told] == [after(6), after(6), after(7), after(7)]


def test_both_ends_of_a_range_stand_still() -> None:
    """A range trembles no more than a moment does."""
    calm = Calm()
    calm.steady(says(20, 40), NOON)

    assert shown(calm.steady(says(21, 41), NOON)) == (after(20), after(40))


def test_moment_that_becomes_a_range_is_told() -> None:
    """A forecast of another kind is shown as it comes."""
    calm = Calm()
    calm.steady(says(20), NOON)

    assert shown(calm.steady(says(21, 41), NOON)) == (after(21), after(41))


def test_forecast_that_was_over_begins_anew() -> None:
    """What is no longer foretold is forgotten."""
    calm = Calm()
    for each in (6.0, None):
        calm.steady(says(each), NOON)

    assert shown(calm.steady(says(6.3), NOON)) == (after(6.3), None)
