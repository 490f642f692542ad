"""Who may go, and when: the rules of pacing in one place, with time as an argument.

Theory
------
Refill is lost only while a bucket is full. So a guard, however wide, costs no throughput while there
is a backlog; it costs its own size once, at the end of a finite job. Alone, almost no guard is kept;
while others draw on the same quota, half the bucket. What does lose throughput then is not looking:
a pacer that waits on a stale, low mirror gets no headers, so it stays stale while the bucket runs
over. L is a limit per minute, C the bucket's capacity, r its refill a second, B our mirror's level.

 1. Mirror. B rises by r, less what others are believed to take and the speed of the answers being
    written, seen or not; at most to C. (`bucket.advance`)
 2. Reserve what is expected, admit on the worst. A request that goes takes its expected input and
    no output; it goes only if its input with every prompt-cache read missed would fit. (`_room`)
 3. Doubt. What open requests may have cost beside B widens the guard and the dead band of rule 6.
 4. Output. The upstream only asks that some is left, so without a rule a full bucket lets any
    number of answers begin. What is running, with the candidate, must be covered as far as the
    refill will not pay for it while it is written. `max_tokens` plays no part.
 5. Settle. What a response tells of its own usage is settled before its header is used.
 6. Look. A header is an interval. To lower B it is enough that it contradicts what is believed now;
    to raise it, it must contradict everything believed since its request left. So it does not
    matter when the upstream took the sample, nor in which order headers come. (`bucket.sight`)
 7. Others. What headers take away feeds a mean of others' use; it fades while nothing is heard.
 8. Shared. For ten minutes after B was lowered by more than rounding, after a 429 that our own
    estimate does not explain, and for a pool's first 20 s. (`bucket.share`)
 9. Guard. 0.3 s of refill, rounding, doubt; while shared half of C. Nobody is made to wait for more
    than 0.95 C (shared: 0.7 C) on account of doubts. (`bucket.short`)
10. Scout. Shared and no header for 5 s: one request per 5 s until one comes.
11. Probe. Unheard requests allowed: one with limits unknown, after a 429 and after a wake; eight
    with limits of another day; any number after a good header. One more per 3 s of silence; with
    limits unknown the gate then opens as far as the smallest plan would bear.
12. Burst. At most 16 at once, then four times the request refill; once where the request bucket
    proved smaller than its limit. A ramp refusal halves the pace, which then doubles every minute.
13. 429. It costs nothing: what was taken is given back, the request is at the head of its flow, the
    pool holds for `retry-after`, the headers are looked at, then one probe. Refused for input, the
    request needs more than what remained; if nearly all remained, it can never go.
14. Fairness. The flow with the smallest counter goes; its head is not passed, except by a single
    request of a person's tool, which needs only a quarter of the guard against others. A flow that
    was not served for two minutes is next. (`fairness`)
15. No headers. Limits are felt. (`headerless`)
16. Overload. 529s cut how many are in flight and, when they are most of what comes, open a breaker.
    Retries are paid by successes. (`backoff`)

Order of operations: `offer`, `release` (may let it go), `learn` at the response head, `settle` when
usage is told, `produce` while it streams, `finish` at its end; `back_off` in place of `learn` for a
refusal; `withdraw` whenever the caller hangs up. After each, ask `release`, `dismissals` and
`next_wakeup`.
"""

from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.pacing.answers import KEEP, Answers
from trayapp.pacing.backoff import Draw, RetryBudget
from trayapp.pacing.bucket import ALONE_LID, SLACK
from trayapp.pacing.estimate import TOKENS_PER_BYTE
from trayapp.pacing.fairness import INTERACTIVE, Flow
from trayapp.pacing.held import Held, retry_of
from trayapp.pacing.pool import FIRST_SHARED, Pool
from trayapp.pacing.pools import Pools
from trayapp.pacing.reactions import Reaction, react
from trayapp.pacing.stops import Stop, Stops
from trayapp.pacing.ticket import NEVER, Dismissal, Ticket, Waiting
from trayapp.pacing.waiting import waiting_of

SOONEST, LATEST = 0.005, 1.0  # seconds; a wait is re-asked, never computed once and trusted
MOST_IN_FLIGHT = 512
PERSONS_PART = 0.25  # of the guard against others
BLOCKED_FOR = 30.0  # seconds without service after which nobody passes
UNLIKELY, UNLEARNED = 0.75, 0.5  # of an estimate: even if it is that much too high
SUSPECT = 0.1  # of a bucket: smaller estimates are not looked at for that
LEARNED = 3  # prompts after which an estimate is believed


class Schedule:
    """Who may go, and when. Reads no clock, waits for nothing; *draw* gives uniform numbers."""

    def __init__(self, draw: Draw) -> None:
        self.pools = Pools()
        self.held = Held()
        self.paused = False
        self.in_flight = 0
        self._draw = draw
        self._budget = RetryBudget()
        self._answers = Answers(self._budget)
        self._stops = Stops()
        self._urgent: list[Ticket] = []

    def __repr__(self) -> str:
        return f"<Schedule {self.in_flight} in flight, {self.held.count} waiting>"

    # what happens to a request

    def offer(self, ticket: Ticket, now: float) -> None:
        """A request arrived; it waits until `release` or `dismissals` names it."""
        pool = self.pools.get(ticket.pool, ticket.account, now)
        ticket.estimate = self.pools.estimate(ticket.tool, ticket.model)
        size = ticket.size if ticket.text is None else ticket.text
        ticket.whole = ticket.fresh = size * TOKENS_PER_BYTE if ticket.tokens else 0.0
        pool.flows.append(ticket, now)
        self.held.enter(ticket, pool, now)
        if self._stops and (stop := self._stops.of(pool, now)):
            self.held.dismiss(ticket, pool, stop.fault, refusal=stop.refusal)
        elif self.held.is_over:
            self.held.dismiss(ticket, pool, "queue_full", retry_after=retry_of(pool, now))

    def withdraw(self, ticket: Ticket, now: float) -> None:
        """The caller hung up; of a plain answer what was assumed stays charged."""
        if ticket.state == "waiting":
            self.held.leave(ticket, self._pool(ticket, now))
        else:
            self.finish(ticket, None, now)

    def learn(self, ticket: Ticket, quota: Quota, now: float) -> None:
        """The head of a response that is no refusal came."""
        if ticket.claim is not None:
            self._answers.head(ticket.claim, quota, now)

    def settle(self, ticket: Ticket, usage: Usage, now: float) -> None:
        """The usage at the start of an answer is known."""
        if ticket.claim is not None:
            self._answers.start(ticket, ticket.claim, usage, now)

    def produce(self, ticket: Ticket, tokens: float, now: float) -> None:
        """A stream has shown *tokens* of output so far; a few times a second is plenty."""
        if ticket.claim is not None:
            ticket.claim.pool.produced(ticket.claim, tokens, now)

    def finish(self, ticket: Ticket, usage: Usage | None, now: float) -> None:
        """A response ended, whole (*usage* is exact) or not; its place is free."""
        claim = ticket.claim
        if claim is None:
            return
        self._answers.end(ticket, claim, usage, now)
        self._close(ticket, claim.pool.cost(claim.input, claim.seen) - claim.cost)

    def back_off(self, ticket: Ticket, refusal: Refusal, now: float) -> bool:
        """A refusal came; false where its caller gets it, true where the request is ours again.

        Then it waits, or `dismissals` names it: one that can never go is let down by us, since
        clients try a 429 of upstream's again.
        """
        claim = ticket.claim
        if claim is None:
            return False
        pool = claim.pool
        tries = ticket.retries
        reaction = react(pool, ticket, claim, refusal, now, self._draw, self._budget)
        self._close(ticket, -claim.cost)
        pool.ready_at = now
        if reaction.again or reaction.fault == "too_large":
            ticket.retries += 1
            pool.flows.put_back(ticket, now)
            self.held.enter(ticket, pool, now)
        if reaction.fault == "too_large":
            self.held.dismiss(ticket, pool, "too_large", refusal=refusal)
        elif reaction.fault is not None:
            self._stop(pool, reaction, refusal, now)
        return ticket.retries > tries

    # who goes

    def release(self, now: float) -> list[Ticket]:
        """Who may go now; each is counted as sent."""
        going: list[Ticket] = []
        if self._answers.keeping:
            self._answers.stop_keeping(now)
        if self._urgent:
            for ticket in self._urgent:
                if ticket.state == "waiting":
                    self._go(ticket, self._pool(ticket, now), now, going)
            self._urgent.clear()
        if self.paused:
            return going
        busy = self.held.busy
        for pool in tuple(busy):
            if pool.flows.waiting:
                self._drain(pool, now, going)
            if not pool.flows.waiting:
                del busy[pool]
        return going

    def next_wakeup(self, now: float) -> float | None:
        """When to ask again at the latest, always later than *now*; None: not before an event."""
        wake = now + KEEP if self._answers.keeping else NEVER
        held = self.held
        if held.count:
            wake = min(wake, held.earliest)
            if not self.paused:
                wake = min(wake, now + LATEST, *(pool.ready_at for pool in held.busy))
        return max(wake, now + SOONEST) if wake < NEVER else None

    def dismissals(self, now: float) -> list[Dismissal]:
        """Who is let down, and why; each is named once."""
        self.held.expire(now)
        return self.held.told()

    def wait_for(self, pool: Pool, flow: Flow, ticket: Ticket, now: float) -> float:
        """Seconds until the head of *flow* may go, 0 where it may: the only place that says yes."""
        gate = pool.gate
        if wait := gate.wait(pool, now):
            return wait
        open_now = len(pool.open)
        if pool.breaker.is_open and (wait := pool.breaker.wait(now)):
            gate.why = "overloaded"
            return wait
        if open_now >= pool.ceiling.most:
            gate.why = "overloaded"
            return LATEST
        if pool.feeler is not None and open_now >= pool.feeler.width:
            gate.why = "first_answer"
            return LATEST
        return self._room(pool, flow, ticket, now)

    def _room(self, pool: Pool, flow: Flow, ticket: Ticket, now: float) -> float:
        """Seconds until the buckets have room for *ticket* (rules 2, 4 and 9)."""
        if pool.is_assumed and not pool.gate.unheard:
            return 0.0  # guessed limits hold nobody back from finding out the true ones
        part = PERSONS_PART if flow.weight >= INTERACTIVE and len(flow.queue) == 1 else 1.0
        bucket = pool.requests
        if bucket.active and (wait := bucket.short(1.0, 1.0, 0.0, part, now)):
            pool.gate.why = "requests"
            return wait
        estimate = ticket.estimate
        if not ticket.tokens:
            return 0.0
        ticket.fresh = estimate.fresh(ticket.whole, ticket.prefix, now)
        bucket = pool.input
        if bucket.active:
            worst = estimate.worst
            least = max(ticket.fresh * worst, ticket.proven)
            least = min(
                least + bucket.refill * SLACK + bucket.rounding, ALONE_LID * bucket.capacity
            )
            need = max(ticket.whole * worst, ticket.proven)
            doubt = pool.doubt_input() if pool.open else 0.0
            if wait := bucket.short(need, least, doubt, part, now):
                pool.gate.why = "input_tokens"
                return wait
        bucket = pool.output
        if bucket.active:
            refill = bucket.free(now) if bucket.foreign else bucket.refill
            speed = bucket.speed + estimate.speed
            need = 0.0
            if speed > refill:
                need = (pool.mean_sum + estimate.mean) * (1.0 - refill / speed)
            doubt = pool.doubt_output(now) if pool.open else 0.0
            if wait := bucket.short(need, 0.0, doubt, part, now):
                pool.gate.why = "output_tokens"
                return wait
        return 0.0

    def _drain(self, pool: Pool, now: float, going: list[Ticket]) -> None:
        """Let go from one pool whoever may go at this instant."""
        flows = pool.flows
        while flows.waiting:
            if self.in_flight >= MOST_IN_FLIGHT:
                pool.gate.why = "in_flight"
                pool.ready_at = now + LATEST
                return
            flow = flows.pick(now)
            ticket = flow.queue[0]
            if ticket.fresh > SUSPECT * pool.input.capacity and self._is_hopeless(pool, ticket):
                self.held.dismiss(ticket, pool, "too_large")
                continue
            if wait := self.wait_for(pool, flow, ticket, now):
                pool.ready_at = now + wait
                passing = self._passing(pool, flow, now)
                if passing is None:
                    return
                ticket = passing
            self._go(ticket, pool, now, going)

    def _passing(self, pool: Pool, blocked: Flow, now: float) -> Ticket | None:
        """A person's single request that may pass the head of *blocked* (rule 14)."""
        if now - blocked.since > BLOCKED_FOR:
            return None
        flow = pool.flows.person(blocked)
        if flow is None:
            return None
        why = pool.gate.why
        if self.wait_for(pool, flow, flow.queue[0], now):
            pool.gate.why = why
            return None
        return flow.queue[0]

    def _go(self, ticket: Ticket, pool: Pool, now: float, going: list[Ticket]) -> None:
        claim = pool.take(ticket, now)
        pool.flows.serve(ticket, claim.cost, now)
        if pool.breaker.is_open:
            pool.breaker.sent(now, self._draw)
        ticket.claim = claim
        ticket.state = "open"
        self.in_flight += 1
        self.held.gone(ticket)
        going.append(ticket)

    def _is_hopeless(self, pool: Pool, ticket: Ticket) -> bool:
        """Whether *ticket* is larger than the bucket, even if its estimate is far too high."""
        bucket, estimate = pool.input, ticket.estimate
        if not pool.known or not bucket.active:
            return False
        sure = UNLIKELY if estimate.prompts >= LEARNED else UNLEARNED
        return ticket.fresh * estimate.ratio * sure > bucket.capacity

    def _close(self, ticket: Ticket, correction: float) -> None:
        ticket.claim = None
        ticket.state = "gone"
        self.in_flight -= 1
        if ticket.flow is None:
            raise AssertionError("unreachable")
        ticket.flow.counter += correction / ticket.flow.weight

    def _stop(self, pool: Pool, reaction: Reaction, refusal: Refusal, now: float) -> None:
        """Stop whom a refusal stops, and let down who waits there."""
        fault = reaction.fault
        if fault is None:
            raise AssertionError("unreachable")
        if reaction.stops_pool:
            self._stops.add_pool(pool, Stop(now + reaction.stops_pool, fault, refusal))
        else:
            stop = Stop(now + reaction.stops_account, fault, refusal)
            self._stops.add_account(pool.account, stop)
        for other in self.held.busy:
            if self._stops.of(other, now) is not None:
                for ticket in other.flows.tickets():
                    self.held.dismiss(ticket, other, fault, refusal=refusal)

    # what the user and the machine say

    def pause(self) -> None:
        """Hold everything; deadlines run on."""
        self.paused = True

    def resume(self) -> None:
        """Hold no longer; stops on money and windows are tried again too."""
        self.paused = False
        self._stops.clear()

    def send_now(self, ticket: Ticket) -> None:
        """Let *ticket* go at the next `release`, whatever the limits say."""
        self._urgent.append(ticket)

    def cancel(self, ticket: Ticket, now: float) -> None:
        """The user does not want *ticket* any more."""
        if ticket.state == "waiting":
            self.held.dismiss(ticket, self._pool(ticket, now), "cancelled")

    def wake(self, now: float) -> None:
        """The machine slept, or changed its network: look again before more than one goes.

        What was in flight is to be finished first. Levels stay: a clock that stood makes them low.
        """
        for pool in self.pools.all():
            pool.gate.reopen(now)
            pool.share(now + FIRST_SHARED)
            pool.ready_at = now

    def merge(self, provisional: str, name: str, account: str, now: float) -> None:
        """The organization of *provisional* is known: its pool is *name*, reservations and all."""
        old = self.pools.merge(provisional, name, now)
        real = self.pools.get(name, account, now)
        real.account = account
        if old is None:
            return
        self._answers.moved(real)
        for ticket in old.flows.tickets():
            old.flows.remove(ticket)
            real.flows.append(ticket, now)
        if old in self.held.busy:
            del self.held.busy[old]
            self.held.busy[real] = None
        real.ready_at = now

    def waiting(self, now: float, most: int = 100) -> list[Waiting]:
        """Who waits, why, and until about when: the first *most* of all pools."""
        told: list[Waiting] = []
        for pool in self.held.busy:
            told += waiting_of(pool, now, most - len(told), paused=self.paused)
        return told

    def _pool(self, ticket: Ticket, now: float) -> Pool:
        return self.pools.get(ticket.pool, ticket.account, now)
