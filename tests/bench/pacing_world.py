"""A world of events with a truthful upstream: what the pacing benchmark runs in.

The upstream is a reading of the documented facts, not the real API: continuous buckets, input
estimated at admission and corrected later, output charged as it is written and allowed to go below
zero, `remaining` rounded to thousands, `reset` in whole seconds.
"""

import math
from collections.abc import Callable
from heapq import heappop, heappush
from random import Random

import msgspec

from trayapp.model.quota import Allowance, Quota, Resource
from trayapp.model.usage import Usage

Limits = dict[Resource, float]
RESOURCES: tuple[Resource, ...] = ("requests", "input_tokens", "output_tokens")


class World:
    """Events in order of time; *now* is seconds since the start."""

    def __init__(self, seed: int) -> None:
        self.now = 0.0
        self.random = Random(seed)
        self._events: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0

    def after(self, seconds: float, event: Callable[[], None]) -> None:
        """Let *event* happen in *seconds*."""
        self._count += 1
        heappush(self._events, (self.now + max(0.0, seconds), self._count, event))

    def run(self, until: float) -> None:
        """Let everything happen up to *until*."""
        while self._events and self._events[0][0] <= until:
            self.now, _, event = heappop(self._events)
            event()
        self.now = until

    def hop(self) -> float:
        """Seconds a message is on its way: 10 to 250 ms, mostly short."""
        return float(0.01 * 25.0 ** self.random.random())


class Level:
    """A real bucket; *over* is what ran over its rim."""

    def __init__(self, limit: float) -> None:
        self.limit = self.capacity = self.level = limit
        self.refill = limit / 60.0
        self.speed = 0.0
        self.at = 0.0
        self.over = 0.0
        self.foreign = 0.0

    def advance(self, now: float) -> float:
        """The level at *now*."""
        level = self.level + (self.refill - self.speed) * (now - self.at)
        if level > self.capacity:
            self.over += level - self.capacity
            level = self.capacity
        self.at, self.level = now, level
        return level

    def change(self, limit: float, now: float) -> None:
        """Another limit from *now* on."""
        self.advance(now)
        self.limit = self.capacity = limit
        self.refill = limit / 60.0
        self.level = min(self.level, limit)


class Work(msgspec.Struct, eq=False):
    """One request as it truly is; tokens, seconds, tokens a second."""

    tool: str
    fresh: int
    cached: int
    output: int
    speed: float
    first_token: float
    stream: bool
    size: int

    @property
    def alone(self) -> float:
        """Seconds its answer takes."""
        return self.first_token + self.output / self.speed

    def usage(self, output: int | None) -> Usage:
        """What the answer says of it."""
        return Usage(
            input_tokens=self.fresh, cache_read_input_tokens=self.cached, output_tokens=output
        )


class Said(msgspec.Struct, frozen=True):
    """A response head: refused for a resource, or not; its headers."""

    refused: Resource | None
    retry_after: float
    quota: Quota


class Upstream:
    """Accepts or refuses, writes answers, tells its levels."""

    def __init__(self, world: World, limits: Limits, *, sample: str = "start") -> None:
        self.world = world
        self.levels = {resource: Level(limit) for resource, limit in limits.items()}
        self.refused = 0
        self.accepted = 0
        self.silent = False
        self._sample = sample
        self._writing: set[Work] = set()

    def arrive(self, work: Work, head: Callable[[Said], None]) -> bool:
        """A request came; *head* is called when its response begins; false where refused."""
        now = self.world.now
        guess = work.fresh * self.world.random.uniform(0.92, 1.08)
        refused, wait = self._check(guess, now)
        if refused is not None:
            self.refused += 1
            head(Said(refused, float(max(1, math.ceil(wait))), self.quota()))
            return False
        self.accepted += 1
        self.levels["requests"].level -= 1.0
        self.levels["input_tokens"].level -= guess
        at_admission = self.quota()
        correct = self.world.random.uniform(0.0, work.first_token)
        self.world.after(correct, lambda: self._correct(work.fresh - guess))
        self.world.after(work.first_token, lambda: self._begin(work))
        self.world.after(work.alone, lambda: self.cut(work))
        begins = work.first_token if work.stream else work.alone
        early = at_admission if self._sample == "admission" else None
        self.world.after(begins, lambda: head(Said(None, 0.0, early or self.quota())))
        return True

    def foreign(self, work: Work) -> None:
        """A request of somebody else on the same quota; refused as ours are, and then gone."""
        refused = self.refused
        if self.arrive(work, lambda _: None):
            for resource, amount in zip(RESOURCES, (1, work.fresh, work.output), strict=True):
                self.levels[resource].foreign += amount
            self.accepted -= 1
        self.refused = refused

    def _check(self, guess: float, now: float) -> tuple[Resource | None, float]:
        for resource, need in zip(RESOURCES, (1.0, guess, 1.0), strict=True):
            bucket = self.levels[resource]
            level = bucket.advance(now)
            if level < need:
                return resource, (need - level) / bucket.refill
        return None, 0.0

    def _correct(self, amount: float) -> None:
        bucket = self.levels["input_tokens"]
        bucket.advance(self.world.now)
        bucket.level -= amount

    def _begin(self, work: Work) -> None:
        bucket = self.levels["output_tokens"]
        bucket.advance(self.world.now)
        bucket.speed += work.speed
        self._writing.add(work)

    def cut(self, work: Work) -> None:
        """An answer ends, whole or because its caller hung up."""
        if work in self._writing:
            self._writing.discard(work)
            bucket = self.levels["output_tokens"]
            bucket.advance(self.world.now)
            bucket.speed -= work.speed

    def quota(self) -> Quota:
        """The headers a response sent now would carry."""
        if self.silent:
            return Quota(organization=None, workspace=None)
        return Quota(
            organization="org",
            workspace=None,
            allowances=tuple(self._told(resource, self.world.now) for resource in RESOURCES),
        )

    def _told(self, resource: Resource, now: float) -> Allowance:
        bucket = self.levels[resource]
        level = bucket.advance(now)
        step = 1 if resource == "requests" else 1000
        remaining = math.floor(level) if step == 1 else round(level / step) * step
        full_at = now + (bucket.capacity - level) / bucket.refill
        return Allowance(
            resource=resource,
            limit=int(bucket.limit),
            remaining=max(0, remaining),
            full_in=float(math.floor(full_at) - math.floor(now)),
        )

    def used(self, resource: Resource, seconds: float) -> float:
        """Share of the refill left to us that did not run over."""
        bucket = self.levels[resource]
        bucket.advance(self.world.now)
        return 1.0 - bucket.over / (bucket.refill * seconds - bucket.foreign)
