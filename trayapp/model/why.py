"""Why one request waited, and what it was thought to need: told afterwards beside what it needed."""

import msgspec


class Why(msgspec.Struct, frozen=True, omit_defaults=True):
    """What pacing thought of one request; absent is None, never 0."""

    cause: str | None = None
    """What it waited for last, in pacing's words; None where it did not wait."""
    limit: float | None = None
    """A minute of the limit that *cause* names, or that the request is larger than."""
    used: float | None = None
    """Of that limit, as the wait began: used or in flight."""
    free: float | None = None
    """Of that limit, as it went."""
    expected_ms: float | None = None
    """How long the wait was thought to be as it began, where the request was next."""
    input_estimate: float | None = None
    """Tokens it was thought to take from the input limit: without what the prompt cache gives."""
    output_estimate: float | None = None
    tries: int = 0
    """How often it was sent again after a refusal."""
