"""What was: requests that ended, as the history tells them, and what is asked of it.

Rows come in pages of at most 1 MiB, newest first by when they ended; sums are of `/v1/messages`
calls. Absent is None, never 0.
"""

import datetime as dt
from typing import Annotated, Literal

import msgspec

Verdict = Literal[
    "answered",
    "cached",
    "other_model",
    "throttled",
    "overloaded",
    "refused",
    "failed",
    "caller_gone",
]
"""How a request ended, in one word: `refused` is by us, `failed` a road that broke or a bad request.

One that was answered after a 429 or a 529 is `throttled` or `overloaded`, with `outcome` ok.
"""

By = Literal["hour", "day", "tool", "model"]

Key = tuple[int, int]
"""A place in the history: the millisecond of the epoch a request ended in, and its row."""

PAGE_ROWS = 250
"""Rows of a page at most: under 1 MiB with every name as long as it may be."""
MOST_SUMS = 1000

Names = Annotated[tuple[Annotated[str, msgspec.Meta(max_length=256)], ...], msgspec.Meta(max_length=64)]  # fmt: skip


class Filter(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Which requests are meant; an empty part means all. *until* itself is no longer meant."""

    tools: Names = ()
    models: Names = ()
    """As they were served, or asked where nothing was."""
    verdicts: tuple[Verdict, ...] = ()
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    text: Annotated[str, msgspec.Meta(max_length=200)] = ""
    """In a name, an id or a code, whatever its case."""

    @property
    def is_plain(self) -> bool:
        """Whether the kept sums can tell it: they know hours, tools and models, nothing else."""
        return not self.verdicts and not self.text


class Record(msgspec.Struct, frozen=True, omit_defaults=True):
    """One request that ended; times in milliseconds from its arrival unless said otherwise."""

    id: int
    """Its row: grows in the order in which requests were written down."""
    ended: int
    """Millisecond of the epoch."""
    request_id: str
    at: dt.datetime
    """When it arrived."""
    tool: str
    kind: str
    route: str
    verdict: Verdict
    outcome: str
    model_asked: str = ""
    model_served: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    cache_creation_input_tokens: int | None = None
    cache_creation_1h: int | None = None
    cache_read_input_tokens: int | None = None
    web_search_requests: int | None = None
    cost_usd: float | None = None
    prompt_cache_saved_usd: float | None = None
    """What its prompt-cache reads would have cost more as plain input."""
    status: int | None = None
    refusal: str | None = None
    error_type: str | None = None
    throttled: bool = False
    overloaded: bool = False
    cached: bool = False
    own: bool = False
    tries: int = 0
    held_ms: float = 0.0
    first_byte_ms: float | None = None
    ttft_ms: float | None = None
    duration_ms: float | None = None
    tokens_per_s: float | None = None
    hold_cause: str | None = None
    hold_limit: float | None = None
    hold_used: float | None = None
    hold_free: float | None = None
    expected_ms: float | None = None
    input_estimate: float | None = None
    output_estimate: float | None = None
    service_tier: str | None = None
    speed: str | None = None
    inference_geo: str | None = None
    upstream_request_id: str | None = None

    @property
    def model(self) -> str:
        """The model that answered, or was asked where none did."""
        return self.model_served or self.model_asked


class Page(msgspec.Struct, frozen=True):
    """Some rows; *next* is where to go on, None at the end. A page may be empty and go on."""

    rows: tuple[Record, ...] = ()
    next: Key | None = None


class Sum(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the requests of one hour, day, tool or model come to.

    *key* is that of the local clock, `2026-11-25T14` or `2026-11-25`, or a name.
    """

    key: str
    requests: int = 0
    cache_hits: int = 0
    throttled: int = 0
    overloaded: int = 0
    errors: int = 0
    caller_gone: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cache_creation_input_tokens: int = 0
    cache_read_input_tokens: int = 0
    saved_tokens: int = 0
    cost_usd: float | None = None
    saved_usd: float = 0.0


class Sums(msgspec.Struct, frozen=True):
    """Hours and days in their order, tools and models by requests; *whole* false where too many."""

    rows: tuple[Sum, ...] = ()
    whole: bool = True


class ListRequests(msgspec.Struct, frozen=True, tag="list_requests", omit_defaults=True):
    """Ask for a page older than *before*, of rows written after row *after* alone if that is given."""

    filter: Filter = Filter()
    before: Key | None = None
    after: int | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=PAGE_ROWS)] = 100


class SumRequests(msgspec.Struct, frozen=True, tag="sum_requests", omit_defaults=True):
    """Ask what requests come to."""

    filter: Filter = Filter()
    by: By = "day"
