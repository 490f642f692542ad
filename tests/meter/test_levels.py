"""What a reading means later: buckets refill, windows wait for their reset."""

import datetime as dt

import pytest

from trayapp.meter.levels import Bucket, Window, level_of, spend_meter
from trayapp.model.quota import Utilization, WindowStatus
from trayapp.model.snapshot import Level, Meter

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def later(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def bucket(limit: int = 600, remaining: int | None = 300, full_in: float | None = 30) -> Bucket:
    return Bucket(limit, remaining, full_in, measured=100.0, measured_at=NOON)


def window(
    used: float = 0.5, status: WindowStatus | None = "allowed", resets_in: float = 3600
) -> Window:
    return Window(Utilization("five_hour", used, later(resets_in), status), 100.0, NOON)


def test_a_fresh_bucket_is_as_measured() -> None:
    """All that the header told, and the refill of a sixtieth a second."""
    assert bucket().meter("requests", 100.0) == Meter(
        "requests", limit=600, remaining=300, utilization=0.5, refill_per_s=10,
        resets_at=later(30), source="measured", measured_at=NOON,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("elapsed", "remaining"), [(-5, 300), (0, 300), (1, 310), (15.5, 455), (30, 600), (1000, 600)]
)
def test_a_bucket_refills_up_to_its_limit(elapsed: float, remaining: float) -> None:
    """A sixtieth of the limit comes back each second; it is never more than full."""
    assert bucket().meter("requests", 100 + elapsed).remaining == remaining


def test_without_a_told_reset_it_is_reckoned() -> None:
    """The time to full follows from what is missing."""
    assert bucket(full_in=None).meter("requests", 100).resets_at == later(30)


@pytest.mark.parametrize(
    ("elapsed", "source"), [(0, "measured"), (60, "measured"), (60.1, "estimated")]
)
def test_a_reading_is_measured_for_a_minute(elapsed: float, source: str) -> None:
    """After sixty seconds a number is an estimate."""
    assert bucket().meter("requests", 100 + elapsed).source == source
    assert window().meter(100 + elapsed, NOON).source == source


def test_a_limit_of_an_earlier_run_says_nothing_of_what_is_left() -> None:
    """The limit is known, the rest is unknown, never 0."""
    assert bucket(remaining=None).meter("requests", 100.0) == Meter(
        "requests", limit=600, refill_per_s=10, source="estimated", measured_at=NOON
    )


@pytest.mark.parametrize(
    ("remaining", "level"),
    [(600, "healthy"), (121, "healthy"), (120, "warning"), (61, "warning"), (60, "critical"),
     (1, "critical"), (0, "depleted")],
)  # fmt: skip
def test_a_buckets_level(remaining: int, level: Level) -> None:
    """Warning from 80 % used, critical from 90 %, depleted when nothing is left."""
    assert bucket(remaining=remaining).meter("requests", 100).level == level


def test_a_window_is_a_fraction() -> None:
    """Neither limit nor count is known of a window."""
    assert window().meter(100.0, NOON) == Meter(
        "five_hour", utilization=0.5, resets_at=later(3600), source="measured", measured_at=NOON
    )


def test_a_window_that_rejects_is_depleted() -> None:
    """A rejection holds over the fraction."""
    assert window(0.97, "rejected").meter(100, NOON).level == "depleted"


def test_after_its_reset_a_window_is_unknown() -> None:
    """How far the new window is used is not known until the next answer."""
    meter = window(0.97, "rejected", resets_in=10).meter(110, later(10))

    assert meter == Meter("five_hour", source="estimated", measured_at=NOON)


def test_a_window_without_a_reset_stays() -> None:
    """Where no reset was told, the last reading is all there is."""
    reading = Window(Utilization("overage", 0.2, None, None), 100.0, NOON)

    assert reading.meter(9999, later(9999)).utilization == 0.2


@pytest.mark.parametrize(
    ("used", "level"),
    [(0.0, "healthy"), (0.79, "healthy"), (0.8, "warning"), (0.9, "critical"), (1.0, "depleted")],
)
def test_levels(used: float, level: Level) -> None:
    """The thresholds are 0.8, 0.9 and all."""
    assert level_of(used) == level


def test_money_without_a_budget_is_only_told() -> None:
    """No fraction is made up where there is nothing to measure against."""
    assert spend_meter("spend_day", 1.5, None, NOON) == Meter(
        "spend_day", resets_at=NOON, source="estimated", used=1.5
    )


def test_money_is_measured_against_a_budget() -> None:
    """What is left of the budget, and how far it is spent."""
    meter = spend_meter("spend_day", 8.5, 10.0, NOON)

    assert (meter.remaining, meter.utilization, meter.level) == (1.5, 0.85, "warning")


@pytest.mark.parametrize("budget", [0.0, 5.0])
def test_a_budget_overspent_has_nothing_left(budget: float) -> None:
    """Spending beyond the budget is all of it, not more; a budget of nothing is spent at once."""
    meter = spend_meter("spend_month", 7.0, budget, NOON)

    assert (meter.remaining, meter.utilization, meter.level) == (0.0, 1.0, "depleted")


def test_money_nobody_could_price_is_unknown() -> None:
    """Where no price is known, nothing is claimed against the budget."""
    meter = spend_meter("spend_day", None, 10.0, NOON)

    assert (meter.remaining, meter.utilization, meter.used) == (None, None, None)
