"""Limits of an upstream that shows none: found by feeling, one at a time (rule 15 in `schedule`).

Starts with one request in flight and one more per answer. The first 429 that names a resource turns
what was accepted into a limit for it; later ones lower it, quiet minutes raise it.
"""

from collections import deque

from trayapp.model.quota import Resource

MINUTE = 60.0
BIN = 0.25  # seconds of accepted work counted as one instant: memory does not grow with speed
LATELY = 1.0  # seconds over which the present pace is taken
LEAST_RATE = 5.0  # requests a second that bursts are measured by before any pace is seen
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
        self._accepted: deque[tuple[float, dict[Resource, float]]] = deque()

    @property
    def lines(self) -> int:
        """How much is remembered of the last minute."""
        return len(self._accepted)

    def accept(self, resource: Resource, amount: float, now: float) -> None:
        """The upstream accepted *amount* of *resource*."""
        accepted = self._accepted
        if not accepted or now - accepted[-1][0] >= BIN:
            accepted.append((now, {}))
            while now - accepted[0][0] > MINUTE:
                accepted.popleft()
        amounts = accepted[-1][1]
        amounts[resource] = amounts.get(resource, 0.0) + amount

    def recent(self, resource: Resource, now: float) -> float:
        """How much of *resource* the upstream accepted in the last minute."""
        return sum(
            amounts.get(resource, 0.0) for at, amounts in self._accepted if now - at <= MINUTE
        )

    def rate(self, now: float) -> float:
        """Requests a second it accepts at present: what next bursts are measured by.

        A server that shows no limit may well have none; so the pace follows what it takes.
        """
        accepted = 0.0
        for at, amounts in reversed(self._accepted):
            if now - at > LATELY:
                break
            accepted += amounts.get("requests", 0.0)
        return max(LEAST_RATE, accepted / LATELY)

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
