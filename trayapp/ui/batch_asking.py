"""The left pane: prompts with the row of facts below them, and the form."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trayapp.ui.batch_form import Form
from trayapp.ui.batch_prompts import EDITABLE, Prompts
from trayapp.ui.batch_reading import Draft, tasks
from trayapp.ui.buttons import Button, LinkButton
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.wording import batches

SHOWN_FAULTS = 3
TEMPLATE = 150


class Asking(QWidget):
    """Calls *changed* at every stroke, *open_file* for the button."""

    def __init__(
        self, desk: Desk, changed: Callable[[], object], open_file: Callable[[], object]
    ) -> None:
        super().__init__()
        look = desk.look
        self._look = look
        self._changed = changed
        self._language = ""
        self.is_edited = True
        """Whether the text field holds the text; what is too long is held elsewhere."""
        self._title = Label(look, "title")
        self.open = Button(clicked=open_file, small=True)
        self.template = QComboBox()
        self.template.activated.connect(lambda _at: self._take_template())
        self.prompts = Prompts(look)
        self.prompts.editor.textChanged.connect(changed)
        self.turn = LinkButton(look, clicked=self._turn)
        self.facts = Label(look, "caption", "secondary", wraps=True)
        self.faults = Label(look, "caption", "critical", wraps=True)
        self.form = Form(look, changed)
        self._arrange()

    def show_text(self, text: str) -> None:
        """Show *text*, as rows; what is too long to be edited as rows alone."""
        self.is_edited = len(text) <= EDITABLE
        editor = self.prompts.editor
        editor.blockSignals(True)
        editor.setPlainText(text if self.is_edited else "")
        editor.blockSignals(False)
        self.prompts.setCurrentWidget(self.prompts.rows)

    def edit(self) -> None:
        """Show the text."""
        self.is_edited = True
        self.prompts.setCurrentWidget(self.prompts.editor)
        self.prompts.editor.setFocus()

    def draw(self, draft: Draft, encoding: str, said: str) -> None:
        """Say every text."""
        tr = self._look.voice
        self._title.say(tr("Prompts"))
        self.open.setText(tr("Open file…"))
        self._list_templates()
        self.prompts.say()
        rows = self.prompts.shows_rows
        self.turn.setText(tr("Edit text") if rows else tr("Show rows"))
        self.turn.setVisible(bool(draft.rows) and self.is_edited)
        column = ""
        if draft.form in {"csv", "tsv", "jsonl"}:
            named = [each for each in draft.columns if "{" + each + "}" in self.prompt]
            column = ", ".join(named)
        self.facts.say(
            batches.facts(
                tr, len(draft.rows), draft.form, encoding, column, draft.duplicates,
                len(draft.faults),
            )
        )  # fmt: skip
        more = len(draft.faults) - SHOWN_FAULTS
        lines = [said, *draft.faults[:SHOWN_FAULTS]]
        lines += [tr("and {n} more", more)] if more > 0 else []
        self.faults.say("\n".join(filter(None, lines)))
        self.faults.setVisible(bool(self.faults.text()))
        self.form.say()

    @property
    def prompt(self) -> str:
        """The text around a cell."""
        return self.form.prompt.toPlainText()

    def _list_templates(self) -> None:
        tr = self._look.voice
        self.template.setAccessibleName(tr("Template"))
        if self._language == tr.language:
            return
        self._language, at = tr.language, self.template.currentIndex()
        self.template.clear()
        self.template.addItem(tr("No template"), None)
        for task in tasks(tr.language).values():
            self.template.addItem(task.name, task)
        self.template.setCurrentIndex(max(0, at))

    def _take_template(self) -> None:
        task = self.template.currentData()
        if task is None:
            self.form.prompt.setPlainText("")
        else:
            self.form.take(task)

    def _turn(self) -> None:
        rows = self.prompts.shows_rows
        self.prompts.setCurrentWidget(self.prompts.editor if rows else self.prompts.rows)
        self._changed()

    def _arrange(self) -> None:
        head, under, inside = QHBoxLayout(), QHBoxLayout(), QWidget()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self.open)
        head.addWidget(self.template)
        self.template.setFixedWidth(TEMPLATE)
        under.addWidget(self.facts, 1)
        under.addWidget(self.turn)
        fields = QVBoxLayout(inside)
        fields.setContentsMargins(0, 0, 4, 0)
        fields.addWidget(self.form)
        fields.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 8)
        whole.setSpacing(8)
        whole.addLayout(head)
        whole.addWidget(self.prompts, 3)
        whole.addLayout(under)
        whole.addWidget(self.faults)
        whole.addWidget(scroll, 4)
