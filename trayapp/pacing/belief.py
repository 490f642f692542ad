"""What a pool's mirrors say at an instant: the meter shows what pacing believes, and nothing else."""

from trayapp.model.quota import Belief, Resource
from trayapp.pacing.pool import Pool


def beliefs_of(pool: Pool, now: float) -> dict[Resource, Belief]:
    """Every limit of *pool* that was told, stated or felt; requests alone where none is known."""
    feeler = pool.feeler
    if feeler is not None and not feeler.found:
        recent = feeler.recent("requests", now)
        return {"requests": Belief(recent=recent, spent=pool.requests.spent)}
    input_open, output_open, pending = _open(pool, now)
    unsettled = {"requests": 0.0, "input_tokens": input_open, "output_tokens": output_open}
    found: dict[Resource, Belief] = {}
    for bucket in pool.all:
        if not (bucket.active and bucket.known):
            continue
        bucket.advance(now)
        found[bucket.resource] = Belief(
            limit=bucket.limit,
            left=bucket.level,
            felt=feeler is not None and bucket.resource in feeler.found,
            spent=bucket.spent,
            unsettled=unsettled[bucket.resource],
            pending=pending if bucket.resource == "output_tokens" else 0.0,
        )
    return found


def _open(pool: Pool, now: float) -> tuple[float, float, float]:
    """Input and output that open requests are only guessed to have taken, and output to come."""
    input_open = output_open = pending = 0.0
    for claim in pool.open:
        if not claim.settled:
            input_open += claim.input
        assumed = claim.speed * (now - claim.seen_at)
        output_open += assumed
        pending += max(0.0, claim.mean - claim.seen - assumed)
    return input_open, output_open, pending
