"""Meters are followed: their forecasts, the last hour, and since when they idle."""

import datetime as dt
from typing import Any

import pytest
from msgspec.structs import replace

from trayapp.meter import trends as module
from trayapp.meter.trends import Trends, Use
from trayapp.model.snapshot import Meter, Pool

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
POOL = Pool("pool", "https://api.anthropic.com", "org", "sonnet-5.5")


def later(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


class Followed:
    """Trends with a clock; a pool is drawn every ten seconds of a span of use."""

    def __init__(self) -> None:
        self.trends = Trends()
        self.now = 0.0
        self.total = 0.0

    def draw(self, *meters: Meter, used: bool = True, **spent: float) -> Pool:
        """The pool at this instant, used at it or not."""
        use = Use(self.now if used else None, spent)  # type: ignore[arg-type] # by resource
        pool = replace(POOL, meters=meters)
        return self.trends.pool(pool, use, 1000 + self.now, later(self.now))

    def requests(self, seconds: float, rate: float, left: float) -> Meter:
        """Requests go at *rate* a second, refilled by one; the last meter with *left* of 60."""
        for _ in range(int(seconds / 10)):
            self.now += 10
            self.total += 10 * rate
            pool = self.bucket(left)
        return pool.meters[0]

    def bucket(self, left: float) -> Pool:
        meter = Meter(
            "requests", limit=60, remaining=left, utilization=1 - left / 60, refill_per_s=1.0
        )
        return self.trends.pool(
            replace(POOL, meters=(meter,)),
            Use(1000 + self.now, {"requests": self.total}),
            1000 + self.now,
            later(self.now),
        )

    def window(self, used: float, resets_in: float | None = 18_000, **fields: Any) -> Meter:
        """A five-hour window, used at this instant."""
        resets_at = None if resets_in is None else later(resets_in)
        meter = Meter("five_hour", utilization=used, resets_at=resets_at, **fields)
        return self.trends.pool(
            replace(POOL, meters=(meter,)), Use(1000 + self.now), 1000 + self.now, later(self.now)
        ).meters[0]


def test_a_pool_nobody_used_has_no_future() -> None:
    """Its meters are as they came."""
    meter = Meter("five_hour", utilization=0.5)

    pool = Followed().draw(meter, used=False)

    assert pool.meters == (meter,)
    assert pool.last_used_at is None


def test_a_bucket_used_faster_than_refilled_runs_out() -> None:
    """A minute at three a second where one comes back: thirty left are gone in fifteen."""
    line = Followed()

    meter = line.requests(120, 3.0, left=30)

    assert meter.runs_out_at == later(120 + 15)
    assert meter.forecast_from is None


def test_too_early_it_is_told_when_enough_is_known() -> None:
    """A minute of use for a bucket, five for a window."""
    line = Followed()
    line.now = 10.0

    assert line.requests(10, 1.0, left=30).forecast_from == later(20 + 60)
    assert line.window(0.5).forecast_from == later(20 + 300)


def test_a_window_is_forecast_against_its_reset() -> None:
    """A hundredth a minute for ten minutes, and four more hours of it."""
    line = Followed()
    for minute in range(11):
        line.now = minute * 60.0
        meter = line.window(0.3 + minute / 100)

    assert meter.runs_out_at == later(600 + 3600)
    assert meter.at_reset == pytest.approx(0.4 + 0.01 * 290)


@pytest.mark.parametrize(
    "fields", [{"resets_in": None}, {"level": "depleted"}], ids=["no reset", "nothing left"]
)
def test_there_is_nothing_to_forecast(fields: dict[str, Any]) -> None:
    """Without a reset there is no end to measure against; what has run out has run out."""
    line = Followed()
    for minute in range(11):
        line.now = minute * 60.0
        meter = line.window(0.3 + minute / 100, **fields)

    assert (meter.runs_out_at, meter.at_reset) == (None, None)


def test_money_is_forecast_by_the_use_of_all_pools() -> None:
    """A dollar a minute of a budget of twenty."""
    line = Followed()
    for minute in range(11):
        meter = Meter(
            "spend_day", limit=20.0, used=float(minute), utilization=minute / 20,
            resets_at=later(36_000),
        )  # fmt: skip
        now = minute * 60.0
        (told,) = line.trends.spend((meter,), 1000 + now, 1000 + now, later(now))

    assert told.runs_out_at == later(600 + 600)


def test_money_in_a_pool_is_told_elsewhere() -> None:
    """All pools share it, and so does its forecast."""
    meter = Meter("spend_day", used=3.0)

    assert Followed().draw(meter).meters == (meter,)


def test_five_minutes_without_a_request_it_idles() -> None:
    """Nothing is forecast of it; since when is told."""
    line = Followed()
    line.requests(120, 3.0, left=30)
    used = 1000 + line.now
    meter = Meter("requests", limit=60, remaining=60, utilization=0.0, refill_per_s=1.0)

    pool = line.trends.pool(
        replace(POOL, meters=(meter,)), Use(used, {}), used + 300, later(line.now + 300)
    )

    assert pool.meters[0].idle_since == pool.last_used_at == later(line.now)
    assert pool.meters[0].runs_out_at is None


def test_half_an_hour_without_a_request_parts_two_stretches() -> None:
    """After it the pace has to be learned again."""
    line = Followed()
    line.requests(120, 3.0, left=30)
    line.now += 1801

    assert line.requests(10, 3.0, left=30).forecast_from is not None


def test_a_shorter_break_does_not() -> None:
    """After a cup of coffee it is still known how fast one drinks it."""
    line = Followed()
    line.requests(120, 3.0, left=30)
    line.now += 1700

    assert line.requests(10, 3.0, left=30).forecast_from is None


def test_a_pace_holds_for_a_moment() -> None:
    """Of two looks within two seconds the second reckons nothing anew."""
    line = Followed()
    line.requests(120, 3.0, left=30)
    line.now += 1
    line.total += 1000

    (meter,) = line.bucket(30).meters
    assert meter.runs_out_at == later(121 + 15)


def test_the_last_hour_is_told_by_the_minute() -> None:
    """The highest of each minute, the oldest first, at most sixty."""
    line = Followed()
    told: tuple[float | None, ...] = ()
    for second, used in ((0, 0.5), (30, 0.7), (45, 0.2), (80, 0.3), (200, 0.4)):
        line.now = second + 20.0  # a minute begins at 1020
        told = line.draw(Meter("five_hour", utilization=used)).history

    assert told == (0.7, 0.3, 0.4, 0.4)


def test_money_has_no_part_in_a_pools_hour() -> None:
    """It is the same in every pool."""
    meters = (Meter("five_hour", utilization=0.5), Meter("spend_day", utilization=0.9))

    assert Followed().draw(*meters).history == (0.5,)


def test_a_long_silence_is_an_hour_of_what_is_now() -> None:
    """However long nobody looked, the last hour has sixty minutes."""
    line = Followed()
    line.draw(Meter("five_hour", utilization=0.5))
    line.now += 1e6

    assert line.draw(Meter("five_hour", utilization=0.1)).history == (0.1,) * 60


def test_what_is_not_known_leaves_a_gap() -> None:
    """Absence is no zero, and the first word of a minute fills it."""
    line = Followed()
    line.now = 20.0
    empty = line.draw(Meter("five_hour")).history
    full = line.draw(Meter("five_hour", utilization=0.4)).history

    assert (empty, full) == ((None,), (0.4,))


def test_the_pool_longest_not_used_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of pools come from callers, so that not every one can be followed."""
    monkeypatch.setattr(module, "MOST_POOLS", 2)
    trends = Trends()
    for place, name in enumerate(("a", "b", "c", "b")):
        trends.pool(replace(POOL, id=name), Use(place + 1.0), 10.0, NOON)

    assert list(trends._trends) == ["b", "c"]
