"""How rows are asked: the prompt around a cell, model, system prompt, length; and what few change."""

import tomllib
from collections.abc import Callable
from typing import Any, get_args

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

from trayapp import resources
from trayapp.model.jobs import JobSpec, Length, Mode
from trayapp.ui import fonts
from trayapp.ui.batch_reading import Task
from trayapp.ui.buttons import LinkButton
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.speech import later
from trayapp.ui.wording import names

LENGTHS: tuple[Length, ...] = get_args(Length)
MODEL = "claude-sonnet-5-5"
MOST_A_CALL = 50
_LENGTHS: dict[Length, tuple[str, str]] = {
    "short": (later("Short"), later("about 60 tokens")),
    "detailed": (later("Detailed"), later("about 300 tokens")),
    "report": (later("Report"), later("about 1,500 tokens")),
}
_NAMES = (
    later("Prompt"), later("Model"), later("System prompt"), later("Answer length"), later("Name"),
    later("Most tokens"), later("Rows a call"), later("Stop at"), later("JSON schema"),
)  # fmt: skip
_FEW = 5
"""So many rows are always there; the others on demand."""


def models() -> list[str]:
    """The models there are, without those at the end of their life."""
    told: list[dict[str, Any]] = tomllib.loads(resources.read("models.toml").decode())["model"]
    return [each["id"] for each in told if not each.get("deprecated") and "prices" in each]


class Form(QWidget):
    """Fields, each with its name; *changed* is called at every stroke."""

    def __init__(self, look: Look, changed: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self.prompt, self.system, self.stop, self.schema = (_text() for _ in range(4))
        self.schema.setFont(fonts.code())
        self.model = QComboBox()
        self.model.setEditable(True)
        for each in models():
            self.model.addItem(names.model(each), each)
        self.model.setCurrentIndex(max(0, self.model.findData(MODEL)))
        self.length = QComboBox()
        self.length.addItems([""] * len(LENGTHS))
        self.length.setCurrentIndex(1)
        self.length.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.expected = Label(look, "caption", "tertiary")
        self.name = QLineEdit()
        self.most = QSpinBox(maximum=64_000)
        self.most.setSingleStep(256)
        self.per_call = QSpinBox(minimum=2, maximum=MOST_A_CALL, value=5)
        self.wrong = Label(look, "caption", "critical", wraps=True)
        self.more = LinkButton(look, clicked=self._turn)
        self._labels = [Label(look) for _ in _NAMES]
        self._fields: tuple[QWidget, ...] = (
            self.prompt, self.model, self.system, self.length, self.name, self.most,
            self.per_call, self.stop, self.schema,
        )  # fmt: skip
        self._is_more = False
        self._arrange()
        self._listen(changed)
        self._show_more()

    # -- what was chosen

    @property
    def chosen_model(self) -> str:
        """The id of the model: one of the list, or what was typed."""
        text = self.model.currentText().strip()
        at = self.model.findText(text, Qt.MatchFlag.MatchExactly)
        return str(self.model.itemData(at)) if at >= 0 else text

    @property
    def chosen_length(self) -> Length:
        """How long answers are guessed to be."""
        return LENGTHS[max(0, self.length.currentIndex())]

    def spec(self, name: str, mode: Mode, model: str, per_call: int) -> JobSpec:
        """How the job is run."""
        stops = (line for line in self.stop.toPlainText().split("\n") if line.strip())
        return JobSpec(
            self.name.text().strip() or name, model, mode, per_call,
            self.system.toPlainText().strip(), self.most.value() or None, self.chosen_length,
            tuple(stops), self.chosen_schema(),
        )  # fmt: skip

    def chosen_schema(self) -> dict[str, Any] | None:
        """The form of answers; None where none was given, or it is none (`is_right` says so)."""
        try:
            return msgspec.json.decode(self.schema.toPlainText() or "null", type=dict[str, Any])
        except msgspec.MsgspecError:
            return None

    @property
    def is_right(self) -> bool:
        """Whether every field can be used."""
        has_schema = bool(self.schema.toPlainText().strip())
        return bool(self.chosen_model) and (not has_schema or self.chosen_schema() is not None)

    def take(self, task: Task) -> None:
        """Fill in what a template brings."""
        self.prompt.setPlainText(task.prompt)
        self.system.setPlainText(task.system)
        self.length.setCurrentIndex(LENGTHS.index(task.length))
        self.most.setValue(task.max_tokens or 0)
        self.stop.setPlainText("\n".join(task.stop))
        schema = msgspec.json.encode(task.schema) if task.schema else b""
        self.schema.setPlainText(msgspec.json.format(schema).decode() if schema else "")

    # -- how it looks

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self._look.voice
        for label, field, name in zip(self._labels, self._fields, _NAMES, strict=True):
            label.say(tr(name))
            field.setAccessibleName(tr(name))
        for at, length in enumerate(LENGTHS):
            self.length.setItemText(at, tr(_LENGTHS[length][0]))
        self.expected.say(tr(_LENGTHS[self.chosen_length][1]))
        self.prompt.setPlaceholderText(
            tr("For tables: text with {example} where a cell goes", example="{column}")
        )
        self.stop.setPlaceholderText(tr("Texts that end an answer, one a line"))
        self.most.setSpecialValueText(tr("Automatic"))
        self.more.setText(tr("Fewer fields") if self._is_more else tr("More fields"))
        self.wrong.say("" if self.is_right else tr("The schema is not a JSON object."))
        self.wrong.setVisible(not self.is_right)

    def _turn(self) -> None:
        self._is_more = not self._is_more
        self._show_more()
        self.say()

    def _show_more(self) -> None:
        for label, field in list(zip(self._labels, self._fields, strict=True))[_FEW:]:
            label.setVisible(self._is_more)
            field.setVisible(self._is_more)

    def _listen(self, changed: Callable[[], object]) -> None:
        def heard(*_: object) -> None:
            changed()

        for text in (self.prompt, self.system, self.stop, self.schema):
            text.textChanged.connect(heard)
        self.model.currentTextChanged.connect(heard)
        self.length.currentIndexChanged.connect(heard)
        self.most.valueChanged.connect(heard)
        self.per_call.valueChanged.connect(heard)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(1, 1)
        for row, (label, field) in enumerate(zip(self._labels, self._fields, strict=True)):
            grid.addWidget(label, row, 0)
            if field is self.length:
                beside = QHBoxLayout()
                beside.addWidget(field)
                beside.addWidget(self.expected, 1)
                grid.addLayout(beside, row, 1)
            else:
                grid.addWidget(field, row, 1)
        grid.addWidget(self.wrong, len(_NAMES), 1)
        grid.addWidget(self.more, len(_NAMES) + 1, 1)


def _text() -> QPlainTextEdit:
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    # One line; the others are scrolled to, and the tab key goes on.
    field.setFixedHeight(field.fontMetrics().height() + 12)
    field.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return field
