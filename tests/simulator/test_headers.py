"""What an answer's head tells of limits."""

import datetime as dt

import pytest

from trayapp.simulator.headers import http_date, limit_headers, rfc3339
from trayapp.simulator.pools import Limits, Pool


def told(pool: Pool, wall: dt.datetime, speed: float = 1.0) -> dict[str, str]:
    prefix = "anthropic-ratelimit-"
    headers = limit_headers(pool, wall, speed)
    return {name.decode().removeprefix(prefix): value.decode() for name, value in headers}


def test_a_full_pool_tells_its_limits(wall: dt.datetime) -> None:
    """Every family has limit, remaining and reset; a full bucket is full now."""
    pool = Pool(Limits(1000, 2_000_000, 400_000), 0.0)

    assert told(pool, wall) == {
        "requests-limit": "1000",
        "requests-remaining": "1000",
        "requests-reset": "2026-05-18T11:42:00Z",
        "input-tokens-limit": "2000000",
        "input-tokens-remaining": "2000000",
        "input-tokens-reset": "2026-05-18T11:42:00Z",
        "output-tokens-limit": "400000",
        "output-tokens-remaining": "400000",
        "output-tokens-reset": "2026-05-18T11:42:00Z",
        "tokens-limit": "2400000",
        "tokens-remaining": "2400000",
        "tokens-reset": "2026-05-18T11:42:00Z",
    }


@pytest.mark.parametrize(
    ("taken", "remaining"),
    [(0, "30000"), (499, "30000"), (500, "30000"), (501, "29000"), (1499, "29000"),
     (29_400, "1000"), (29_501, "0"), (30_000, "0"), (45_000, "0")],
)  # fmt: skip
def test_tokens_are_rounded_to_the_nearest_thousand(
    wall: dt.datetime, taken: int, remaining: str
) -> None:
    """Token counts are told in thousands, never below zero."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.input_tokens.take(taken)

    assert told(pool, wall)["input-tokens-remaining"] == remaining


@pytest.mark.parametrize(("taken", "remaining"), [(0.0, "50"), (0.5, "49"), (50.0, "0")])
def test_requests_are_whole(wall: dt.datetime, taken: float, remaining: str) -> None:
    """A part of a request is none."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.requests.take(taken)

    assert told(pool, wall)["requests-remaining"] == remaining


def test_rounding_never_tells_more_than_the_limit(wall: dt.datetime) -> None:
    """A limit that is no whole thousand is not rounded above itself."""
    pool = Pool(Limits(50, 1_500, 700), 0.0)

    headers = told(pool, wall)

    assert (headers["input-tokens-remaining"], headers["output-tokens-remaining"]) == (
        "1500",
        "700",
    )


def test_reset_is_when_the_bucket_is_full(wall: dt.datetime) -> None:
    """At five hundred a second, twelve thousand missing are back in 24 seconds."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.input_tokens.take(12_000)

    headers = told(pool, wall)

    assert headers["input-tokens-reset"] == "2026-05-18T11:42:24Z"
    assert headers["requests-reset"] == "2026-05-18T11:42:00Z"


def test_a_reset_between_two_seconds_is_the_later_one(wall: dt.datetime) -> None:
    """At the second told, the bucket is certainly full."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.input_tokens.take(100)

    assert told(pool, wall)["input-tokens-reset"] == "2026-05-18T11:42:01Z"


def test_the_sum_is_as_late_as_its_later_half(wall: dt.datetime) -> None:
    """The family without input or output is full when both are."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.output_tokens.take(4_000)

    headers = told(pool, wall)

    assert headers["tokens-limit"] == "38000"
    assert headers["tokens-remaining"] == "34000"
    assert headers["tokens-reset"] == "2026-05-18T11:42:30Z"


def test_a_fast_minute_resets_in_real_time(wall: dt.datetime) -> None:
    """Half a simulated minute at a speed of 10 is three real seconds."""
    pool = Pool(Limits(50, 30_000, 8_000), 0.0)
    pool.output_tokens.take(4_000)

    assert told(pool, wall, speed=10.0)["output-tokens-reset"] == "2026-05-18T11:42:03Z"


def test_times_are_utc(wall: dt.datetime) -> None:
    """Another zone's datetime is told in UTC with Z."""
    east = wall.astimezone(dt.timezone(dt.timedelta(hours=5)))

    assert rfc3339(east) == "2026-05-18T11:42:00Z"


def test_the_date_header_is_english(wall: dt.datetime) -> None:
    """The date is written as HTTP has it."""
    assert http_date(wall) == b"Mon, 18 May 2026 11:42:00 GMT"
