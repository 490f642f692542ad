"""One tick a second, while anything counts."""

import datetime as dt

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.fakes.clock import START, FakeClock
from trayapp.ui.seconds import Seconds


@pytest.fixture
def seconds(qtbot: QtBot) -> Seconds:
    """A second's end is near."""
    return Seconds(FakeClock(START + dt.timedelta(milliseconds=999)))


def test_tick_comes_on_the_second(seconds: Seconds, qtbot: QtBot) -> None:
    """Whoever wants it hears the next second begin."""
    who = QObject()
    with qtbot.waitSignal(seconds.tick, timeout=500):
        seconds.want(who)

    assert seconds.is_running


def test_nothing_ticks_for_nobody(seconds: Seconds) -> None:
    """When the last one leaves, the timer stops."""
    one, other = QObject(), QObject()
    seconds.want(one)
    seconds.want(other)
    seconds.want(other)

    seconds.leave(one)
    assert seconds.is_running
    seconds.leave(other)

    assert not seconds.is_running


def test_who_is_gone_wants_nothing(seconds: Seconds, qtbot: QtBot) -> None:
    """A window that ends without leaving does not keep the timer going."""
    who = QObject()
    seconds.want(who)

    with qtbot.waitSignal(who.destroyed):
        who.deleteLater()

    assert not seconds.is_running


def test_who_ends_later_finds_no_timer(seconds: Seconds, qtbot: QtBot) -> None:
    """A window may be gone after the one that ticks, and nothing is said of it."""
    who = QObject()
    seconds.want(who)
    with qtbot.waitSignal(seconds.destroyed):
        seconds.deleteLater()

    with qtbot.captureExceptions() as raised, qtbot.waitSignal(who.destroyed):
        who.deleteLater()

    assert not raised
