"""What each kind of refusal does to its pool, and whether the request goes again.

| kind | request | pool |
|---|---|---|
| rate, fast, workspace | again, at the head of its flow | holds for `retry-after`, looks, probes |
| ramp | again | the same, and half the pace, doubling every minute |
| bare | again | holds 1, 2, 4 .. 30 s with full jitter; no mirror is touched |
| overloaded | again while the retry budget lasts | fewer in flight; breaker |
| failed | again once: a plain 500 | breaker |
| spend | never | the whole account stops; one probe an hour |
| window | never; a caller's own is passed on | stops until the window resets |
| fast_disabled | never | - |
"""

from typing import NamedTuple

from trayapp.model.quota import Resource
from trayapp.model.refusal import Refusal
from trayapp.pacing.backoff import Draw, RetryBudget, delay_of, pause_of
from trayapp.pacing.bucket import SHARED
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Claim, Fault, Ticket

THROTTLING = (429, 529)
PROBE_SPEND = 3600.0  # seconds between probes of a limit on money
LONGEST_WINDOW = 8 * 86400.0  # seconds; the longest window is a week
FULL = 0.95  # of a bucket: who is refused with that much left can never go
BELIEVED = 60.0  # seconds of retry-after that are taken to be about this request's need
NAMELESS_FIRST = 1.0  # seconds
TIMING = 1.0  # seconds of refill that our own timing may have been wrong by
LONGEST_GROWN = 30.0  # seconds that a pause grows to while one probe after the other is refused


class Reaction(NamedTuple):
    """What becomes of the request (*again*, or *fault*), and whom it stops for how long."""

    again: bool
    fault: Fault | None = None
    stops_pool: float = 0.0
    stops_account: float = 0.0


def react(
    pool: Pool,
    ticket: Ticket,
    claim: Claim,
    refusal: Refusal,
    now: float,
    draw: Draw,
    budget: RetryBudget,
) -> Reaction:
    """Take *refusal* into the pool's books and say what becomes of *ticket*."""
    kind = refusal.kind
    if refusal.status in THROTTLING:
        pool.throttled = now
    if kind == "failed":
        pool.close(claim, now)
        pool.breaker.fail(now, draw)
        once = refusal.status == 500 and not ticket.stream and not ticket.retries
        return Reaction(once and refusal.may_retry and budget.spend(now))
    pool.undo(claim, now)
    if kind == "overloaded":
        return Reaction(_overloaded(pool, ticket, refusal, now, draw) and budget.spend(now))
    if kind in {"spend", "window", "fast_disabled"}:
        return _ended(ticket, refusal)
    if kind == "bare":
        return _bare(pool, refusal, now, draw)
    if kind == "ramp":
        pool.gate.slow_down(now)
    return _rate(pool, ticket, claim, refusal, now, draw)


def _overloaded(pool: Pool, ticket: Ticket, refusal: Refusal, now: float, draw: Draw) -> bool:
    pool.breaker.fail(now, draw)
    pool.ceiling.cut(len(pool.open) + 1, now)
    if refusal.retry_after is None:
        pool.gate.hold_for("overloaded", delay_of(ticket.retries, draw), now)
    else:
        pool.gate.hold_for("overloaded", pause_of(refusal.retry_after, draw), now)
    return refusal.may_retry


def _bare(pool: Pool, refusal: Refusal, now: float, draw: Draw) -> Reaction:
    pool.gate.hold_for("throttled", delay_of(pool.bare, draw, NAMELESS_FIRST), now)
    pool.bare += 1
    if pool.feeler is not None:
        _felt(pool, refusal.resource or "requests", None, now)
    return Reaction(refusal.may_retry)


def _ended(ticket: Ticket, refusal: Refusal) -> Reaction:
    """A refusal that no waiting mends; a caller's own windows are its own affair."""
    if refusal.kind == "spend":
        seconds = min(refusal.wait or PROBE_SPEND, PROBE_SPEND)
        return Reaction(again=False, fault="spend", stops_account=seconds)
    if ticket.own or refusal.kind == "fast_disabled":
        return Reaction(again=False)
    seconds = min(refusal.wait or PROBE_SPEND, LONGEST_WINDOW)
    if refusal.model_scoped:
        return Reaction(again=False, fault="window", stops_pool=seconds)
    return Reaction(again=False, fault="window", stops_account=seconds)


def _rate(
    pool: Pool, ticket: Ticket, claim: Claim, refusal: Refusal, now: float, draw: Draw
) -> Reaction:
    pause = 1.0 if refusal.retry_after is None else refusal.retry_after
    resource = refusal.resource or blame(ticket, refusal)
    can_go = True
    if pool.feeler is not None and not refusal.quota.allowances:
        _felt(pool, resource, refusal.retry_after, now)
    elif refusal.kind != "ramp":
        can_go = _explain(pool, ticket, resource, refusal, now)
    if refusal.quota.allowances:
        pool.adopt(refusal.quota, now)
        pool.sight(claim, refusal.quota, 0.0, now)
        pool.gate.heard(now)
        _lower(pool, resource, refusal)
    if claim.sent >= pool.refused_at:  # what was out together is refused together: one event
        pool.refused_at = now
        pool.refusals += 1
    pause = max(pause, min(LONGEST_GROWN, pause * 2.0 ** (pool.refusals - 1)))
    pool.gate.hold_for("throttled", pause_of(pause, draw), now)
    pool.gate.probe(1, now)
    if not can_go:
        return Reaction(again=False, fault="too_large")
    return Reaction(refusal.may_retry)


def blame(ticket: Ticket, refusal: Refusal) -> Resource:
    """The resource a refusal is most likely about, where its message names none."""
    left = {seen.resource: seen.remaining for seen in refusal.quota.allowances}
    if left.get("requests", 1) < 1:
        return "requests"
    if left.get("output_tokens", 1) <= 0:
        return "output_tokens"
    if "input_tokens" in left and ticket.tokens:
        return "input_tokens"
    return "requests"


def _explain(pool: Pool, ticket: Ticket, resource: Resource, refusal: Refusal, now: float) -> bool:
    """Learn from a refusal what we had wrong; false where the request can never go."""
    bucket = pool.buckets[resource]
    left = next((a.remaining for a in refusal.quota.allowances if a.resource == resource), None)
    if resource == "requests" and left is not None and left >= 1:
        pool.gate.go_singly()
        return True
    if resource == "input_tokens" and left is not None and left >= pool.expected_of(ticket):
        if left >= FULL * bucket.capacity:
            return False
        after = refusal.retry_after or 0.0
        need = left + bucket.refill * max(0.0, min(after, BELIEVED) - 1.0)
        ticket.proven = max(ticket.proven, min(need, FULL * bucket.capacity))
        return True
    least = {"requests": 1.0, "input_tokens": pool.expected_of(ticket), "output_tokens": 0.0}
    if bucket.level - least[resource] > bucket.rounding + TIMING * bucket.refill + 1.0:
        bucket.share(now + SHARED)
    return True


def _lower(pool: Pool, resource: Resource, refusal: Refusal) -> None:
    """Refused for a resource, its level is what the headers say, whatever our doubts are."""
    bucket = pool.buckets[resource]
    for seen in refusal.quota.allowances:
        if seen.resource == resource and seen.remaining < bucket.capacity:
            bucket.level = min(bucket.level, max(0.0, seen.remaining) + bucket.rounding)


def _felt(pool: Pool, resource: Resource, retry_after: float | None, now: float) -> None:
    """A refusal of an upstream without headers: conclude a limit, and how deep it is used up."""
    if pool.feeler is None:
        raise AssertionError("unreachable")
    limit = pool.feeler.refuse(resource, pool.out_of(resource, now), now)
    if limit is not None:
        pool.believe(resource, limit, now)
    bucket = pool.buckets[resource]
    if retry_after is not None:
        bucket.level = -bucket.refill * max(0.0, retry_after - 1.0)
