"""Which kind of refusal an answer is: 429, 529 and 5xx told apart by what they say.

The API says it in `error.details.error_code`, in `retry-after` (absent where waiting is useless)
and, for subscriptions, in the unified headers; only for the limit's name is its message read
(error codes and spend texts: API errors and rate-limits pages, Claude Code 2.1.330).
"""

import datetime as dt
import math
import re
from email.utils import parsedate_to_datetime

import msgspec

from trayapp.model.exchange import Headers
from trayapp.model.quota import Quota, Resource
from trayapp.model.refusal import Refusal, RefusalKind

LOOKED_AT = frozenset({400, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529})
"""Statuses whose body is read before anything is passed on."""
BODY_AT_MOST = 256 * 1024

_KINDS: dict[str | None, RefusalKind] = {
    "enforced_spend_limit_reached": "spend",
    "contract_spend_limit_reached": "spend",
    "ramp_limit_exceeded": "ramp",
}
_SPEND_TEXTS = (
    "you have reached your specified api usage limits",
    "you have reached your specified workspace api usage limits",
    "your credit balance is too low to access the anthropic api",
)
_RESOURCES: tuple[tuple[str, Resource], ...] = (
    ("output token", "output_tokens"),
    ("input token", "input_tokens"),
    ("request", "requests"),
)
_REGAIN = re.compile(r"regain access on (\d{4}-\d\d-\d\d)")
_LONGEST = 400 * 86400.0


class _Details(msgspec.Struct, frozen=True):
    error_code: str | None = None


class _Error(msgspec.Struct, frozen=True):
    type: str = ""
    message: str = ""
    details: _Details | None = None


class _Envelope(msgspec.Struct, frozen=True):
    error: _Error = _Error()


_decode = msgspec.json.Decoder(_Envelope).decode


def refusal_of(status: int, headers: Headers, body: bytes, quota: Quota) -> Refusal | None:
    """Return what an answer refuses, None where it is an answer or the caller's own mistake.

    *quota* is what the same *headers* say of limits.
    """
    fields = dict(headers)
    error = _error_in(body)
    kind = _kind(status, fields, error, quota)
    if kind is None:
        return None
    retry_after = _retry_after(fields)
    until = _until(kind, error, quota)
    return Refusal(
        kind=kind,
        status=status,
        resource=_resource(error.message) if status == 429 else None,
        retry_after=retry_after,
        quota=quota,
        until=until,
        wait=_wait(until, fields),
        model_scoped=quota.representative_claim == "seven_day_overage_included",
        may_retry=fields.get(b"x-should-retry") != b"false",
        body=body,
    )


def _error_in(body: bytes) -> _Error:
    try:
        return _decode(body).error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Error()


def _kind(
    status: int, fields: dict[bytes, bytes], error: _Error, quota: Quota
) -> RefusalKind | None:
    if status == 400:
        return "spend" if error.message.lower().startswith(_SPEND_TEXTS) else None
    if status == 429:
        return _kind_of_429(fields, error, quota)
    if status in {503, 529}:
        return "overloaded"
    return "failed" if status in LOOKED_AT else None


def _kind_of_429(fields: dict[bytes, bytes], error: _Error, quota: Quota) -> RefusalKind:
    code = error.details.error_code if error.details else None
    if code in _KINDS:
        return _KINDS[code]
    if b"anthropic-ratelimit-unified-overage-disabled-reason" in fields and not quota.windows:
        return "fast_disabled"
    if quota.windows:
        rejected = any(window.status == "rejected" for window in quota.windows)
        return "window" if rejected else "bare"
    if any(name.startswith(b"anthropic-fast-") for name in fields):
        return "fast"
    if "workspace" in error.message.lower():
        return "workspace"
    return "rate" if b"retry-after" in fields or quota.allowances else "bare"


def _resource(message: str) -> Resource | None:
    text = message.lower()
    return next((resource for word, resource in _RESOURCES if word in text), None)


def _retry_after(fields: dict[bytes, bytes]) -> float | None:
    """Seconds; milliseconds win over seconds, and a date counts from the answer's own Date."""
    for name, scale in ((b"retry-after-ms", 1000.0), (b"retry-after", 1.0)):
        try:
            seconds = float(fields.get(name, b"")) / scale
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
    at, now = _date(fields.get(b"retry-after")), _date(fields.get(b"date"))
    if at is None or now is None:
        return None
    return max(0.0, (at - now).total_seconds())


def _date(value: bytes | None) -> dt.datetime | None:
    try:
        at = parsedate_to_datetime(value.decode("ascii")) if value else None
    except (ValueError, UnicodeDecodeError):
        return None
    return at if at is not None and at.tzinfo is not None else None


def _until(kind: RefusalKind, error: _Error, quota: Quota) -> dt.datetime | None:
    if kind == "spend" and (found := _REGAIN.search(error.message)):
        try:
            return dt.datetime.fromisoformat(found[1]).replace(tzinfo=dt.UTC)
        except ValueError:
            return None
    if kind == "window":
        resets = [
            window.resets_at
            for window in quota.windows
            if window.status == "rejected" and window.resets_at is not None
        ]
        return max(resets, default=None)
    return None


def _wait(until: dt.datetime | None, fields: dict[bytes, bytes]) -> float | None:
    now = _date(fields.get(b"date"))
    if until is None or now is None:
        return None
    return min(max(0.0, (until - now).total_seconds()), _LONGEST)
