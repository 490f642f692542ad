"""When a window draws, and where it stands."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.ui.desk import Desk
from trayapp.ui.window import Window


class Plain(Window):
    """Counts how often it draws."""

    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "plain", (300, 200))
        self.drawn = 0

    def draw(self) -> None:
        self.drawn += 1

    def rest(self, milliseconds: int) -> None:
        self._rest.setInterval(milliseconds)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    """A desk whose engine has said something."""
    return Desk(FakeBridge(SNAPSHOT), FakeClock(), {})


@pytest.fixture
def plain(desk: Desk, qtbot: QtBot) -> Callable[[], Plain]:
    """Makes a window."""

    def make() -> Plain:
        window = Plain(desk)
        qtbot.addWidget(window)
        return window

    return make


def test_hidden_windows_do_not_draw(desk: Desk, plain: Callable[[], Plain]) -> None:
    """Nobody draws for nobody, and nothing ticks."""
    window = plain()
    window.show()
    window.hide()
    before = window.drawn

    desk.changed.emit()
    desk.look.changed.emit()

    assert (window.drawn, desk.seconds.is_running) == (before, False)


def test_shown_window_draws_what_is_now(desk: Desk, plain: Callable[[], Plain]) -> None:
    """A window draws as it is shown, and each second after where it counts."""
    window = plain()

    window.show()

    assert window.drawn >= 1
    assert desk.seconds.is_running


def test_many_changes_are_few_drawings(
    desk: Desk, plain: Callable[[], Plain], qtbot: QtBot
) -> None:
    """A burst is drawn at once and once more at the end, so the last state is always seen."""
    window = plain()
    window.rest(1)
    window.show()
    window.drawn = 0

    for _ in range(50):
        desk.changed.emit()
    qtbot.waitUntil(lambda: window.drawn > 1)

    assert window.drawn == 2


def test_each_second_draws(desk: Desk, plain: Callable[[], Plain]) -> None:
    """The tick is a reason to draw."""
    window = plain()
    window.show()
    window.drawn = 0

    desk.seconds.tick.emit()

    assert window.drawn == 1


def test_place_is_remembered(plain: Callable[[], Plain]) -> None:
    """A window comes back as large as it was closed."""
    first = plain()
    first.show()
    assert (first.width(), first.height()) == (300, 200)
    first.setGeometry(40, 50, 420, 260)
    first.close()

    again = plain()
    again.show()

    assert (again.size().width(), again.size().height()) == (420, 260)


def test_window_stays_where_it_was_moved(plain: Callable[[], Plain]) -> None:
    """Hiding and showing does not put it back to where it stood first."""
    window = plain()
    window.show()
    window.setGeometry(40, 50, 500, 300)
    there = window.geometry()
    window.hide()

    window.show()

    assert window.geometry() == there


def test_window_without_a_size_has_no_place(desk: Desk, qtbot: QtBot) -> None:
    """What is as large as its content is not remembered."""
    window = Window(desk, "panel")
    qtbot.addWidget(window)
    window.show()

    window.close()

    assert isinstance(window, QWidget)
    assert desk.memory.place(f"panel/{window.screen().name()}").isEmpty()
