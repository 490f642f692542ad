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
Cause = Literal[
    "limit", "turn", "throttled", "overloaded", "probe", "key", "paused", "spacing", "concurrency"
]
Rule = Literal[
    "level", "slope", "budget", "spend_cap", "storm", "long_hold", "key", "extra_usage",
    "other_model", "calm",
]  # fmt: skip
Owner = Literal["tray", "serve"]
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
    pending: float | None = None
    """Expected but not yet used: what requests in flight are still held to cost, in the meter's unit."""
    window_s: float | None = None
    """How long the window or month is; None on minute meters, which refill all the time."""
    at_reset: float | None = None
    """The share of the limit that will be used at the reset at this pace; may exceed 1."""
    runs_out_by: dt.datetime | None = None
    """The late end, where the forecast is a range; *runs_out_at* is then its early end."""
    forecast_from: dt.datetime | None = None
    """When enough will be known to forecast; None once it is."""
    idle_since: dt.datetime | None = None


class Pool(msgspec.Struct, frozen=True):
    """Limits that are drawn on together: one organization, workspace and model class."""

    id: str
    upstream: str
    organization: str | None
    model_class: str
    meters: tuple[Meter, ...] = ()
    keys: tuple[str, ...] = ()
    """Names of the keys that draw on it; more than one adds no room."""
    plan: str | None = None
    states_limits: bool = True
    """Whether its upstream names limits at all."""
    history: tuple[float | None, ...] = ()
    """The tightest meter's utilization, a value a minute over the last hour, oldest first."""
    last_used_at: dt.datetime | None = None
    throttled_at: dt.datetime | None = None
    """The last 429 or 529 that it answered."""
    extra_usage: bool | None = None
    """Whether its login pays for what goes beyond the subscription; None where nobody said."""


class Hold(msgspec.Struct, frozen=True):
    """A request that waits its turn."""

    id: str
    tool: str
    model: str
    since: dt.datetime
    expected_at: dt.datetime | None
    reason: str
    cause: Cause = "turn"
    """What *reason* says, for those who say it in another language."""
    behind: str | None = None
    """The tool whose turn is first, where the cause is the turn."""
    limit_kind: str | None = None
    """The meter it waits for, where the cause is a limit."""
    asked_s: float | None = None
    """How long upstream asked us to wait, where it did."""


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
    model: str = ""
    created_at: dt.datetime | None = None
    started_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    reason: str = ""
    """Why it stands still, where it is not the user's wish; in words."""
    running: int = 0
    """Rows that are out now; of these *held* wait for their turn."""
    held: int = 0
    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    predicted_end: dt.datetime | None = None
    """What was promised when it was started."""
    predicted_usd: float | None = None


class Problem(msgspec.Struct, frozen=True):
    """Something the user should know; *message* says what to do."""

    code: str
    message: str
    since: dt.datetime
    facts: dict[str, str] = {}
    """What *message* names (a key, a path, a cause), for those who say it in another language."""


class Notice(msgspec.Struct, frozen=True):
    """A warning's episode: begun, and when it is over told once as *ended*.

    *facts* carries what its sentence needs; amounts are in the meter's unit, shares 0..1:

    level        used, left, limit (both None on windows), model_class, window_s, resets_at
    slope        as level, and runs_out_at, runs_out_by
    budget       used, spent, budget, period (day, month), tool (None: all), stops (1: refused)
    spend_cap    spent, cap, until; each None where not told
    storm        refusals, throttled, overloaded: within the last minute
    long_hold    tool, model, waited_s, goes_in_s, reason
    key          upstream
    extra_usage  used
    other_model  tool, asked, answered
    calm         used, kind (the meter it speaks of), requests, cost_usd

    Times are RFC 3339. Once it has ended, *facts* tell what is now, and *held* how many wait.
    """

    id: int
    rule: Rule
    level: Level
    since: dt.datetime
    pool: str | None = None
    meter: str | None = None
    ended_at: dt.datetime | None = None
    facts: dict[str, float | str | None] = {}


class Key(msgspec.Struct, frozen=True):
    """Whether an upstream's key is at hand; the key itself is never told."""

    upstream: str
    present: bool
    refused: bool = False


class Diagnostics(msgspec.Struct, frozen=True):
    """Counters that must add up: `accepted = ok + error + caller_gone + in_flight`."""

    accepted: int = 0
    ok: int = 0
    error: int = 0
    caller_gone: int = 0
    in_flight: int = 0
    tasks: int = 0
    """What runs in the engine, its callers' tasks among it; comes back to where it was."""
    stall_s: float = 0.0
    """The longest that the engine's loop stood still, since the start."""
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
    notices: tuple[Notice, ...] = ()
    """Episodes under way, and those that ended in the last minute; the tray tells each once."""
    spend: tuple[Meter, ...] = ()
    """All money of the day and of the month over all pools, against the budgets."""
    keys: tuple[Key, ...] = ()
    owner: Owner = "serve"
    """Who started the engine: a tray's engine ends with the tray."""
    diagnostics: Diagnostics = Diagnostics()
