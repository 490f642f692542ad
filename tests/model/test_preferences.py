"""What the user may set: times of day are read as the local clock has them."""

import datetime as dt

import pytest

from trayapp.model.preferences import (
    CachePreferences,
    Preferences,
    UpstreamPreferences,
    WarningPreferences,
)


@pytest.mark.parametrize(
    ("hours", "time", "quiet"),
    [
        (None, "03:00", False),
        ("22:00-07:00", "21:59", False),
        ("22:00-07:00", "22:00", True),
        ("22:00-07:00", "03:00", True),
        ("22:00-07:00", "07:00", False),
        ("12:00-13:30", "12:59", True),
        ("12:00-13:30", "13:30", False),
        ("12:00-13:30", "11:59", False),
        ("09:00-09:00", "09:00", False),
    ],
)
def test_quiet_hours_may_pass_midnight(hours: str | None, time: str, quiet: bool) -> None:
    """The first minute belongs to them, the last does not."""
    preferences = WarningPreferences(quiet_hours=hours)

    assert preferences.is_quiet(dt.time.fromisoformat(time)) is quiet


def test_the_calm_line_has_its_time() -> None:
    """Six in the evening, unless somebody wants it otherwise."""
    assert WarningPreferences().calm_time == dt.time(18)
    assert WarningPreferences(calm_at="09:30").calm_time == dt.time(9, 30)


def test_bounds_of_the_cache_are_bytes_and_seconds() -> None:
    """What people set in megabytes and minutes is counted in bytes and seconds."""
    preferences = CachePreferences(megabytes=64, minutes=1.5)

    assert (preferences.limit, preferences.lifetime) == (64 * 1024 * 1024, 90.0)


def test_only_limits_that_were_set_are_stated() -> None:
    """The others are learned from headers."""
    preferences = UpstreamPreferences(requests_per_minute=50, output_tokens_per_minute=8_000)

    assert preferences.stated == {"requests": 50, "output_tokens": 8_000}


def test_upstreams_go_by_name_and_each_states_its_own_limits() -> None:
    """The default one comes first, under a name of its own."""
    preferences = Preferences(upstreams={"local": UpstreamPreferences(requests_per_minute=5)})

    assert list(preferences.named()) == ["anthropic", "local"]
    assert preferences.stated() == {"anthropic": {}, "local": {"requests": 5}}
