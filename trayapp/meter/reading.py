"""Response headers, read into a `Quota`.

Two families exist and one answer carries one of them (learnt from the API's rate-limit page and
from Claude Code 2.1.330): per-minute buckets for API keys, `anthropic-ratelimit-requests-*`,
`-input-tokens-*`, `-output-tokens-*`; and windows for logins, `anthropic-ratelimit-unified-*`,
as fractions with epoch seconds. `anthropic-ratelimit-tokens-*` repeats whichever token limit is
tightest, so it is no meter of its own.

Each field is judged alone: one that makes no sense is left out, the others stay.
"""

import datetime as dt
import functools
import re
from typing import get_args

from trayapp.model.exchange import Headers
from trayapp.model.quota import Allowance, Quota, Resource, Utilization, WindowStatus

FULL_WITHIN = 900.0
"""Seconds: a per-minute bucket that needs longer than this to fill was misread."""

_UNIFIED = b"anthropic-ratelimit-unified-"
_UNIFIED_STATUS = _UNIFIED + b"status"
_CLAIM = _UNIFIED + b"representative-claim"
_OVERAGE_IN_USE = _UNIFIED + b"overage-in-use"
_ORGANIZATION = b"anthropic-organization-id"
_WORKSPACE = b"anthropic-workspace-id"
_CONTRADICTED = b""
_UNIFIED_SIZE = len(_UNIFIED)
_DATE_SIZE = 29
_SHORT = 64
_DIGITS = 15
_NAME_SIZE = 128
"""Bytes: longer values and names are no times, windows or ids, and are not worth a cache's room."""
_TRUTH = {b"true": True, b"false": False}

_PREFIXES: tuple[tuple[Resource, bytes], ...] = (
    ("requests", b"anthropic-ratelimit-requests-"),
    ("input_tokens", b"anthropic-ratelimit-input-tokens-"),
    ("output_tokens", b"anthropic-ratelimit-output-tokens-"),
)
_BUCKETS = tuple(
    (resource, start + b"limit", start + b"remaining", start + b"reset")
    for resource, start in _PREFIXES
)
_WINDOW_NAMES = {
    b"5h": "five_hour",
    b"7d": "seven_day",
    b"7d_opus": "seven_day_opus",
    b"7d_sonnet": "seven_day_sonnet",
    b"7d_oi": "seven_day_overage_included",
    b"overage": "overage",
}
_WINDOW = re.compile(rb"([0-9]{1,3}[hd](?:_[a-z0-9]{1,24})?|overage)-(utilization|reset|status)")
_FRACTION = re.compile(rb"(?:[0-9]{1,3}(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE]-?[0-9]{1,2})?")
_NAME = re.compile(rb"[A-Za-z0-9_.:-]+")
_STATUSES: dict[bytes, WindowStatus] = {s.encode(): s for s in get_args(WindowStatus)}
_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            b"Jan",
            b"Feb",
            b"Mar",
            b"Apr",
            b"May",
            b"Jun",
            b"Jul",
            b"Aug",
            b"Sep",
            b"Oct",
            b"Nov",
            b"Dec",
        ),
        start=1,
    )
}

_Fields = dict[bytes, bytes]


def quota_of(headers: Headers) -> Quota:
    """All that the *headers* of one answer say of limits; empty where they say nothing."""
    fields = dict(headers)
    if len(fields) != len(headers):
        fields = _uncontradicted(headers)
    date = fields.get(b"date")
    told_at = _http_date(date) if date and len(date) == _DATE_SIZE else None
    allowances = _allowances(fields, told_at)
    organization = _name(fields.get(_ORGANIZATION))
    workspace = _name(fields.get(_WORKSPACE))
    if allowances and _UNIFIED_STATUS not in fields:
        return Quota(organization, workspace, allowances)
    claim = _name(fields.get(_CLAIM))
    return Quota(
        organization=organization,
        workspace=workspace,
        allowances=allowances,
        windows=_windows(fields, claim),
        representative_claim=claim,
        overage_in_use=_TRUTH.get(fields.get(_OVERAGE_IN_USE, b"").lower()),
    )


def _uncontradicted(headers: Headers) -> _Fields:
    """The *headers* by name; one that came with two values is empty, and so left out."""
    fields: _Fields = {}
    for name, value in headers:
        if fields.setdefault(name, value) != value:
            fields[name] = _CONTRADICTED
    return fields


def _allowances(fields: _Fields, date: dt.datetime | None) -> tuple[Allowance, ...]:
    found = []
    for resource, limit_name, remaining_name, reset_name in _BUCKETS:
        text = fields.get(limit_name)
        if not text or len(text) > _DIGITS or not (limit := _limit(text)):
            continue
        remaining = _count(fields.get(remaining_name))
        if remaining is not None:
            reset = fields.get(reset_name)
            known = reset and date is not None and len(reset) <= _SHORT
            full_in = _full_in(reset, date) if known else None
            found.append(Allowance(resource, limit, min(remaining, limit), full_in))
    return tuple(found)


@functools.lru_cache(64)  # the same for the answers of a second or so
def _full_in(reset: bytes, date: dt.datetime) -> float | None:
    """Seconds from the answer's own Date to *reset*: this machine's clock may be wrong."""
    if (at := _rfc3339(reset)) is None:
        return None
    seconds = (at - date).total_seconds()
    return seconds if 0 <= seconds <= FULL_WITHIN else None


def _windows(fields: _Fields, claim: str | None) -> tuple[Utilization, ...]:
    parts: dict[bytes, _Fields] = {}
    for name, value in fields.items():
        if name.startswith(_UNIFIED) and (part := _window_part(name[_UNIFIED_SIZE:])):
            parts.setdefault(part[0], {})[part[1]] = value
    windows = [window for key, part in parts.items() if (window := _window(key, part))]
    status = _STATUSES.get(fields.get(_UNIFIED + b"status", b""))
    if status == "rejected" and claim and all(window.window != claim for window in windows):
        windows.append(Utilization(claim, 1.0, _epoch(fields.get(_UNIFIED + b"reset")), status))
    return tuple(windows)


def _window_part(name: bytes) -> tuple[bytes, bytes] | None:
    """Which window a header's *name* speaks of, and what it tells."""
    return _known_part(name) if len(name) <= _SHORT else None


@functools.lru_cache(128)
def _known_part(name: bytes) -> tuple[bytes, bytes] | None:
    match = _WINDOW.fullmatch(name)
    return (match[1], match[2]) if match else None


def _window(key: bytes, part: _Fields) -> Utilization | None:
    # For overage, `status` says whether paying extra is allowed at all: that is no alarm.
    status = None if key == b"overage" else _STATUSES.get(part.get(b"status", b""))
    used = _fraction(part.get(b"utilization"))
    if used is None:
        if status != "rejected":
            return None
        used = 1.0  # a window that rejects is used up, whether or not it says how far
    return Utilization(
        _WINDOW_NAMES.get(key) or key.decode("ascii"), used, _epoch(part.get(b"reset")), status
    )


def _count(value: bytes | None) -> int | None:
    """A count in ASCII digits; `bytes.isdigit` knows no others."""
    return int(value) if value and value.isdigit() and len(value) <= _DIGITS else None


_limit = functools.lru_cache(64)(_count)  # a plan's few numbers, over and over


def _fraction(value: bytes | None) -> float | None:
    """0..1; a little over 1 is a window overdrawn, far over 1 a percentage by mistake."""
    if not value or not _FRACTION.fullmatch(value):
        return None
    used = float(value)
    return min(used, 1.0) if used <= 2 else None


def _epoch(value: bytes | None) -> dt.datetime | None:
    """Seconds since 1970, from 2017 to 2106: others are no time a window could end."""
    seconds = _count(value)
    if seconds is None or not 1_500_000_000 <= seconds <= 4_294_967_295:
        return None
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def _name(value: bytes | None) -> str | None:
    return _plain(value) if value and len(value) <= _NAME_SIZE else None


@functools.lru_cache(64)  # one organization, a few workspaces and claims, over and over
def _plain(value: bytes) -> str | None:
    return value.decode("ascii") if _NAME.fullmatch(value) else None


def _rfc3339(value: bytes) -> dt.datetime | None:
    try:
        at = dt.datetime.fromisoformat(value.decode("ascii"))
    except ValueError:
        return None
    return at if at.tzinfo else None


@functools.lru_cache(16)  # the same for all answers of a second
def _http_date(value: bytes) -> dt.datetime | None:
    """An IMF-fixdate (RFC 9110, 5.6.7), `Sat, 21 Nov 2026 12:00:00 GMT`, in UTC."""
    if not value.endswith(b" GMT"):
        return None
    try:
        day, month, year, clock, _ = value[5:].split(b" ")
        hour, minute, second = clock.split(b":")
        whole = (int(year), _MONTHS[month], int(day), int(hour), int(minute), int(second))
        return dt.datetime(*whole, tzinfo=dt.UTC)
    except (ValueError, KeyError):
        return None
