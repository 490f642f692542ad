"""Limits of an upstream that shows none: found by feeling, one at a time (rule 15 in `schedule`).

Starts with one request in flight and one more per answer. The first 429 that names a resource turns
what was accepted into a limit for it; later ones lower it, quiet minutes raise it.
"""

from collections import deque

from trayapp.model.quota import Resource

MINUTE = 60.0
SAFE = 0.95  # of what was accepted
CUT = 0.9  # for a second refusal within a minute
GROWTH = 1.05  # a minute
FIRST_GROWTH = 1.1  # a minute, until a second refusal shows that the first limit was not too low
BURST_SHARE = 6.0  # a bucket of a sixth of the limit: what a burst proved is not known
DEEPEST_CUT = 0.8  # at one refusal: a minute spent in debt accepts little and proves little
LONG_QUIET = 180.0  # seconds without a refusal after which growth is fast again
EPISODE = 5.0  # seconds within which several refusals are one event


class Found:
    """One resource's limit as felt: units a minute."""

    __slots__ = ("growth", "limit", "moved", "refused")

    def __init__(self, limit: float, now: float) -> None:
        self.limit = limit
        self.growth = FIRST_GROWTH
        self.refused = now
        self.moved = now


class Feeler:
    """What was accepted in the last minute, and the limits concluded from it."""

    __slots__ = ("_accepted", "_first", "found", "width")

    def __init__(self, now: float) -> None:
        self.width = 1.0
        """Requests in flight, until a limit is found."""
        self.found: dict[Resource, Found] = {}
        self._first = now
        self._accepted: deque[tuple[float, Resource, float]] = deque()

    def accept(self, resource: Resource, amount: float, now: float) -> None:
        """The upstream accepted *amount* of *resource*."""
        self._accepted.append((now, resource, amount))
        while now - self._accepted[0][0] > MINUTE:
            self._accepted.popleft()

    def recent(self, resource: Resource, now: float) -> float:
        """How much of *resource* the upstream accepted in the last minute."""
        return sum(
            amount for at, kind, amount in self._accepted if kind == resource and now - at <= MINUTE
        )

    def refuse(self, resource: Resource, out: float, now: float) -> float | None:
        """A 429 for *resource* while *out* of it was in flight: the limit to believe from now on.

        None where it stays: the same event again, or nothing to conclude it from.
        """
        accepted = out + self.recent(resource, now)
        found = self.found.get(resource)
        if found is None:
            if accepted <= 0:
                return None
            span = min(now - self._first, MINUTE)
            limit = max(1.0, SAFE * accepted / (1.0 + span / MINUTE))
            self.found[resource] = Found(limit, now)
            self.width = float("inf")
            return limit
        quiet = now - found.refused
        found.refused = now
        if quiet < EPISODE:
            return None
        found.growth = GROWTH
        if quiet <= MINUTE:
            found.limit *= CUT
        elif accepted:
            found.limit = min(found.limit, max(accepted, DEEPEST_CUT * found.limit))
        found.limit = max(1.0, SAFE * found.limit)
        found.moved = now
        return found.limit

    def grow(self, now: float) -> list[tuple[Resource, float]]:
        """The limits that a quiet minute raised."""
        raised: list[tuple[Resource, float]] = []
        for resource, found in self.found.items():
            if now - found.moved >= MINUTE and now - found.refused >= MINUTE:
                calm = now - found.refused >= LONG_QUIET
                found.limit *= FIRST_GROWTH if calm else found.growth
                found.moved = now
                raised.append((resource, found.limit))
        return raised
