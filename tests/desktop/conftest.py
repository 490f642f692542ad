"""What the tests of this room share: a bus of their own, with a desktop on it."""

import os
import shutil
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.desktop import Desktop, desktop
from trayapp.desktop.bus import Bus


@pytest.fixture
def session() -> Iterator[Desktop]:
    """A desktop whose panel and notification service are not there yet."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is not installed")
    with desktop() as shown:
        yield shown


@pytest.fixture
def bus(qtbot: QtBot, session: Desktop) -> Iterator[Bus]:
    """Our side of its bus, open."""
    made = Bus(session.address)
    with qtbot.waitSignal(made.opened):
        made.open()
    yield made
    made.close()


@pytest.fixture(autouse=True)
def _nobodys_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test touches the desktop of whoever runs it."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "DBUS_SYSTEM_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.delenv(name, raising=False)
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ
