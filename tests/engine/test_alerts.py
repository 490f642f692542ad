"""The meters are looked at while anything moves; when all is still, so is this."""

import datetime as dt
from typing import Any

from msgspec.structs import replace

from tests.fakes.clock import FakeClock
from tests.fakes.timer import FakeTimer
from trayapp.engine.alerts import BUSY_S, LASTING_S, SETTLED_S, SETTLING_S, Alerts
from trayapp.meter.budgets import Budgets
from trayapp.meter.tally import Tally
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import BudgetPreferences, WarningPreferences
from trayapp.model.refusal import Refusal
from trayapp.model.snapshot import Diagnostics, Meter, Notice, Pool, Snapshot

FULL = Meter("requests", limit=50, remaining=5, utilization=0.9, level="critical")
CALM = Meter("requests", limit=50, remaining=50, utilization=0.0)


class Watch:
    """Alerts over a Snapshot that a test changes; what they tell is kept."""

    def __init__(self, **preferences: Any) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.looks = 0
        self.changes = 0
        self.told: list[Notice] = []
        self.snapshot = Snapshot("1", self.clock.now(), 0.0, paused=False, base_url="")
        self.alerts = Alerts(
            self.clock,
            self.timer,
            build=self._build,
            changed=self._changed,
            tell=self.told.append,
            budgets=Budgets(BudgetPreferences(), Tally(self.clock.now())),
            preferences=WarningPreferences(**preferences),
            cap=lambda: None,
        )

    def _build(self) -> Snapshot:
        self.looks += 1
        return self.snapshot

    def _changed(self) -> None:
        self.changes += 1

    def show(self, meter: Meter, *, in_flight: int = 0, used: float | None = None) -> None:
        """Let the Snapshot have one pool, used so many seconds ago."""
        at = None if used is None else self.clock.now() - dt.timedelta(seconds=used)
        pool = Pool("pool", "u", "org", "sonnet-5.5", (meter,), last_used_at=at)
        self.snapshot = replace(
            self.snapshot, pools=(pool,), diagnostics=Diagnostics(in_flight=in_flight)
        )

    @property
    def next(self) -> list[float]:
        """In how many seconds the next look is due."""
        return [round(seconds, 3) for seconds in self.timer.pending]


def outcome(clock: FakeClock) -> Outcome:
    return Outcome("r", clock.now(), "editor", "normal", Route.MESSAGES)


def test_as_long_as_nothing_happens_nothing_is_looked_at() -> None:
    """An idle engine does not wake."""
    watch = Watch()

    assert watch.next == []


def test_what_happens_is_looked_at_within_a_second() -> None:
    """Once, however much it is."""
    watch = Watch()
    watch.alerts.stir()
    watch.alerts.stir()
    watch.alerts.refused(Refusal("bare"))

    assert watch.next == [BUSY_S]
    watch.timer.run(BUSY_S)
    assert (watch.looks, watch.next) == (1, [])


def test_while_requests_are_in_flight_the_meters_move() -> None:
    """Each second everyone sees them."""
    watch = Watch()
    watch.show(CALM, in_flight=1)
    watch.alerts.stir()
    watch.timer.run(5)

    assert (watch.looks, watch.changes) == (5, 5)


def test_after_the_last_request_it_settles() -> None:
    """Now and then while buckets refill and forecasts end, and then no more."""
    watch = Watch()
    watch.show(CALM, used=0)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)
    assert watch.next == [SETTLING_S]

    watch.timer.run(SETTLED_S + SETTLING_S)

    assert watch.next == []


def test_while_it_settles_only_news_is_shown() -> None:
    """A level that falls is news; the same again is not, but for once a minute."""
    watch = Watch()
    watch.show(FULL, used=0)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)
    first = watch.changes
    watch.timer.run(50)
    still = watch.changes
    watch.show(CALM, used=51)
    watch.timer.run(SETTLING_S)

    assert (first, still, watch.changes) == (1, 1, 2)


def test_a_warning_is_told_and_shown() -> None:
    """To whoever listens, and in the Snapshot."""
    watch = Watch()
    watch.show(FULL)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)

    assert [(notice.rule, notice.level) for notice in watch.told] == [("level", "critical")]
    assert watch.alerts.notices() == tuple(watch.told)
    assert watch.next == [LASTING_S]


def test_its_end_is_told_in_time() -> None:
    """Though nothing is asked any more."""
    watch = Watch()
    watch.show(FULL, used=0)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)
    watch.show(CALM, used=1)
    watch.timer.run(30)

    assert [notice.ended_at is not None for notice in watch.told] == [False, True]


def test_a_new_request_does_not_wait_for_a_slow_look() -> None:
    """A look that is due in a minute is had in a second."""
    watch = Watch()
    watch.show(FULL)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)
    watch.alerts.stir()

    assert watch.next == [BUSY_S]


def test_a_rule_that_is_off_is_not_told() -> None:
    """Nor shown."""
    watch = Watch(off=("level",))
    watch.show(FULL)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)

    assert watch.told == []


def test_quiet_hours_are_those_of_the_local_clock() -> None:
    """All day, wherever this runs."""
    watch = Watch(quiet_hours="00:00-23:59")
    watch.show(FULL)
    watch.alerts.stir()
    watch.timer.run(BUSY_S)

    assert watch.told == []


def test_the_calm_line_comes_at_its_time() -> None:
    """On a day that was used; until then nothing wakes."""
    watch = Watch()
    local = watch.clock.now().astimezone(watch.clock.today().tzinfo)
    due = local + dt.timedelta(minutes=5)
    watch.alerts.preferences = WarningPreferences(calm_at=f"{due:%H:%M}")
    watch.alerts.ended(outcome(watch.clock))
    watch.timer.run(BUSY_S)
    assert len(watch.next) == 1
    watch.timer.run(400)

    assert [notice.rule for notice in watch.told] == ["calm"]
    assert watch.told[0].ended_at is None


def test_stopped_it_looks_no_more() -> None:
    """Also where a look was due."""
    watch = Watch()
    watch.alerts.stop()
    watch.alerts.stir()
    watch.alerts.stop()
    watch.timer.run(10)

    assert watch.looks == 0


def test_changed_rules_are_looked_at_within_a_second() -> None:
    """A warning that nobody wants any more does not stay."""
    watch = Watch()

    watch.alerts.adopt(WarningPreferences(off=("level",)))

    assert watch.alerts.preferences.off == ("level",)
    assert watch.next == [BUSY_S]
