"""The face of the tray icon, as timelines."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from trayapp.model.snapshot import Level, Meter, Pool, Problem, Snapshot
from trayapp.ui.gauge import Face, Gauge, State, is_stale, moves, percent_of, step_of, tightest
from trayapp.ui.link import Link

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
UP = Link("connected", NOON, "0.1.0")


def at(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def meter(kind: str, used: float | None, level: Level = "healthy", **fields: object) -> Meter:
    return replace(Meter(kind, utilization=used, level=level), **fields)


def of(*meters: Meter, **fields: object) -> Snapshot:
    """One pool with these meters."""
    return replace(SNAPSHOT, pools=(Pool("p", "u", None, "sonnet-5.5", meters),), **fields)


def face(snapshot: Snapshot | None, link: Link = UP, now: dt.datetime = NOON) -> Face:
    return Gauge().look(snapshot, link, now)


def story(*scenes: tuple[float, Snapshot]) -> list[State]:
    """The states one gauge goes through."""
    gauge = Gauge()
    return [gauge.look(snapshot, UP, at(seconds)).state for seconds, snapshot in scenes]


THROTTLED = Pool("p", "u", None, "m", (meter("requests", 0.5),), throttled_at=NOON)


@pytest.mark.parametrize(
    ("snapshot", "expected"),
    [
        (SNAPSHOT, Face("unknown")),
        (of(meter("requests", None)), Face("unknown")),
        (of(meter("requests", 0.0)), Face("healthy", 0, 0)),
        (of(meter("requests", 0.38)), Face("healthy", 9, 38)),
        (of(meter("requests", 0.84, "warning")), Face("warning", 20, 84)),
        (of(meter("requests", 0.94, "critical")), Face("critical", 23, 94)),
        (of(meter("requests", 1.0, "depleted")), Face("depleted", 24, 100)),
        (replace(SNAPSHOT, pools=(THROTTLED,)), Face("throttled", 12, 50)),
        (replace(SNAPSHOT, pools=(replace(THROTTLED, meters=()),)), Face("throttled")),
        (of(meter("requests", 1.0, "depleted"), paused=True), Face("paused")),
    ],
)
def test_faces(snapshot: Snapshot, expected: Face) -> None:
    """The strongest of what is true is shown."""
    assert face(snapshot) == expected


def test_refusal_fades_after_a_minute() -> None:
    """A 429 is shown for sixty seconds."""
    throttled = replace(SNAPSHOT, pools=(THROTTLED,))

    assert story((59, throttled), (60, throttled)) == ["throttled", "healthy"]


def test_nothing_left_is_stronger_than_a_refusal() -> None:
    """When all is used, that is what to know."""
    spent = replace(THROTTLED, meters=(meter("requests", 1.0, "depleted"),))

    assert face(replace(SNAPSHOT, pools=(spent,))).state == "depleted"


@pytest.mark.parametrize("meters", [(), (meter("requests", 0.1),)])
def test_spend_cap_is_nothing_left(meters: tuple[Meter, ...]) -> None:
    """A cap stops everything, whatever the minute's limits say."""
    capped = of(*meters, problems=(Problem("spend_cap", "Reached.", NOON),))

    assert face(capped).state == "depleted"


# --- The engine -----------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["down", "restarting", "starting"])
def test_engine_is_down_after_two_seconds(state: str) -> None:
    """A moment without an engine is not shown; the last face stays."""
    gauge = Gauge()
    gauge.look(of(meter("requests", 0.5)), UP, NOON)
    lost = Link("down", NOON) if state == "down" else replace(Link("restarting", NOON), state=state)
    snapshot = of(meter("requests", 0.5))

    assert gauge.look(snapshot, lost, at(1.9)).state == "healthy"
    assert gauge.look(snapshot, lost, at(2)).state == "down"


def test_before_the_first_snapshot() -> None:
    """An engine that has said nothing yet has no reading."""
    assert face(None) == Face("unknown")


# --- Old readings ---------------------------------------------------------------------------


def test_window_goes_stale() -> None:
    """After half an hour without a reading a window's ring is broken."""
    window = of(meter("five_hour", 0.5, measured_at=NOON))

    assert story((1799, window), (1800, window)) == ["healthy", "stale"]


@pytest.mark.parametrize("kind", ["seven_day", "requests", "spend_day"])
def test_offline_is_stale(kind: str) -> None:
    """Without a connection the icon never looks well, whichever meter is the tightest."""
    offline = of(meter(kind, 0.5), problems=(Problem("offline", "No.", NOON),))

    assert face(offline).state == "stale"


@pytest.mark.parametrize("kind", ["requests", "output_tokens", "spend_day"])
def test_what_moves_by_its_model_is_never_stale(kind: str) -> None:
    """A minute's bucket refills by itself, and money is our own count."""
    old = meter(kind, 0.5, measured_at=at(-90000))

    assert not is_stale(old, NOON, offline=True)


def test_old_warning_stays_a_warning() -> None:
    """A level is stronger than its age."""
    window = meter("five_hour", 0.85, "warning", measured_at=at(-3600))

    assert face(of(window)).state == "warning"


# --- The tightest ---------------------------------------------------------------------------


def test_what_runs_out_first_is_tightest() -> None:
    """A run-out in sight counts more than what is used."""
    high, soon, later = (
        meter("requests", 0.9),
        meter("output_tokens", 0.5, runs_out_at=at(300)),
        meter("five_hour", 0.95, runs_out_at=at(900)),
    )

    order = [reading.meter for reading in tightest(of(high, soon, later), NOON)]

    assert order == [soon, later, high]


def test_money_of_all_pools_counts() -> None:
    """A day's budget can be the tightest limit of all."""
    budget = meter("spend_day", 0.91, "critical")
    shown = tightest(of(meter("requests", 0.4), spend=(budget,)), NOON)

    assert (shown[0].meter, shown[0].pool) == (budget, None)
    assert shown[0].key == ("", "spend_day")


def test_another_meter_takes_over_slowly() -> None:
    """Three points tighter for five seconds, and not sooner."""
    gauge = Gauge()
    first = of(meter("requests", 0.40), meter("input_tokens", 0.2))
    other = of(meter("requests", 0.40), meter("input_tokens", 0.5))
    scenes = [(0, first), (1, other), (5.9, other), (6, other)]

    assert [gauge.look(s, UP, at(t)).percent for t, s in scenes] == [40, 40, 40, 50]


def test_nearly_the_same_does_not_take_over() -> None:
    """Under three points apart, the icon stays with its meter, whatever the time."""
    gauge = Gauge()
    first = of(meter("requests", 0.40), meter("input_tokens", 0.2))
    close = of(meter("requests", 0.40), meter("input_tokens", 0.42))
    far = of(meter("requests", 0.40), meter("input_tokens", 0.5))
    scenes = [(0, first), (1, far), (3, close), (7, far), (11, far), (12, far)]

    assert [gauge.look(s, UP, at(t)).percent for t, s in scenes] == [40, 40, 40, 40, 40, 50]


def test_worse_level_takes_over_at_once() -> None:
    """A meter that turns critical does not wait."""
    gauge = Gauge()
    gauge.look(of(meter("requests", 0.7), meter("input_tokens", 0.2)), UP, NOON)
    worse = of(meter("requests", 0.7), meter("input_tokens", 0.93, "critical"))

    assert gauge.look(worse, UP, at(0.1)).state == "critical"


def test_sooner_end_takes_over() -> None:
    """What will run out sooner takes over though less of it is used."""
    gauge = Gauge()
    first = of(meter("requests", 0.7), meter("input_tokens", 0.2))
    soon = of(meter("requests", 0.7), meter("input_tokens", 0.3, runs_out_at=at(400)))
    scenes = [(0, first), (1, soon), (6, soon)]

    assert [gauge.look(s, UP, at(t)).percent for t, s in scenes] == [70, 70, 30]


def test_vanished_meter_is_replaced_at_once() -> None:
    """A window that was reset gives the icon up."""
    gauge = Gauge()
    gauge.look(of(meter("five_hour", 0.7), meter("requests", 0.2)), UP, NOON)

    assert gauge.look(of(meter("five_hour", None), meter("requests", 0.2)), UP, at(1)).percent == 20


# --- Levels ---------------------------------------------------------------------------------


def test_level_rises_at_once_and_falls_slowly() -> None:
    """Three points below its threshold for fifteen seconds, and not sooner."""
    scenes = (
        (0, of(meter("requests", 0.91, "critical"))),
        (1, of(meter("requests", 0.88, "warning"))),
        (30, of(meter("requests", 0.86, "warning"))),
        (44.9, of(meter("requests", 0.86, "warning"))),
        (45, of(meter("requests", 0.86, "warning"))),
    )

    assert story(*scenes) == ["critical", "critical", "critical", "critical", "warning"]


def test_rise_in_between_begins_the_fall_anew() -> None:
    """Fifteen seconds below, in one go."""
    high, low = of(meter("requests", 0.85, "warning")), of(meter("requests", 0.5))
    scenes = ((0, high), (1, low), (10, high), (11, low), (20, low), (26, low))

    assert story(*scenes) == ["warning"] * 5 + ["healthy"]


def test_middle_begins_the_fall_anew() -> None:
    """Between the threshold and three points below it the level neither falls nor counts down."""
    high = of(meter("requests", 0.85, "warning"))
    low, middle = of(meter("requests", 0.5)), of(meter("requests", 0.78))
    scenes = ((0, high), (1, low), (10, middle), (12, low), (20, low), (27, low))

    assert story(*scenes) == ["warning"] * 5 + ["healthy"]


@pytest.mark.parametrize(
    ("used", "step", "percent"),
    [(0, 0, 0), (0.001, 1, 1), (0.5, 12, 50), (0.999, 23, 99), (1, 24, 100), (1.3, 24, 100)],
)
def test_steps(used: float, step: int, percent: int) -> None:
    """Any use shows and any rest stays free."""
    assert (step_of(used), percent_of(used)) == (step, percent)


@pytest.mark.parametrize(
    ("snapshot", "link", "seconds", "expected"),
    [
        (None, Link("down", NOON), 1, True),
        (SNAPSHOT, Link("down", NOON), 2, False),
        (None, UP, 0, False),
        (SNAPSHOT, UP, 0, False),
        (of(meter("requests", 0.5)), UP, 0, True),
        (of(meter("requests", 0.0)), UP, 0, False),
        (of(meter("seven_day", 0.5)), UP, 0, False),
        (replace(SNAPSHOT, pools=(replace(THROTTLED, meters=()),)), UP, 59, True),
        (replace(SNAPSHOT, pools=(replace(THROTTLED, meters=()),)), UP, 60, False),
    ],
)
def test_what_moves_by_itself(
    snapshot: Snapshot | None, link: Link, seconds: float, *, expected: bool
) -> None:
    """Only while something does is the icon looked at each second."""
    assert moves(snapshot, link, at(seconds)) is expected
