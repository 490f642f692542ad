"""One tray a home."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from trayapp.desktop import instance as instances
from trayapp.desktop.instance import COMING, Instance

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from trayapp.desktop.instance import Instance
app = QCoreApplication([])
one = Instance(Path(sys.argv[1]), Path(sys.argv[2]))
print(one.claim(), one.was_heard, flush=True)
"""


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A lock and a socket."""
    return tmp_path / "tray.lock", tmp_path / "tray.sock"


@pytest.fixture
def first(qtbot: QtBot, places: tuple[Path, Path]) -> Iterator[Instance]:
    """The one."""
    made = Instance(*places)
    assert made.claim()
    yield made
    made.release()


def second(places: tuple[Path, Path]) -> subprocess.Popen[str]:
    """Start another one."""
    command = [sys.executable, "-c", SECOND, *map(str, places)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_second_one_calls_the_first(
    qtbot: QtBot, first: Instance, places: tuple[Path, Path]
) -> None:
    """The first one hears that it is wanted, and the second one does not begin."""
    other = second(places)
    with qtbot.waitSignal(first.called):
        pass
    said, _ = other.communicate(timeout=20)

    assert said == "False True\n"


@pytest.mark.slow
def test_second_one_waits_for_one_that_leaves(
    qtbot: QtBot, first: Instance, places: tuple[Path, Path]
) -> None:
    """A tray that is quitting is not joined but followed."""
    first.is_leaving = True
    other = second(places)
    server = first._server
    assert server is not None
    with qtbot.waitSignal(server.newConnection):
        pass
    (caller,) = server.findChildren(QLocalSocket)
    with qtbot.waitSignal(caller.disconnected), qtbot.assertNotEmitted(first.called):
        pass
    first.release()
    said, _ = other.communicate(timeout=20)

    assert said == "True False\n"


@pytest.mark.slow
def test_killed_one_leaves_nothing_that_hinders(qtbot: QtBot, places: tuple[Path, Path]) -> None:
    """After kill -9 the next one has both lock and socket."""
    code = SECOND + "import time; app.exec()"
    other = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, places)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "True True\n"
    other.kill()
    other.communicate(timeout=20)
    one = Instance(*places)

    assert one.claim()
    one.release()


def test_silent_first_one_is_told(
    qtbot: QtBot, first: Instance, places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that hangs does not answer, and the second one can say so."""
    monkeypatch.setattr(instances, "ANSWER_MS", 20)
    other = Instance(*places)

    assert not other.claim()
    assert not other.was_heard


def test_strangers_words_are_not_heard(
    qtbot: QtBot, first: Instance, places: tuple[Path, Path]
) -> None:
    """Whoever says something else is hung up on."""
    socket = QLocalSocket()
    socket.connectToServer(str(places[1]))
    socket.write(b"open the door\n")
    with qtbot.waitSignal(socket.disconnected), qtbot.assertNotEmitted(first.called):
        pass


def test_only_this_user_may_call(first: Instance, places: tuple[Path, Path]) -> None:
    """The socket is closed to others."""
    assert places[1].stat().st_mode & 0o077 == 0
    assert COMING
