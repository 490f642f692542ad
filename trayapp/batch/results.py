"""What came of a row, and what is kept of it."""

import msgspec

from trayapp.model.usage import Usage

CACHED, MERGED = 1, 2
"""The bits of a row's flags."""


class Asked(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed of a row before it is answered; *fault* says why it never will be."""

    prompt: str
    id: str | None = None
    fault: str = ""


class Answered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is sealed of an answer, or of a failure."""

    text: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: Usage | None = None
    error: str | None = None


class Result(msgspec.Struct, frozen=True):
    """A row's end: *place* in its job; `answered.error` tells done from failed."""

    place: int
    answered: Answered
    cost_usd: float | None = None
    flags: int = 0

    @property
    def state(self) -> str:
        """The row's state from now on."""
        return "failed" if self.answered.error is not None else "done"


class Spent(msgspec.Struct, frozen=True):
    """What calls took beside the usage of answered rows; *alone* may not be merged again."""

    requests: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None
    alone: tuple[int, ...] = ()

    def plus(self, other: "Spent") -> "Spent":
        """Both together."""
        costs = [cost for cost in (self.cost_usd, other.cost_usd) if cost is not None]
        return Spent(
            self.requests + other.requests,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            sum(costs) if costs else None,
            self.alone + other.alone,
        )


class Waiting(msgspec.Struct, frozen=True):
    """A row that is still to be asked; *alone* where it must not be merged (again)."""

    place: int
    prompt: str
    alone: bool = False


class Attempt(msgspec.Struct, frozen=True):
    """One Message Batch of a job: *batch* is its id upstream, None while nobody told it."""

    job: str
    number: int
    state: str
    batch: str | None
    rows: int
    created_at: str


def shared(usage: Usage | None, part: int, parts: int) -> Usage | None:
    """The share of row *part* of *parts* (from 0) in a call's usage; all shares add up to it."""
    if usage is None or parts == 1:
        return usage

    def share(count: int | None) -> int | None:
        return None if count is None else count * (part + 1) // parts - count * part // parts

    return msgspec.structs.replace(
        usage,
        input_tokens=share(usage.input_tokens),
        output_tokens=share(usage.output_tokens),
        cache_creation_input_tokens=share(usage.cache_creation_input_tokens),
        cache_read_input_tokens=share(usage.cache_read_input_tokens),
        cache_creation_5m=share(usage.cache_creation_5m),
        cache_creation_1h=share(usage.cache_creation_1h),
    )
