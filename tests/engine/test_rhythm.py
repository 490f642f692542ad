"""The slow tick tells a sleep and a standstill from an ordinary two seconds."""

import pytest

from trayapp.engine.rhythm import Rhythm


@pytest.mark.parametrize(
    ("monotonic", "elapsed", "slept", "late", "woke"),
    [
        (102.0, 502.0, 0.0, 0.0, False),
        (102.3, 502.3, 0.0, 0.3, False),
        (102.0, 28_902.0, 28_400.0, 0.0, True),
        (102.0, 503.5, 1.5, 0.0, False),
        (132.0, 532.0, 0.0, 30.0, True),
        (106.0, 506.0, 0.0, 4.0, False),
        (102.0, 400.0, 0.0, 0.0, False),
    ],
)
def test_a_tick_tells_what_happened_since_the_last(
    monotonic: float, elapsed: float, slept: float, late: float, woke: bool
) -> None:
    """Two clocks drifting apart is a sleep, one late tick a standstill, a clock set back nothing."""
    seen = Rhythm(100.0, 500.0).tick(monotonic, elapsed)

    assert seen.slept == pytest.approx(slept)
    assert seen.late == pytest.approx(late)
    assert seen.woke is woke


def test_a_sleep_is_told_once() -> None:
    """The tick after a sleep starts from the clocks as they are."""
    rhythm = Rhythm(100.0, 500.0)
    rhythm.tick(102.0, 10_000.0)

    assert not rhythm.tick(104.0, 10_002.0).woke


@pytest.mark.parametrize(("late", "told"), [(0.2, 0.0), (0.31, 0.3), (4.0, 4.0)])
def test_the_longest_standstill_is_kept(late: float, told: float) -> None:
    """What nobody notices is not told, and a shorter one does not replace a longer (R41)."""
    rhythm = Rhythm(100.0, 500.0)
    rhythm.tick(102.0 + late, 502.0 + late)
    rhythm.tick(104.0 + late, 504.0 + late)

    assert rhythm.longest == told
