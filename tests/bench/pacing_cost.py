"""What a decision costs, in microseconds: the best of many short batches."""

from collections.abc import Callable
from time import perf_counter

from trayapp.model.quota import Allowance, Quota
from trayapp.model.usage import Usage
from trayapp.pacing.schedule import Schedule
from trayapp.pacing.ticket import Ticket

BATCH, BATCHES = 50, 300
START, WHOLE = Usage(input_tokens=1200), Usage(input_tokens=1200, output_tokens=300)


def quota_of(limit: int, remaining: int) -> Quota:
    """Headers with every bucket at the same share."""
    return Quota(
        organization="org",
        workspace=None,
        allowances=(
            Allowance("requests", limit, remaining, 1.0),
            Allowance("input_tokens", limit * 1000, remaining * 1000, 1.0),
            Allowance("output_tokens", limit * 200, remaining * 200, 1.0),
        ),
    )


def best(step: Callable[[], None]) -> float:
    """Microseconds of one *step*, where nothing else disturbed it."""
    least = float("inf")
    for _ in range(BATCHES):
        began = perf_counter()
        for _ in range(BATCH):
            step()
        least = min(least, perf_counter() - began)
    return least / BATCH * 1e6


class Cycle:
    """One request after the other through an idle pool."""

    def __init__(self, quota: Quota) -> None:
        self.schedule = Schedule(lambda: 0.5)
        self.quota = quota
        self.now = 0.0

    def step(self) -> None:
        """A whole request."""
        self.now = now = self.now + 0.1
        schedule = self.schedule
        ticket = Ticket(id="1", tool="tool", pool="pool", size=4000)
        schedule.offer(ticket, now)
        schedule.release(now)
        schedule.learn(ticket, self.quota, now + 0.05)
        schedule.settle(ticket, START, now + 0.05)
        schedule.finish(ticket, WHOLE, now + 0.08)


def whole_cycle() -> float:
    """Microseconds of offer, release, learn, settle and finish in an idle pool."""
    return best(Cycle(quota_of(100_000, 99_999)).step)


def decide() -> float:
    """Microseconds of a release that says no, with a thousand waiting in eight flows."""
    cycle = Cycle(quota_of(50, 1))
    cycle.step()
    for place in range(1000):
        ticket = Ticket(id=str(place), tool=f"tool{place % 8}", pool="pool", size=4000)
        cycle.schedule.offer(ticket, cycle.now)

    def ask() -> None:
        cycle.now += 1e-7
        cycle.schedule.release(cycle.now)

    ask()
    return best(ask)
