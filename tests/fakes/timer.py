"""A timer that rings when a test lets time pass."""

from collections.abc import Callable

from tests.fakes.clock import FakeClock


class FakeAlarm:
    """Satisfies `trayapp.pacing.pacer.Alarm`."""

    def __init__(self, at: float, callback: Callable[[], None]) -> None:
        self.at = at
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeTimer:
    """Satisfies `trayapp.pacing.pacer.Timer`; `run` moves the clock from alarm to alarm."""

    def __init__(self, clock: FakeClock) -> None:
        self._clock = clock
        self._alarms: list[FakeAlarm] = []

    @property
    def pending(self) -> list[float]:
        """In how many seconds each alarm rings, the next one first."""
        now = self._clock.monotonic()
        return sorted(alarm.at - now for alarm in self._alarms if not alarm.cancelled)

    def call_later(self, delay: float, callback: Callable[[], None], /) -> FakeAlarm:
        alarm = FakeAlarm(self._clock.monotonic() + delay, callback)
        self._alarms.append(alarm)
        return alarm

    def run(self, seconds: float) -> None:
        """Let *seconds* pass; what is due on the way rings in its turn."""
        end = self._clock.monotonic() + seconds
        while due := [a for a in self._alarms if not a.cancelled and a.at <= end]:
            alarm = min(due, key=lambda each: each.at)
            self._alarms.remove(alarm)
            self._clock.advance(max(0.0, alarm.at - self._clock.monotonic()))
            alarm.callback()
        self._clock.advance(end - self._clock.monotonic())
