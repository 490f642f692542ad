"""What a caller is told whose request cannot go: which limit, its measured value, when it frees.

The sentences are `ui.md`'s; over the wire they are always English.
"""

import math

from trayapp import figures
from trayapp.model.errors import HeldTooLong, NotServing, SluiceError, UpstreamSaid
from trayapp.model.quota import Resource
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Dismissal, Reason, Ticket

_LIMITS: dict[Resource, str] = {
    "requests": "requests",
    "input_tokens": "input tokens",
    "output_tokens": "output tokens",
}
_CAUSES: dict[Reason, str] = {
    "paused": "it is paused",
    "first_answer": "this pool's limits are not known yet",
    "look": "other machines use this quota",
    "burst": "too many requests came at once",
    "throttled": "the API throttles this pool",
    "overloaded": "the API is overloaded",
    "in_flight": "too many requests are in flight",
    "turn": "others are before it",
}


def error_of(
    dismissal: Dismissal, pool: Pool, *, model: str, why: Reason, now: float
) -> SluiceError:
    """Return what the caller of a dismissed request gets.

    *model* is as people call its class, *why* the reason it waited for last.
    """
    ticket, refusal = dismissal.ticket, dismissal.refusal
    if refusal is not None and dismissal.fault != "too_large":
        return UpstreamSaid(refusal.status, refusal.body, dismissal.fault)
    retry = _seconds(dismissal.retry_after)
    match dismissal.fault:
        case "deadline":
            held = f"Sluice held this request for {now - ticket.arrived:.0f} s"
            return HeldTooLong(held + _cause(pool, model, why, retry or 1), retry or 1)
        case "queue_full":
            text = f"Sluice holds as many requests as it has room for; try again in {retry or 1} s."
            return HeldTooLong(text, retry or 1, "queue_full")
        case "too_large":
            return HeldTooLong(_too_large(ticket, pool), None, "too_large")
        case _:
            held = figures.duration(now - ticket.arrived)
            return NotServing(f"Cancelled by you after {held}.", code="cancelled")


def _cause(pool: Pool, model: str, why: Reason, retry: int) -> str:
    for resource, name in _LIMITS.items():
        if why == resource:
            limit = figures.tokens(pool.buckets[resource].limit)
            return f"; {name} on {model} ({limit} a minute) free up in about {retry} s."
    return f": {_CAUSES.get(why, 'its turn did not come')}."


def _too_large(ticket: Ticket, pool: Pool) -> str:
    need = max(pool.expected_of(ticket), ticket.proven)
    limit = pool.buckets["input_tokens"].limit
    return (
        f"This request needs about {figures.tokens(need)} input tokens; the limit is"
        f" {figures.tokens(limit)} a minute, so it can never go. Shorten it or raise the plan."
    )


def _seconds(retry_after: float | None) -> int | None:
    return None if retry_after is None else min(59, max(1, math.ceil(retry_after)))
