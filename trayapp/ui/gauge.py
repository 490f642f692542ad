"""Which face the tray icon shows: the tightest meter, steadied; no Qt, no clock.

Levels rise at once and fall after 15 s spent 3 points below their threshold; another meter takes
the icon over when it has been the tighter one by 3 points for 5 s.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from trayapp.model.level import CRITICAL_AT, WARNING_AT
from trayapp.model.snapshot import Level, Meter, Pool, Snapshot
from trayapp.ui.link import Link

State = Literal[
    "down", "paused", "depleted", "throttled", "critical", "warning", "stale", "healthy", "unknown"
]

STEPS = 24
"""Of the whole circle; finer ones would not be seen at 16 pixels, and be drawn all the time."""
DOWN_AFTER = dt.timedelta(seconds=2)
THROTTLED_FOR = dt.timedelta(seconds=60)
STALE_AFTER = dt.timedelta(minutes=30)
"""A window without a reading for so long is stale."""
POINTS = 0.03
TAKES_OVER_AFTER = dt.timedelta(seconds=5)
FALLS_AFTER = dt.timedelta(seconds=15)
OFFLINE, SPEND_CAP = "offline", "spend_cap"
"""Codes of Problems: no connection to upstream, and a cap that lets nothing more through."""

_PER_MINUTE = frozenset({"requests", "input_tokens", "output_tokens"})
_RANK: dict[Level, int] = {"healthy": 0, "warning": 1, "critical": 2, "depleted": 3}
_FROM: dict[Level, float] = {
    "healthy": 0.0, "warning": WARNING_AT, "critical": CRITICAL_AT, "depleted": 1.0,
}  # fmt: skip


class Face(msgspec.Struct, frozen=True):
    """What an icon shows: its *state*, and *step* of 24 used (0 where the state has no arc)."""

    state: State
    step: int = 0
    percent: int | None = None
    """What is used, for the face with a number."""


class Reading(msgspec.Struct, frozen=True):
    """A meter of which the fraction used is known, and its pool; all money together has none."""

    pool: Pool | None
    meter: Meter

    @property
    def key(self) -> tuple[str, str]:
        """Which meter this is, from one Snapshot to the next."""
        return (self.pool.id if self.pool else "", self.meter.kind)

    @property
    def used(self) -> float:
        """The fraction used, 0 to 1."""
        return min(1.0, max(0.0, self.meter.utilization or 0.0))


def tightest(snapshot: Snapshot, now: dt.datetime) -> list[Reading]:
    """All meters with a reading, by what runs out first, then by what is used most."""

    def by_urgency(reading: Reading) -> tuple[float, float]:
        runs_out = reading.meter.runs_out_at
        soon = (runs_out - now).total_seconds() if runs_out else float("inf")
        return (soon, -reading.used)

    return sorted(_readings(snapshot), key=by_urgency)


def face_of(reading: Reading, now: dt.datetime, *, offline: bool) -> Face:
    """The face of one meter by itself, as it stands beside its number."""
    meter = reading.meter
    old = meter.level == "healthy" and is_stale(meter, now, offline=offline)
    state: State = "stale" if old else meter.level
    return Face(state, step_of(reading.used), percent_of(reading.used))


def moves(snapshot: Snapshot | None, link: Link, now: dt.datetime) -> bool:
    """Whether the face may change within a minute though the engine says nothing new."""
    if not link.is_up:
        return now - link.since < DOWN_AFTER
    if snapshot is None:
        return False
    refilling = any(
        meter.utilization and meter.kind in _PER_MINUTE
        for pool in snapshot.pools
        for meter in pool.meters
    )
    return refilling or _is_throttled(snapshot, now)


def is_stale(meter: Meter, now: dt.datetime, *, offline: bool) -> bool:
    """Whether a window's last reading is too old to go by; a minute's bucket refills by its model."""
    if meter.kind in _PER_MINUTE or meter.kind.startswith("spend_"):
        return False
    return offline or (meter.measured_at is not None and now - meter.measured_at >= STALE_AFTER)


def is_offline(snapshot: Snapshot) -> bool:
    """Whether the engine says that it cannot reach upstream."""
    return _has(snapshot, OFFLINE)


def step_of(used: float) -> int:
    """Any use shows at least one step, and any rest leaves at least one free."""
    if used <= 0:
        return 0
    return STEPS if used >= 1 else min(STEPS - 1, max(1, round(used * STEPS)))


def percent_of(used: float) -> int:
    """Whole percents; 0 and 100 only where it is exactly that."""
    if used <= 0:
        return 0
    return 100 if used >= 1 else min(99, max(1, round(used * 100)))


class Gauge:
    """Remembers what the icon showed, so that it does not flicker between meters and levels."""

    def __init__(self) -> None:
        self._face = Face("unknown")
        self._key: tuple[str, str] | None = None
        self._level: Level = "healthy"
        self._rival: tuple[tuple[str, str], dt.datetime] | None = None
        self._below: dt.datetime | None = None

    def look(self, snapshot: Snapshot | None, link: Link, now: dt.datetime) -> Face:
        """The face at *now*, which never goes back; *snapshot* as it reads at that moment."""
        if not link.is_up and now - link.since >= DOWN_AFTER:
            self._face = Face("down")
        elif link.is_up and snapshot is not None:
            self._face = self._of(snapshot, now)
        return self._face

    def _of(self, snapshot: Snapshot, now: dt.datetime) -> Face:
        reading = self._choose(tightest(snapshot, now), now)
        if snapshot.paused:
            return Face("paused")
        if reading is None:
            return _without_reading(snapshot, now)
        state: State = self._steady(reading, now)
        if _has(snapshot, SPEND_CAP):
            state = "depleted"
        elif state != "depleted" and _is_throttled(snapshot, now):
            state = "throttled"
        elif state == "healthy" and (
            is_offline(snapshot) or is_stale(reading.meter, now, offline=False)
        ):
            state = "stale"  # offline nothing is well, though a minute's bucket counts on
        return Face(state, step_of(reading.used), percent_of(reading.used))

    def _choose(self, readings: list[Reading], now: dt.datetime) -> Reading | None:
        """The meter the icon shows: the tightest one, unless the last one is nearly as tight."""
        if not readings:
            self._key = self._rival = None
            return None
        first = readings[0]
        shown = next((each for each in readings if each.key == self._key), None)
        if shown is not None and shown is not first and not self._has_won(first, shown, now):
            return shown
        self._rival = None
        if shown is not first:
            self._key = first.key
            self._below = None
            self._level = first.meter.level
        return first

    def _has_won(self, first: Reading, shown: Reading, now: dt.datetime) -> bool:
        """Whether *first* has been the tighter one for long enough, or is worse by a level."""
        if _RANK[first.meter.level] > _RANK[shown.meter.level]:
            return True
        sooner = first.meter.runs_out_at is not None
        if not sooner and first.used < shown.used + POINTS:
            self._rival = None
            return False
        if self._rival is None or self._rival[0] != first.key:
            self._rival = (first.key, now)
        return now - self._rival[1] >= TAKES_OVER_AFTER

    def _steady(self, reading: Reading, now: dt.datetime) -> Level:
        level = reading.meter.level
        if _RANK[level] >= _RANK[self._level]:
            self._level = level
            self._below = None
        elif reading.used >= _FROM[self._level] - POINTS:
            self._below = None
        elif self._below is None:
            self._below = now
        elif now - self._below >= FALLS_AFTER:
            self._level = level
            self._below = None
        return self._level


def _without_reading(snapshot: Snapshot, now: dt.datetime) -> Face:
    if _has(snapshot, SPEND_CAP):
        return Face("depleted", STEPS)
    return Face("throttled" if _is_throttled(snapshot, now) else "unknown")


def _has(snapshot: Snapshot, code: str) -> bool:
    return any(problem.code == code for problem in snapshot.problems)


def _readings(snapshot: Snapshot) -> Iterator[Reading]:
    for pool in snapshot.pools:
        yield from (Reading(pool, meter) for meter in _known(pool.meters))
    yield from (Reading(None, meter) for meter in _known(snapshot.spend))


def _known(meters: Iterable[Meter]) -> Iterator[Meter]:
    return (meter for meter in meters if meter.utilization is not None)


def _is_throttled(snapshot: Snapshot, now: dt.datetime) -> bool:
    """Whether upstream refused anything in the last minute."""
    seen = (pool.throttled_at for pool in snapshot.pools if pool.throttled_at is not None)
    return any(now - at < THROTTLED_FOR for at in seen)
