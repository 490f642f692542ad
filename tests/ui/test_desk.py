"""What windows are given."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.model.command import Pause
from trayapp.model.snapshot import Meter, Pool
from trayapp.ui.desk import Desk
from trayapp.ui.link import Link

METER = Meter(
    "requests", limit=60, remaining=0, utilization=1, refill_per_s=1, measured_at=FakeClock().now()
)
SPENT = replace(SNAPSHOT, pools=(Pool("p", "u", None, "sonnet-5.5", (METER,)),))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A desk with one window and an engine that says nothing yet."""

    def plain(_desk: Desk) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        return window

    return Desk(FakeBridge(), FakeClock(), {"panel": plain})


def fake(desk: Desk) -> FakeBridge:
    assert isinstance(desk.bridge, FakeBridge)
    return desk.bridge


def clock(desk: Desk) -> FakeClock:
    assert isinstance(desk.clock, FakeClock)
    return desk.clock


def test_nothing_is_known_at_first(desk: Desk) -> None:
    """Before the first Snapshot there is nothing to draw."""
    assert desk.snapshot is None
    assert desk.present() is None
    assert desk.link.state == "starting"


def test_each_snapshot_is_told(qtbot: QtBot, desk: Desk) -> None:
    """Windows hear of every change."""
    with qtbot.waitSignal(desk.changed):
        fake(desk).tell(SNAPSHOT)

    assert desk.snapshot == SNAPSHOT


def test_time_goes_on_between_snapshots(desk: Desk) -> None:
    """A bucket refills while nothing is said."""
    fake(desk).tell(SPENT)
    clock(desk).advance(30)
    present = desk.present()

    assert present
    assert present.pools[0].meters[0].remaining == 30
    assert present.pools[0].meters[0].age_s == 30


def test_link_is_told_when_it_changes(qtbot: QtBot, desk: Desk) -> None:
    """The same link twice is no news."""
    down = Link("down", desk.clock.now())
    with qtbot.waitSignal(desk.changed):
        desk.stand(down)
    with qtbot.assertNotEmitted(desk.changed):
        desk.stand(down)

    assert not desk.link.is_up


def test_commands_go_to_the_engine(desk: Desk) -> None:
    """What a window asks is the bridge's to say."""
    fake(desk).tell(SNAPSHOT)
    desk.ask(Pause())

    assert fake(desk).asked == [Pause()]


def test_window_is_made_once(desk: Desk) -> None:
    """Opened again, it is the same one, in front."""
    assert desk.names == ("panel",)
    assert desk.made("panel") is None
    first = desk.open("panel")
    first.hide()

    assert desk.open("panel") is first
    assert first.isVisible()


def test_all_close(desk: Desk) -> None:
    """At the end no window stays."""
    window = desk.open("panel")
    desk.close_all()

    assert not window.isVisible()
    assert desk.made("panel") is window


def test_now_is_in_the_reader_s_zone(desk: Desk) -> None:
    """Clock times are read where the user is."""
    assert desk.now().utcoffset() == dt.datetime.now().astimezone().utcoffset()  # noqa: TID251 - the zone of this machine is the point
