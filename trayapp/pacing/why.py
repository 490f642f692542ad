"""Why one request waited: taken down as the wait begins and ends, told when all is over."""

from trayapp.model.why import Why
from trayapp.pacing.bucket import Bucket
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER, Fault, Ticket
from trayapp.pacing.waiting import wait_of


class Memo:
    """Notes on one ticket's turns; a request that never waits costs two numbers."""

    __slots__ = ("_cause", "_expected", "_free", "_input", "_limit", "_output", "_used", "ticket")

    def __init__(self, ticket: Ticket) -> None:
        self.ticket = ticket
        self._input: float | None = None
        self._output: float | None = None
        self._cause: str | None = None
        self._expected: float | None = None
        self._limit: float | None = None
        self._free: float | None = None
        self._used: dict[str, float] = {}

    def held(self, pool: Pool, now: float, *, paused: bool) -> None:
        """It begins to wait in *pool*."""
        self._used = {bucket.resource: _used(bucket, now) for bucket in pool.all}
        self._cause = "paused" if paused else None
        first = pool.flows.waiting == 1 and not paused
        self._expected = wait_of(pool, now) if first else None

    def moved_on(self, pool: Pool, now: float) -> None:
        """Its wait has ended, well or not."""
        if self._cause != "paused":
            self._cause = pool.gate.why
        claim = self.ticket.claim
        taken = {"requests": 1.0, "input_tokens": claim.input} if claim else {}
        for bucket in pool.all:
            if bucket.resource == self._cause:
                bucket.advance(now)
                self._limit = bucket.limit
                self._free = max(0.0, bucket.level + taken.get(bucket.resource, 0.0))

    def sent(self) -> None:
        """It goes: what it was thought to take is taken from the limits now."""
        claim = self.ticket.claim
        if claim is not None and self.ticket.tokens:
            self._input, self._output = claim.input, claim.mean

    def let_down(self, pool: Pool, fault: Fault) -> None:
        """It never goes, for *fault*."""
        if self.ticket.tokens:
            self._input = max(pool.expected_of(self.ticket), self.ticket.proven)
        if fault == "too_large":
            self._cause, self._limit = "input_tokens", pool.input.limit

    def told(self) -> Why:
        """All of it."""
        cause, expected = self._cause, self._expected
        return Why(
            cause=cause,
            limit=self._limit,
            used=None if self._limit is None or cause is None else self._used.get(cause),
            free=self._free,
            expected_ms=None if expected is None or expected == NEVER else expected * 1000,
            input_estimate=self._input,
            output_estimate=self._output,
            tries=self.ticket.retries,
        )


def _used(bucket: Bucket, now: float) -> float:
    bucket.advance(now)
    return max(0.0, bucket.capacity - bucket.level)
