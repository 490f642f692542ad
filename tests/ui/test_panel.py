"""The panel on a desk without an engine: what it shows, asks, and leaves alone."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.history import FakeHistory
from trayapp.model.command import CancelHold, Command, Pause, SendNow
from trayapp.model.snapshot import Snapshot
from trayapp.ui.activity import ActivityWindow
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import afternoon, samples
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.panel import Panel
from trayapp.ui.panel_menu import KEEP, PanelMenu

Open = Callable[[Snapshot | None], Panel]


@pytest.fixture
def bridge() -> FakeBridge:
    """An engine that has said nothing yet."""
    return FakeBridge()


@pytest.fixture
def desk(bridge: FakeBridge, qtbot: QtBot) -> Desk:
    """A desk at the pictures' moment, in English."""
    desk = Desk(bridge, FakeClock(samples.NOW), {}, look=Look(system=["en"]))
    desk.stand(Link("connected", samples.NOW))
    return desk


@pytest.fixture
def panel(desk: Desk, bridge: FakeBridge, qtbot: QtBot) -> Open:
    """Opens the panel on what the engine says."""

    def make(snapshot: Snapshot | None) -> Panel:
        if snapshot is not None:
            bridge.tell(snapshot)
        panel = Panel(desk)
        panel.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        panel.most = 2000
        qtbot.addWidget(panel)
        panel.show()
        return panel

    return make


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def shown(widget: QWidget) -> list[str]:
    return [
        label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()
    ]


def test_every_meter_is_one_stop(panel: Open) -> None:
    """Each row is a progress bar of a name and a value, in the order that is read."""
    rows = panel(afternoon.BUSY).rows()

    assert [(row.value(), row.accessibleName().split(":")[0]) for row in rows] == [
        (62, "Requests, Sonnet 5.5"),
        (35, "Input tokens, Sonnet 5.5"),
        (86, "Output tokens, Sonnet 5.5"),
        (41, "5 hours, Opus 5.5 · login"),
        (68, "7 days, Opus 5.5 · login"),
        (34, "Spend today"),
    ]


def test_arrows_move_between_meters(panel: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Down goes to the next one, and up from the first stays."""
    rows = panel(afternoon.BUSY).rows()
    focused: list[int] = []
    for at, row in enumerate(rows):
        monkeypatch.setattr(row, "setFocus", lambda _why, at=at: focused.append(at))
        monkeypatch.setattr(row, "hasFocus", lambda at=at: at == 0)

    press(rows[0], Qt.Key.Key_Down)
    press(rows[0], Qt.Key.Key_Up)

    assert focused == [1]


def test_enter_opens_the_details(panel: Open, qtbot: QtBot) -> None:
    """What F1 explains can be read in place, and closed again."""
    row = panel(afternoon.BUSY).rows()[0]
    before = row.sizeHint().height()

    press(row, Qt.Key.Key_Return)
    opened = row.sizeHint().height()
    press(row, Qt.Key.Key_Return)

    assert (opened > before, row.sizeHint().height()) == (True, before)


@pytest.mark.parametrize(
    ("key", "asked"), [(Qt.Key.Key_S, SendNow("1")), (Qt.Key.Key_Delete, CancelHold("1"))]
)
def test_held_request_obeys_its_keys(
    panel: Open, bridge: FakeBridge, qtbot: QtBot, key: Qt.Key, asked: Command
) -> None:
    """S sends it at once, Delete cancels it."""
    row = panel(afternoon.BUSY).held.rows["1"]

    press(row, key)

    assert bridge.asked == [asked]


def test_held_rows_keep_their_place(panel: Open, bridge: FakeBridge) -> None:
    """A row stays the same widget while others come and go, so that it keeps the focus."""
    opened = panel(afternoon.BUSY)
    second = opened.held.rows["2"]

    bridge.tell(replace(afternoon.BUSY, held=afternoon.BUSY.held[1:], held_total=1))
    opened.draw()

    assert opened.held.rows == {"2": second}


def test_same_snapshot_repaints_nothing(panel: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is drawn already stays as it is."""
    opened = panel(afternoon.BUSY)
    touched: list[str] = []
    for row in opened.rows():
        monkeypatch.setattr(row, "update", lambda: touched.append("row"))

    opened.draw()

    assert touched == []


def test_pools_keep_their_order_while_open(panel: Open, bridge: FakeBridge) -> None:
    """Nothing moves under the pointer, and what is gone is gone."""
    opened = panel(afternoon.BUSY)
    turned = replace(afternoon.BUSY, pools=(afternoon.LOGIN, afternoon.SONNET))

    bridge.tell(turned)
    opened.draw()
    kept = opened.rows()[0].accessibleName()
    bridge.tell(replace(turned, pools=(afternoon.LOGIN,)))
    opened.draw()

    assert kept.startswith("Requests, Sonnet 5.5")
    assert opened.rows()[0].accessibleName().startswith("5 hours")


def test_window_that_a_pool_lost_is_gone(panel: Open, bridge: FakeBridge) -> None:
    """A meter that is no longer told has no row, the others keep theirs."""
    opened = panel(afternoon.BUSY)
    first = opened.rows()[0]
    fewer = replace(afternoon.SONNET, meters=afternoon.SONNET.meters[:1])

    bridge.tell(replace(afternoon.BUSY, pools=(fewer, afternoon.LOGIN)))
    opened.draw()

    assert opened.rows()[0] is first
    assert len(opened.rows()) == 4


def test_fresh_engine_shows_three_steps(panel: Open) -> None:
    """Where nothing was sent, the panel says what to do first."""
    opened = panel(afternoon.EMPTY)

    assert opened.steps.isVisible()
    assert "Connect a tool" in shown(opened)


def test_before_the_first_word_nothing_is_claimed(panel: Open) -> None:
    """Until the engine has said something there is *Reading…*, and nothing to pause."""
    assert shown(panel(None)).count("Reading…") == 2


def test_lost_engine_leaves_what_was(panel: Open, desk: Desk) -> None:
    """All is stale, nobody can be sent on, and the note offers a start."""
    opened = panel(afternoon.BUSY)
    wanted: list[bool] = []
    desk.wanted.connect(lambda: wanted.append(True))

    desk.stand(afternoon.DOWN)
    opened.draw()
    opened.note.buttons()[0].click()  # type: ignore[attr-defined]

    assert {row.row.tone for row in opened.rows()[:5] if row.row} == {"stale"}
    assert (opened.held.rows, wanted) == ({}, [True])


def test_pause_is_said_to_the_engine(panel: Open, bridge: FakeBridge, qtbot: QtBot) -> None:
    """The head's button pauses."""
    opened = panel(afternoon.BUSY)

    opened.head.pause.click()

    assert bridge.asked == [Pause()]


def test_address_is_copied(panel: Open, qtbot: QtBot) -> None:
    """*Copy* says that it did."""
    opened = panel(afternoon.BUSY)

    opened.foot.copy.click()

    assert opened.foot.copy.text() == "Copied"


@pytest.mark.slow
def test_panel_is_as_high_as_its_content(panel: Open) -> None:
    """More to show is more height, and never beyond what the screen allows."""
    busy, empty = panel(afternoon.BUSY).height(), panel(afternoon.EMPTY).height()
    crowded = panel(afternoon.CROWDED)
    crowded.most = 500
    crowded.draw()

    assert empty < busy
    assert crowded.height() <= 500


def test_open_panel_comes_to_rest(panel: Open) -> None:
    """Looking at its own height is no reason to look again."""
    shown = panel(afternoon.BUSY)
    for _ in range(10):
        QApplication.processEvents()
    asked: list[None] = []
    shown._middle.arranged.connect(lambda: asked.append(None))
    shown._fit()
    for _ in range(10):
        QApplication.processEvents()

    assert asked == []


def test_menu_remembers_what_was_chosen(panel: Open, desk: Desk) -> None:
    """*Keep open* and the language are kept."""
    opened = panel(afternoon.BUSY)
    menu = PanelMenu(desk, opened)

    menu.actions()[0].toggle()
    languages = menu.actions()[1].menu()
    chinese = next(action for action in languages.actions() if action.text() == "简体中文")  # type: ignore[attr-defined]
    chinese.trigger()

    assert (desk.memory.word(KEEP, "no"), desk.look.language) == ("yes", "zh_CN")
    assert "等候中" in shown(opened)
    menu.close()


def test_enter_on_a_tool_opens_what_it_asked(qtbot: QtBot) -> None:
    """Activity comes up with that tool alone."""
    desk = still(
        samples.NOW, afternoon.BUSY, Link("connected", samples.NOW), Look(system=["en"]),
        FakeHistory(3).reply, {"activity": ActivityWindow},
    )  # fmt: skip
    panel = Panel(desk)
    qtbot.addWidget(panel)
    panel.draw()

    press(panel.tools.rows[0], Qt.Key.Key_Return)

    activity = desk.made("activity")
    assert isinstance(activity, ActivityWindow)
    qtbot.addWidget(activity)
    busiest = max(afternoon.BUSY.tools, key=lambda tool: tool.requests)
    assert activity.filters.asked.tools == (busiest.name,)
