"""The whole state as one frozen value: what the tray draws and `sluice status --json` prints.

Field names and meanings are a contract with other programs: fields may be added, these stay.
Times are RFC 3339 UTC, utilization is 0..1, money is USD, unknown is None and never 0.
"""

import datetime as dt
from typing import Literal

import msgspec

from trayapp.model.exchange import Kind

Source = Literal["measured", "estimated", "configured"]
Level = Literal["healthy", "warning", "critical", "depleted"]
JobState = Literal["planned", "running", "paused", "finished", "cancelled"]


class Meter(msgspec.Struct, frozen=True):
    """One limit: how much there is, how much is left, when it is full again."""

    kind: str
    limit: int | float | None = None  # a count stays a whole number, money has cents
    remaining: float | None = None
    utilization: float | None = None
    refill_per_s: float | None = None
    resets_at: dt.datetime | None = None
    runs_out_at: dt.datetime | None = None
    source: Source = "configured"
    measured_at: dt.datetime | None = None
    age_s: float | None = None
    level: Level = "healthy"
    used: float | None = None
    """Money spent, where there may be no limit to measure it against."""


class Pool(msgspec.Struct, frozen=True):
    """Limits that are drawn on together: one organization, workspace and model class."""

    id: str
    upstream: str
    organization: str | None
    model_class: str
    meters: tuple[Meter, ...] = ()


class Hold(msgspec.Struct, frozen=True):
    """A request that waits its turn."""

    id: str
    tool: str
    model: str
    since: dt.datetime
    expected_at: dt.datetime | None
    reason: str


class ToolTotals(msgspec.Struct, frozen=True):
    """What one tool used since the start of the local day."""

    name: str
    kind: Kind
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None


class Totals(msgspec.Struct, frozen=True):
    """All `/v1/messages` calls since the start of the local day; refusals at the door apart."""

    requests: int = 0
    cache_hits: int = 0
    throttled: int = 0
    overloaded: int = 0
    errors: int = 0
    saved_tokens: int = 0
    saved_usd: float = 0.0


class Job(msgspec.Struct, frozen=True):
    """A batch job as a whole."""

    id: str
    name: str
    mode: str
    rows: int
    done: int
    failed: int
    state: JobState
    ends_at: dt.datetime | None = None


class Problem(msgspec.Struct, frozen=True):
    """Something the user should know; *message* says what to do."""

    code: str
    message: str
    since: dt.datetime


class Diagnostics(msgspec.Struct, frozen=True):
    """Counters that must add up: `accepted = ok + error + caller_gone + in_flight`."""

    accepted: int = 0
    ok: int = 0
    error: int = 0
    caller_gone: int = 0
    in_flight: int = 0
    refused: dict[str, int] = {}


class Snapshot(msgspec.Struct, frozen=True):
    """The engine's state at one instant."""

    version: str
    started_at: dt.datetime
    uptime_s: float
    paused: bool
    base_url: str
    pools: tuple[Pool, ...] = ()
    held: tuple[Hold, ...] = ()
    held_total: int = 0
    tools: tuple[ToolTotals, ...] = ()
    totals: Totals = Totals()
    jobs: tuple[Job, ...] = ()
    problems: tuple[Problem, ...] = ()
    diagnostics: Diagnostics = Diagnostics()
