"""When an engine is started again, as timelines."""

import datetime as dt

import pytest

from trayapp.ui.link import Link
from trayapp.ui.upkeep import DELAYS, MISCONFIGURED, TAKEN, Upkeep, is_older

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def at(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


@pytest.fixture
def upkeep() -> Upkeep:
    """One that begins at noon."""
    return Upkeep(NOON)


def test_first_start(upkeep: Upkeep) -> None:
    """An engine is on its way from the beginning, and then it answers."""
    upkeep.trying(at(1))
    starting = upkeep.link
    upkeep.opened("0.1.0", at(2))

    assert starting == Link("starting", NOON)
    assert upkeep.link == Link("connected", at(2), "0.1.0")


def test_crash_is_restarted_almost_at_once(upkeep: Upkeep) -> None:
    """What crashed is lost first, and tried again after a fifth of a second."""
    upkeep.opened("0.1.0", NOON)
    upkeep.lost(at(9))
    lost = upkeep.link
    delay = upkeep.failed(at(9), "It fell.", -9)

    assert lost == Link("starting", at(9))
    assert delay == 0.2
    assert upkeep.link == Link(
        "restarting", at(9), attempt=1, tries=5, next_at=at(9.2), why="It fell.", code=-9
    )


def test_try_under_way_has_no_time(upkeep: Upkeep) -> None:
    """While a try is being made there is nothing to count down to."""
    upkeep.failed(NOON, "It fell.", 1)
    upkeep.trying(at(0.2))

    assert upkeep.link == Link("restarting", NOON, attempt=1, tries=5, why="It fell.", code=1)


def test_tries_grow_apart_and_end(upkeep: Upkeep) -> None:
    """After five tries it stays down, and says how it ended."""
    delays = [upkeep.failed(at(second), "It fell.", 1) for second in range(6)]

    assert delays == [*DELAYS, None]
    assert upkeep.link == Link("down", NOON, attempt=5, why="It fell.", code=1)


def test_user_begins_anew(upkeep: Upkeep) -> None:
    """Who presses Start gets five tries again."""
    for second in range(6):
        upkeep.failed(at(second))
    upkeep.wanted()
    upkeep.trying(at(60))

    assert upkeep.link == Link("starting", at(60))
    assert upkeep.failed(at(61)) == 0.2


def test_engine_that_ran_a_minute_was_well_started(upkeep: Upkeep) -> None:
    """Its crash is the first of a new count; an earlier one goes on with the old."""
    upkeep.failed(NOON)
    upkeep.opened("0.1.0", at(1))
    upkeep.lost(at(60))
    soon = upkeep.failed(at(60))
    upkeep.opened("0.1.0", at(70))
    upkeep.lost(at(130))

    assert soon == 4.0
    assert upkeep.failed(at(130)) == 0.2


def test_good_end_is_no_crash(upkeep: Upkeep) -> None:
    """What was told to stop stays down until it is wanted."""
    upkeep.opened("0.1.0", NOON)
    upkeep.lost(at(5))
    upkeep.ended(at(5), "It speaks another protocol.")

    assert upkeep.link == Link("down", at(5), why="It speaks another protocol.")


def test_taken_port_is_waited_for(upkeep: Upkeep) -> None:
    """Somebody else's port is asked for again and again, and what holds it stays said."""
    first = upkeep.failed(NOON, "Port 7429 is used by “x” (process 1).", TAKEN)
    upkeep.trying(at(10))

    assert first == 10
    assert upkeep.failed(at(11), "Port 7429 is used by “x” (process 1).", TAKEN) == 10
    assert upkeep.link.state == "down"
    assert upkeep.link.since == NOON


def test_bad_setting_is_not_tried_again(upkeep: Upkeep) -> None:
    """A file that has to be mended does not mend itself."""
    assert upkeep.failed(NOON, "config.toml, line 2: no.", MISCONFIGURED) is None
    assert upkeep.link == Link("down", NOON, why="config.toml, line 2: no.", code=MISCONFIGURED)


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [
        ("0.1.0", "0.2.0", True),
        ("0.9.0", "0.10.0", True),
        ("1.0", "1.0.1", True),
        ("0.1.0", "0.1.0", False),
        ("0.2.0", "0.1.0", False),
        ("dev", "0.1.0", False),
        ("0.1.0", "", False),
    ],
)
def test_versions(version: str, than: str, *, older: bool) -> None:
    """They are compared number by number; what is none is neither older nor newer."""
    assert is_older(version, than) is older
