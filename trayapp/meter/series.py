"""What was used by when: one meter's running total, thinned to steps of some seconds.

A total only grows. Where it falls by more than *slack*, a window was reset or a day began, and the
series begins anew; smaller falls are corrections and wait until the total has caught up.
"""

from array import array
from bisect import bisect_right

MOST = 2160
"""Samples kept: six hours at one in ten seconds, a day and a half at one a minute."""


class Series:
    """One meter's total over time; idle time costs nothing, since only changes are kept.

    *coarse*: it is told in steps, so that between two samples it grew evenly and not at once.
    """

    __slots__ = ("_slack", "_step", "_times", "_totals", "coarse")

    def __init__(self, step: float, slack: float, *, coarse: bool = False) -> None:
        self.coarse = coarse
        self._step = step
        self._slack = slack
        self._times = array("d")
        self._totals = array("d")

    def __repr__(self) -> str:
        return f"<Series of {len(self._times)}>"

    def add(self, now: float, total: float) -> None:
        """Note that *total* was used by *now*."""
        if not self._times:
            self._start(now, total)
            return
        last = self._totals[-1]
        if total < last - self._slack:
            self.restart()
            self._start(now, total)
        elif total > last:
            self._grow(now, total)

    def _start(self, now: float, total: float) -> None:
        self._times.append(now)
        self._totals.append(total)

    def _grow(self, now: float, total: float) -> None:
        if len(self._times) > 1 and now - self._times[-2] < self._step:
            self._times[-1], self._totals[-1] = now, total
            return
        self._times.append(now)
        self._totals.append(total)
        if len(self._times) > MOST:
            del self._times[: MOST // 3], self._totals[: MOST // 3]

    def restart(self) -> None:
        """Forget what was: it says nothing of what comes."""
        del self._times[:], self._totals[:]

    @property
    def first(self) -> float | None:
        """When the first total was noted."""
        return self._times[0] if self._times else None

    def changes(self, since: float) -> tuple[float, ...]:
        """When the total grew, after *since*."""
        return tuple(self._times[bisect_right(self._times, since) :])

    def at(self, moment: float) -> float:
        """The total by *moment*."""
        times, totals = self._times, self._totals
        place = bisect_right(times, moment)
        if place == 0:
            return totals[0] if totals else 0.0
        if place == len(times) or not self.coarse:
            return totals[place - 1]
        before, after = times[place - 1], times[place]
        share = (moment - before) / (after - before)
        return totals[place - 1] + share * (totals[place] - totals[place - 1])
