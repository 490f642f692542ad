"""A request that waits its turn, and what it has taken once it went."""

from typing import TYPE_CHECKING, Literal

import msgspec

from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.pacing.estimate import UNKNOWN, Estimate

if TYPE_CHECKING:  # a claim points back at its pool, which is built from claims
    from trayapp.pacing.fairness import Flow
    from trayapp.pacing.pool import Pool

NEVER = float("inf")

Reason = Literal[
    "paused",  # the user said so
    "requests",  # the bucket of this name lacks room
    "input_tokens",
    "output_tokens",
    "first_answer",  # limits are not known, or doubted, until an answer comes
    "look",  # others use the quota: a look at a header comes first
    "burst",  # too many at once
    "throttled",  # a 429 said how long
    "overloaded",  # 529s: fewer at once, or none for a while
    "spend",  # a limit on money
    "window",  # a subscription window is used up
    "in_flight",  # as many are out as memory allows
    "turn",  # others are before it
]

Fault = Literal["deadline", "too_large", "queue_full", "spend", "window", "cancelled"]
State = Literal["new", "waiting", "open", "gone"]


class Claim(msgspec.Struct, eq=False):
    """What an open request has taken from its pool, and what is not settled of it.

    Tokens, tokens a second, monotonic seconds. *spent_* are the buckets' sums as it went; *kept* is
    a header that waits for the usage of its response.
    """

    pool: "Pool"
    sent: float
    seen_at: float
    input: float = 0.0
    whole: float = 0.0
    doubt: float = 0.0
    mean: float = 0.0
    speed: float = 0.0
    seen: float = 0.0
    cost: float = 0.0
    settled: bool = False
    heard: bool = False
    kept: Quota | None = None
    kept_at: float = 0.0
    spent_requests: float = 0.0
    spent_input: float = 0.0
    spent_output: float = 0.0


class Ticket(msgspec.Struct, eq=False):
    """A request as pacing sees it; the first part is the caller's to fill, the rest ours.

    *deadline* and *arrived* are monotonic seconds; *arrived* of a client's retry is that of its
    first try. *account* is whom money limits stop: the organization, or the credential's digest
    while that is unknown. *text* is `estimate.text_size` of the body, where known.
    """

    id: str
    tool: str
    pool: str
    account: str = ""
    model: str = ""
    weight: int = 4
    size: int = 0
    text: int | None = None
    prefix: str = ""
    """Names requests that share a cached prompt prefix, for instance a session."""
    stream: bool = False
    tokens: bool = True
    """False where only requests count: count_tokens, Message Batches."""
    own: bool = False
    """The caller's own credential: its window limits are its own affair."""
    arrived: float = 0.0
    deadline: float = NEVER

    state: State = "new"
    claim: Claim | None = None
    flow: "Flow | None" = None
    estimate: Estimate = UNKNOWN
    whole: float = 0.0
    """Estimated tokens of the whole prompt, before the learned ratio."""
    fresh: float = 0.0
    """The same without what is expected to be read from the prompt cache."""
    proven: float = 0.0
    """Input tokens that a refusal proved to be too few."""
    retries: int = 0
    urgent: bool = False


class Dismissal(msgspec.Struct, frozen=True):
    """A request that goes no more: to be answered by us.

    *retry_after* in seconds, None where a retry is useless; *refusal* is what upstream said,
    where it was upstream.
    """

    ticket: Ticket
    fault: Fault
    retry_after: float | None = None
    refusal: Refusal | None = None


class Waiting(msgspec.Struct, frozen=True):
    """Who waits, why, and until when as far as can be told (monotonic seconds)."""

    ticket: Ticket
    reason: Reason
    expected_at: float | None
