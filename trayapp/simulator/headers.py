"""What an answer's head tells of limits, as the API spells it."""

import datetime as dt
import math
from collections.abc import Iterator

from trayapp.model.exchange import Headers
from trayapp.simulator.buckets import Bucket
from trayapp.simulator.pools import Pool

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def rfc3339(at: dt.datetime) -> str:
    """*at* in UTC to the second, with `Z`."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def http_date(at: dt.datetime) -> bytes:
    """*at* as the `date` header has it, in English whatever the locale."""
    day, month = _DAYS[at.weekday()], _MONTHS[at.month - 1]
    return f"{day}, {at.day:02} {month} {at.year} {at:%H:%M:%S} GMT".encode()


def limit_headers(pool: Pool, at: dt.datetime, speed: float) -> Headers:
    """The pool's levels as headers; advance it first.

    Requests are whole, tokens rounded to the nearest thousand; a reset is when the bucket
    is completely full, *speed* simulated seconds passing in a real one. The family without
    `input` or `output` is their sum, as without a workspace limit.
    """
    told = (
        ("requests", (pool.requests,), 1),
        ("input-tokens", (pool.input_tokens,), 1000),
        ("output-tokens", (pool.output_tokens,), 1000),
        ("tokens", (pool.input_tokens, pool.output_tokens), 1000),
    )
    lines = []
    for name, buckets, grain in told:
        for field, value in family(buckets, grain, at, speed):
            lines.append((f"anthropic-ratelimit-{name}-{field}".encode(), value.encode()))
    return tuple(lines)


def family(
    buckets: tuple[Bucket, ...], grain: int, at: dt.datetime, speed: float
) -> Iterator[tuple[str, str]]:
    limit = int(sum(bucket.limit for bucket in buckets))
    level = sum(max(bucket.level, 0.0) for bucket in buckets)
    left = math.floor(level) if grain == 1 else math.floor(level / grain + 0.5) * grain
    full_in = max(bucket.full_in for bucket in buckets) / speed
    full_at = at + dt.timedelta(seconds=full_in)
    if full_at.microsecond:
        full_at = full_at.replace(microsecond=0) + dt.timedelta(seconds=1)
    yield "limit", str(limit)
    yield "remaining", str(min(left, limit))
    yield "reset", rfc3339(full_at)
