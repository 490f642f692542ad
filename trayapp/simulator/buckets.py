"""One level that refills continuously; time is an argument, in simulated seconds."""

import math

MINUTE = 60.0


class Bucket:
    """A token bucket of *limit* a minute, full at first; it may be overdrawn."""

    def __init__(self, limit: float, now: float = 0.0) -> None:
        self.limit = limit
        self.level = float(limit)
        self._at = now

    def __repr__(self) -> str:
        return f"<Bucket {self.level:g} of {self.limit:g} at {self._at:g} s>"

    @property
    def rate(self) -> float:
        """What comes back each second."""
        return self.limit / MINUTE

    def advance(self, now: float, spent: float = 0.0) -> None:
        """Refill up to *now*, while *spent* flowed out evenly since the last look."""
        passed = max(now - self._at, 0.0)
        self._at = max(now, self._at)
        self.level = min(self.limit, self.level + self.rate * passed - spent)

    def take(self, amount: float) -> None:
        """Take *amount* at once; a negative one gives back."""
        self.level = min(self.limit, self.level - amount)

    def seconds_until(self, need: float) -> float:
        """How long until *need* is there; infinite when the bucket never holds as much."""
        if self.level >= need:
            return 0.0
        if need > self.limit:
            return math.inf
        return (need - self.level) / self.rate

    @property
    def full_in(self) -> float:
        """Seconds until nothing is missing."""
        return (self.limit - self.level) / self.rate
