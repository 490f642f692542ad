"""What moves while nothing changes."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, STARTED
from trayapp.ages import aged
from trayapp.model.snapshot import Meter, Pool


def meter(now: float, waited: float = 0.0, **fields: Any) -> Meter:
    """A meter as it reads *now* seconds after the engine's start."""
    pool = Pool("p", "u", None, "sonnet-5.5", (Meter("output_tokens", **fields),))
    at = STARTED + dt.timedelta(seconds=now)
    return aged(replace(SNAPSHOT, pools=(pool,)), at, waited).pools[0].meters[0]


def test_uptime_counts_to_now() -> None:
    """Uptime is from the start to the moment of printing."""
    assert aged(SNAPSHOT, STARTED + dt.timedelta(seconds=90.5)).uptime_s == 90.5


def test_clock_set_back_makes_nothing_negative() -> None:
    """Before its own start an engine is as old as new."""
    assert aged(SNAPSHOT, STARTED - dt.timedelta(hours=1)).uptime_s == 0


def test_age_counts_from_the_reading() -> None:
    """A meter is as old as its last reading."""
    assert meter(10, measured_at=STARTED, source="measured").age_s == 10


def test_without_a_reading_there_is_no_age() -> None:
    """What was never measured has no age."""
    assert meter(10, age_s=3.0).age_s is None


@pytest.mark.parametrize(("age", "source"), [(60, "measured"), (60.1, "estimated")])
def test_old_reading_is_an_estimate(age: float, source: str) -> None:
    """After a minute a measured number is called estimated."""
    assert meter(age, measured_at=STARTED, source="measured").source == source


def test_bucket_refills_while_waited() -> None:
    """What is left grows by the refill, and level and fraction follow."""
    told: dict[str, Any] = {
        "measured_at": STARTED, "limit": 600.0, "remaining": 0.0, "refill_per_s": 10.0,
        "utilization": 1.0, "level": "depleted",
    }  # fmt: skip

    later = [meter(0, waited, **told) for waited in (0.0, 0.05, 6.0, 30.0, 90.0)]

    assert [(each.remaining, each.utilization, each.level) for each in later] == [
        (0, 1, "depleted"), (0.5, 0.999167, "depleted"), (60, 0.9, "critical"), (300, 0.5, "healthy"),
        (600, 0, "healthy"),
    ]  # fmt: skip


@pytest.mark.parametrize("missing", ["limit", "remaining", "refill_per_s"])
def test_window_does_not_refill(missing: str) -> None:
    """What has no rate stays as it was told."""
    told: dict[str, Any] = {"limit": 600.0, "remaining": 10.0, "refill_per_s": 10.0, missing: None}

    assert meter(0, 9.0, measured_at=STARTED, utilization=0.9, **told).utilization == 0.9
