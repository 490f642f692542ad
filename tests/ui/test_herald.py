"""What is told to the desktop, when, and what its buttons do."""

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from tests.fakes.control import SNAPSHOT
from trayapp.desktop.bus import Bus
from trayapp.desktop.notes import Note, Notes
from trayapp.model.snapshot import Job, Level, Notice
from trayapp.ui.desk import Desk
from trayapp.ui.herald import ENGINE, JOB, OPEN, REMEMBERED, Herald
from trayapp.ui.link import Link


class FakeNotes(Notes):
    """Satisfies `trayapp.desktop.notes.Notes` without a desktop."""

    def __init__(self) -> None:
        super().__init__(Bus(None))
        self.shown: list[Note] = []
        self.is_there = True

    def show(self, note: Note, image: QImage, otherwise: Callable[[], None]) -> None:
        """Keep *note*, or say that nobody takes it."""
        assert not image.isNull()
        if self.is_there:
            self.shown.append(note)
        else:
            otherwise()


class Scene:
    """A desk, and a desktop that is told of it."""

    def __init__(self, qtbot: QtBot, *, has_panel: bool = True) -> None:
        self.qtbot = qtbot
        self.clock = FakeClock()
        self.bridge = FakeBridge()
        self.desk = Desk(
            self.bridge, self.clock, {"panel": self.make, "batch": self.make} if has_panel else {}
        )
        self.desk.look.choose_language("en")
        self.notes = FakeNotes()
        self.balloons: list[tuple[str, str]] = []
        self.herald = Herald(
            self.desk, self.notes, lambda title, body: self.balloons.append((title, body))
        )

    def make(self, _desk: Desk) -> QWidget:
        window = QWidget()
        self.qtbot.addWidget(window)
        return window

    def up(self, *notices: Notice) -> None:
        self.bridge.tell(replace(SNAPSHOT, notices=notices))
        self.desk.stand(Link("connected", self.clock.now()))

    def jobs(self, *jobs: Job) -> None:
        self.bridge.tell(replace(SNAPSHOT, jobs=jobs))
        self.desk.stand(Link("connected", self.clock.now()))

    def notice(self, number: int = 1, level: Level = "warning") -> Notice:
        return Notice(number, "extra_usage", level, self.clock.now())

    @property
    def titles(self) -> list[str]:
        return [note.title for note in self.notes.shown]


@pytest.fixture
def scene(qtbot: QtBot) -> Scene:
    """Nothing was told yet."""
    return Scene(qtbot)


def test_warning_is_told_once(scene: Scene) -> None:
    """It stands in every Snapshot while it lasts."""
    scene.up()
    scene.up(scene.notice())
    scene.up(scene.notice())

    assert scene.titles == ["Extra usage is on"]


def test_end_replaces_what_began(scene: Scene) -> None:
    """The recovery is told once, about the same thing."""
    begun = scene.notice()
    over = replace(begun, ended_at=scene.clock.now())
    scene.up(begun)
    scene.up(over)
    scene.up(over)
    scene.up(begun)
    scene.up(over)

    assert scene.titles == ["Extra usage is on", "Extra usage is off"]
    assert {note.about for note in scene.notes.shown} == {"1"}


@pytest.mark.parametrize(
    ("level", "is_urgent"),
    [("healthy", False), ("warning", False), ("critical", True), ("depleted", True)],
)
def test_what_is_urgent(scene: Scene, level: Level, *, is_urgent: bool) -> None:
    """A desktop keeps an urgent note until it is looked at."""
    scene.up(scene.notice(level=level))

    assert [note.is_urgent for note in scene.notes.shown] == [is_urgent]


def test_old_news_is_not_told_by_a_new_tray(scene: Scene) -> None:
    """A tray that was started again joins in silence, and hears what is new."""
    old = scene.notice(1)
    scene.clock.advance(61)
    scene.up(old)
    scene.up(old, scene.notice(2))

    assert [note.about for note in scene.notes.shown] == ["2"]


def test_memory_is_bounded(scene: Scene) -> None:
    """A tray runs for months."""
    for number in range(REMEMBERED + 10):
        scene.up(scene.notice(number))

    assert len(scene.herald._told) == REMEMBERED


def test_nothing_is_told_of_a_plain_end(scene: Scene) -> None:
    """Who stops the engine knows that it stopped."""
    scene.up()
    scene.desk.stand(Link("starting", scene.clock.now()))
    scene.desk.stand(Link("down", scene.clock.now()))
    scene.desk.stand(Link("connected", scene.clock.now()))

    assert scene.titles == []


def test_crash_is_told_when_it_is_mended(scene: Scene) -> None:
    """The first restart takes less than a second; that answers were cut is worth a word."""
    scene.up()
    now = scene.clock.now()
    scene.desk.stand(Link("restarting", now, attempt=1, tries=5, next_at=now))
    during = list(scene.titles)
    scene.desk.stand(Link("connected", now))

    assert (during, scene.titles) == ([], ["The engine was started again"])


def test_long_outage_is_told_while_it_lasts(scene: Scene) -> None:
    """Each note of the engine replaces the one before, and the last one is urgent."""
    now = scene.clock.now()
    soon = now + dt.timedelta(seconds=4)
    scene.desk.stand(Link("restarting", now, attempt=2, tries=5, next_at=soon))
    scene.desk.stand(Link("restarting", now, attempt=2, tries=5))
    scene.desk.stand(Link("down", now, attempt=5))

    assert scene.titles == ["Engine restarting, try 2 of 5", "The engine is not running"]
    assert {note.about for note in scene.notes.shown} == {ENGINE}
    assert [note.is_urgent for note in scene.notes.shown] == [False, True]


def test_button_starts_the_engine(scene: Scene, qtbot: QtBot) -> None:
    """The note that says it is down has the button that helps."""
    scene.desk.stand(Link("down", scene.clock.now(), code=78))
    names = [name for name, _said in scene.notes.shown[-1].actions]
    with qtbot.waitSignal(scene.desk.wanted):
        scene.notes.acted.emit(ENGINE, "start")

    assert names == ["default", "open", "start"]


def test_click_opens_the_panel(scene: Scene) -> None:
    """On the note itself or on its button."""
    scene.notes.acted.emit("1", "default")

    assert scene.desk.made("panel") is not None


def test_without_a_panel_there_is_no_button_for_it(qtbot: QtBot) -> None:
    """A button leads somewhere."""
    scene = Scene(qtbot, has_panel=False)
    scene.up(scene.notice())
    scene.notes.acted.emit("1", "default")

    assert scene.notes.shown[0].actions == ()
    assert scene.desk.made("panel") is None


def test_without_a_service_the_icon_says_it(scene: Scene) -> None:
    """A desktop without notifications still shows the note, by the icon."""
    scene.notes.is_there = False
    scene.up(scene.notice())

    assert scene.balloons == [("Extra usage is on", "This login now costs money.")]


def test_the_end_of_a_job_is_told_once(scene: Scene) -> None:
    """Only of a job that was seen at work; a click opens its window."""
    job = Job("a" * 32, "Reviews", "single", 2, 1, 0, "running", None)
    over = replace(job, done=2, state="finished")
    scene.jobs(replace(over, id="b" * 32), job)

    scene.jobs(replace(over, id="b" * 32), over)
    scene.jobs(replace(over, id="b" * 32), over)
    scene.notes.acted.emit(f"{JOB}{job.id}", OPEN)

    assert [(note.title, note.body) for note in scene.notes.shown] == [
        ("“Reviews” is done", "2 rows answered"),
    ]  # fmt: skip
    assert scene.desk.made("batch") is not None
