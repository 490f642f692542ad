"""The one timer of the wire."""

from tests.wire.ends import StillTimer
from trayapp.wire.sweep import TICK, Sweep


class Watched:
    """Something with a deadline, which notes when it was asked."""

    def __init__(self) -> None:
        self.asked: list[float] = []

    def check(self, now: float) -> None:
        self.asked.append(now)


def test_watched_is_asked() -> None:
    """When the timer rings, everything watched is asked, and the timer set again."""
    timer, watched = StillTimer(), Watched()
    sweep = Sweep(timer)
    sweep.watch(watched)
    sweep.watch(Watched())
    timer.now = TICK
    timer.alarms.pop()()

    assert watched.asked == [TICK]
    assert len(timer.alarms) == 1
    assert repr(sweep) == "<Sweep watching 2>"


def test_timer_rests() -> None:
    """With nothing to watch the timer is cancelled, and set again by the next."""
    timer, watched = StillTimer(), Watched()
    sweep = Sweep(timer)
    sweep.watch(watched)
    sweep.forget(watched)
    sweep.forget(watched)
    resting = len(timer.alarms)
    sweep.watch(watched)

    assert (resting, len(timer.alarms)) == (0, 1)


def test_forgetting_during_a_tick() -> None:
    """What is forgotten while others are asked disturbs nobody."""

    class Leaver(Watched):
        def check(self, now: float) -> None:
            sweep.forget(self)
            sweep.forget(other)

    sweep, other = Sweep(StillTimer()), Watched()
    sweep.watch(Leaver())
    sweep.watch(other)
    sweep.tick(1.0)
    sweep.tick(2.0)

    assert other.asked == [1.0]
