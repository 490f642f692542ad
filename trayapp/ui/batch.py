"""Batch: prompts pasted or dropped, the ways to run them side by side, and the jobs that run."""

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QSplitter, QVBoxLayout

from trayapp.model.command import Answer
from trayapp.model.jobs import CountSample, PlanJob, Way
from trayapp.ui.batch_asking import Asking
from trayapp.ui.batch_choice import Choice
from trayapp.ui.batch_jobs import Jobs
from trayapp.ui.batch_prompts import file_of
from trayapp.ui.batch_reading import Asked, Draft, Reader, decoded
from trayapp.ui.batch_sending import Sending
from trayapp.ui.desk import Desk
from trayapp.ui.window import Window
from trayapp.ui.wording import batches

SIZE, LEAST = (1040, 740), (840, 600)
REST_MS = 300
"""How long nobody types before rows are read and planned anew."""
LATE_MS = 400
LARGEST = 200_000_000
"""Bytes of a file: what is larger does not fit one job."""
SAMPLE = 20
"""Rows that are counted."""


class BatchWindow(Window):
    """Left what is asked, right how, below what runs."""

    counts = True

    def __init__(self, desk: Desk, *, at_once: bool = False) -> None:
        super().__init__(desk, "batch", SIZE)
        self.setMinimumSize(*LEAST)
        self.setAcceptDrops(True)
        self.draft = Draft()
        self._text, self._file, self._encoding = "", "", ""
        self._read: Asked | None = None
        self._tokens_per_byte: float | None = None
        self._asked = 0
        self._is_sending = False
        self._said = ""
        self.reader = Reader(self, at_once=at_once)
        self.reader.read.connect(self._take)
        self.asking = Asking(desk, self._changed, self._choose_file)
        self.choice = Choice(desk, self._count, self.start)
        self.choice.plan.picked.connect(self.refresh)
        self.jobs = Jobs(desk)
        self.rest = QTimer(self, interval=REST_MS, singleShot=True)
        self.rest.timeout.connect(self.read_now)
        self.late = QTimer(self, interval=LATE_MS, singleShot=True)
        self.late.timeout.connect(self.draw)
        editor = self.asking.prompts.editor
        editor.file_given.connect(self.open_file)
        editor.much_given.connect(lambda text: self.take_text(text, "", ""))
        for keys, do in (("Ctrl+Return", self.start), ("Ctrl+V", self._paste)):
            QShortcut(QKeySequence(keys), self, do)
        self._was_up = desk.link.is_up
        self._arrange()

    # -- what is given

    def open_file(self, file: Path) -> None:
        """Read *file*, in whatever encoding it is."""
        tr = self._desk.look.voice
        try:
            if file.stat().st_size > LARGEST:
                self._tell(tr("The file is larger than 200 MB; split it."))
                return
            found = decoded(file.read_bytes())
        except OSError as error:
            self._tell(tr("{file} cannot be read: {reason}", file=file.name, reason=error.strerror))
            return
        guessed = tr("{encoding}, guessed", encoding=found.encoding)
        self.take_text(found.text, file.name, guessed if found.guessed else found.encoding)

    def take_text(self, text: str, file: str, encoding: str) -> None:
        """Take the rows of *text*, from a *file* where it has a name."""
        self._text, self._file, self._encoding, self._said = text, file, encoding, ""
        self.asking.show_text(text)
        self.read_now()

    def read_now(self) -> None:
        """Read what stands there, and plan it."""
        self.rest.stop()
        if self.asking.is_edited:
            self._text = self.asking.prompts.editor.toPlainText()
        asked = Asked(self._text, self._file, self.asking.form.prompt.toPlainText())
        if asked == self._read:  # another model or system prompt: the rows are the same
            self._plan()
            self.draw()
            return
        self._read = asked
        self.reader.ask(asked)

    def _changed(self) -> None:
        """A stroke: what is shown is not true any more, and is not blanked either."""
        if self.asking.is_edited and not self.asking.prompts.editor.toPlainText():
            self._file = self._encoding = ""
        self._tokens_per_byte = None
        self.choice.plan.grow_old()
        self.rest.start()

    def _take(self, draft: Draft) -> None:
        self.draft = draft
        self.asking.prompts.model.show(draft)
        self._plan()
        self.draw()

    # -- the plan

    def _plan(self) -> None:
        form, model = self.asking.form, self.asking.form.chosen_model
        if not self.draft.sizes or not model or not self._desk.link.is_up:
            self.choice.plan.show_ways((), model)
            return
        self._asked += 1
        asked = self._asked
        self.late.start()

        def heard(answer: Answer) -> None:
            if asked != self._asked:
                return
            self.late.stop()
            self._said = "" if answer.ok else answer.message
            ways = msgspec.convert(answer.value, tuple[Way, ...]) if answer.ok else ()
            self.choice.plan.show_ways(ways, model)
            self.draw()

        size = len(form.system.toPlainText().encode())
        self._desk.ask(
            PlanJob(
                model, self.draft.sizes, size, form.per_call.value(), form.chosen_length,
                form.most.value() or None, self._tokens_per_byte,
            ),
            heard,
        )  # fmt: skip

    def _count(self) -> None:
        """Have a sample counted exactly, and plan by it."""
        prompts = self.draft.prompts
        sample = prompts[:: max(1, len(prompts) // SAMPLE)][:SAMPLE]
        system = self.asking.form.system.toPlainText()

        def heard(answer: Answer) -> None:
            if answer.ok:
                self._tokens_per_byte = float(answer.value)
                self._plan()
            else:
                self._tell(answer.message)

        self._desk.ask(CountSample(self.asking.form.chosen_model, sample, system), heard)

    # -- the job

    def start(self) -> None:
        """Make a job of the rows by the way that is chosen, and run it."""
        way = self.choice.plan.chosen
        if way is None or self._why_not() or self._is_sending or self.choice.plan.is_old:
            return
        name = self._file or self._desk.look.voice("Prompts")
        spec = self.asking.form.spec(name, way.mode, way.model, max(1, way.per_call))
        self._is_sending = True
        Sending(self._desk, spec, self.draft.new_rows(), way, self._sent).go()
        self.draw()

    def _sent(self, job: str, wrong: str) -> None:
        self._is_sending = False
        self._said = wrong
        if job:
            self.jobs.choose(job)
        self.draw()

    def _why_not(self) -> str:
        snapshot = self._desk.snapshot
        has_key = snapshot is None or not snapshot.keys or any(k.present for k in snapshot.keys)
        return batches.why_not(
            self._desk.look.voice, is_up=self._desk.link.is_up, has_key=has_key,
            rows=self.draft.sendable if self.asking.form.is_right else 0,
        )  # fmt: skip

    # -- drawing

    def draw(self) -> None:
        """Say every text, and show everything as it stands."""
        tr = self._desk.look.voice
        if self._desk.link.is_up and not self._was_up:
            self._plan()
        self._was_up = self._desk.link.is_up
        self.setWindowTitle(tr("Batch – Sluice"))
        self._ground()
        self.asking.draw(self.draft, self._encoding, self._said)
        late = self.choice.plan.is_old or self.late.remainingTime() == 0
        way = self.choice.plan.chosen
        spec = None
        if way is not None and self.draft.prompts:
            spec = self.asking.form.spec("", way.mode, way.model, max(1, way.per_call))
        self.choice.draw(self.draft, spec, self._why_not(), is_late=late, is_busy=self._is_sending)
        self.jobs.draw()

    def _tell(self, sentence: str) -> None:
        self._said = sentence
        self.draw()

    def _ground(self) -> None:
        colours = self._desk.look.colours
        for pane, ground in (
            (self, colours.card), (self.asking, colours.card), (self.choice, colours.card),
            (self.jobs, colours.window),
        ):  # fmt: skip
            palette = QPalette(pane.palette())
            palette.setColor(QPalette.ColorRole.Window, QColor(ground))
            pane.setAutoFillBackground(True)
            pane.setPalette(palette)

    # -- doors

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self._desk.look.voice("Open file…"))
        if name:
            self.open_file(Path(name))

    def _paste(self) -> None:
        """Ctrl+V where no field takes it."""
        self.asking.edit()
        self.asking.prompts.editor.insertFromMimeData(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """A file or text may be dropped anywhere."""
        if file_of(event.mimeData()) is not None or event.mimeData().hasText():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take it."""
        file = file_of(event.mimeData())
        if file is not None:
            self.open_file(file)
        else:
            self.take_text(event.mimeData().text(), "", "")
        event.acceptProposedAction()

    def _arrange(self) -> None:
        upper, whole = QSplitter(), QSplitter(self)
        upper.addWidget(self.asking)
        upper.addWidget(self.choice)
        upper.setSizes([364, 676])
        upper.setStretchFactor(1, 1)
        whole.setOrientation(Qt.Orientation.Vertical)
        whole.addWidget(upper)
        whole.addWidget(self.jobs)
        whole.setSizes([412, 328])
        whole.setStretchFactor(1, 1)
        for splitter in (upper, whole):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(whole)
