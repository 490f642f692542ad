"""What an answer teaches, in the order it is told: head, usage, output as it streams, end.

A header is used only once its own response's usage is known, which follows within milliseconds
(rule 5 in `schedule`); until then it is kept, a quarter of a second at most. The first one of a pool
is used at once: a level that is only believed to be full must let nobody go.
"""

from trayapp.model.quota import Quota
from trayapp.model.usage import Usage
from trayapp.pacing.backoff import RetryBudget
from trayapp.pacing.headerless import Feeler
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER, Claim, Ticket

KEEP = 0.25  # seconds a header waits for the usage of its response


class Answers:
    """Takes what responses say into the books of their pools."""

    def __init__(self, budget: RetryBudget) -> None:
        self._budget = budget
        self.keeping: dict[Pool, None] = {}

    def head(self, claim: Claim, quota: Quota, now: float) -> None:
        """The head of a response that is no refusal came."""
        pool = claim.pool
        if not claim.heard:
            self._answered(pool, now)
        pool.heard(claim, now)
        if not quota.allowances:
            _look_for_limits(pool, quota, now)
            return
        is_first = not pool.known
        if is_first:
            pool.gate.calm_down(now)
        pool.adopt(quota, now)
        if claim.settled or is_first:
            pool.sight(claim, quota, 0.0, now)
        else:
            claim.kept, claim.kept_at = quota, now
            pool.kept.append(claim)
            self.keeping[pool] = None

    def start(self, ticket: Ticket, claim: Claim, usage: Usage, now: float) -> None:
        """The usage at the start of an answer is known."""
        if claim.settled or usage.input_tokens is None:
            return
        pool = claim.pool
        ticket.estimate.learn_prompt(claim.whole, usage, ticket.prefix, now)
        pool.settle(claim, usage, now)
        if pool.feeler is not None:
            pool.feeler.accept("input_tokens", claim.input, now)
        if ticket.stream:
            self._sight_kept(claim, now)

    def end(self, ticket: Ticket, claim: Claim, usage: Usage | None, now: float) -> None:
        """A response ended, whole (*usage* is exact) or not."""
        pool = claim.pool
        if usage is not None and not claim.settled:
            self.start(ticket, claim, usage, now)
        if usage is not None and (tokens := usage.output_tokens) is not None and ticket.tokens:
            pool.produced(claim, tokens, now)
            ticket.estimate.learn_answer(tokens, now - claim.sent)
            if pool.feeler is not None:
                pool.feeler.accept("output_tokens", tokens, now)
        elif ticket.stream:
            pool.produced(claim, claim.seen, now)
        pool.close(claim, now)
        self._sight_kept(claim, now)

    def stop_keeping(self, now: float) -> None:
        """Use the headers whose usage did not come in time."""
        for pool in list(self.keeping):
            while pool.kept:
                claim = pool.kept[0]
                if claim.kept is None:
                    pool.kept.popleft()
                elif now - claim.kept_at >= KEEP:
                    self._sight_kept(claim, now)
                else:
                    break
            if not pool.kept:
                del self.keeping[pool]

    def moved(self, pool: Pool) -> None:
        """*pool* took over the books of another, kept headers and all."""
        if pool.kept:
            self.keeping[pool] = None

    def _sight_kept(self, claim: Claim, now: float) -> None:
        quota, claim.kept = claim.kept, None
        if quota is not None:
            claim.pool.sight(claim, quota, now - claim.kept_at, now)

    def _answered(self, pool: Pool, now: float) -> None:
        self._budget.deposit()
        pool.breaker.succeed(now)
        if pool.ceiling.most < NEVER:
            pool.ceiling.grow(now)
        pool.bare = pool.refusals = 0
        pool.gate.allow = NEVER
        if pool.feeler is not None:
            pool.feeler.width += 1.0
            pool.feeler.accept("requests", 1.0, now)
            for resource, limit in pool.feeler.grow(now):
                pool.believe(resource, limit, now)


def _look_for_limits(pool: Pool, quota: Quota, now: float) -> None:
    """A good head without per-minute limits: a subscription has none, others must be felt."""
    if pool.known or pool.feeler is not None or not any(b.active for b in pool.buckets.values()):
        return
    pool.stop_assuming()
    if not quota.windows:
        pool.feeler = Feeler(now)
        pool.feeler.width += 1.0
        pool.feeler.accept("requests", 1.0, now)
