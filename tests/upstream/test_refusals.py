"""Refusals are told apart by what they say."""

import datetime as dt
import json

import pytest

from trayapp.meter.reading import quota_of
from trayapp.model.exchange import Headers
from trayapp.model.refusal import Refusal
from trayapp.upstream.refusals import refusal_of

DATE = (b"date", b"Sat, 21 Nov 2026 12:00:00 GMT")
RESET_5H = int(dt.datetime(2026, 11, 21, 14, tzinfo=dt.UTC).timestamp())
LIMITS = (
    (b"anthropic-ratelimit-requests-limit", b"50"),
    (b"anthropic-ratelimit-requests-remaining", b"0"),
)
REJECTED = (
    (b"anthropic-ratelimit-unified-status", b"rejected"),
    (b"anthropic-ratelimit-unified-representative-claim", b"five_hour"),
    (b"anthropic-ratelimit-unified-5h-utilization", b"1.0"),
    (b"anthropic-ratelimit-unified-5h-status", b"rejected"),
    (b"anthropic-ratelimit-unified-5h-reset", str(RESET_5H).encode()),
)
ALLOWED = (
    (b"anthropic-ratelimit-unified-status", b"allowed"),
    (b"anthropic-ratelimit-unified-5h-utilization", b"0.2"),
    (b"anthropic-ratelimit-unified-5h-status", b"allowed"),
)


def refused(
    status: int, *headers: tuple[bytes, bytes], message: str = "", code: str | None = None
) -> Refusal | None:
    """What an answer with this error is taken for."""
    error: dict[str, object] = {"type": "x", "message": message}
    if code is not None:
        error["details"] = {"error_code": code}
    fields: Headers = (DATE, *headers)
    body = json.dumps({"type": "error", "error": error}).encode()
    return refusal_of(status, fields, body, quota_of(fields))


@pytest.mark.parametrize(
    ("status", "headers", "message", "code", "kind"),
    [
        (429, ((b"retry-after", b"7"),), "rate limit of 50 requests per minute", None, "rate"),
        (429, LIMITS, "number of requests has exceeded", None, "rate"),
        (429, ((b"retry-after", b"7"),), "This workspace has reached its limit", None, "workspace"),
        (429, ((b"retry-after", b"7"),), "", "ramp_limit_exceeded", "ramp"),
        (429, (), "", "enforced_spend_limit_reached", "spend"),
        (429, (), "", "contract_spend_limit_reached", "spend"),
        (429, (), "", None, "bare"),
        (429, REJECTED, "", None, "window"),
        (429, ALLOWED, "", None, "bare"),
        (
            429,
            ((b"anthropic-ratelimit-unified-overage-disabled-reason", b"out_of_credits"),),
            "",
            None,
            "fast_disabled",
        ),
        (
            429,
            ((b"anthropic-fast-input-tokens-limit", b"9"), (b"retry-after", b"3")),
            "",
            None,
            "fast",
        ),
        (529, (), "Overloaded", None, "overloaded"),
        (503, (), "", None, "overloaded"),
        (500, (), "", None, "failed"),
        (502, (), "", None, "failed"),
        (524, (), "", None, "failed"),
        (400, (), "You have reached your specified API usage limits.", None, "spend"),
        (400, (), "Your credit balance is too low to access the Anthropic API.", None, "spend"),
        (400, (), "max_tokens: required", None, None),
        (200, (), "", None, None),
        (401, (), "", None, None),
        (404, (), "", None, None),
    ],
)
def test_each_kind_is_known_by_what_it_says(
    status: int,
    headers: tuple[tuple[bytes, bytes], ...],
    message: str,
    code: str | None,
    kind: str | None,
) -> None:
    """Status, code, headers and the spend texts decide; nothing else of the message does."""
    refusal = refused(status, *headers, message=message, code=code)

    assert (refusal.kind if refusal else None) == kind


@pytest.mark.parametrize(
    ("message", "resource"),
    [
        ("your rate limit of 50 requests per minute", "requests"),
        ("rate limit of 40,000 input tokens per minute", "input_tokens"),
        ("rate limit of 8,000 output tokens per minute", "output_tokens"),
        ("slow down", None),
    ],
)
def test_the_limit_is_the_one_the_message_names(message: str, resource: str | None) -> None:
    """A 429 names the limit in words, or does not."""
    refusal = refused(429, (b"retry-after", b"7"), message=message)

    assert refusal is not None
    assert refusal.resource == resource


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (((b"retry-after", b"7"),), 7.0),
        (((b"retry-after", b"0.5"),), 0.5),
        (((b"retry-after-ms", b"1500"), (b"retry-after", b"7")), 1.5),
        (((b"retry-after", b"Sat, 21 Nov 2026 12:00:30 GMT"),), 30.0),
        (((b"retry-after", b"Sat, 21 Nov 2026 11:00:00 GMT"),), 0.0),
        (((b"retry-after", b"Sat, 21 Nov 2026 12:00:00"),), None),
        (((b"retry-after", b"-1"),), None),
        (((b"retry-after", b"nan"),), None),
        (((b"retry-after", b"inf"),), None),
        (((b"retry-after", b"soon"),), None),
        (((b"retry-after", b"\xff"),), None),
        ((), None),
    ],
)
def test_the_pause_is_what_upstream_asks_for(
    headers: tuple[tuple[bytes, bytes], ...], seconds: float | None
) -> None:
    """Milliseconds, seconds or a date against the answer's own clock; nonsense is nothing."""
    refusal = refused(529, *headers)

    assert refusal is not None
    assert refusal.retry_after == seconds


def test_a_date_without_a_clock_is_nothing() -> None:
    """A retry date says nothing where the answer does not tell its own time."""
    fields: Headers = ((b"retry-after", b"Sat, 21 Nov 2026 12:00:30 GMT"),)

    refusal = refusal_of(529, fields, b"", quota_of(fields))

    assert refusal is not None
    assert refusal.retry_after is None


def test_a_window_says_when_it_opens() -> None:
    """A rejected window's reset is when requests work again, counted from the answer's clock."""
    refusal = refused(429, *REJECTED)

    assert refusal is not None
    assert refusal.until == dt.datetime(2026, 11, 21, 14, tzinfo=dt.UTC)
    assert refusal.wait == 7200.0
    assert not refusal.model_scoped


def test_a_window_of_one_model_is_scoped() -> None:
    """The third weekly window binds the models it is for, and no others."""
    refusal = refused(
        429,
        (b"anthropic-ratelimit-unified-representative-claim", b"seven_day_overage_included"),
        (b"anthropic-ratelimit-unified-7d_oi-status", b"rejected"),
    )

    assert refusal is not None
    assert (refusal.kind, refusal.model_scoped) == ("window", True)


@pytest.mark.parametrize(
    ("message", "until"),
    [
        (
            "You will regain access on 2026-12-01 at 00:00 UTC",
            dt.datetime(2026, 12, 1, tzinfo=dt.UTC),
        ),
        ("You will regain access on 2026-13-45 at 00:00 UTC", None),
        ("no date", None),
    ],
)
def test_a_spend_cap_says_when_it_ends(message: str, until: dt.datetime | None) -> None:
    """The cap's message names the day on which access returns."""
    refusal = refused(429, message=message, code="enforced_spend_limit_reached")

    assert refusal is not None
    assert refusal.until == until


def test_upstream_may_forbid_a_retry() -> None:
    """`x-should-retry: false` is obeyed."""
    refusal = refused(529, (b"x-should-retry", b"false"))

    assert refusal is not None
    assert not refusal.may_retry


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"error": "text"}', b"\xff\xfe", b"[" * 5000])
def test_a_body_that_is_none_of_the_apis_is_no_harm(body: bytes) -> None:
    """Whatever the body is, the status still counts."""
    refusal = refusal_of(529, (), body, quota_of(()))

    assert refusal is not None
    assert refusal.kind == "overloaded"
