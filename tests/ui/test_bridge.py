"""The desk's road to the engine, against a socket that says what a test tells it to."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.fakes.control import SNAPSHOT, FakeEngine, control, line
from trayapp.home import Home
from trayapp.model.command import PROTOCOL, Answer, Ask, Hello, Pause, Resume, SnapshotFrame
from trayapp.model.snapshot import Snapshot
from trayapp.ui.bridge import NO_ENGINE, Bridge

GREETING = line(Hello(PROTOCOL, "0.1.0"))


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    """A bridge that hangs up after the test."""
    made = Bridge()
    yield made
    made.close()


def opened(qtbot: QtBot, bridge: Bridge, home: Home) -> Bridge:
    with qtbot.waitSignal(bridge.opened):
        bridge.connect_to(home.control_socket)
    return bridge


def test_first_snapshot_opens(qtbot: QtBot, bridge: Bridge, home: Home, engine: FakeEngine) -> None:
    """Once the engine has said its Hello and its state, the bridge is open."""
    opened(qtbot, bridge, home)

    assert bridge.is_open
    assert bridge.snapshot == SNAPSHOT
    assert bridge.version == "0.1.0"
    assert engine.hello == Hello(PROTOCOL, "0.1.0")


def test_of_many_snapshots_the_last_is_shown(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """What came in one go is drawn once, as it is in the end."""
    busy = replace(SNAPSHOT, held_total=3)
    both = line(SnapshotFrame(SNAPSHOT)) + line(SnapshotFrame(busy))
    seen: list[Snapshot] = []
    bridge.changed.connect(seen.append)

    with control(home, FakeEngine([GREETING + both])):
        opened(qtbot, bridge, home)

    assert seen == [busy]


def test_answers_find_who_asked(
    qtbot: QtBot, bridge: Bridge, home: Home, engine: FakeEngine
) -> None:
    """Each question hears its own answer, whatever their order."""
    late: list[Ask] = []

    def reply(ask: Ask) -> list[bytes]:
        late.append(ask)
        if len(late) < 2:
            return []
        return [line(Answer(each.id, ok=True, value=each.id)) for each in reversed(late)]

    engine.reply = reply
    opened(qtbot, bridge, home)
    heard: dict[str, Answer] = {}
    bridge.ask(Pause(), lambda answer: heard.update(pause=answer))
    bridge.ask(Resume(), lambda answer: heard.update(resume=answer))
    qtbot.waitUntil(lambda: len(heard) == 2)

    assert heard == {"pause": Answer(1, True, value=1), "resume": Answer(2, True, value=2)}


def test_nobody_there(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """Where no engine listens it ends at once, and is told once."""
    ends: list[str] = []
    bridge.closed.connect(ends.append)
    with qtbot.waitSignal(bridge.closed):
        bridge.connect_to(home.control_socket)
    bridge.close()

    assert ends == [""]


def test_question_without_an_engine_is_refused(bridge: Bridge) -> None:
    """Who asks a closed bridge is answered at once."""
    heard: list[Answer] = []
    bridge.ask(Pause(), heard.append)
    bridge.ask(Pause())

    assert heard == [Answer(0, ok=False, message=NO_ENGINE)]


def test_engine_that_vanishes_answers_nobody(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """What was asked of an engine that died meanwhile is refused, not forgotten."""
    heard: list[Answer] = []
    engine = FakeEngine(reply=lambda ask: [b"\n"])
    with control(home, engine):
        opened(qtbot, bridge, home)
        bridge.ask(Pause(), heard.append)
        with qtbot.waitSignal(bridge.closed) as ended:
            qtbot.waitUntil(lambda: bool(engine.heard))

    assert heard == [Answer(0, ok=False, message=NO_ENGINE)]
    assert ended.args == ["The running engine says what this version does not understand."]
    assert not bridge.is_open
    assert bridge.snapshot == SNAPSHOT


def test_another_protocol_is_named(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """An engine that speaks another protocol is left alone, with its version told."""
    greeting = [line(Hello(PROTOCOL + 1, "9.0")), line(SnapshotFrame(SNAPSHOT))]
    with control(home, FakeEngine(greeting)), qtbot.waitSignal(bridge.closed) as ended:
        bridge.connect_to(home.control_socket)

    assert ended.args == ["The running engine is version '9.0': stop it and try again."]
    assert bridge.snapshot is None


def test_silence_is_no_engine(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """What accepts and says nothing is given up."""
    bridge._patience.setInterval(20)
    with control(home, FakeEngine([GREETING])), qtbot.waitSignal(bridge.closed) as ended:
        bridge.connect_to(home.control_socket)

    assert ended.args == ["What answers there is not an engine."]


def test_comes_back(qtbot: QtBot, bridge: Bridge, home: Home) -> None:
    """After an end the same bridge opens again."""
    with control(home, FakeEngine()):
        opened(qtbot, bridge, home)
    bridge.close()
    home.control_socket.unlink()
    with control(home, FakeEngine()):
        opened(qtbot, bridge, home)

    assert bridge.is_open
