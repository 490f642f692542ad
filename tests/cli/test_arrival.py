"""Whether a tool was heard of."""

import datetime as dt

import msgspec
import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.cli.arrival import awaited, words
from trayapp.model.snapshot import Hold, Snapshot, ToolTotals


class Told:
    """An engine that says these Snapshots, one each second."""

    def __init__(self, clock: FakeClock, *later: Snapshot) -> None:
        self.snapshot = SNAPSHOT
        self._clock = clock
        self._later = list(later)

    def wait(self, seconds: float) -> bool:
        self._clock.advance(seconds)
        if self._later:
            self.snapshot = self._later.pop(0)
        return True


HELD = Hold("1", "zed", "m", dt.datetime(2026, 1, 1, tzinfo=dt.UTC), None, "")


@pytest.mark.parametrize(
    ("later", "seen"),
    [
        ({"tools": (ToolTotals("zed", "normal", requests=1),)}, True),
        ({"held": (HELD,)}, True),
        ({"tools": (ToolTotals("aider", "normal", requests=1),)}, False),
    ],
)
def test_a_tool_is_heard_of(later: dict[str, object], seen: bool) -> None:
    """By a request that was answered, or one that is held."""
    clock = FakeClock()
    engine = Told(clock, msgspec.structs.replace(SNAPSHOT, **later))

    assert awaited(engine, "zed", 5, clock, before=SNAPSHOT) is seen


def test_both_ends_have_their_words() -> None:
    """Not heard of yet is no failure of the tool."""
    assert words("zed", 5, seen=True) == "The first request from “zed” arrived."
    assert "within 5 s" in words("zed", 5, seen=False)
