"""The tray icon's menu."""

from typing import Literal

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.model.command import Pause
from trayapp.model.snapshot import Meter, Pool
from trayapp.ui.desk import Desk, Make
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.menu import TrayMenu

HIGH = Meter(
    "requests", limit=50, remaining=5, utilization=0.9, level="critical", source="measured"
)
LOW = Meter("input_tokens", limit=100, remaining=80, utilization=0.2, source="measured")
BUSY = replace(SNAPSHOT, pools=(Pool("p", "u", None, "sonnet-5.5", (LOW, HIGH)),))


class FakeLogin:
    """Satisfies `trayapp.desktop.autostart.Autostart`."""

    def __init__(self) -> None:
        self.is_on = False
        self.fails = False

    def turn(self, *, on: bool) -> None:
        if self.fails:
            raise PermissionError("read-only")
        self.is_on = on


class Scene:
    """A menu and what was done by it."""

    def __init__(self, qtbot: QtBot, *names: str, login: FakeLogin | None = None) -> None:
        self.acts: list[str] = []
        self.bridge = FakeBridge()
        makes: dict[str, Make] = dict.fromkeys(names, self.make)
        self.desk = Desk(self.bridge, FakeClock(), makes, look=Look(system=["en"]))
        self.desk.leaving.connect(lambda: self.acts.append("leave"))
        self.menu = TrayMenu(self.desk, lambda: self.acts.append("panel"), login)
        qtbot.addWidget(self.menu.menu)
        self.qtbot = qtbot

    def make(self, _desk: Desk) -> QWidget:
        window = QWidget()
        self.qtbot.addWidget(window)
        return window

    def up(self) -> None:
        self.bridge.tell(BUSY)
        self.desk.stand(Link("connected", self.desk.clock.now()))
        self.menu.draw()

    @property
    def lines(self) -> list[str]:
        return [action.text() for action in self.visible]

    @property
    def visible(self) -> list[QAction]:
        return [action for action in self.menu.menu.actions() if action.isVisible()]

    def choose(self, text: str) -> None:
        next(action for action in self.visible if action.text() == text).trigger()


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """With every window there is."""
    return Scene(qtbot, "panel", "activity", "batch", "connect", "settings")


def test_entries_in_their_order(scene: Scene) -> None:
    """The tightest meters stand first, then what a user looks for, and Quit last."""
    scene.up()

    assert scene.lines == [
        "Requests 90% used, 5 of 50 left",
        "Input tokens 20% used, 80 of 100 left",
        "",
        "Open Sluice",
        "Pause all requests",
        "",
        "Activity…",
        "Batch…",
        "Connect a tool…",
        "Settings…",
        "Copy base URL",
        "",
        "Quit Sluice",
    ]


def test_without_an_engine(scene: Scene) -> None:
    """No meter is shown, and what needs an engine is off."""
    enabled = [action.text() for action in scene.visible if action.isEnabled() and action.text()]

    assert scene.lines[0] == "Open Sluice"
    assert enabled == [
        "Open Sluice", "Activity…", "Batch…", "Connect a tool…", "Settings…", "Quit Sluice",
    ]  # fmt: skip


def test_windows_that_are_not_there_are_not_offered(qtbot: QtBot) -> None:
    """An entry leads somewhere."""
    scene = Scene(qtbot)
    scene.up()

    assert [action.text() for action in scene.visible if action.isEnabled()] == [
        "", "Pause all requests", "", "Copy base URL", "", "Quit Sluice",
    ]  # fmt: skip


def test_start_at_login_is_a_switch(qtbot: QtBot) -> None:
    """It shows what the desktop keeps, also where that was changed elsewhere or cannot be."""
    login = FakeLogin()
    scene = Scene(qtbot, login=login)
    entry = next(action for action in scene.visible if action.text() == "Start at login")
    seen = [entry.isChecked()]
    scene.choose("Start at login")
    seen.append(entry.isChecked())
    login.is_on = False
    scene.menu.menu.aboutToShow.emit()
    seen.append(entry.isChecked())
    login.fails = True
    scene.choose("Start at login")
    seen.append(entry.isChecked())

    assert seen == [False, True, False, False]


def test_settings_have_the_switch_where_there_are_some(qtbot: QtBot) -> None:
    """One switch stands in one place."""
    assert "Start at login" not in Scene(qtbot, "settings", login=FakeLogin()).lines


@pytest.mark.parametrize("state", ["down", "restarting"])
def test_engine_that_is_gone_can_be_wanted(
    scene: Scene, qtbot: QtBot, state: Literal["down", "restarting"]
) -> None:
    """The menu has the button of the note."""
    scene.desk.stand(Link(state, scene.desk.clock.now()))
    scene.menu.draw()

    with qtbot.waitSignal(scene.desk.wanted):
        scene.choose("Start engine")


def test_paused_offers_to_resume(scene: Scene) -> None:
    """The same entry undoes what it did."""
    scene.up()
    scene.bridge.tell(replace(BUSY, paused=True))
    scene.menu.draw()

    assert "Resume requests" in scene.lines
    assert "Pause all requests" not in scene.lines


def test_opening_is_the_default(scene: Scene) -> None:
    """It stands in bold, as the click on the icon does the same."""
    assert scene.menu.menu.defaultAction().text() == "Open Sluice"


def test_each_entry_does_its_own(scene: Scene) -> None:
    """A click is a verb."""
    scene.up()
    for entry in (
        "Requests 90% used, 5 of 50 left", "Open Sluice", "Pause all requests", "Copy base URL",
        "Settings…", "Quit Sluice",
    ):  # fmt: skip
        scene.choose(entry)

    assert scene.acts == ["panel", "panel", "leave"]
    assert scene.bridge.asked == [Pause()]
    assert QGuiApplication.clipboard().text() == BUSY.base_url
    assert scene.desk.made("settings") is not None


def test_meters_have_faces(scene: Scene) -> None:
    """Each line carries its own ring, redrawn only when it changes."""
    scene.up()
    first = scene.visible[0].icon().cacheKey()
    scene.menu.draw()
    again = scene.visible[0].icon().cacheKey()

    assert not scene.visible[0].icon().isNull()
    assert first == again


def test_looks_before_it_opens(scene: Scene) -> None:
    """What is seen is what is true when it opens."""
    scene.bridge.tell(BUSY)
    scene.desk.stand(Link("connected", scene.desk.clock.now()))
    scene.menu.menu.aboutToShow.emit()

    assert scene.lines[0] == "Requests 90% used, 5 of 50 left"


def test_another_language(scene: Scene) -> None:
    """The menu speaks what the user chose."""
    scene.desk.look.choose_language("zh_CN")
    scene.menu.draw()

    assert scene.lines[0] == "打开 Sluice"
    assert scene.lines[-1] == "退出 Sluice"


def test_remedies_are_offered_while_no_engine_runs(scene: Scene) -> None:
    """Start it, or go to where tools are put back; a running engine needs neither."""
    scene.up()
    before = scene.lines
    scene.desk.wanted.connect(lambda: scene.acts.append("start"))
    scene.desk.stand(Link("down", scene.desk.clock.now()))
    scene.desk.strand(("Zed",))
    scene.menu.draw()

    scene.choose("Start engine")
    scene.choose("Disconnect 1 tool…")

    assert scene.acts == ["start"]
    assert scene.desk.made("connect") is not None
    assert not {"Start engine", "Disconnect 1 tool…"} & set(before)
