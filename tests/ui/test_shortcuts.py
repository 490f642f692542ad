"""The keys that work in every window."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.model.command import Pause, Resume
from trayapp.ui.desk import Desk
from trayapp.ui.link import Link
from trayapp.ui.shortcuts import base_url
from trayapp.ui.window import Window

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CTRL = Modifier.ControlModifier
CTRL_SHIFT = CTRL | Modifier.ShiftModifier


@pytest.fixture
def bridge(qtbot: QtBot) -> FakeBridge:
    """An engine that has said something."""
    return FakeBridge(SNAPSHOT)


@pytest.fixture
def desk(bridge: FakeBridge, qtbot: QtBot) -> Desk:
    """A desk with an Activity window and no other."""

    def activity(_desk: Desk) -> QWidget:
        window = QWidget()
        qtbot.addWidget(window)
        return window

    desk = Desk(bridge, FakeClock(), {"activity": activity})
    desk.stand(Link("connected", FakeClock().now()))
    return desk


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> Iterator[Window]:
    """A window in front."""
    window = Window(desk, "plain", (300, 200))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    QToolTip.hideText()


def test_numbers_open_windows(window: Window, desk: Desk, qtbot: QtBot) -> None:
    """Ctrl+2 opens Activity; a window that does not exist has no key."""
    QTest.keyClick(window, Key.Key_2, CTRL)

    opened = desk.made("activity")
    assert opened is not None
    assert opened.isVisible()
    assert "Ctrl+1" not in [action.shortcut().toString() for action in window.actions()]


@pytest.mark.parametrize(("paused", "said"), [(False, Pause()), (True, Resume())])
def test_pause_and_go_on(
    window: Window, bridge: FakeBridge, qtbot: QtBot, paused: bool, said: object
) -> None:
    """Ctrl+Shift+P turns what is."""
    bridge.tell(replace(SNAPSHOT, paused=paused))

    QTest.keyClick(window, Key.Key_P, CTRL_SHIFT)

    assert bridge.asked == [said]


def test_without_an_engine_nothing_is_paused(
    window: Window, desk: Desk, bridge: FakeBridge, qtbot: QtBot
) -> None:
    """An engine that is not there is asked nothing."""
    desk.stand(Link("down", FakeClock().now()))

    QTest.keyClick(window, Key.Key_P, CTRL_SHIFT)

    assert bridge.asked == []


def test_base_url_is_copied(window: Window, qtbot: QtBot) -> None:
    """Ctrl+Shift+C copies what tools need."""
    QTest.keyClick(window, Key.Key_C, CTRL_SHIFT)

    assert QGuiApplication.clipboard().text() == SNAPSHOT.base_url


def test_base_url_before_an_engine_said_it(qtbot: QtBot) -> None:
    """Until then it is the one that it will be."""
    assert base_url(Desk(FakeBridge(), FakeClock(), {})) == "http://127.0.0.1:7429"


@pytest.mark.parametrize(
    ("key", "modifier"), [(Key.Key_Escape, Modifier.NoModifier), (Key.Key_W, CTRL)]
)
def test_close(window: Window, qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    """Esc and Ctrl+W close."""
    QTest.keyClick(window, key, modifier)

    assert not window.isVisible()


def test_quit_is_a_wish(window: Window, desk: Desk, qtbot: QtBot) -> None:
    """Ctrl+Q asks the desk, which knows what is in flight."""
    with qtbot.waitSignal(desk.leaving):
        QTest.keyClick(window, Key.Key_Q, CTRL)


def test_focused_thing_explains_itself(window: Window, qtbot: QtBot) -> None:
    """F1 says the words of what has the focus."""
    field = QLineEdit(window)
    field.setToolTip("The address that tools use.")
    field.show()
    field.setFocus()

    QTest.keyClick(field, Key.Key_F1)

    assert QToolTip.text() == "The address that tools use."


def test_actions_speak_the_language(window: Window, desk: Desk) -> None:
    """What the keys do is said in the language of the windows."""
    desk.look.choose_language("zh_CN")
    window.shortcuts.follow()

    texts = [action.text() for action in window.actions()]

    desk.look.choose_language("en")
    assert "活动" in texts
