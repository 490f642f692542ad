"""The jobs: one of them at a time, what can be done with it, its rows."""

import datetime as dt
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QMenu,
    QMessageBox,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trayapp.model.command import Answer, Command
from trayapp.model.jobs import (
    CancelJob,
    DuplicateJob,
    PauseJob,
    RemoveJob,
    RenameJob,
    RerunJob,
    ResumeJob,
    RowState,
    StartJob,
)
from trayapp.model.snapshot import Job
from trayapp.ui.batch_export import Export
from trayapp.ui.batch_progress import Progress
from trayapp.ui.batch_rows import Rows
from trayapp.ui.buttons import Button
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.wording import batches

FILTERS: tuple[tuple[RowState, ...], ...] = (
    (), ("done",), ("failed", "faulty"), ("waiting", "running", "submitted"),
)  # fmt: skip
ROW, HEAD = 26, 26
_WIDTHS = (56, 270, 150, 0, 64, 64, 76)
_ANSWER = 3
_EVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class JobBox(QComboBox):
    """The jobs by name; Space pauses the one that is shown."""

    def __init__(self, pane: "Jobs") -> None:
        super().__init__()
        self._pane = pane
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(220)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space pauses or goes on; the list opens by F4 and Alt+Down."""
        if event.key() == Qt.Key.Key_Space:
            self._pane.turn()
        else:
            super().keyPressEvent(event)


class Jobs(QWidget):
    """The lower pane."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._jobs: tuple[Job, ...] = ()
        self._wanted = ""
        self._drawn: tuple[object, ...] = ()
        self._export: Export | None = None
        look = desk.look
        self._title = Label(look, "title")
        self.box = JobBox(self)
        self.box.activated.connect(lambda _at: self._pick())
        self.filter = QComboBox()
        self.filter.addItems([""] * len(FILTERS))
        self.filter.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.filter.currentIndexChanged.connect(lambda _at: self._show_rows())
        self.pause = Button(clicked=self.turn, small=True)
        self.rerun = Button(clicked=lambda: self._do(RerunJob(self.chosen_id)), small=True)
        self.export = Button(clicked=self._choose_file, small=True)
        self.cancel = Button(clicked=self._cancel, small=True)
        self.others = QToolButton()
        self.others.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self)
        self.others.setMenu(self.menu)
        self.rename, self.copy, self.remove = (self.menu.addAction("") for _ in range(3))
        self.rename.triggered.connect(lambda _=False: self._rename())
        self.copy.triggered.connect(lambda _=False: self._duplicate())
        self.remove.triggered.connect(lambda _=False: self._remove())
        self.progress = Progress(look)
        self.said = Label(look, "caption", "critical", wraps=True)
        self.rows = Rows(desk, self)
        self.table = _table(self.rows)
        self._arrange()

    @property
    def chosen(self) -> Job | None:
        """The job that is shown."""
        at = self.box.currentIndex()
        return self._jobs[at] if 0 <= at < len(self._jobs) else None

    @property
    def chosen_id(self) -> str:
        """Its id, "" without one."""
        return self.chosen.id if self.chosen else ""

    def choose(self, job: str) -> None:
        """Show *job* as soon as the engine tells of it."""
        self._wanted = job
        self.draw()

    def turn(self) -> None:
        """Pause the job, or go on with it."""
        job = self.chosen
        if job is None or not self._desk.link.is_up:
            return
        match job.state:
            case "running":
                self._do(PauseJob(job.id))
            case "paused":
                self._do(ResumeJob(job.id))
            case "planned":
                self._do(StartJob(job.id))

    # -- drawing

    def draw(self) -> None:
        """Say every text, and show the jobs as they stand."""
        tr, snapshot = self._desk.look.voice, self._desk.snapshot
        self._jobs = _newest_first(snapshot.jobs if snapshot else ())
        self._list()
        self._title.say(tr("Jobs"))
        self.box.setAccessibleName(tr("Jobs"))
        self.box.setPlaceholderText(tr("No jobs yet."))
        words = (tr("All rows"), tr("Done"), tr("Failed"), tr("Waiting"))
        for at, word in enumerate(words):
            self.filter.setItemText(at, word)
        self.filter.setAccessibleName(tr("Rows shown"))
        self._say_buttons(self.chosen)
        self.progress.draw(self.chosen, self._desk)
        self.said.setVisible(bool(self.said.text()))
        self._show_rows()

    def _list(self) -> None:
        tr, before = self._desk.look.voice, self._wanted or self.chosen_id
        words = [batches.job(tr, job) for job in self._jobs]
        if words != [self.box.itemText(at) for at in range(self.box.count())]:
            self.box.clear()
            self.box.addItems(words)
        ids = [job.id for job in self._jobs]
        if before in ids:
            self._wanted = ""
            self.box.setCurrentIndex(ids.index(before))

    def _say_buttons(self, job: Job | None) -> None:
        tr, up = self._desk.look.voice, self._desk.link.is_up
        state = job.state if job else ""
        failed = job.failed if job else 0
        verb = {"paused": tr("Resume"), "planned": tr("Start")}.get(state, tr("Pause"))
        self.pause.setText(verb)
        self.pause.setEnabled(up and state in {"running", "paused", "planned"})
        self.rerun.setText(tr("Re-run {n} failed", failed))
        self.rerun.setVisible(failed > 0)
        self.rerun.setEnabled(up and state in {"finished", "paused", "cancelled", "running"})
        self.export.setText(tr("Export…"))
        self.export.setEnabled(up and job is not None and self._export is None)
        self.cancel.setText(tr("Cancel job"))
        self.cancel.setEnabled(up and state in {"running", "paused"})
        self.others.setText(tr("More"))
        self.others.setEnabled(up and job is not None)
        self.rename.setText(tr("Rename…"))
        self.copy.setText(tr("Duplicate"))
        self.remove.setText(tr("Remove…"))
        self.remove.setEnabled(state not in {"running", ""})

    def _pick(self) -> None:
        self._wanted = ""
        self.said.say("")
        self.draw()

    def _show_rows(self) -> None:
        job, states = self.chosen, FILTERS[max(0, self.filter.currentIndex())]
        drawn = (
            job and (job.id, job.done, job.failed, job.running, job.rows, job.state),
            states,
            self._desk.link.is_up,
        )
        self.rows.show(job.id if job else "", job.rows if job else 0, states)
        if drawn != self._drawn and self.isVisible():
            self._drawn = drawn
            top = max(0, self.table.rowAt(0))
            last = self.table.rowAt(self.table.viewport().height() - 1)
            self.rows.refresh(top, last if last >= 0 else top)

    # -- doing

    def _do(self, command: Command) -> None:
        self.said.say("")
        self._desk.ask(command, self._heard)

    def _heard(self, answer: Answer) -> None:
        self.said.say("" if answer.ok else answer.message)
        self.draw()

    def _cancel(self) -> None:
        job, tr = self.chosen, self._desk.look.voice
        if job is None:
            return
        left = job.rows - job.done - job.failed
        asked = tr("Cancel “{name}”?", name=job.name)
        means = tr("{n} rows will not be answered; answers that came are kept.", left)
        if self._is_sure(asked, means, tr("Cancel job")):
            self._do(CancelJob(job.id))

    def _remove(self) -> None:
        job, tr = self.chosen, self._desk.look.voice
        if job is None:
            return
        asked = tr("Remove “{name}”?", name=job.name)
        means = tr("{n} rows and their answers are forgotten.", job.rows)
        if self._is_sure(asked, means, tr("Remove")):
            self._do(RemoveJob(job.id))

    def _is_sure(self, asked: str, means: str, verb: str) -> bool:
        box = QMessageBox(QMessageBox.Icon.Question, "Sluice", asked, parent=self)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(means)
        yes = box.addButton(verb, QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is yes

    def _rename(self) -> None:
        job, tr = self.chosen, self._desk.look.voice
        if job is None:
            return
        name, is_said = QInputDialog.getText(self, tr("Rename…"), tr("Name"), text=job.name)
        if is_said and name.strip():
            self._do(RenameJob(job.id, name.strip()))

    def _duplicate(self) -> None:
        copy = uuid4().hex
        self._wanted = copy
        self._do(DuplicateJob(self.chosen_id, copy))

    def _choose_file(self) -> None:
        job, tr = self.chosen, self._desk.look.voice
        if job is None:
            return
        kinds = f"{tr('JSON lines')} (*.jsonl);;{tr('Table')} (*.csv)"
        plain = "".join(char if char.isalnum() or char in " -_" else "_" for char in job.name)
        file, kind = QFileDialog.getSaveFileName(self, tr("Export…"), f"{plain}.jsonl", kinds)
        if file:
            wants_table = "*.csv" in kind and not Path(file).suffix
            self.export_to(file + ".csv" if wants_table else file)

    def export_to(self, file: str) -> None:
        """Write the answers of the job into *file*."""
        tr = self._desk.look.voice

        def done(wrong: str) -> None:
            self._export = None
            self.said.say(wrong or tr("Exported."), "critical" if wrong else "healthy")
            self.draw()

        self._export = Export(self._desk, self.chosen_id, file, done)
        self._export.go()
        self.draw()

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._title)
        top.addWidget(self.box)
        top.addStretch(1)
        for widget in (
            self.filter, self.pause, self.rerun, self.export, self.cancel, self.others,
        ):  # fmt: skip
            top.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 0)
        whole.setSpacing(8)
        whole.addLayout(top)
        whole.addWidget(self.progress)
        whole.addWidget(self.said)
        whole.addWidget(self.table, 1)


def _newest_first(jobs: tuple[Job, ...]) -> tuple[Job, ...]:
    return tuple(sorted(jobs, key=lambda job: job.created_at or _EVER, reverse=True))


def _table(rows: Rows) -> QTableView:
    table = QTableView()
    table.setModel(rows)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(ROW)
    heads = table.horizontalHeader()
    heads.setHighlightSections(False)
    heads.setFixedHeight(HEAD)
    for column, width in enumerate(_WIDTHS):
        heads.resizeSection(column, width)
    heads.setSectionResizeMode(_ANSWER, QHeaderView.ResizeMode.Stretch)
    return table
