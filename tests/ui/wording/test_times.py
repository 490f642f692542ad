"""Durations, clock times and forecasts, as tables."""

import datetime as dt

import pytest

from tests.fakes.translating import speaking
from trayapp.ui.wording import times

ZONE = dt.timezone(dt.timedelta(hours=1))
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=ZONE)  # a Wednesday
EN, CN, TW = speaking("en"), speaking("zh_CN"), speaking("zh_TW")


def after(**units: float) -> dt.datetime:
    return NOW + dt.timedelta(**units)


def soft(text: str) -> str:
    """*text* with ordinary spaces."""
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (34, "34 s", "34 秒"), (370, "6 min", "6 分钟"), (8040, "2 h 14 min", "2 小时 14 分钟"),
        (3600, "1 h", "1 小时"), (273_600, "3 d 4 h", "3 天 4 小时"),
    ],
)  # fmt: skip
def test_durations(seconds: float, english: str, chinese: str) -> None:
    """A duration has two units at most."""
    assert soft(times.duration(EN, seconds)) == english
    assert soft(times.duration(CN, seconds)) == chinese


def test_durations_are_never_broken() -> None:
    """No line ends between a number and its unit."""
    assert times.duration(EN, 8040) == "2\u00a0h\u00a014\u00a0min"


@pytest.mark.parametrize(
    ("seconds", "said"), [(3.9, "3 s"), (13, "10 s"), (59, "55 s"), (61, "1 min")]
)
def test_ages_step(seconds: float, said: str) -> None:
    """Ages step by 1 s to 10 s, by 5 s to a minute, by minutes beyond."""
    assert soft(times.age(EN, seconds)) == said


@pytest.mark.parametrize(
    ("at", "english", "chinese"),
    [
        (after(minutes=134), "16:16", "16:16"), (after(days=-2), "Mon 14:02", "周一 14:02"),
        (after(days=6), "Tue 14:02", "周二 14:02"), (after(days=6, hours=11), "2 Dec", "12 月 2 日"),
        (after(minutes=134).astimezone(dt.UTC), "16:16", "16:16"),
    ],
)  # fmt: skip
def test_clock(at: dt.datetime, english: str, chinese: str) -> None:
    """The day is said where it is another, the date where it is beyond a week."""
    assert soft(times.clock(EN, at, NOW)) == english
    assert soft(times.clock(CN, at, NOW)) == chinese


@pytest.mark.parametrize(
    ("hour", "english", "chinese"),
    [(0, "12:05 AM", "上午 12:05"), (9, "9:05 AM", "上午 9:05"), (12, "12:05 PM", "下午 12:05")],
)
def test_clocks_that_count_to_twelve(hour: int, english: str, chinese: str) -> None:
    """Readers whose clocks count to twelve get theirs."""
    at = NOW.replace(hour=hour, minute=5)

    assert soft(times.time_of_day(speaking("en", twelve_hours=True), at)) == english
    assert soft(times.time_of_day(speaking("zh_CN", twelve_hours=True), at)) == chinese


@pytest.mark.parametrize(
    ("wait", "english", "chinese"),
    [
        ({"seconds": 70}, "within 2 min", "2 分钟内"),
        ({"seconds": 370}, "in about 6 min", "约 6 分钟后"),
        ({"minutes": 33}, "in about 35 min", "约 35 分钟后"),
        ({"minutes": 184}, "in about 3 h", "约 3 小时后"),
        ({"hours": 11, "minutes": 5}, "Thu 01:00", "周四 01:00"),
    ],
)
def test_forecasts_claim_no_more_than_is_known(
    wait: dict[str, float], english: str, chinese: str
) -> None:
    """The further away, the coarser: minutes, fives, tens, then half hours of the clock."""
    assert soft(times.forecast(EN, after(**wait), NOW)) == english
    assert soft(times.forecast(CN, after(**wait), NOW)) == chinese


@pytest.mark.parametrize(
    ("early", "late", "said"),
    [
        ({"minutes": 5}, {"minutes": 9}, "in 5 to 9 min"),
        ({"minutes": 50}, {"minutes": 90}, "in 50 min to 1 h 30 min"),
        ({"hours": 9}, {"hours": 14}, "23:00 to Thu 04:00"),
        ({"minutes": 5}, {"minutes": 5.2}, "in about 5 min"),
        ({"seconds": 20}, {"minutes": 4}, "in 1 to 4 min"),
    ],
)
def test_uncertain_forecasts_are_ranges(
    early: dict[str, float], late: dict[str, float], said: str
) -> None:
    """Where only a range is known, both ends are said."""
    assert soft(times.forecast(EN, after(**early), NOW, after(**late))) == said


def test_range_in_chinese() -> None:
    """A range reads well in Chinese too."""
    assert soft(times.forecast(TW, after(minutes=5), NOW, after(minutes=9))) == "5 到 9 分鐘後"


@pytest.mark.parametrize(
    ("wait", "said"),
    [
        ({"seconds": 5}, "in about 5 s"),
        ({"seconds": -3}, "in about 1 s"),
        ({"minutes": 61}, "about 15:03"),
    ],
)
def test_waits(wait: dict[str, float], said: str) -> None:
    """A held request goes in so long, and beyond ten minutes at about that time."""
    assert soft(times.wait(EN, after(**wait), NOW)) == said


@pytest.mark.parametrize(
    ("shown", "told", "kept"),
    [
        (None, 6, False), (6, 6.3, True), (6, 5.4, True), (6, 5, False), (31, 33, True),
        (31, 36, False), (40, 41, True), (6, 8, False), (3, 3.5, False), (-1, 5, False),
        (300, 309, True), (300, 310, False), (700, 710, True), (700, 730, False),
    ],
)  # fmt: skip
def test_a_shown_forecast_is_calm(shown: float | None, told: float, kept: bool) -> None:
    """It changes only when it moves by 15 % or by a step of its rounding."""
    before = None if shown is None else after(minutes=shown)

    settled = times.settled(before, after(minutes=told), NOW)

    assert settled == (before if kept else after(minutes=told))
