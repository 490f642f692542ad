"""What response headers say about limits: counts left (an allowance) or a fraction used."""

import datetime as dt
from typing import Literal

import msgspec

Resource = Literal["requests", "input_tokens", "output_tokens"]
WindowStatus = Literal["allowed", "allowed_warning", "rejected"]


class Allowance(msgspec.Struct, frozen=True):
    """A per-minute bucket as one response told it: a remaining *count*."""

    resource: Resource
    limit: int
    remaining: int
    full_in: float | None
    """Seconds from the response's own Date until the bucket is completely full."""


class Utilization(msgspec.Struct, frozen=True):
    """A subscription window as one response told it: a spent *fraction*."""

    window: str
    """`five_hour`, `seven_day`, `seven_day_overage_included`, `overage` …"""
    used: float
    resets_at: dt.datetime | None
    status: WindowStatus | None


class Quota(msgspec.Struct, frozen=True):
    """All that one response's headers say of limits; both parts may be empty."""

    organization: str | None
    workspace: str | None
    allowances: tuple[Allowance, ...] = ()
    windows: tuple[Utilization, ...] = ()
    representative_claim: str | None = None
    overage_in_use: bool | None = None
