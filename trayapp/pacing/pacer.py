"""Drives the schedule with a clock and asyncio: waits for events and wakeups, lets those go."""

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from trayapp.clock import Timekeeper
from trayapp.model.errors import NotServing, SluiceError
from trayapp.model.exchange import Request, Route
from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.model.why import Why
from trayapp.pacing.arrival import ticket_of, tries_of
from trayapp.pacing.letdown import error_of
from trayapp.pacing.pool import Pool
from trayapp.pacing.schedule import Schedule
from trayapp.pacing.ticket import Dismissal, Ticket, Waiting
from trayapp.pacing.why import Memo

SHOWN_EVERY = 0.25
"""Seconds between two looks at what streams have produced."""
REMEMBERED = 1000
"""Requests that were let down whose first arrival a client's retry may claim."""

PACED = (Route.MESSAGES, Route.COUNT_TOKENS)
"""Routes whose limits are known to be per minute; the rest passes, and hears what upstream says."""

Place = Callable[[Request], tuple[str, str]]
"""Names a request's pool and its account."""
NameOf = Callable[[str], str]
"""What people call a model's class."""


class Alarm(Protocol):
    """A callback that is still to come."""

    def cancel(self) -> None:
        """Let it not come."""


class Timer(Protocol):
    """The one thing asked of an event loop."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Alarm:
        """Call back once."""


class Pacer:
    """Holds each request until the schedule lets it go."""

    def __init__(
        self,
        schedule: Schedule,
        clock: Timekeeper,
        timer: Timer,
        place: Place,
        name_of: NameOf,
        longest_hold: float | None = None,
    ) -> None:
        self.schedule = schedule
        self.clock = clock
        self.on_change: Callable[[], None] = lambda: None
        self.on_refusal: Callable[[Refusal, Request], None] = lambda _refusal, _request: None
        self._timer = timer
        self._place = place
        self._name_of = name_of
        self.longest_hold = longest_hold
        self._slots: dict[Ticket, Slot] = {}
        self._first: dict[tuple[str, int], float] = {}
        self._handle: Alarm | None = None
        self._rings_at = float("inf")
        self._looked_at = 0.0
        self._stopping = False

    def __repr__(self) -> str:
        return f"<Pacer {self.schedule!r}>"

    def slot(self, request: Request) -> "Slot | FreeSlot":
        """Return the stay of *request*: entering waits for its turn, leaving makes room."""
        if request.route not in PACED:
            return FreeSlot()
        pool, account = self._place(request)
        ticket = ticket_of(request, pool, account, self.longest_hold)
        if self._first and tries_of(dict(request.headers)):
            ticket.arrived = self._first.pop(_mark(request), ticket.arrived)
        return Slot(self, request, ticket)

    def waiting(self, most: int) -> list[Waiting]:
        """Return who waits, why and until about when: the first *most*."""
        return self.schedule.waiting(self.clock.monotonic(), most)

    def stop(self) -> None:
        """Tell all that wait, and all that come, that their turn will not come."""
        self._stopping = True
        now = self.clock.monotonic()
        for ticket, slot in tuple(self._slots.items()):
            if ticket.state == "waiting":
                self.schedule.withdraw(ticket, now)
                del self._slots[ticket]
                slot.let_down(_stopping())

    def pause(self) -> None:
        """Hold everything from now on."""
        self.schedule.pause()
        self.on_change()

    def resume(self) -> None:
        """Hold no longer than the limits ask for."""
        self.schedule.resume()
        self.pump()
        self.on_change()

    def send_now(self, ticket_id: str) -> bool:
        """Let a held request go whatever the limits say; false where none has this id."""
        for ticket in self._slots:
            if ticket.id == ticket_id and ticket.state == "waiting":
                self.schedule.send_now(ticket)
                self.pump()
                return True
        return False

    def cancel(self, ticket_id: str) -> bool:
        """End a held request; false where none has this id."""
        for ticket in self._slots:
            if ticket.id == ticket_id and ticket.state == "waiting":
                self.schedule.cancel(ticket, self.clock.monotonic())
                self.pump()
                return True
        return False

    def shed(self, size: int, reason: SluiceError) -> bool:
        """Let down the largest request that waits, where it has more than *size* bytes."""
        waiting = (ticket for ticket in self._slots if ticket.state == "waiting")
        largest = max(waiting, key=lambda ticket: ticket.size, default=None)
        if largest is None or largest.size <= size:
            return False
        self.schedule.withdraw(largest, self.clock.monotonic())
        self._slots.pop(largest).let_down(reason)
        self.on_change()
        return True

    def wake(self) -> None:
        """Look again before more than one goes: the machine slept or changed its network."""
        self.schedule.wake(self.clock.monotonic())
        self.pump()

    # -- what slots tell

    def enter(self, slot: "Slot") -> None:
        """Offer the slot's ticket, unless it waits already."""
        ticket = slot.ticket
        if ticket.state == "new":
            if self._stopping:
                raise _stopping()
            self._slots[ticket] = slot
            self.schedule.offer(ticket, self.clock.monotonic())
        self.pump()
        if ticket.state == "waiting":
            now = self.clock.monotonic()
            slot.memo.held(self._pool_of(ticket, now), now, paused=self.schedule.paused)
            self.on_change()

    def _pool_of(self, ticket: Ticket, now: float) -> Pool:
        return self.schedule.pools.get(ticket.pool, ticket.account, now)

    def leave(self, slot: "Slot") -> None:
        """Forget a slot whose request has ended."""
        self._slots.pop(slot.ticket, None)
        if self.schedule.held.count:
            self.pump()

    def look(self) -> None:
        """Take what streams have produced so far, for whoever is to see how much is left."""
        now = self.clock.monotonic()
        if self._slots and now - self._looked_at >= SHOWN_EVERY:
            self._look_at_streams(now)

    def pump(self) -> None:
        """Let go who may go, let down who may not, and set the next wakeup."""
        schedule, now = self.schedule, self.clock.monotonic()
        if schedule.held.count and now - self._looked_at >= SHOWN_EVERY:
            self._look_at_streams(now)
        waited = False
        for ticket in schedule.release(now):
            slot = self._slots[ticket]
            if slot.is_waiting:
                waited = True
                slot.memo.moved_on(self._pool_of(ticket, now), now)
            slot.go()
        for dismissal in schedule.dismissals(now):
            self._let_down(dismissal, now)
        self._set_alarm(schedule.next_wakeup(now), now)
        if waited:
            self.on_change()

    def _look_at_streams(self, now: float) -> None:
        self._looked_at = now
        for ticket, slot in self._slots.items():
            if ticket.state == "open" and slot.seen is not None:
                self.schedule.produce(ticket, slot.seen(), now)

    def _let_down(self, dismissal: Dismissal, now: float) -> None:
        ticket = dismissal.ticket
        slot = self._slots.pop(ticket)
        pool = self._pool_of(ticket, now)
        why = "paused" if self.schedule.paused else pool.gate.why
        if slot.is_waiting:
            slot.memo.moved_on(pool, now)
        slot.memo.let_down(pool, dismissal.fault)
        self.remember(slot)
        model = self._name_of(ticket.model)
        slot.let_down(error_of(dismissal, pool, model=model, why=why, now=now))
        self.on_change()

    def remember(self, slot: "Slot") -> None:
        """Keep when the request of *slot* first came: a client's retry of it keeps its place."""
        if len(self._first) >= REMEMBERED:
            del self._first[next(iter(self._first))]
        self._first.setdefault(_mark(slot.request), slot.ticket.arrived)

    def _set_alarm(self, at: float | None, now: float) -> None:
        if at is None or at >= self._rings_at:
            return
        if self._handle is not None:
            self._handle.cancel()
        self._rings_at = at
        self._handle = self._timer.call_later(at - now, self._ring)

    def _ring(self) -> None:
        self._handle = None
        self._rings_at = float("inf")
        self.pump()


class Slot:
    """One request's turns: `async with slot` once for each attempt."""

    def __init__(self, pacer: Pacer, request: Request, ticket: Ticket) -> None:
        self.request = request
        self.ticket = ticket
        self.memo = Memo(ticket)
        self.held = 0.0
        """Seconds it was made to wait, over all attempts."""
        self.seen: Callable[[], float] | None = None
        """Tells a stream's output tokens so far."""
        self._pacer = pacer
        self._inside = False
        self._usage: Usage | None = None
        self._failure: SluiceError | None = None
        self._waiter: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        pacer = self._pacer
        self.seen = self._usage = None
        pacer.enter(self)
        if self.ticket.state != "open":
            began = pacer.clock.monotonic()
            try:
                await self._wait()
            finally:
                self.held += pacer.clock.monotonic() - began
        self._inside = True
        self.memo.sent()
        return self

    async def _wait(self) -> None:
        if self._failure is None:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                await self._waiter
            except asyncio.CancelledError:
                self._pacer.schedule.withdraw(self.ticket, self._pacer.clock.monotonic())
                self._pacer.leave(self)
                raise
            finally:
                self._waiter = None
        if self._failure is not None:
            raise self._failure

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        schedule, ticket = self._pacer.schedule, self.ticket
        now = self._pacer.clock.monotonic()
        if not self._inside:  # refused: what is open now, if anything, is the next attempt
            if kind is None and ticket.state in {"waiting", "open"}:
                return
            schedule.withdraw(ticket, now)
        elif kind is not None and issubclass(kind, NotServing):
            schedule.withdraw(ticket, now)  # by ourselves, before anything was sent
        elif kind is not None and issubclass(kind, SluiceError):
            schedule.back_off(ticket, Refusal("failed", 502, may_retry=False), now)
        else:
            if self._usage is None and self.seen is not None:
                schedule.produce(ticket, self.seen(), now)
            schedule.finish(ticket, self._usage, now)
        self._pacer.leave(self)

    def learn(self, quota: Quota) -> None:
        """Take what the answer's head says of limits."""
        self._pacer.schedule.learn(self.ticket, quota, self._pacer.clock.monotonic())
        self._changed()

    def settle(self, usage: Usage) -> None:
        """Take the usage at the start of a stream."""
        self._pacer.schedule.settle(self.ticket, usage, self._pacer.clock.monotonic())
        self._changed()

    def used(self, usage: Usage | None) -> None:
        """Take the exact usage of a whole answer; it counts when the slot is left."""
        self._usage = usage

    def again(self, refusal: Refusal) -> bool:
        """Take a refusal; true where the request waits for another turn."""
        pacer = self._pacer
        self._inside = False
        again = pacer.schedule.back_off(self.ticket, refusal, pacer.clock.monotonic())
        if not again:
            pacer.remember(self)
        pacer.on_refusal(refusal, self.request)
        pacer.pump()
        pacer.on_change()
        return again

    def why(self) -> Why:
        """Why it waited, and what it was thought to need."""
        return self.memo.told()

    @property
    def is_waiting(self) -> bool:
        """Whether somebody stands here and waits."""
        return self._waiter is not None and not self._waiter.done()

    def go(self) -> None:
        """Its turn has come."""
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def let_down(self, error: SluiceError) -> None:
        """Its turn will not come."""
        self._failure = error
        self.go()

    def _changed(self) -> None:
        if self._pacer.schedule.held.count:
            self._pacer.pump()


class FreeSlot:
    """The stay of a request that is not paced."""

    held = 0.0
    seen: Callable[[], float] | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing was taken."""

    def learn(self, quota: Quota) -> None:
        """Let what the head says pass."""

    def settle(self, usage: Usage) -> None:
        """Let the usage pass."""

    def used(self, usage: Usage | None) -> None:
        """Let the usage pass."""

    def why(self) -> Why | None:
        """Nothing: it never waits."""
        return None

    def again(self, refusal: Refusal) -> bool:  # noqa: ARG002 - as a paced slot is asked
        """Never: its refusal is the caller's."""
        return False


def _stopping() -> NotServing:
    return NotServing("Sluice is stopping.", retry_after=2)


def _mark(request: Request) -> tuple[str, int]:
    body = request.body
    return request.caller.name, hash(body) if isinstance(body, bytes) else 0
