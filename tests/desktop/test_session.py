"""What the session does to us."""

import pytest
from PySide6.QtCore import SIGNAL
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trayapp.desktop.bus import Bus
from trayapp.desktop.session import LOGIND, Session


@pytest.fixture
def machine(qtbot: QtBot) -> Bus:
    """A machine's bus that says nothing by itself."""
    return Bus(None)


def told(machine: Bus, *, is_going_to_sleep: bool) -> None:
    machine._heard[LOGIND.interface, "PrepareForSleep"]((is_going_to_sleep,))


def test_wake_is_told(qtbot: QtBot, machine: Bus) -> None:
    """After a sleep, and not before it."""
    session = Session(machine)
    with qtbot.assertNotEmitted(session.woke):
        told(machine, is_going_to_sleep=True)
    with qtbot.waitSignal(session.woke):
        told(machine, is_going_to_sleep=False)


def test_log_out_is_heard(qapp: QApplication, machine: Bus) -> None:
    """A session manager that asks to save data is about to end us."""
    asked = SIGNAL("commitDataRequest(QSessionManager&)")
    before = qapp.receivers(asked)
    session = Session(machine)

    assert qapp.receivers(asked) == before + 1
    assert session is not None
