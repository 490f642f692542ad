"""One pool's mirrors and doubts: what is open, what was taken, what headers and usage corrected.

A pool is an organization, a workspace and a model class: limits that are drawn on together. It
keeps the books; `schedule` alone decides. All sums are kept incrementally, so that a decision costs
the same with one request open or with five hundred.
"""

# ruff: noqa: FURB136, PLR1730 - min() and max() cost thrice a comparison; every request passes here

from collections import deque
from math import sqrt

from trayapp.model.quota import Quota, Resource
from trayapp.model.usage import Usage
from trayapp.pacing.backoff import Breaker, Ceiling
from trayapp.pacing.bucket import Bucket
from trayapp.pacing.fairness import Flows
from trayapp.pacing.gate import Gate
from trayapp.pacing.headerless import BURST_SHARE, Feeler
from trayapp.pacing.ticket import NEVER, Claim, Ticket

SMALLEST: dict[Resource, float] = {  # the smallest plan known; assumed only until a header speaks
    "requests": 50.0,
    "input_tokens": 30_000.0,
    "output_tokens": 8_000.0,
}
ROUNDING = 500.0  # tokens: `remaining` is rounded to the nearest thousand
FIRST_SHARED = 20.0  # seconds a pool counts as shared at first, and after a wake
JUST_SENT = 1.0  # seconds within which a header may not know of a request
AUDIT = 0.4  # of the bucket: doubt about output from which a header is believed instead
UNSEEN_SHARE = 0.4  # how far the assumed output of plain answers may be wrong


class Pool:
    """The books of one pool; *ready_at* is when to ask it again."""

    def __init__(self, name: str, account: str, now: float) -> None:
        self.name = name
        self.account = account
        self.requests = Bucket("requests", SMALLEST["requests"], 0.0, now)
        self.input = Bucket("input_tokens", SMALLEST["input_tokens"], ROUNDING, now)
        self.output = Bucket("output_tokens", SMALLEST["output_tokens"], ROUNDING, now)
        self.all = (self.requests, self.input, self.output)
        self.buckets: dict[Resource, Bucket] = {bucket.resource: bucket for bucket in self.all}
        self.known = False
        self.feeler: Feeler | None = None
        self.gate = Gate(now)
        self.flows = Flows()
        self.breaker = Breaker()
        self.ceiling = Ceiling()
        self.ready_at = now
        self.bare = 0
        self.refusals = 0
        self.refused_at = -NEVER
        self.throttled: float | None = None
        """When it last answered 429 or 529."""
        self.open: dict[Claim, Ticket] = {}
        self.kept: deque[Claim] = deque()
        self.mean_sum = 0.0
        self._recent: deque[tuple[float, float]] = deque()
        self._recent_input = 0.0
        self._doubt_input = 0.0
        self._doubt_output = 0.0
        self._plain_speed = 0.0
        self._plain_start = 0.0
        self._audited = -NEVER
        self.share(now + FIRST_SHARED)

    def __repr__(self) -> str:
        levels = ", ".join(repr(bucket) for bucket in self.all if bucket.active)
        return f"<Pool {self.name}: {len(self.open)} open, {self.flows.waiting} waiting; {levels}>"

    # what is not known for certain

    def doubt_input(self) -> float:
        """Tokens by which open requests may have cost more or less than the mirror says."""
        return sqrt(self._doubt_input) if self._doubt_input else 0.0

    def doubt_output(self, now: float) -> float:
        """The same for output: of answers nobody can watch."""
        if not self._doubt_output:
            return 0.0
        assumed = self._plain_speed * now - self._plain_start
        doubt = sqrt(self._doubt_output)
        return doubt + UNSEEN_SHARE * assumed if assumed > 0 else doubt

    def cost(self, input_tokens: float, output_tokens: float) -> float:
        """The dominant share of a minute's limits that one request takes."""
        share = 1.0 / self.requests.limit
        by_input = input_tokens / self.input.limit
        by_output = output_tokens / self.output.limit
        if by_input > share:
            share = by_input
        return by_output if by_output > share else share

    def share(self, until: float) -> None:
        """Count every bucket as shared with others until then."""
        for bucket in self.all:
            bucket.share(until)

    @property
    def shared(self) -> float:
        """Until when any bucket counts as shared."""
        return max(self.requests.shared, self.input.shared, self.output.shared)

    def request_rate(self, now: float) -> float:
        """Requests a second that the refill pays for; infinite where nothing limits them."""
        if self.requests.active:
            return self.requests.refill
        return NEVER if self.feeler is None else self.feeler.rate(now)

    @property
    def is_assumed(self) -> bool:
        """Whether the limits are those of the smallest plan, for want of better ones."""
        return not self.known and self.requests.active

    def expected_of(self, ticket: Ticket) -> float:
        """Input tokens *ticket* is expected to take."""
        return ticket.fresh * ticket.estimate.ratio

    # the life of a claim

    def take(self, ticket: Ticket, now: float) -> Claim:
        """Let *ticket* draw on the buckets: a request, its expected input, no output yet."""
        claim = Claim(self, now, now)
        estimate = ticket.estimate
        if ticket.tokens:
            expected = ticket.fresh * estimate.ratio
            if expected < ticket.proven:
                expected = ticket.proven
            doubt = ticket.whole * estimate.worst - expected
            claim.doubt = doubt * doubt if doubt > 0 else 0.0
            claim.input = expected
            claim.whole = ticket.whole
            claim.mean = estimate.mean
            claim.speed = estimate.speed
        else:
            claim.settled = True
        claim.cost = self.cost(claim.input, claim.mean)
        self._enter(claim, ticket, now)
        self.gate.sent(now)
        self._recent.append((now, claim.input))
        self._recent_input += claim.input
        return claim

    def _enter(self, claim: Claim, ticket: Ticket, now: float) -> None:
        self.open[claim] = ticket
        for bucket in self.all:
            if bucket.at < now:
                bucket.advance(now)
        requests, tokens, output = self.all
        requests.level -= 1.0
        requests.spent += 1.0
        tokens.level -= claim.input
        tokens.spent += claim.input
        output.speed += claim.speed
        self._doubt_input += claim.doubt
        self.mean_sum += claim.mean
        if not ticket.stream:
            self._watch_plain(claim, 1.0)
        claim.spent_requests = requests.spent
        claim.spent_input = tokens.spent
        claim.spent_output = output.spent

    def _watch_plain(self, claim: Claim, sign: float) -> None:
        doubt = self._doubt_output + sign * claim.mean * claim.mean
        self._doubt_output = doubt if doubt > 0 else 0.0
        speed = sign * claim.speed
        self._plain_speed += speed
        start = claim.sent
        self._plain_start += speed * (start if start > self._audited else self._audited)

    def heard(self, claim: Claim, now: float) -> None:
        """A response head came for *claim*."""
        gate = self.gate
        gate.last_heard = now
        if not claim.heard:
            claim.heard = True
            gate.unheard -= 1

    def settle(self, claim: Claim, usage: Usage, now: float) -> None:
        """The usage at the start of an answer: input exact, its doubt gone."""
        actual = (usage.input_tokens or 0) + (usage.cache_creation_input_tokens or 0)
        self.input.advance(now)
        self.input.take(actual - claim.input)
        claim.input = float(actual)
        claim.settled = True
        self._end_doubt(claim)

    def _end_doubt(self, claim: Claim) -> None:
        rest = self._doubt_input - claim.doubt
        self._doubt_input = rest if rest > 0 else 0.0
        claim.doubt = 0.0

    def produced(self, claim: Claim, tokens: float, now: float) -> None:
        """*tokens* of output were seen so far: they take the place of what was assumed."""
        self.output.advance(now)
        assumed = claim.speed * (now - claim.seen_at)
        wrong = tokens - claim.seen - assumed
        if claim.seen_at < self._audited < now:
            wrong *= (now - self._audited) / (now - claim.seen_at)
        self.output.take(wrong)
        claim.seen = tokens
        claim.seen_at = now

    def close(self, claim: Claim, now: float) -> None:
        """End *claim*: its speed, mean and doubts leave the sums; what was taken stays taken."""
        ticket = self.open.pop(claim)
        output = self.output
        if output.at < now:
            output.advance(now)
        if claim.doubt:
            self._end_doubt(claim)
        output.speed -= claim.speed
        self.mean_sum -= claim.mean
        if not ticket.stream:
            self._watch_plain(claim, -1.0)
        if not claim.heard:
            claim.heard = True
            self.gate.unheard -= 1
        if not self.open:  # no dust of floating point is left behind
            output.speed = self.mean_sum = 0.0
            self._doubt_input = self._doubt_output = 0.0
            self._plain_speed = self._plain_start = 0.0

    def undo(self, claim: Claim, now: float) -> None:
        """Close *claim* as if it had never been: a refusal costs nothing."""
        self._leave(claim, now)
        self.close(claim, now)

    def _leave(self, claim: Claim, now: float) -> None:
        self.requests.advance(now)
        self.requests.take(-1.0)
        self.input.advance(now)
        self.input.take(-claim.input)
        self.produced(claim, 0.0, now)
        claim.spent_requests -= 1.0
        claim.spent_input -= claim.input

    def absorb(self, other: "Pool", now: float) -> None:
        """Take over what is open in *other*, which turned out to draw on the same limits."""
        for claim, ticket in list(other.open.items()):
            heard, settled, doubt, seen = claim.heard, claim.settled, claim.doubt, claim.seen
            other.undo(claim, now)
            claim.heard, claim.settled, claim.doubt = heard, settled, doubt
            claim.pool = self
            self._enter(claim, ticket, now)
            self.output.take(seen)
            claim.seen = seen
            self.gate.unheard += not heard
        self.kept.extend(other.kept)
        other.kept.clear()
        self.gate.hold = max(self.gate.hold, other.gate.hold)

    # what headers say

    def adopt(self, quota: Quota, now: float) -> None:
        """Take the limits that a response states; resources it does not name hold nobody."""
        for allowance in quota.allowances:
            bucket = self.buckets[allowance.resource]
            if bucket.limit != allowance.limit or not self.known:
                bucket.adopt(allowance.limit, now)
        if not self.known:
            self.settle_limits()

    def settle_limits(self) -> None:
        """Once any limit is known, what was assumed of the others holds nobody."""
        if not any(bucket.known for bucket in self.all):
            return
        self.known = True
        self.feeler = None
        for bucket in self.all:
            if not bucket.known:
                bucket.active = False
                bucket.limit = NEVER  # takes no part in anybody's share

    def sight(self, claim: Claim, quota: Quota, age: float, now: float) -> None:
        """Hold the mirrors against a response's headers, read *age* seconds ago."""
        flown = now - claim.sent
        recent = self._recent
        while recent and now - recent[0][0] > JUST_SENT:
            self._recent_input -= recent.popleft()[1]
        if not recent:
            self._recent_input = 0.0
        requests, tokens, _ = self.all
        for seen in quota.allowances:
            bucket = self.buckets[seen.resource]
            if not bucket.active:
                continue
            if bucket.at < now:
                bucket.advance(now)
            refill = bucket.refill
            doubt = 0.0
            if bucket is requests:
                unseen = bucket.spent - claim.spent_requests - refill * flown
                sent = float(len(recent))
            elif bucket is tokens:
                unseen = bucket.spent - claim.spent_input - refill * flown
                sent = self._recent_input
                if self.open:
                    doubt = self.doubt_input()
            else:
                unseen = bucket.spent - claim.spent_output - refill * flown
                sent = 0.0
                if self.open:
                    doubt = self._audit(now)
            remaining = seen.remaining + refill * age if seen.remaining else 0.0
            bucket.sight(remaining, seen.full_in, doubt, unseen if unseen > sent else sent)

    def _audit(self, now: float) -> float:
        """Doubt about output as a header is compared; where it is large, the header is believed.

        What is assumed from then on is in doubt again; of what an answer later corrects, only the
        part since then is taken.
        """
        doubt = self.doubt_output(now)
        if doubt <= AUDIT * self.output.capacity:
            return doubt
        self._audited = now
        self._plain_start = self._plain_speed * now
        return 0.0

    # where no headers are

    def stop_assuming(self) -> None:
        """The upstream shows no limits: none holds anybody."""
        for bucket in self.all:
            bucket.active = False

    def out_of(self, resource: Resource, now: float) -> float:
        """How much of *resource* is in flight: sent, or written so far, and not told yet."""
        if resource == "requests":
            return float(sum(not claim.heard for claim in self.open))
        if resource == "input_tokens":
            return sum(claim.input for claim in self.open if not claim.settled)
        return sum(claim.speed * (now - claim.sent) for claim in self.open)

    def believe(self, resource: Resource, limit: float, now: float) -> None:
        """Take a limit that was felt; its bucket is shallow, since no burst has proved more."""
        bucket = self.buckets[resource]
        if not bucket.active:
            bucket.at, bucket.level, bucket.shared = now, 0.0, now
        bucket.adopt(limit, now)
        bucket.capacity = limit / BURST_SHARE
        bucket.level = max(min(bucket.level, bucket.capacity), -limit)
