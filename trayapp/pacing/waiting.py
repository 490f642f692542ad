"""Who waits, why, and until about when: what a person is shown of a queue.

Times are what the buckets' refill allows if the estimates are right; they are told, never used.
"""

from heapq import heapify, heappop, heappush

from trayapp.pacing.bucket import SLOWEST
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER, Reason, Ticket, Waiting


def waiting_of(pool: Pool, now: float, most: int, *, paused: bool) -> list[Waiting]:
    """The first *most* requests waiting in *pool*, in the order they will probably go."""
    told: list[Waiting] = []
    taken = [0.0, 0.0, 0.0]
    for ticket in _in_turn(pool, most):
        if paused:
            told.append(Waiting(ticket, "paused", None))
            continue
        _add(taken, ticket)
        wait = wait_of(pool, now) if not told else _wait(pool, taken, now)
        reason: Reason = pool.gate.why if not told else "turn"
        told.append(Waiting(ticket, reason, None if wait is None else now + wait))
    return told


def wait_of(pool: Pool, now: float) -> float:
    """Seconds until the next may probably go.

    The pool's `ready_at` is reckoned at the pace of what is being written, which ends before long;
    what people and callers are told is what the refill alone takes.
    """
    wait = pool.ready_at - now
    output = pool.output
    if pool.gate.why == "output_tokens" and output.speed:
        free = output.free(now)
        wait *= max(free - output.speed, SLOWEST * output.refill) / free
    return max(0.0, wait)


def _in_turn(pool: Pool, most: int) -> list[Ticket]:
    """Tickets in the order of their flows' counters as these will move."""
    heads = [(flow.counter, place, 0, flow) for place, flow in enumerate(pool.flows.busy)]
    heapify(heads)
    tickets: list[Ticket] = []
    while heads and len(tickets) < most:
        counter, place, index, flow = heappop(heads)
        ticket = flow.queue[index]
        tickets.append(ticket)
        if index + 1 < len(flow.queue):
            mean = ticket.estimate.mean if ticket.tokens else 0.0
            share = pool.cost(pool.expected_of(ticket), mean) / flow.weight
            heappush(heads, (counter + share, place, index + 1, flow))
    return tickets


def _add(taken: list[float], ticket: Ticket) -> None:
    taken[0] += 1.0
    if ticket.tokens:
        taken[1] += max(ticket.fresh * ticket.estimate.ratio, ticket.proven)
        taken[2] += ticket.estimate.mean


def _wait(pool: Pool, taken: list[float], now: float) -> float | None:
    """Seconds until the refill has paid for *taken*; None while limits are not known."""
    if not pool.known:
        return None
    wait = wait_of(pool, now)
    for bucket, amount in zip(pool.buckets.values(), taken, strict=True):
        if bucket.active:
            missing = amount - max(bucket.level, 0.0)
            wait = max(wait, missing / max(bucket.free(now), 0.05 * bucket.refill))
    return wait if wait < NEVER else None
