"""Our own voice on D-Bus, against a real bus."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.desktop import NOTES, WATCHER, Desktop, desktop
from trayapp.desktop.bus import Body, Bus, Service, session_address, system_address
from trayapp.desktop.notes import SERVICE

NOBODY = Service("org.example.Nobody", "/", "org.example.Nobody")


def test_answer_comes_back(qtbot: QtBot, bus: Bus, session: Desktop) -> None:
    """Who calls hears the values of the answer."""
    session.show_notifications()
    heard: list[Body | None] = []
    bus.call(SERVICE, "GetCapabilities", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [(["body", "actions"],)]


def test_nobody_answers(qtbot: QtBot, bus: Bus) -> None:
    """A service that is not there is None, at once."""
    heard: list[Body | None] = []
    bus.call(NOBODY, "Anything", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [None]


def test_silent_service_is_given_up(
    qtbot: QtBot, bus: Bus, session: Desktop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not answer in time is None, and its late answer is nobody's."""
    monkeypatch.setattr("trayapp.desktop.bus.ANSWER_MS", 20)
    session.show_notifications()
    session.is_silent = True
    heard: list[Body | None] = []
    bus.call(SERVICE, "GetCapabilities", done=heard.append)
    qtbot.waitUntil(lambda: bool(heard))

    assert heard == [None]


def test_signals_are_heard(qtbot: QtBot, bus: Bus, session: Desktop) -> None:
    """Those of a service that came later too."""
    heard: list[Body] = []
    bus.listen(SERVICE, "ActionInvoked", heard.append)
    bus.call(SERVICE, "GetCapabilities", done=lambda _body: heard.append(("listening",)))
    qtbot.waitUntil(lambda: bool(heard))
    session.show_notifications()
    session.invoke(7, "open")
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert heard[1] == (7, "open")


def test_names_are_watched(qtbot: QtBot, bus: Bus, session: Desktop) -> None:
    """Whether a service is there is told now, and whenever it changes."""
    owners: list[str] = []
    bus.watch(WATCHER, owners.append)
    qtbot.waitUntil(lambda: len(owners) == 1)
    session.show_panel()
    qtbot.waitUntil(lambda: len(owners) == 2)
    session.hide_panel()
    qtbot.waitUntil(lambda: len(owners) == 3)

    assert [bool(owner) for owner in owners] == [False, True, False]


def test_what_is_said_too_early_is_said_later(qtbot: QtBot, session: Desktop) -> None:
    """A call before the bus is open goes out once it is."""
    session.show_notifications()
    bus = Bus(session.address)
    heard: list[Body | None] = []
    bus.call(SERVICE, "GetCapabilities", done=heard.append)
    bus.open()
    qtbot.waitUntil(lambda: bool(heard))
    bus.close()

    assert heard == [(["body", "actions"],)]


@pytest.mark.parametrize("address", [None, "tcp:host=x,port=1", "unix:path=/nowhere/at/all", "?"])
def test_no_bus(qtbot: QtBot, address: str | None) -> None:
    """Without a bus it is closed at once, and who called hears None."""
    bus = Bus(address)
    heard: list[Body | None] = []
    bus.call(SERVICE, "GetCapabilities", done=heard.append)
    with qtbot.waitSignal(bus.closed):
        bus.open()

    assert heard == [None]
    assert not bus.is_open


def test_bus_that_ends(qtbot: QtBot, bus: Bus, session: Desktop) -> None:
    """A session that ends closes the bus, once."""
    with qtbot.waitSignal(bus.closed):
        session.end_bus()

    assert not bus.is_open


def test_abstract_socket(qtbot: QtBot) -> None:
    """Older sessions listen on a name without a file."""
    with desktop(listening="unix:abstract=sluice-test-bus") as session:
        bus = Bus(session.address)
        with qtbot.waitSignal(bus.opened):
            bus.open()
        bus.close()

    assert "abstract=sluice-test-bus" in session.address


def test_addresses(tmp_path: Path) -> None:
    """The variable counts, else the socket where sessions have it, else there is none."""
    (tmp_path / "bus").touch()

    assert session_address({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/x"}) == "unix:path=/x"
    assert session_address({"XDG_RUNTIME_DIR": str(tmp_path)}) == f"unix:path={tmp_path}/bus"
    assert session_address({}) is None
    assert system_address({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/y"}) == "unix:path=/y"
    assert SERVICE.name == NOTES
