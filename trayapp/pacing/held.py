"""The book of who is held: counts, bytes, deadlines, and who is let down and why."""

from trayapp.model.refusal import Refusal
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER, Dismissal, Fault, Ticket
from trayapp.pacing.waiting import wait_of

MOST_WAITING, MOST_BYTES = 4000, 256 * 1024 * 1024
SHORTEST_RETRY, LONGEST_RETRY = 1.0, 59.0  # seconds; above 60 clients give up at once


class Held:
    """Requests that wait, in all pools; *busy* holds the pools that have any."""

    def __init__(self) -> None:
        self.busy: dict[Pool, None] = {}
        self.count = 0
        self.bytes = 0
        self.earliest = NEVER
        """No deadline is earlier than this."""
        self._dismissed: list[Dismissal] = []

    @property
    def is_over(self) -> bool:
        """Whether more is held than memory allows."""
        return self.count > MOST_WAITING or self.bytes > MOST_BYTES

    def enter(self, ticket: Ticket, pool: Pool, now: float) -> None:
        """*ticket* was queued in *pool*."""
        ticket.state = "waiting"
        self.count += 1
        self.bytes += ticket.size
        self.busy[pool] = None
        pool.ready_at = now
        self.earliest = min(self.earliest, ticket.deadline)

    def gone(self, ticket: Ticket) -> None:
        """*ticket* waits no more."""
        self.count -= 1
        self.bytes -= ticket.size

    def leave(self, ticket: Ticket, pool: Pool) -> None:
        """Take *ticket* out of its queue."""
        pool.flows.remove(ticket)
        ticket.state = "gone"
        self.gone(ticket)

    def dismiss(
        self,
        ticket: Ticket,
        pool: Pool,
        fault: Fault,
        *,
        retry_after: float | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Let *ticket* down; its caller is told by who asks for `told`."""
        self.leave(ticket, pool)
        self._dismissed.append(Dismissal(ticket, fault, retry_after, refusal))

    def expire(self, now: float) -> None:
        """Let down whose deadline has come."""
        if now < self.earliest:
            return
        self.earliest = NEVER
        for pool in self.busy:
            for ticket in pool.flows.tickets():
                if ticket.deadline <= now:
                    self.dismiss(ticket, pool, "deadline", retry_after=retry_of(pool, now))
                else:
                    self.earliest = min(self.earliest, ticket.deadline)

    def told(self) -> list[Dismissal]:
        """Who was let down since the last time this was asked."""
        if not self._dismissed:
            return []
        dismissed, self._dismissed = self._dismissed, []
        return dismissed


def retry_of(pool: Pool, now: float) -> float:
    """Seconds after which a caller may try again: when the pool is ready, within a minute."""
    return min(max(wait_of(pool, now), SHORTEST_RETRY), LONGEST_RETRY)
