"""Whether the desktop shows icons, and when that changes."""

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.desktop import Desktop
from trayapp.desktop import host as hosting
from trayapp.desktop.bus import Bus
from trayapp.desktop.host import WATCHER, Host


@pytest.fixture
def host(bus: Bus, monkeypatch: pytest.MonkeyPatch) -> Host:
    """One that settles at once; offscreen Qt never sees a tray by itself."""
    made = Host(bus)
    made._settling.setInterval(1)
    monkeypatch.setattr(hosting, "LOOKS", 3)
    made._looking.setInterval(1)
    return made


def test_host_that_is_there(qtbot: QtBot, session: Desktop, host: Host) -> None:
    """A panel that came before us takes icons."""
    session.show_panel()
    with qtbot.waitSignal(host.came):
        host.watch()


def test_icon_that_has_its_host_is_left_alone(
    qtbot: QtBot, session: Desktop, bus: Bus, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that was made when the panel was there is not made twice."""
    monkeypatch.setattr(Host, "is_there", True)
    session.show_panel()
    host.watch()
    for _ in range(2):  # its answers come in order, and each may ask once more
        with qtbot.waitCallback() as answered:
            bus.call(WATCHER, "Get", done=answered)

    assert not host._settling.isActive()
    assert not host._looking.isActive()


def test_host_that_comes_late(qtbot: QtBot, session: Desktop, host: Host) -> None:
    """A panel that comes after us is told of, when it has settled."""
    host.watch()
    qtbot.waitUntil(lambda: not host._looking.isActive())
    with qtbot.waitSignal(host.came):
        session.show_panel()

    assert not host._looking.isActive()


def test_host_that_comes_again(qtbot: QtBot, session: Desktop, host: Host) -> None:
    """A panel that was restarted has forgotten our icon."""
    session.show_panel()
    with qtbot.waitSignal(host.came):
        host.watch()
    with qtbot.waitSignal(host.looked):
        session.hide_panel()
    with qtbot.waitSignal(host.came):
        session.show_panel()


def test_looking_ends(qtbot: QtBot, host: Host) -> None:
    """A desktop without a tray is not looked at for ever."""
    host.watch()
    qtbot.waitUntil(lambda: not host._looking.isActive())

    assert host._looks == 3
    assert not host.is_there


def test_tray_of_the_older_kind(qtbot: QtBot, host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that tells nobody is found by looking."""
    host.watch()
    with qtbot.waitSignal(host.came):
        monkeypatch.setattr(Host, "is_there", True)
