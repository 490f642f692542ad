"""Who starts engines, and when: stories with a bridge, a process and a lock that do as told."""

from collections.abc import Callable
from typing import Literal

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp import __version__
from trayapp.home import Home
from trayapp.model.command import Stop
from trayapp.model.snapshot import Diagnostics, Job, Snapshot
from trayapp.ui import keeper as keeping
from trayapp.ui.desk import Desk
from trayapp.ui.keeper import Keeper
from trayapp.ui.upkeep import TAKEN

OURS = replace(SNAPSHOT, owner="tray")


class FakeProcess:
    """Satisfies `trayapp.ui.keeper.Started`."""

    def __init__(self) -> None:
        self.code: int | None = None
        self.why = ""
        self.was_terminated = False

    def terminate(self) -> None:
        self.was_terminated = True
        self.code = -15


class Scene:
    """A keeper, and everything it looks at."""

    def __init__(self, qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clock = FakeClock()
        self.bridge = FakeBridge()
        self.desk = Desk(self.bridge, self.clock, {})
        self.processes: list[FakeProcess] = []
        self.holder: Literal["held", "left", "free"] = "free"
        self.fails: OSError | None = None
        self.is_empty = False
        """Whether each knock finds nobody; else a test answers for itself."""
        monkeypatch.setattr(Home, "holder", lambda _home: self.holder)
        self.keeper = Keeper(self.desk, home, self.start)

    def start(self) -> FakeProcess:
        if self.fails:
            raise self.fails
        self.processes.append(FakeProcess())
        return self.processes[-1]

    @property
    def due(self) -> int | None:
        """In how many milliseconds something happens."""
        timer = self.keeper._timer
        return timer.interval() if timer.isActive() else None

    def ring(self, times: int = 1) -> None:
        """Let what is due happen."""
        for _ in range(times):
            assert self.due is not None
            self.clock.advance(self.due / 1000)
            self.keeper._timer.stop()
            knocks = len(self.bridge.tried)
            self.keeper._rings()
            if len(self.bridge.tried) > knocks and self.is_empty:
                self.bridge.lose()

    def until(self, true: Callable[[], bool]) -> None:
        """Let things happen until it is so."""
        for _ in range(2000):
            if true():
                return
            self.ring()
        pytest.fail("it never came to be")

    def joined(self, snapshot: Snapshot) -> None:
        """An engine answered the first knock."""
        self.keeper.begin()
        self.bridge.version = __version__
        self.bridge.tell(snapshot)

    def crash(self) -> None:
        """The engine is killed."""
        self.holder = "left"
        self.bridge.lose()

    def is_down(self) -> bool:
        return self.state == "down"

    def has_started(self, number: int) -> Callable[[], bool]:
        return lambda: len(self.processes) == number

    @property
    def state(self) -> str:
        return self.desk.link.state


@pytest.fixture
def scene(qtbot: QtBot, home: Home, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """Nothing runs yet."""
    return Scene(qtbot, home, monkeypatch)


# --- Beginning ------------------------------------------------------------------------------


def test_running_engine_is_joined(scene: Scene) -> None:
    """Where one answers none is started."""
    scene.joined(SNAPSHOT)

    assert (scene.state, scene.processes, scene.due) == ("connected", [], None)


def test_engine_is_started_where_none_runs(scene: Scene) -> None:
    """Nobody answers, so one is started and knocked at until it does."""
    scene.keeper.begin()
    scene.bridge.lose()
    scene.ring()
    scene.bridge.lose()
    scene.ring()
    scene.bridge.tell(OURS)

    assert len(scene.processes) == 1
    assert len(scene.bridge.tried) == 3
    assert scene.state == "connected"


def test_socket_of_a_stranger_is_not_trusted(scene: Scene, home: Home) -> None:
    """What anyone could have put there is not spoken to."""
    home.prepare()
    home.control_socket.write_text("no socket")
    scene.keeper.begin()

    assert scene.bridge.tried == []
    assert scene.state == "down"
    assert "was not put there by an engine of yours" in scene.desk.link.why


def test_engine_of_another_protocol_is_told(scene: Scene) -> None:
    """It is not replaced, since it cannot even be asked to stop; it is looked at again."""
    scene.keeper.begin()
    scene.bridge.lose("The running engine is version '9.0': stop it and try again.")

    assert (scene.state, scene.processes) == ("down", [])
    assert scene.desk.link.why.startswith("The running engine is version")
    assert scene.due == keeping.LISTEN_MS


def test_taken_port_is_waited_for(scene: Scene) -> None:
    """Its holder is named, and it is tried again every ten seconds."""
    scene.keeper.begin()
    scene.bridge.lose()
    scene.processes[0].code = TAKEN
    scene.processes[0].why = "Port 7429 is used by “x” (process 1)."
    scene.ring()
    scene.bridge.lose()
    first = (scene.state, scene.desk.link.why, scene.due)
    scene.ring()

    assert first == ("down", "Port 7429 is used by “x” (process 1).", 10_000)
    assert len(scene.processes) == 2
    assert scene.state == "down"


def test_program_that_cannot_be_started(scene: Scene) -> None:
    """A system that starts no process is told of, and tried again."""
    scene.fails = OSError(11, "Resource temporarily unavailable")
    scene.keeper.begin()
    scene.bridge.lose()

    assert scene.state == "restarting"
    assert scene.desk.link.why == "Resource temporarily unavailable"


def test_start_that_hangs_is_ended(scene: Scene) -> None:
    """After twenty seconds without an answer it failed."""
    scene.keeper.begin()
    scene.bridge.lose()
    for _ in range(keeping.GIVES_UP_MS // keeping.KNOCK_MS):
        scene.ring()
        scene.bridge.lose()

    assert scene.processes[0].was_terminated
    assert scene.desk.link.why == "It did not answer within 20 s."


# --- Crashes --------------------------------------------------------------------------------


def test_crashed_engine_is_restarted(scene: Scene) -> None:
    """What was killed is started again at once."""
    scene.joined(OURS)
    scene.crash()
    scene.until(lambda: bool(scene.processes))
    scene.ring()
    scene.bridge.tell(OURS)

    assert scene.state == "connected"


def test_crash_after_crash_ends_after_five_tries(scene: Scene) -> None:
    """Then it stays down with its last words, until the user wants another try."""
    scene.joined(OURS)
    scene.crash()
    for number in range(1, 6):
        scene.until(scene.has_started(number))
        scene.processes[-1].code = 1
        scene.processes[-1].why = "It fell."
        scene.ring()
        scene.bridge.lose()
    down = scene.desk.link
    scene.desk.wanted.emit()

    assert (down.state, down.attempt, down.why) == ("down", 5, "It fell.")
    assert len(scene.processes) == 6
    assert scene.state == "starting"


def test_engine_of_serve_has_a_grace(scene: Scene) -> None:
    """Whoever runs it may start it again themselves; after three seconds we do."""
    scene.joined(SNAPSHOT)
    scene.crash()
    scene.until(lambda: bool(scene.processes) or scene.state == "restarting")
    waited = scene.clock.monotonic() - FakeClock().monotonic()

    assert waited == pytest.approx(keeping.GRACE_MS / 1000)
    assert scene.desk.link.why == ""


def test_engine_that_was_stopped_stays_down(scene: Scene) -> None:
    """A good end was meant; it is looked for now and then."""
    scene.joined(OURS)
    scene.bridge.lose()
    scene.ring()
    down = scene.state
    scene.ring()
    scene.bridge.lose()

    assert (down, scene.processes, scene.due) == ("down", [], keeping.LISTEN_MS)


def test_draining_engine_is_waited_for(scene: Scene) -> None:
    """It hung up and keeps its lock: nothing is started in its place until it has ended."""
    scene.joined(OURS)
    scene.holder = "held"
    scene.is_empty = True
    scene.bridge.lose()
    scene.ring(3)
    soon = scene.state
    scene.until(scene.is_down)
    waited = scene.clock.monotonic() - FakeClock().monotonic()
    scene.holder = "free"
    scene.ring(2)

    assert (soon, scene.state, scene.processes) == ("starting", "down", [])
    assert waited == pytest.approx(keeping.SHOWN_AFTER_MS / 1000)


def test_engine_that_someone_restarted_is_joined(scene: Scene) -> None:
    """Within the grace another `serve` may come, and then there is nothing to start."""
    scene.joined(SNAPSHOT)
    scene.crash()
    scene.ring(2)
    scene.holder = "held"
    scene.ring()
    scene.bridge.tell(SNAPSHOT)

    assert (scene.state, scene.processes, scene.due) == ("connected", [], None)


def test_user_wants_one_now(scene: Scene) -> None:
    """A countdown is cut short; with an engine there, there is nothing to do."""
    scene.joined(OURS)
    scene.desk.wanted.emit()
    scene.crash()
    scene.until(lambda: scene.state == "restarting")
    scene.desk.wanted.emit()

    assert len(scene.processes) == 1


# --- An older engine ------------------------------------------------------------------------


def told(scene: Scene, version: str, snapshot: Snapshot) -> None:
    scene.keeper.begin()
    scene.bridge.version = version
    scene.bridge.tell(snapshot)


def test_older_engine_is_replaced(scene: Scene) -> None:
    """A tray's engine that is older than the tray stops when idle, and a new one follows."""
    told(scene, "0.0.9", OURS)
    scene.bridge.tell(OURS)
    asked = list(scene.bridge.asked)
    scene.bridge.lose()
    scene.ring()

    assert asked == [Stop()]
    assert len(scene.processes) == 1
    assert scene.state == "starting"


@pytest.mark.parametrize(
    ("version", "snapshot"),
    [
        (__version__, OURS),
        ("9.9.9", OURS),
        ("0.0.9", SNAPSHOT),
        ("0.0.9", replace(OURS, diagnostics=Diagnostics(in_flight=1))),
        ("0.0.9", replace(OURS, held_total=1)),
        ("0.0.9", replace(OURS, jobs=(Job("j", "n", "single", 1, 0, 0, "running"),))),
    ],
)
def test_engine_is_left_alone(scene: Scene, version: str, snapshot: Snapshot) -> None:
    """One that is not older, not ours or at work is not stopped."""
    told(scene, version, snapshot)

    assert scene.bridge.asked == []


# --- Leaving --------------------------------------------------------------------------------


def test_leaving_stops_a_trays_engine(scene: Scene) -> None:
    """It is asked to stop, and waited for until its lock is free."""
    gone: list[bool] = []
    scene.joined(OURS)
    scene.keeper.leave(lambda: gone.append(True))
    scene.holder = "held"
    scene.bridge.lose()
    scene.ring(3)
    waiting = list(gone)
    scene.holder = "free"
    scene.ring()

    assert scene.bridge.asked == [Stop()]
    assert (waiting, gone) == ([], [True])


def test_leaving_leaves_the_engine_of_serve(scene: Scene) -> None:
    """What the user runs by themselves runs on."""
    gone: list[bool] = []
    scene.joined(SNAPSHOT)
    scene.keeper.leave(lambda: gone.append(True))

    assert (scene.bridge.asked, gone) == ([], [True])


def test_leaving_ends_an_engine_that_is_starting(scene: Scene) -> None:
    """One that does not answer yet is not left behind."""
    gone: list[bool] = []
    scene.keeper.begin()
    scene.bridge.lose()
    scene.keeper.leave(lambda: gone.append(True))
    scene.ring()

    assert scene.processes[0].was_terminated
    assert gone == [True]


def test_leaving_does_not_wait_for_ever(scene: Scene) -> None:
    """An engine that neither hangs up nor ends is left after its drain."""
    gone: list[bool] = []
    scene.joined(OURS)
    scene.keeper.leave(lambda: gone.append(True))
    scene.ring()

    assert gone == [True]
    assert scene.due is None


def test_nothing_is_started_while_leaving(scene: Scene) -> None:
    """Who quits wants no engine any more."""
    scene.joined(OURS)
    scene.keeper.leave(lambda: None)
    scene.bridge.is_open = False
    scene.desk.wanted.emit()

    assert scene.processes == []
