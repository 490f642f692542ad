"""A schedule with its time told by the test: who went when, in words a person can check."""

from typing import Any

from trayapp.model.quota import Allowance, Quota, Resource
from trayapp.model.refusal import Refusal
from trayapp.model.usage import Usage
from trayapp.pacing.pool import Pool
from trayapp.pacing.schedule import Schedule
from trayapp.pacing.ticket import Dismissal, Ticket

WIDE: dict[Resource, float] = {
    "requests": 60_000,
    "input_tokens": 60_000_000,
    "output_tokens": 6_000_000,
}
NOTHING = Quota(organization=None, workspace=None)


def limits(**changed: float) -> dict[Resource, float]:
    """Limits that bind nowhere but where said."""
    return WIDE | {resource: changed[resource] for resource in WIDE if resource in changed}


def quota(full_in: float | None = None, **seen: tuple[float, float]) -> Quota:
    """Headers that show *(limit, remaining)* of each resource named."""
    told = tuple(
        Allowance(resource, *seen[resource], full_in)  # type: ignore[arg-type] # insane ones too
        for resource in WIDE
        if resource in seen
    )
    return Quota(organization="org", workspace=None, allowances=told)


def ticket(name: str = "a", **more: Any) -> Ticket:
    """A streaming request of some thousand tokens by the tool *tool*."""
    given: dict[str, Any] = {"tool": "tool", "pool": "pool", "size": 4000, "stream": True}
    return Ticket(id=name, **(given | more))


class Timeline:
    """Drives a schedule: `offer`, then `run` to a time; `went` tells who was released when."""

    def __init__(self, **stated: float) -> None:
        self.schedule = Schedule(lambda: 0.0)
        self.now = 0.0
        self.went: list[tuple[str, float]] = []
        self.dismissed: list[Dismissal] = []
        self.tickets: dict[str, Ticket] = {}
        if stated:
            self.schedule.pools.state("pool", "", limits(**stated), 0.0)
            self.alone()

    @property
    def pool(self) -> Pool:
        """The pool all tickets go to unless they say otherwise."""
        return self.schedule.pools.get("pool", "", self.now)

    def alone(self) -> None:
        """Skip the first seconds in which a quota counts as shared."""
        for bucket in self.pool.all:
            bucket.shared = 0.0

    def offer(self, *names: str, at: float | None = None, **more: Any) -> None:
        """Requests arrive."""
        if at is not None:
            self.run(at)
        for name in names:
            self.tickets[name] = ticket(name, **({"arrived": self.now} | more))
            self.schedule.offer(self.tickets[name], self.now)
        self.ask()

    def ask(self) -> None:
        """Let go who may go now."""
        self.went += [(gone.id, round(self.now, 2)) for gone in self.schedule.release(self.now)]
        self.dismissed += self.schedule.dismissals(self.now)

    def run(self, until: float) -> None:
        """Let time pass, waking when told."""
        while (wake := self.schedule.next_wakeup(self.now)) is not None and wake <= until:
            self.now = wake
            self.ask()
        self.now = until
        self.ask()

    def answer(self, name: str, *, head: Quota = NOTHING, at: float | None = None) -> None:
        """A whole answer comes: 1,200 tokens in, 300 out."""
        if at is not None:
            self.run(at)
        self.schedule.learn(self.tickets[name], head, self.now)
        usage = Usage(input_tokens=1200, output_tokens=300)
        self.schedule.finish(self.tickets[name], usage, self.now)
        self.ask()

    def refuse(self, name: str, refusal: Refusal, *, at: float | None = None) -> bool:
        """A refusal comes; whether the request is ours again."""
        if at is not None:
            self.run(at)
        again = self.schedule.back_off(self.tickets[name], refusal, self.now)
        self.ask()
        return again

    def names(self) -> list[str]:
        """Who went, in order."""
        return [name for name, _ in self.went]

    def faults(self) -> list[tuple[str, str]]:
        """Who was let down, and why."""
        return [(gone.ticket.id, gone.fault) for gone in self.dismissed]


def drained(**stated: float) -> Timeline:
    """A timeline whose named buckets are empty."""
    line = Timeline(**stated)
    for bucket in line.pool.all:
        if bucket.resource in stated:
            bucket.take(bucket.limit)
    return line
