"""What happened lately that no meter shows: refusals by the minute, other models than asked."""

import datetime as dt
from collections import deque

import msgspec

from trayapp.meter.prices import models
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import Pool

MINUTE = 60.0
MOST_REFUSALS = 1000
"""Kept at most; from a thousand a minute on they are not worth telling apart."""
OTHERS_FOR = 600.0
"""Seconds for which it is told that another model answered."""
MOST_OTHERS = 20


class Other(msgspec.Struct, frozen=True):
    """A model that answered in place of the one that was asked for."""

    tool: str
    asked: str
    answered: str


class Lately:
    """Keeps what warnings need to know of the last minutes, and of this day."""

    def __init__(self) -> None:
        self.is_used = False
        """Whether anything was asked today, by this run."""
        self.peak: tuple[str, float] | None = None
        """The kind of meter that was used most today, and how far."""
        self._day: dt.date | None = None
        self._refusals: deque[tuple[float, int]] = deque(maxlen=MOST_REFUSALS)
        self._others: dict[Other, float] = {}

    def refused(self, status: int, now: float) -> None:
        """Note that upstream answered 429 or 529; other refusals are another matter."""
        if status in {429, 529}:
            self._refusals.append((now, status))

    def refusals(self, now: float) -> tuple[int, int]:
        """How often upstream throttled and was overloaded within the last minute."""
        while self._refusals and now - self._refusals[0][0] > MINUTE:
            self._refusals.popleft()
        throttled = sum(status == 429 for _, status in self._refusals)
        return throttled, len(self._refusals) - throttled

    def ended(self, outcome: Outcome, now: float) -> None:
        """Note who answered a request that has ended."""
        self.is_used = True
        served = outcome.model_served
        if not served or outcome.cached or is_same(outcome.model_asked, served):
            return
        if len(self._others) >= MOST_OTHERS:
            del self._others[next(iter(self._others))]
        self._others[Other(outcome.tool, outcome.model_asked, served)] = now

    def others(self, now: float) -> list[Other]:
        """Which models answered in place of others, lately."""
        self._others = {
            other: seen for other, seen in self._others.items() if now - seen <= OTHERS_FOR
        }
        return list(self._others)

    def drawn(self, pools: tuple[Pool, ...], day: dt.date) -> None:
        """Note how far the meters are used on this *day*."""
        if day != self._day:
            if self._day is not None:
                self.is_used = False
            self._day, self.peak = day, None
        for pool in pools:
            for meter in pool.meters:
                used = meter.utilization
                if used is None or meter.kind.startswith("spend_"):
                    continue
                if self.peak is None or used > self.peak[1]:
                    self.peak = meter.kind, used


def is_same(asked: str, served: str) -> bool:
    """Whether a model's two names are one model's: an alias, an id with its date."""
    if asked == served:
        return True
    table = models()
    one, other = table.find(asked), table.find(served)
    if one is not None and other is not None:
        return one.id == other.id
    return table.class_of(asked) == table.class_of(served)
