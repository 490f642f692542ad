"""All pools by their names, what is remembered of them, and what each tool's requests are like.

A pool is provisional while its organization is unknown; `merge` moves its books into the real one,
and the old name keeps leading there. Limits of another day come in by `remember`, limits a user
states by `state`; `learned` gives what is worth keeping.
"""

import msgspec

from trayapp.model.quota import Resource
from trayapp.pacing.estimate import Estimate
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER

STALE_PROBES = 8  # requests allowed out unheard on limits of another day
MOST_ESTIMATES = 2000  # tools times models; the names of models come from callers


class Habit(msgspec.Struct, frozen=True):
    """What is worth keeping of one tool's use of one model."""

    tool: str
    model: str
    ratio: float
    deviation: float
    mean: float
    duration: float


class Learned(msgspec.Struct, frozen=True):
    """What is worth keeping of one pool; *shared_for* in seconds from when it was told."""

    pool: str
    account: str
    limits: dict[Resource, float]
    shared_for: float = 0.0


class Pools:
    """Pools and estimates by name; several names may lead to one pool."""

    def __init__(self) -> None:
        self._pools: dict[str, Pool] = {}
        self._estimates: dict[tuple[str, str], Estimate] = {}
        self._crowd = Estimate()

    def all(self) -> list[Pool]:
        """Every pool once, in the order they were first seen."""
        return list(dict.fromkeys(self._pools.values()))

    def find(self, name: str) -> Pool | None:
        """The pool *name* leads to, if it was seen."""
        return self._pools.get(name)

    def get(self, name: str, account: str, now: float) -> Pool:
        """The pool *name* leads to, made when it is first asked for."""
        pool = self._pools.get(name)
        if pool is None:
            pool = self._pools[name] = Pool(name, account, now)
        return pool

    def estimate(self, tool: str, model: str) -> Estimate:
        """What *tool*'s requests to *model* are like."""
        key = (tool, model)
        found = self._estimates.get(key)
        if found is None:
            if len(self._estimates) >= MOST_ESTIMATES:
                return self._crowd
            found = self._estimates[key] = Estimate()
        return found

    def merge(self, provisional: str, name: str, now: float) -> Pool | None:
        """Lead *provisional* to the pool *name*; return the pool left empty, to be given up.

        None where nothing had to be moved: the first of an organization's pools just gets its name,
        and so does one that an answer spoke of where *name* only knows the limits of another day.
        """
        old = self._pools.get(provisional)
        real = self._pools.get(name)
        if old is None or old is real:
            return None
        if real is None or (old.known and _is_of_another_day(real)):
            old.name = name
            self._lead(real, old)
            self._pools[name] = old
            return None
        real.absorb(old, now)
        self._lead(old, real)
        return old

    def _lead(self, before: Pool | None, after: Pool) -> None:
        """Let every name that led to one pool lead to the other."""
        for key, pool in self._pools.items():
            if pool is before:
                self._pools[key] = after

    def remember(self, learned: Learned, now: float) -> None:
        """Take limits of another day: believed, but few may go before a header confirms them."""
        pool = self.get(learned.pool, learned.account, now)
        if pool.known:
            return
        for resource, limit in learned.limits.items():
            pool.buckets[resource].adopt(limit, now)
        pool.settle_limits()
        pool.gate.probe(STALE_PROBES, now)
        if learned.shared_for > 0:
            pool.share(now + learned.shared_for)

    def state(self, name: str, account: str, limits: dict[Resource, float], now: float) -> None:
        """Take limits the user states for an upstream that shows none: they hold as given."""
        pool = self.get(name, account, now)
        for resource, limit in limits.items():
            pool.buckets[resource].adopt(limit, now)
        pool.settle_limits()
        pool.gate.probe(NEVER, now)

    def learned(self, now: float) -> list[Learned]:
        """What is worth keeping of every pool whose limits are known."""
        return [
            Learned(
                pool=pool.name,
                account=pool.account,
                limits={k: b.limit for k, b in pool.buckets.items() if b.known and b.active},
                shared_for=max(0.0, max(b.shared for b in pool.buckets.values()) - now),
            )
            for pool in self.all()
            if pool.known
        ]

    def recall(self, habits: list[Habit]) -> None:
        """Take what was kept of the tools."""
        for habit in habits:
            self.estimate(habit.tool, habit.model).recall(
                habit.ratio, habit.deviation, habit.mean, habit.duration
            )

    def habits(self) -> list[Habit]:
        """What is worth keeping of every tool that had an answer."""
        return [
            Habit(tool, model, found.ratio, found.deviation, found.mean, found.duration)
            for (tool, model), found in self._estimates.items()
            if found.answers
        ]


def _is_of_another_day(pool: Pool) -> bool:
    """Whether nobody has drawn on *pool* since its limits were remembered."""
    return pool.gate.allow == STALE_PROBES and not pool.open and not pool.flows.waiting
