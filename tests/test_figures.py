"""Numbers, durations and times as people read them."""

import datetime as dt

import pytest

from trayapp import figures

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.timezone(dt.timedelta(hours=1)))


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"), (812, "812"), (999.4, "999"), (999.5, "1k"), (1000, "1k"), (1149, "1.1k"),
        (9949, "9.9k"), (9950, "10k"), (38_400, "38k"), (999_499, "999k"), (999_500, "1M"),
        (1_200_000, "1.2M"), (38_000_000, "38M"), (1_234_000_000, "1,234M"),
    ],
)  # fmt: skip
def test_tokens_are_short(number: float, said: str) -> None:
    """Tokens have one decimal under ten of a unit, and never one of nothing."""
    assert figures.tokens(number) == said


def test_counts_are_said_in_full() -> None:
    """What is counted one by one has separators."""
    assert figures.count(12345) == "12,345"


@pytest.mark.parametrize(
    ("usd", "said"), [(0, "$0"), (0.0004, "<$0.001"), (0.0005, "$0.001"), (1234.5, "$1,234.500")]
)
def test_cents_are_told_to_a_tenth(usd: float, said: str) -> None:
    """A single request costs little, and not nothing."""
    assert figures.cents(usd) == said


@pytest.mark.parametrize(
    ("usd", "said"),
    [
        (0, "$0"), (0.004, "<$0.01"), (0.005, "$0.01"), (0.344, "$0.34"), (10, "$10.00"),
        (999.99, "$999.99"), (999.996, "$1,000"), (1284.4, "$1,284"),
    ],
)  # fmt: skip
def test_money_has_cents_up_to_a_thousand(usd: float, said: str) -> None:
    """Something spent is never shown as nothing."""
    assert figures.money(usd) == said


@pytest.mark.parametrize(
    ("fraction", "said"),
    [
        (-0.1, "0%"), (0, "0%"), (0.001, "<1%"), (0.01, "1%"), (0.864, "86%"), (0.99, "99%"),
        (0.999, "99%"), (1, "100%"), (1.2, "100%"),
    ],
)  # fmt: skip
def test_hundred_percent_means_nothing_is_left(fraction: float, said: str) -> None:
    """A rest is never rounded away, nor is a first use."""
    assert figures.percent(fraction) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-3, "0 s"), (34, "34 s"), (59.4, "59 s"), (59.6, "1 min"), (359, "5 min"), (3600, "1 h"),
        (8040, "2 h 14 min"), (86399, "23 h 59 min"), (86400, "1 d"), (273_600, "3 d 4 h"),
    ],
)  # fmt: skip
def test_durations_have_two_units_at_most(seconds: float, said: str) -> None:
    """Seconds, minutes, hours and days, the smaller unit only where there is any."""
    assert figures.duration(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-1, "0 s"), (3.9, "3 s"), (9.9, "9 s"), (14.9, "10 s"), (59.9, "55 s"), (60, "1 min"), (150, "2 min")],
)  # fmt: skip
def test_ages_step(seconds: float, said: str) -> None:
    """An age moves by the second at first, then by five, then by the minute."""
    assert figures.age(seconds) == said


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (dt.timedelta(hours=4, minutes=16), "16:16"), (dt.timedelta(days=3, hours=-3), "Tue 09:00"),
        (dt.timedelta(days=-1), "Fri 12:00"), (dt.timedelta(days=10), "1 Dec"),
    ],
)  # fmt: skip
def test_clock_says_as_much_as_is_needed(away: dt.timedelta, said: str) -> None:
    """Today has an hour, this week a day, and beyond there is a date."""
    assert figures.clock((NOON + away).astimezone(dt.UTC), NOON) == said


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-1, "within 2 min"), (1.9, "within 2 min"), (2, "in about 2 min"), (6.4, "in about 6 min"),
        (12, "in about 10 min"), (58, "in about 1 h"), (134, "in about 2 h 10 min"),
        (600, "about 22:00"), (614, "about 22:00"), (616, "about 22:30"), (1500, "about Sun 13:00"),
    ],
)  # fmt: skip
def test_forecast_claims_no_more_than_is_known(minutes: float, said: str) -> None:
    """The further away, the coarser."""
    assert figures.forecast(NOON + dt.timedelta(minutes=minutes), NOON) == said


def test_foreign_text_cannot_move_the_cursor() -> None:
    """Control characters and direction marks of others are shown as question marks."""
    assert figures.plain("a\x1b[2J\n\u202eb “ü”") == "a?[2J??b “ü”"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 bytes"), (999, "999 bytes"), (1000, "1 kB"), (38_400, "38 kB"), (999_499, "999 kB"),
        (999_500, "1 MB"), (1_240_000, "1.2 MB"), (5e9, "5 GB"), (2.5e12, "2,500 GB"),
    ],
)  # fmt: skip
def test_sizes_are_those_on_the_box(number: float, said: str) -> None:
    """Powers of ten, as disks are sold, with one place where it says something."""
    assert figures.size(number) == said


@pytest.mark.parametrize(
    ("minutes", "by"), [(9, 1), (10, 5), (59, 5), (60, 10), (599, 10), (600, 30)]
)
def test_steps_of_a_forecast(minutes: float, by: float) -> None:
    """What is far away is said in larger steps."""
    assert figures.step(minutes * 60) == by * 60
