"""The tray icon, without a tray: what it shows, and when it is drawn."""

import datetime as dt

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.desktop.bus import Bus
from trayapp.desktop.host import Host
from trayapp.model.snapshot import Meter, Pool, Snapshot
from trayapp.ui.desk import Desk
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.tray import CALM_MS, STEP_MS, Tray

Reason = QSystemTrayIcon.ActivationReason


def at(used: float, kind: str = "seven_day") -> Snapshot:
    meter = Meter(kind, utilization=used, measured_at=FakeClock().now(), source="measured")
    return replace(SNAPSHOT, pools=(Pool("p", "u", None, "sonnet-5.5", (meter,)),))


class Scene:
    """A tray icon that nobody sees."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.clock = FakeClock()
        self.bridge = FakeBridge()
        self.desk = Desk(self.bridge, self.clock, {"panel": self.make}, look=Look(system=["en"]))
        self.host = Host(Bus(None))
        self.tray = Tray(self.desk, self.host)

    def make(self, _desk: Desk) -> QWidget:
        window = QWidget()
        self.qtbot.addWidget(window)
        return window

    def up(self, snapshot: Snapshot) -> None:
        self.bridge.tell(snapshot)
        self.desk.stand(Link("connected", self.clock.now()))

    def second(self) -> None:
        """Let a second pass, and what is due in it happen."""
        self.clock.advance(1)
        self.tray._again.stop()
        self.tray._look()

    @property
    def icon(self) -> QSystemTrayIcon:
        assert self.tray._icon is not None
        return self.tray._icon


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """Nothing is known yet."""
    return Scene(qtbot)


def test_first_face_says_nothing_is_known(scene: Scene) -> None:
    """The icon is there before the engine is."""
    assert scene.tray.face.state == "unknown"
    assert scene.icon.isVisible()
    assert scene.icon.toolTip() == "Sluice: the engine is starting"


def test_shows_the_tightest_meter(scene: Scene) -> None:
    """Its share used is the icon's, in words under the pointer."""
    scene.up(at(0.68))
    scene.second()

    assert scene.tray.face.percent == 68
    assert "7 days, Sonnet 5.5: 68% used" in scene.icon.toolTip()


def test_is_drawn_only_when_it_looks_different(scene: Scene) -> None:
    """A percent more within the same step of 24 is no reason to draw."""
    scene.up(at(0.500))
    scene.second()
    drawn = scene.tray.drawn
    scene.bridge.tell(at(0.501))
    scene.second()
    scene.bridge.tell(at(0.51))
    scene.second()
    same = scene.tray.drawn
    scene.bridge.tell(at(0.55))
    scene.second()

    assert (same, scene.tray.drawn) == (drawn, drawn + 1)


def test_is_drawn_at_most_once_a_second(scene: Scene) -> None:
    """Snapshots come four times a second; the icon waits for its second."""
    scene.up(at(0.1, "requests"))
    scene.second()
    drawn = scene.tray.drawn
    for used in (0.3, 0.5, 0.7):
        scene.bridge.tell(at(used, "requests"))
    within = scene.tray.drawn
    scene.second()

    assert (within, scene.tray.drawn) == (drawn, drawn + 1)


@pytest.mark.parametrize(
    ("snapshot", "pace"), [(at(0.5), CALM_MS), (at(0.5, "requests"), STEP_MS), (at(0.0), CALM_MS)]
)
def test_rests_while_nothing_moves(scene: Scene, snapshot: Snapshot, pace: int) -> None:
    """A bucket refills every second; a window stays as it was told."""
    scene.up(snapshot)
    scene.second()

    assert scene.tray._again.interval() == pace


def test_bucket_refills_without_news(scene: Scene) -> None:
    """While the engine says nothing, the icon goes on by the model."""
    meter = Meter(
        "requests", limit=60, remaining=6, utilization=0.9, refill_per_s=1.0, level="critical",
        measured_at=scene.clock.now(), source="measured",
    )  # fmt: skip
    scene.up(replace(SNAPSHOT, pools=(Pool("p", "u", None, "m", (meter,)),)))
    scene.second()
    first = scene.tray.face.percent
    for _ in range(30):
        scene.second()

    assert (first, scene.tray.face.percent) == (88, 38)


def test_engine_that_is_gone_is_shown(scene: Scene) -> None:
    """After two seconds without an engine the ring is struck through."""
    scene.up(at(0.5))
    scene.second()
    scene.desk.stand(Link("down", scene.clock.now()))
    scene.second()
    soon = scene.tray.face.state
    scene.second()

    assert (soon, scene.tray.face.state) == ("healthy", "down")


def test_new_host_gets_a_new_icon(scene: Scene) -> None:
    """An icon made before its host came would never be shown there."""
    scene.up(at(0.5))
    scene.second()
    before = scene.icon
    scene.host.came.emit()

    assert scene.icon is not before
    assert scene.icon.toolTip() == before.toolTip()
    assert not scene.icon.icon().isNull()


def test_click_opens_and_closes_the_panel(scene: Scene) -> None:
    """The same click does both; the menu's click is the menu's."""
    scene.icon.activated.emit(Reason.Context)
    untouched = scene.desk.made("panel")
    scene.icon.activated.emit(Reason.Trigger)
    panel = scene.desk.made("panel")
    assert panel is not None
    opened = panel.isVisible()
    scene.icon.activated.emit(Reason.Trigger)

    assert (untouched, opened, panel.isVisible()) == (None, True, False)


def test_without_a_panel_a_click_is_answered_by_the_menu(qtbot: QtBot) -> None:
    """No click is in vain."""
    desk = Desk(FakeBridge(), FakeClock(), {})
    tray = Tray(desk, Host(Bus(None)))
    tray.open()
    tray._activated(Reason.Trigger)
    shown = tray._menu.menu.isVisible()
    tray._menu.menu.close()

    assert shown


def test_hides_at_the_end(scene: Scene) -> None:
    """Who quits leaves no icon behind, and no timer."""
    scene.tray.hide()

    assert not scene.icon.isVisible()
    assert not scene.tray._again.isActive()


def test_waking_looks_again(scene: Scene) -> None:
    """After a night the bucket is full, though the engine has said nothing yet."""
    meter = Meter(
        "requests", limit=60, remaining=0, utilization=1.0, refill_per_s=1.0, level="depleted",
        measured_at=scene.clock.now(), source="measured",
    )  # fmt: skip
    scene.up(replace(SNAPSHOT, pools=(Pool("p", "u", None, "m", (meter,)),)))
    scene.second()
    scene.clock.sleep(3600)
    scene.second()

    assert scene.tray.face.percent == 0
    assert scene.clock.now() - FakeClock().now() > dt.timedelta(hours=1)
