"""The right pane: the plan, the first call as it will be sent, and *Start*."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from trayapp.model.jobs import JobSpec
from trayapp.ui import fonts
from trayapp.ui.batch_plan import Plan
from trayapp.ui.batch_reading import Draft, full_call
from trayapp.ui.buttons import Button, LinkButton, PrimaryButton
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.wording import batches, times


class Choice(QWidget):
    """*count* and *start* are what its buttons do."""

    def __init__(
        self, desk: Desk, count: Callable[[], object], start: Callable[[], object]
    ) -> None:
        super().__init__()
        look = desk.look
        self._desk = desk
        self._draft, self._spec = Draft(), JobSpec("", "")
        self._title = Label(look, "title")
        self._when = Label(look, "caption", "tertiary")
        self.plan = Plan(look)
        self.explained = Label(look, "caption", "secondary", wraps=True)
        self._first_title = Label(look, "title")
        self.full = LinkButton(look, clicked=self._open_full)
        self.first = QPlainTextEdit()
        self.first.setReadOnly(True)
        self.first.setFont(fonts.code())
        self.first.setMinimumHeight(44)
        self.count = Button(clicked=count)
        self._free = Label(look, "caption", "tertiary")
        self.why = Label(look, "caption", "tertiary")
        self.start = PrimaryButton(look, clicked=start)
        self._arrange()

    def draw(
        self, draft: Draft, spec: JobSpec | None, why_not: str, *, is_late: bool, is_busy: bool
    ) -> None:
        """Say every text; *spec* is how the chosen way would be run."""
        tr, now = self._desk.look.voice, self._desk.now()
        self._draft = draft
        self._title.say(tr("Plan"))
        at = tr(
            "estimated now, {time}, with what your tools use at present",
            time=times.clock(tr, now, now),
        )
        self._when.say(tr("Computing…") if is_late else at if self.plan.ways else "")
        self.plan.say(now)
        self.explained.say(batches.explained(tr, self.plan.chosen))
        self._first_title.say(tr("First call as it will be sent"))
        self.full.setText(tr("Open full preview"))
        self.full.setEnabled(spec is not None)
        self._show_first(spec)
        self.count.setText(tr("Count a sample exactly"))
        self.count.setEnabled(bool(draft.prompts) and self._desk.link.is_up)
        self._free.say(tr("free, {n} rows", min(20, len(draft.prompts))) if draft.prompts else "")
        self.why.say(tr("Sending the rows to the engine…") if is_busy else why_not)
        self.start.setText(tr("Start {n} rows", draft.sendable))
        self.start.setEnabled(not why_not and self.plan.chosen is not None and not is_busy)

    def _show_first(self, spec: JobSpec | None) -> None:
        text = ""
        if spec is not None:
            self._spec = spec
            text = batches.first(spec.system, self._prompts(spec))
        self.first.setAccessibleName(self._desk.look.voice("First call as it will be sent"))
        if text != self.first.toPlainText():
            self.first.setPlainText(text)

    def _prompts(self, spec: JobSpec) -> tuple[str, ...]:
        return self._draft.prompts[: spec.per_call if spec.mode == "merged" else 1]

    def _open_full(self) -> None:
        dialog = QDialog(self)
        dialog.setWindowTitle(self._desk.look.voice("First call as it will be sent"))
        text = QPlainTextEdit(full_call(self._spec, self._prompts(self._spec)))
        text.setReadOnly(True)
        text.setFont(fonts.code())
        layout = QVBoxLayout(dialog)
        layout.addWidget(text)
        dialog.resize(640, 480)
        dialog.open()

    def _arrange(self) -> None:
        head, middle, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._when)
        middle.addWidget(self._first_title)
        middle.addStretch(1)
        middle.addWidget(self.full)
        foot.addWidget(self.count)
        foot.addWidget(self._free)
        foot.addStretch(1)
        foot.addWidget(self.why)
        foot.addWidget(self.start)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self.plan)
        whole.addWidget(self.explained)
        whole.addLayout(middle)
        whole.addWidget(self.first, 1)
        whole.addLayout(foot)
