"""A mirror: what we believe of one upstream bucket between the moments its headers show it.

The level moves by refill, by what we take, by the output we assume is being written, and by what
others are believed to take. A header is an interval, never a number; it moves the mirror only as
far as it contradicts it (rule 6 in `schedule`).
"""

# ruff: noqa: FURB136, PLR1730 - min() and max() cost thrice a comparison; every request passes here

from math import exp

from trayapp.model.quota import Resource

SLACK = 0.3  # seconds of refill that a network delay may hide
FADE = 45.0  # seconds in which belief in others' use fades while nothing is heard
MEAN = 60.0  # seconds over which others' use is averaged
SHARED = 600.0  # seconds a quota counts as shared after others were seen
ALONE_LID, SHARED_LID = 0.95, 0.7  # nobody waits for a fuller bucket on account of doubts
MOST_FOREIGN = 0.8  # of the refill
SLOWEST = 0.05  # of the refill: what a wait is computed with at least
LONGEST_RESET = 900.0  # seconds; a reset further away is not believed
LARGEST_LIMIT = 1e12
SHALLOW = 0.9  # of what is believed to be the capacity: a header that says less is believed


class Bucket:
    """One resource of a pool; levels in units of the resource, *refill* in units a second.

    *active* is false where the upstream shows no such limit; such a bucket holds nobody.
    """

    __slots__ = (
        "active",
        "at",
        "capacity",
        "foreign",
        "heard",
        "known",
        "level",
        "limit",
        "refill",
        "resource",
        "rounding",
        "shared",
        "speed",
        "spent",
    )

    def __init__(self, resource: Resource, limit: float, rounding: float, now: float) -> None:
        self.resource = resource
        self.rounding = rounding
        self.limit = limit
        self.capacity = limit
        self.refill = limit / 60.0
        self.level = limit
        self.at = now
        self.heard = now
        self.foreign = 0.0
        self.shared = now
        self.speed = 0.0
        self.spent = 0.0
        self.known = False
        self.active = True

    def __repr__(self) -> str:
        return f"<{self.resource} {self.level:.0f} of {self.limit:.0f}>"

    def advance(self, now: float) -> None:
        """Move the level to *now*; a clock that stands or goes back moves nothing."""
        passed = now - self.at
        if passed <= 0:
            return
        level = self.level + (self.refill - self.speed) * passed
        if self.speed:
            self.spent += self.speed * passed
        if self.foreign:
            faded = exp((self.heard - self.at) / FADE) - exp((self.heard - now) / FADE)
            level -= self.foreign * FADE * faded
        self.at = now
        self.level = level if level < self.capacity else self.capacity

    def take(self, amount: float) -> None:
        """Take *amount*; a negative one gives back."""
        self.level -= amount
        if self.level > self.capacity:
            self.level = self.capacity
        self.spent += amount

    def adopt(self, limit: float, now: float) -> None:
        """Believe *limit*; what is open stays taken."""
        if not 0 < limit <= LARGEST_LIMIT:
            return
        if self.known and self.active and limit == self.limit:
            return
        self.advance(now)
        taken = min(self.capacity - self.level, limit)
        if not self.known:
            self.level = limit - taken
        self.known = True
        self.active = True
        self.limit = self.capacity = limit
        self.refill = limit / 60.0
        self.level = min(self.level, limit)
        self.foreign = min(self.foreign, MOST_FOREIGN * self.refill)

    def share(self, until: float) -> None:
        """Count the quota as shared with others until then."""
        self.shared = max(self.shared, until)

    def free(self, now: float) -> float:
        """Refill a second that others are believed to leave us."""
        if not self.foreign:
            return self.refill
        return self.refill - self.foreign * exp(min(0.0, self.heard - now) / FADE)

    def short(self, need: float, least: float, doubt: float, part: float, now: float) -> float:
        """Seconds until *need* and the guard are covered; 0 where they are (rule 9).

        *least* is asked for even where the lid would lower it; *part* of the guard against others
        is kept.
        """
        if self.at < now:
            self.advance(now)
        capacity = self.capacity
        want = need + self.refill * SLACK + self.rounding + doubt
        lid = capacity * ALONE_LID
        if now < self.shared:
            want += capacity * 0.5 * part
            lid = capacity * SHARED_LID
        if want > lid:
            want = lid
        if want < least:
            want = least
        if self.level >= want:
            return 0.0
        return (want - self.level) / max(self.free(now) - self.speed, SLOWEST * self.refill)

    def sight(self, remaining: float, back: float | None, doubt: float, unseen: float) -> None:
        """Hold the level, advanced to the present, against a header; move it only as far as needed.

        *back* is seconds until full by the server's own clock; *doubt* widens both ways; *unseen*
        is what of ours the server may have counted after it took the sample.
        """
        if not 0 <= remaining <= 2 * self.limit:
            return
        if remaining > self.capacity:
            self.capacity = remaining
        self.heard = self.at
        rounding, refill = self.rounding, self.refill
        low = remaining - rounding
        high = remaining + (rounding or 1.0)
        if back is not None and 0 <= back <= LONGEST_RESET:
            # both times are cut to whole seconds, so their difference may be off by one either way
            full = high + refill * (back + 1.0)
            upper = self.capacity - refill * (back - 2.0)
            lower = upper - refill * 3.0
            if remaining == 0:
                low = lower
                high = upper if upper < high else high
            elif full < SHALLOW * self.capacity:
                self._shrink(full)
            elif lower <= high and upper >= low:
                low = lower if lower > low else low
                high = upper if upper < high else high
        high += refill * SLACK + doubt
        low -= unseen + doubt
        level = self.level
        if low <= level <= high:
            return
        self._move(min(low, self.capacity) if level < low else high)

    def _shrink(self, capacity: float) -> None:
        """The bucket is full at less than its limit: a burst of a whole minute will not fit."""
        self.capacity = capacity
        if self.level > capacity:
            self.level = capacity

    def _move(self, level: float) -> None:
        """Believe *level*; what it fell by, others took."""
        fell = self.level - level
        self.level = level
        foreign = self.foreign + fell / MEAN
        self.foreign = min(foreign, MOST_FOREIGN * self.refill) if foreign > 0 else 0.0
        if fell > (self.rounding or 0.5):
            self.share(self.at + SHARED)
