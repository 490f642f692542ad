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


class Belief(msgspec.Struct, frozen=True):
    """What is believed of a per-minute limit between two headers; amounts in the limit's own unit."""

    limit: float | None = None
    """None where the upstream tells none and none was felt."""
    left: float | None = None
    """May be below nothing: answers may be longer than what was there."""
    felt: bool = False
    """Found by refusals, since nobody told it."""
    recent: float | None = None
    """Taken in the last minute, where there is no limit to measure it against."""
    spent: float = 0.0
    """All that was ever taken by us; only differences of it mean something."""
    unsettled: float = 0.0
    """The part of what was taken that is guessed until answers tell."""
    pending: float = 0.0
    """What answers that are being written are still expected to take."""
