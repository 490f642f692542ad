"""Looks at the meters while anything moves, and says what to warn of; still when all is still."""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from trayapp.clock import Timekeeper
from trayapp.meter.budgets import Budgets
from trayapp.meter.episodes import Episodes
from trayapp.meter.lately import Lately
from trayapp.meter.warnings import Scene, alarms_of, without
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import WarningPreferences
from trayapp.model.refusal import Refusal
from trayapp.model.snapshot import Notice, Snapshot

BUSY_S = 1.0
"""Between two looks while requests are in flight or held."""
SETTLING_S = 5.0
"""While nothing is asked, but buckets refill and forecasts are still to end."""
SETTLED_S = 310.0
"""After the last request: then every pool is said to idle."""
LASTING_S = 60.0
"""While only episodes are open that a reset ends, or a new day."""


class Alarm(Protocol):
    """A look that is still to come."""

    def cancel(self) -> None:
        """Let it not come."""


class Timer(Protocol):
    """The one thing asked of an event loop."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Alarm:
        """Call back once."""


class Alerts:
    """Draws the meters now and then, and keeps what is to be warned of.

    *build* draws a Snapshot, *changed* lets everyone see it, *tell* is given each notice once when
    it begins and once when it is over.
    """

    def __init__(
        self,
        clock: Timekeeper,
        timer: Timer,
        *,
        build: Callable[[], Snapshot],
        changed: Callable[[], None],
        tell: Callable[[Notice], None],
        budgets: Budgets,
        preferences: WarningPreferences,
        cap: Callable[[], float | None],
    ) -> None:
        self.preferences = preferences
        self.lately = Lately()
        self._clock = clock
        self._timer = timer
        self._build = build
        self._changed = changed
        self._tell = tell
        self._budgets = budgets
        self._cap = cap
        self._episodes = Episodes(int(clock.now().timestamp()) * 1000)
        self._next: Alarm | None = None
        self._due = float("inf")
        self._shape: object = None

    def notices(self) -> tuple[Notice, ...]:
        """Return what the Snapshot shows of warnings."""
        return self._episodes.notices(self._clock.monotonic())

    def adopt(self, preferences: WarningPreferences) -> None:
        """Warn by these rules from now on."""
        self.preferences = preferences
        self.stir()

    def stir(self) -> None:
        """Note that something happened: from now on the meters are looked at."""
        if self._due > self._clock.monotonic() + BUSY_S:
            self._look_in(BUSY_S)

    def refused(self, refusal: Refusal) -> None:
        """Note that upstream refused a request."""
        self.lately.refused(refusal.status, self._clock.monotonic())
        self.stir()

    def ended(self, outcome: Outcome) -> None:
        """Note how a request ended."""
        self.lately.ended(outcome, self._clock.monotonic())
        self.stir()

    def stop(self) -> None:
        """Look no more."""
        if self._next is not None:
            self._next.cancel()

    def _look(self) -> None:
        self._next, self._due = None, float("inf")
        snapshot = self._build()
        is_busy = bool(snapshot.diagnostics.in_flight or snapshot.held_total)
        told = self._step(snapshot)
        shape = _shape(snapshot, self._clock.now())
        if is_busy or told or shape != self._shape:
            self._changed()
        self._shape = shape
        for notice in told:
            self._tell(notice)
        self._wait(snapshot, is_busy=is_busy)

    def _step(self, snapshot: Snapshot) -> list[Notice]:
        now, at = self._clock.monotonic(), self._clock.now()
        local = at.astimezone(self._clock.today().tzinfo)
        self.lately.drawn(snapshot.pools, local.date())
        scene = Scene(
            snapshot, self.lately, self._budgets.spent(), now, local,
            self.preferences.calm_time, self._cap(),
        )  # fmt: skip
        alarms = without(alarms_of(scene), self.preferences.off)
        quiet = self.preferences.is_quiet(local.time())
        return self._episodes.step(alarms, now, at, quiet=quiet, held=snapshot.held_total)

    def _wait(self, snapshot: Snapshot, *, is_busy: bool) -> None:
        """Look again soon while anything moves; else when something is due, or at the next stir."""
        if is_busy:
            self._look_in(BUSY_S)
        elif _is_settling(snapshot, self._clock.now()):
            self._look_in(SETTLING_S)
        elif not self._episodes.are_over:
            self._look_in(LASTING_S)
        elif (left := self._until_calm_line()) is not None:
            self._look_in(left)

    def _look_in(self, seconds: float) -> None:
        self.stop()
        self._due = self._clock.monotonic() + seconds
        self._next = self._timer.call_later(seconds, self._look)

    def _until_calm_line(self) -> float | None:
        """Seconds until the day's line is due, where there is something to say."""
        local = self._clock.now().astimezone(self._clock.today().tzinfo)
        due = dt.datetime.combine(local.date(), self.preferences.calm_time, local.tzinfo)
        left = (due - local).total_seconds()
        return left + 1 if left > 0 and self.lately.is_used else None


def _is_settling(snapshot: Snapshot, at: dt.datetime) -> bool:
    """Whether some pool was used not long ago, so that its meters still move by themselves."""
    used = [pool.last_used_at for pool in snapshot.pools if pool.last_used_at is not None]
    return bool(used) and (at - max(used)).total_seconds() < SETTLED_S


def _shape(snapshot: Snapshot, at: dt.datetime) -> object:
    """What of the meters is news while nothing is asked: what comes and goes, and once a minute all."""
    meters = [
        (pool.id, meter.kind, meter.level, meter.runs_out_at is None, meter.idle_since is None)
        for pool in snapshot.pools
        for meter in pool.meters
    ]
    return meters, int(at.timestamp() // 60) if _is_settling(snapshot, at) else None
