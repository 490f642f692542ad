"""What a reading means later: buckets refill, windows wait for their reset."""

import datetime as dt

import pytest

from trayapp.meter.levels import (
    Bucket,
    Window,
    believed_meter,
    spend_meter,
    window_seconds,
)
from trayapp.model.quota import Belief, Resource, Utilization, WindowStatus
from trayapp.model.snapshot import Level, Meter

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def later(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def bucket(limit: int = 600, remaining: int | None = 300) -> Bucket:
    return Bucket(limit, remaining, measured=100.0, measured_at=NOON)


def drawn(
    bucket: Bucket, elapsed: float = 0.0, belief: Belief | None = None, kind: Resource = "requests"
) -> Meter:
    """The meter so many seconds after its reading."""
    return bucket.meter(kind, 100.0 + elapsed, later(elapsed), belief)


def window(
    used: float = 0.5, status: WindowStatus | None = "allowed", resets_in: float = 3600
) -> Window:
    return Window(Utilization("five_hour", used, later(resets_in), status), 100.0, NOON)


def test_a_fresh_bucket_is_as_measured() -> None:
    """All that the header told, and the refill of a sixtieth a second."""
    assert drawn(bucket()) == Meter(
        "requests", limit=600, remaining=300, utilization=0.5, refill_per_s=10,
        resets_at=later(30), source="measured", measured_at=NOON, pending=0.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("elapsed", "remaining"), [(-5, 300), (0, 300), (1, 310), (15.5, 455), (30, 600), (1000, 600)]
)
def test_a_bucket_refills_up_to_its_limit(elapsed: float, remaining: float) -> None:
    """A sixtieth of the limit comes back each second; it is never more than full."""
    assert drawn(bucket(), elapsed).remaining == remaining


def test_a_full_bucket_has_nothing_to_wait_for() -> None:
    """Where nothing is missing there is no time at which it comes back."""
    assert drawn(bucket(), 31).resets_at is None


def test_while_it_refills_its_reset_is_one_and_the_same() -> None:
    """An idle meter tells the same second, whenever it is asked."""
    assert drawn(bucket(), 0.3).resets_at == drawn(bucket(), 29.4).resets_at == later(30)


def test_between_headers_a_meter_shows_what_pacing_believes() -> None:
    """What was sent since the last answer is used, though no header told it yet."""
    meter = drawn(bucket(), 2.0, Belief(limit=600, left=120, pending=7))

    assert (meter.remaining, meter.utilization, meter.pending) == (120, 0.8, 7)
    assert (meter.level, meter.source, meter.resets_at) == ("warning", "measured", later(50))


@pytest.mark.parametrize(("left", "remaining"), [(-50.0, 0), (700.0, 600)])
def test_what_is_believed_stays_within_the_limit(left: float, remaining: float) -> None:
    """A mirror may be overdrawn, a meter is at most empty."""
    assert drawn(bucket(), 0.0, Belief(limit=600, left=left)).remaining == remaining


@pytest.mark.parametrize(
    "belief", [Belief(limit=500, left=1), Belief(recent=3)], ids=["other limit", "no limit"]
)
def test_a_belief_about_another_limit_is_not_shown(belief: Belief) -> None:
    """Right after a limit changed the header's word holds."""
    assert drawn(bucket(), 0.0, belief).remaining == 300


@pytest.mark.parametrize(("unsettled", "source"), [(30, "measured"), (31, "estimated")])
def test_much_that_is_guessed_makes_an_estimate(unsettled: float, source: str) -> None:
    """Over 5 % of the limit not yet told by answers, and the number is no measurement."""
    assert drawn(bucket(), 0.0, Belief(limit=600, left=300, unsettled=unsettled)).source == source


def test_a_limit_the_user_states_is_configured() -> None:
    """No header told it, so the word says where it comes from."""
    meter = believed_meter("requests", Belief(limit=60, left=15), NOON)

    assert (meter.limit, meter.remaining, meter.utilization) == (60, 15, 0.75)
    assert (meter.source, meter.measured_at) == ("configured", None)


def test_a_limit_that_was_felt_is_an_estimate() -> None:
    """Refusals taught it, nobody said it."""
    assert believed_meter("requests", Belief(60, 15, felt=True), NOON).source == "estimated"


def test_without_any_limit_requests_are_counted() -> None:
    """There is nothing to measure them against, and so no fraction."""
    assert believed_meter("requests", Belief(recent=12), NOON) == Meter(
        "requests", used=12, source="estimated"
    )


@pytest.mark.parametrize(
    ("elapsed", "source"), [(0, "measured"), (60, "measured"), (60.1, "estimated")]
)
def test_a_reading_is_measured_for_a_minute(elapsed: float, source: str) -> None:
    """After sixty seconds a number is an estimate."""
    assert drawn(bucket(), elapsed).source == source
    assert window().meter(100 + elapsed, NOON).source == source


def test_a_limit_of_an_earlier_run_says_nothing_of_what_is_left() -> None:
    """The limit is known, the rest is unknown, never 0."""
    assert drawn(bucket(remaining=None)) == Meter(
        "requests", limit=600, refill_per_s=10, source="estimated", measured_at=NOON
    )


@pytest.mark.parametrize(
    ("remaining", "level"),
    [(600, "healthy"), (121, "healthy"), (120, "warning"), (61, "warning"), (60, "critical"),
     (1, "critical"), (0, "depleted")],
)  # fmt: skip
def test_a_buckets_level(remaining: int, level: Level) -> None:
    """Warning from 80 % used, critical from 90 %, depleted when nothing is left."""
    assert drawn(bucket(remaining=remaining)).level == level


def test_a_window_is_a_fraction() -> None:
    """Neither limit nor count is known of a window."""
    assert window().meter(100.0, NOON) == Meter(
        "five_hour", utilization=0.5, resets_at=later(3600), source="measured", measured_at=NOON,
        window_s=18_000,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("window", "hours"),
    [("five_hour", 5), ("seven_day", 168), ("seven_day_opus", 168), ("12h", 12), ("30d_x", 720),
     ("overage", None), ("", None)],
)  # fmt: skip
def test_how_long_a_window_is_follows_from_its_name(window: str, hours: float | None) -> None:
    """Names nobody knows yet tell it by their number; paid overage has no such length."""
    assert window_seconds(window) == (None if hours is None else hours * 3600)


def test_a_window_that_rejects_is_depleted() -> None:
    """A rejection holds over the fraction."""
    assert window(0.97, "rejected").meter(100, NOON).level == "depleted"


def test_after_its_reset_a_window_is_unknown() -> None:
    """How far the new window is used is not known until the next answer."""
    meter = window(0.97, "rejected", resets_in=10).meter(110, later(10))

    assert meter == Meter("five_hour", source="estimated", measured_at=NOON, window_s=18_000)


def test_a_window_without_a_reset_stays() -> None:
    """Where no reset was told, the last reading is all there is."""
    reading = Window(Utilization("overage", 0.2, None, None), 100.0, NOON)

    assert reading.meter(9999, later(9999)).utilization == 0.2


def test_money_without_a_budget_is_only_told() -> None:
    """No fraction is made up where there is nothing to measure against."""
    assert spend_meter("spend_day", 1.5, None, NOON, later(86_400)) == Meter(
        "spend_day", resets_at=later(86_400), source="estimated", used=1.5, window_s=86_400
    )


def test_money_is_measured_against_a_budget() -> None:
    """What is left of the budget, and how far it is spent."""
    meter = spend_meter("spend_day", 8.5, 10.0, NOON, later(86_400))

    assert (meter.remaining, meter.utilization, meter.level) == (1.5, 0.85, "warning")


@pytest.mark.parametrize("budget", [0.0, 5.0])
def test_a_budget_overspent_has_nothing_left(budget: float) -> None:
    """Spending beyond the budget is all of it, not more; a budget of nothing is spent at once."""
    meter = spend_meter("spend_month", 7.0, budget, NOON, later(86_400))

    assert (meter.remaining, meter.utilization, meter.level) == (0.0, 1.0, "depleted")


def test_money_nobody_could_price_is_unknown() -> None:
    """Where no price is known, nothing is claimed against the budget."""
    meter = spend_meter("spend_day", None, 10.0, NOON, later(86_400))

    assert (meter.remaining, meter.utilization, meter.used) == (None, None, None)
