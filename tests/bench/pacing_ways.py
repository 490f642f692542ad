"""Ways to get work done against limits: the real `Schedule`, and what people do without it."""

from collections.abc import Callable, Iterable

from tests.bench.pacing_world import Said, Upstream, Work, World
from trayapp.model.refusal import Refusal
from trayapp.pacing.schedule import Schedule
from trayapp.pacing.ticket import Ticket

SEEN_EVERY = 1.0  # seconds between looks at a stream's output


class Paced:
    """Drives the real schedule as the pacer does: after every event, ask who may go."""

    def __init__(self, world: World, upstream: Upstream) -> None:
        self.world = world
        self.upstream = upstream
        self.schedule = Schedule(world.random.random)
        self.refused = 0
        self.lost = 0
        self.done = 0
        self.sent: list[float] = []
        self.waits: dict[str, list[float]] = {}
        self.after_done: Callable[[Work], None] = lambda _: None
        self.hang_up = 0.0
        self._works: dict[str, Work] = {}
        self._count = 0
        self._wake_at = float("inf")
        self._open: set[Ticket] = set()

    def offer(self, work: Work, *, weight: int = 4, prefix: str = "") -> None:
        """Ask for *work*."""
        self._count += 1
        ticket = Ticket(
            id=str(self._count),
            tool=work.tool,
            pool="pool",
            model="claude-opus-5-5",
            weight=weight,
            size=work.size,
            prefix=prefix,
            stream=work.stream,
            arrived=self.world.now,
        )
        self._works[ticket.id] = work
        self.schedule.offer(ticket, self.world.now)
        self.ask()

    def ask(self) -> None:
        """Let go who may go; come again when told."""
        now = self.world.now
        for ticket in self.schedule.release(now):
            self._send(ticket)
        for dismissal in self.schedule.dismissals(now):
            self.lost += 1
            self.after_done(self._works.pop(dismissal.ticket.id))
        wake = self.schedule.next_wakeup(now)
        if wake is not None and (wake < self._wake_at - 1e-9 or self._wake_at <= now):
            self._wake_at = wake
            self.world.after(wake - now, self._woken)

    def _woken(self) -> None:
        if self.world.now >= self._wake_at - 1e-9:
            self._wake_at = float("inf")
            self.ask()

    def _send(self, ticket: Ticket) -> None:
        work = self._works[ticket.id]
        self.sent.append(self.world.now)
        self._open.add(ticket)
        self.waits.setdefault(ticket.tool, []).append(self.world.now - ticket.arrived)

        def arrive() -> None:
            self.upstream.arrive(work, lambda said: self._answer(ticket, work, said))

        self.world.after(self.world.hop(), arrive)

    def _answer(self, ticket: Ticket, work: Work, said: Said) -> None:
        hop = self.world.hop()
        if ticket not in self._open:
            return
        if said.refused is not None:
            self._later(hop, ticket, lambda: self._refuse(ticket, said))
        elif work.stream:
            self._later(hop, ticket, lambda: self._begin(ticket, work, said))
        else:
            self._later(hop, ticket, lambda: self._whole(ticket, work, said))

    def _later(self, seconds: float, ticket: Ticket, event: Callable[[], None]) -> None:
        """Let *event* happen in *seconds*, if the request is still out then."""
        self.world.after(seconds, lambda: event() if ticket in self._open else None)

    def _refuse(self, ticket: Ticket, said: Said) -> None:
        self.refused += 1
        self._open.discard(ticket)
        refusal = Refusal(
            kind="rate", resource=said.refused, retry_after=said.retry_after, quota=said.quota
        )
        if not self.schedule.back_off(ticket, refusal, self.world.now):
            self.lost += 1
        self.ask()

    def _begin(self, ticket: Ticket, work: Work, said: Said) -> None:
        now = self.world.now
        self.schedule.learn(ticket, said.quota, now)
        self.schedule.settle(ticket, work.usage(None), now)
        writing = work.output / work.speed
        end = writing
        if self.hang_up and self.world.random.random() < self.hang_up:
            end = writing * self.world.random.random()
            self._later(end, ticket, lambda: self._gone(ticket, work))
        else:
            self._later(end, ticket, lambda: self._end(ticket, work))
        seen = SEEN_EVERY
        while seen < end:
            tokens = seen * work.speed
            self._later(seen, ticket, self._seeing(ticket, tokens))
            seen += SEEN_EVERY
        self.ask()

    def _seeing(self, ticket: Ticket, tokens: float) -> Callable[[], None]:
        return lambda: self.schedule.produce(ticket, tokens, self.world.now)

    def _whole(self, ticket: Ticket, work: Work, said: Said) -> None:
        self.schedule.learn(ticket, said.quota, self.world.now)
        self._end(ticket, work)

    def _end(self, ticket: Ticket, work: Work) -> None:
        self._open.discard(ticket)
        self.schedule.finish(ticket, work.usage(work.output), self.world.now)
        self.done += 1
        self._works.pop(ticket.id)
        self.after_done(work)
        self.ask()

    def _gone(self, ticket: Ticket, work: Work) -> None:
        self._open.discard(ticket)
        self.world.after(self.world.hop(), lambda: self.upstream.cut(work))
        self.schedule.withdraw(ticket, self.world.now)
        self._works.pop(ticket.id)
        self.after_done(work)
        self.ask()

    def sleep(self) -> None:
        """The machine slept: nothing that was out comes back."""
        for ticket in list(self._open):
            self._gone(ticket, self._works[ticket.id])
        self.schedule.wake(self.world.now)
        self.ask()


Retry = Callable[[int, float, World], float | None]
"""Refusals so far and retry-after in, seconds to wait out; None gives up."""


def sdk(retries: int) -> Retry:
    """The official SDK: retry-after, else half a second doubling to eight, a quarter jittered."""

    def wait(tries: int, retry_after: float, world: World) -> float | None:
        if tries > retries:
            return None
        if 0 < retry_after <= 60:
            return retry_after
        return min(0.5 * 2.0 ** (tries - 1), 8.0) * (1 - 0.25 * world.random.random())

    return wait


def retry_after_loop(tries: int, retry_after: float, world: World) -> float | None:
    """The recipe that sleeps for retry-after and a little, twenty times."""
    return None if tries > 20 else retry_after + world.random.random()


def exponential(tries: int, retry_after: float, world: World) -> float | None:
    """The cookbook's random exponential back-off, one to sixty seconds, six attempts."""
    del retry_after
    return None if tries > 5 else world.random.uniform(0, min(60.0, 2.0**tries))


class Unpaced:
    """Everybody for himself: rows sent at *interval*, refused ones again as *retry* says."""

    def __init__(self, world: World, upstream: Upstream, retry: Retry, interval: float) -> None:
        self.world = world
        self.upstream = upstream
        self.refused = 0
        self.lost = 0
        self.done = 0
        self.last = 0.0
        self._retry = retry
        self._interval = interval

    def offer_all(self, works: Iterable[Work]) -> None:
        """Ask for all *works*."""
        for place, work in enumerate(works):
            self.world.after(place * self._interval, self._sending(work))

    def _sending(self, work: Work) -> Callable[[], None]:
        return lambda: self._send(work, 0)

    def _send(self, work: Work, tries: int) -> None:
        def arrive() -> None:
            self.upstream.arrive(work, lambda said: self._answer(work, tries, said))

        self.world.after(self.world.hop(), arrive)

    def _answer(self, work: Work, tries: int, said: Said) -> None:
        hop = self.world.hop()
        if said.refused is not None:
            self.refused += 1
            wait = self._retry(tries + 1, said.retry_after, self.world)
            if wait is None:
                self.lost += 1
            else:
                self.world.after(hop + wait, lambda: self._send(work, tries + 1))
            return
        rest = work.output / work.speed if work.stream else 0.0
        self.world.after(hop + rest, self._end)

    def _end(self) -> None:
        self.done += 1
        self.last = self.world.now
