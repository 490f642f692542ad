"""Tells the desktop what the engine warns of, and when the engine itself is gone: each once."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QObject

from trayapp.desktop.notes import DEFAULT, Note, Notes
from trayapp.model.snapshot import Job, JobState, Level, Notice, Snapshot
from trayapp.ui import herald_wording as wording
from trayapp.ui import icons
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import STEPS, Face, State
from trayapp.ui.link import Link
from trayapp.ui.wording import batches

OPEN, START = "open", "start"
ENGINE = "engine"
"""What a note of the engine is about; others are about their notice's number."""
JOB = "job "
"""A note of a batch job is about this and the job's id."""
SIZE = 48
REMEMBERED = 500
"""Notices; one that comes back within minutes of its end is not told again."""
OLD = dt.timedelta(seconds=60)
"""A tray that joins an engine does not tell again what was told before it came."""

_STEPS: dict[Level, int] = {"healthy": 12, "warning": 20, "critical": 22, "depleted": STEPS}

Otherwise = Callable[[str, str], None]


class Herald(QObject):
    """Looks at each Snapshot for news. *otherwise* shows a note where no service takes it."""

    def __init__(
        self, desk: Desk, notes: Notes, otherwise: Otherwise, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._notes = notes
        self._otherwise = otherwise
        self._told: dict[int, bool] = {}
        """The notices that were told, and whether their end was."""
        self._jobs: dict[str, JobState] = {}
        self._link = desk.link
        self._is_new = True
        self._was_lost = False
        desk.changed.connect(self._look)
        notes.acted.connect(self._acted)

    def _look(self) -> None:
        link, before = self._desk.link, self._link
        if link != before:
            self._link = link
            self._look_at_engine(link)
        snapshot = self._desk.snapshot
        if link.is_up and snapshot is not None:
            self._look_at_notices(snapshot)
            self._look_at_jobs(snapshot)

    # -- the engine

    def _look_at_engine(self, link: Link) -> None:
        if link.is_up:
            if self._was_lost:
                self._tell_of_engine(link)
            self._was_lost = False
            self._is_new = True
        elif link.state == "restarting":
            # The first try comes so soon that only its end is worth a word.
            self._was_lost = True
            if link.attempt > 1 and link.next_at is not None:
                self._tell_of_engine(link)
        elif link.state == "down" and (link.attempt or link.code is not None):
            self._was_lost = True
            self._tell_of_engine(link)

    def _tell_of_engine(self, link: Link) -> None:
        title, body = wording.of_engine(self._desk.look.voice, link, self._desk.now())
        is_down = link.state == "down"
        actions = self._actions()
        if is_down:
            actions = (*actions, (START, self._desk.look.voice("Start engine")))
        state: State = "healthy" if link.is_up else "down"
        self._show(Note(ENGINE, title, body, actions, is_urgent=is_down), Face(state, 1))

    # -- what it warns of

    def _look_at_notices(self, snapshot: Snapshot) -> None:
        for notice in snapshot.notices:
            is_over = notice.ended_at is not None
            told = self._told.get(notice.id)
            self._told[notice.id] = is_over or told is True
            if self._is_new and self._desk.now() - notice.since >= OLD:
                continue
            if told is None or (is_over and not told):
                self._tell(notice)
        for number in list(self._told)[:-REMEMBERED]:
            del self._told[number]
        self._is_new = False

    def _tell(self, notice: Notice) -> None:
        title, body = wording.of_notice(self._desk.look.voice, notice, self._desk.now())
        is_over = notice.ended_at is not None
        urgent = not is_over and notice.level in {"critical", "depleted"}
        level: Level = "healthy" if is_over or notice.rule == "calm" else notice.level
        note = Note(str(notice.id), title, body, self._actions(), is_urgent=urgent)
        self._show(note, Face(level, _STEPS[level]))

    # -- batch jobs

    def _look_at_jobs(self, snapshot: Snapshot) -> None:
        """Those that ended since they were seen at work, here or while no engine was heard."""
        before, self._jobs = self._jobs, {job.id: job.state for job in snapshot.jobs}
        for job in snapshot.jobs:
            if job.state == "finished" and before.get(job.id, job.state) != "finished":
                self._tell_of_job(job)

    def _tell_of_job(self, job: Job) -> None:
        title, body = batches.ended(self._desk.look.voice, job)
        actions: tuple[tuple[str, str], ...] = ()
        if "batch" in self._desk.names:
            said = self._desk.look.voice("Open Batch")
            actions = (DEFAULT, said), (OPEN, said)
        self._show(Note(f"{JOB}{job.id}", title, body, actions), Face("healthy", 1))

    # -- what is done with a note

    def _show(self, note: Note, face: Face) -> None:
        image = icons.image(face, SIZE, icons.SETS["neutral"])
        self._notes.show(note, image, lambda: self._otherwise(note.title, note.body))

    def _actions(self) -> tuple[tuple[str, str], ...]:
        """A click on the note and its button open the panel, where there is one."""
        if "panel" not in self._desk.names:
            return ()
        said = self._desk.look.voice("Open Sluice")
        return (DEFAULT, said), (OPEN, said)

    def _acted(self, about: str, action: str) -> None:
        if action == START:
            self._desk.wanted.emit()
        elif about.startswith(JOB):
            self._desk.open("batch")
        elif "panel" in self._desk.names:
            self._desk.open("panel")
