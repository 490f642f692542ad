"""At most four Snapshots a second, and none while nothing changes."""

from collections.abc import Callable

import pytest

from tests.fakes.clock import START
from trayapp.engine.publisher import INTERVAL_S, Publisher
from trayapp.model.snapshot import Snapshot


class Stage:
    """A publisher, its clock and one subscriber."""

    def __init__(self) -> None:
        self.now = 100.0
        self.built = 0
        self.while_built: Callable[[], None] = lambda: None
        self.seen: list[float] = []
        self.due: list[tuple[float, Callable[[], None]]] = []
        self.publisher = Publisher(self._build, lambda: self.now, self._later)

    def _build(self) -> Snapshot:
        self.built += 1
        self.while_built()
        return Snapshot("0.1.0", START, float(self.built), paused=False, base_url="")

    def _later(self, delay: float, callback: Callable[[], None]) -> None:
        self.due.append((self.now + delay, callback))

    def look(self, snapshot: Snapshot) -> None:
        """What a subscriber does."""
        self.seen.append(snapshot.uptime_s)

    def wait(self, seconds: float) -> None:
        """Let *seconds* pass."""
        self.now += seconds
        due = [entry for entry in self.due if entry[0] <= self.now]
        self.due = [entry for entry in self.due if entry[0] > self.now]
        for _, callback in due:
            callback()


def test_subscriber_sees_the_present_at_once() -> None:
    """The first Snapshot comes with the subscription."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)

    assert stage.seen == [1]


def test_first_change_is_told_at_once() -> None:
    """After a quiet time there is nothing to wait for."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    stage.publisher.changed()
    stage.wait(0)

    assert stage.seen == [1, 2]


def test_many_changes_are_one() -> None:
    """Whatever changes within a quarter of a second is told once, as it then is."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    for _ in range(100):
        stage.publisher.changed()
        stage.wait(0.01)

    assert len(stage.seen) - 1 == pytest.approx(1 / INTERVAL_S, abs=1)
    assert len(stage.due) <= 1


def test_nothing_changes_nothing_is_told() -> None:
    """An idle engine is silent."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    stage.wait(3600)

    assert (stage.seen, stage.due) == ([1], [])


def test_nobody_looks_nothing_is_built() -> None:
    """Without a subscriber a change costs nothing."""
    stage = Stage()
    stage.publisher.changed()

    assert (stage.built, stage.due) == (0, [])


def test_who_has_left_sees_no_more() -> None:
    """A change that is on its way finds nobody, and the next one starts nothing."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    stage.publisher.changed()
    stage.publisher.leave("tray")
    stage.publisher.leave("stranger")
    stage.wait(1)
    stage.publisher.changed()

    assert (stage.seen, stage.built, stage.due) == ([1], 1, [])


def test_all_see_the_same() -> None:
    """A Snapshot is built once for all who look."""
    stage = Stage()
    other: list[float] = []
    stage.publisher.subscribe("tray", stage.look)
    stage.publisher.subscribe("shell", lambda snapshot: other.append(snapshot.uptime_s))
    stage.publisher.changed()
    stage.wait(0)

    assert (stage.seen, other) == ([1, 3], [2, 3])
    assert repr(stage.publisher) == "<Publisher 2 subscribers, pending=False>"


def test_what_changes_while_it_is_built_is_in_it() -> None:
    """A build that brings its own parts up to date asks for no second Snapshot."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    stage.while_built = stage.publisher.changed
    stage.publisher.changed()
    stage.wait(0)
    stage.wait(10)

    assert stage.seen == [1, 2]


def test_failed_build_is_tried_again() -> None:
    """A bug in building one Snapshot does not end them all."""
    stage = Stage()
    stage.publisher.subscribe("tray", stage.look)
    stage.while_built = bug
    stage.publisher.changed()
    with pytest.raises(LookupError):
        stage.wait(0)
    stage.while_built = lambda: None
    stage.publisher.changed()
    stage.wait(10)

    assert stage.seen == [1, 3]


def bug() -> None:
    """Fail as nobody foresaw."""
    raise LookupError
