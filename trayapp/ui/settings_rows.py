"""A setting in a row: what it is called, what it is, and below it why a value was not taken."""

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trayapp.model.command import Setting
from trayapp.model.preferences import Preferences
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.speech import later

NAMES = 180
Form = Literal["switch", "line", "number", "list", "choice"]
Change = Callable[[str, Setting], object]
"""Told the dotted key and its new value; the answer comes by `Row.refuse` or a new `show_value`."""


class Field(msgspec.Struct, frozen=True):
    """One key of `config.toml` and how people see it; texts are said by a `Tr`."""

    key: str
    name: str
    form: Form = "line"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    """For a choice: each value and its text."""


def value_of(preferences: Preferences, key: str) -> Setting:
    """What *key* is now, as `config.toml` would say it; None where it is not set."""
    found: object = preferences
    for part in key.split("."):
        found = found.get(part) if isinstance(found, dict) else getattr(found, part, None)
    match found:
        case tuple():
            return [str(each) for each in found]
        case bool() | int() | float() | str():
            return found
        case _:
            return None


def said(value: Setting) -> str:
    """*value* as a person would type it."""
    if isinstance(value, list):
        return ", ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def typed(text: str, form: Form) -> Setting:
    """What a person meant; nothing typed takes the key out, what is no number is refused later."""
    text = text.strip()
    if not text:
        return None
    if form == "list":
        return [part.strip() for part in text.split(",") if part.strip()]
    if form == "number":
        for kind in (int, float):
            try:
                return kind(text)
            except ValueError:
                continue
    return text


class Row(QWidget):
    """One `Field`. What is not valid keeps its old value and says why below it."""

    def __init__(self, look: Look, field: Field, change: Change) -> None:
        super().__init__()
        self._look = look
        self.field = field
        self._change = change
        self._value: Setting = None
        self._name = Label(look)
        self._name.setFixedWidth(NAMES)
        self._hint = Label(look, "caption", "tertiary", wraps=True)
        self._fault = Label(look, "caption", "critical", wraps=True)
        self._fault.hide()
        self.editor = self._editor()
        line = QHBoxLayout()
        line.addWidget(self._name)
        line.addWidget(self.editor, 0 if field.form == "switch" else 1)
        line.addStretch(1 if field.form == "switch" else 0)
        below = QVBoxLayout()
        below.setContentsMargins(NAMES + 6, 0, 0, 0)
        below.addWidget(self._hint)
        below.addWidget(self._fault)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 2, 0, 2)
        whole.setSpacing(2)
        whole.addLayout(line)
        whole.addLayout(below)

    @property
    def fault(self) -> str:
        """Why the last value was not taken."""
        return "" if self._fault.isHidden() else self._fault.text()

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self._look.voice
        self._name.say(tr(self.field.name))
        self.editor.setAccessibleName(tr(self.field.name))
        self._hint.say(tr(self.field.hint) if self.field.hint else "")
        self._hint.setVisible(bool(self.field.hint))
        if isinstance(self.editor, QComboBox):
            for at, (_, text) in enumerate(self.field.options):
                self.editor.setItemText(at, tr(text))

    def show_value(self, value: Setting) -> None:
        """Show what holds; what is being typed stays."""
        if value == self._value and self._is_touched():
            return
        self._value = value
        match self.editor:
            case QCheckBox():
                self.editor.setChecked(value is True)
            case QComboBox():
                at = [name for name, _ in self.field.options].index(said(value))
                self.editor.setCurrentIndex(at)
            case QLineEdit():
                if not self.editor.hasFocus() or not self.editor.isModified():
                    self.editor.setText(said(value))

    def refuse(self, why: str) -> None:
        """Go back to the old value, and say why; nothing to say means it was taken."""
        self._fault.say(why)
        self._fault.setVisible(bool(why))
        if isinstance(self.editor, QLineEdit):
            self.editor.setModified(False)
        if why:
            self.show_value(self._value)
            if isinstance(self.editor, QLineEdit):
                self.editor.setText(said(self._value))

    def _is_touched(self) -> bool:
        return isinstance(self.editor, QLineEdit) and self.editor.isModified()

    def _editor(self) -> QWidget:
        match self.field.form:
            case "switch":
                switch = QCheckBox()
                switch.clicked.connect(lambda on: self._change(self.field.key, on))
                return switch
            case "choice":
                choice = QComboBox()
                choice.addItems([""] * len(self.field.options))
                choice.activated.connect(
                    lambda at: self._change(self.field.key, self.field.options[at][0])
                )
                return choice
            case _:
                line = QLineEdit()
                line.editingFinished.connect(self._typed)
                return line

    def _typed(self) -> None:
        line = self.editor
        if isinstance(line, QLineEdit) and line.isModified():
            line.setModified(False)
            value = typed(line.text(), self.field.form)
            if value != self._value:
                self._change(self.field.key, value)


class Page(QWidget):
    """A heading, a caption, rows of settings, and what a page has besides them."""

    def __init__(
        self, look: Look, title: str, caption: str, fields: Sequence[Field], change: Change
    ) -> None:
        super().__init__()
        self.look = look
        self._title, self._caption = title, caption
        self._heading = Label(look, "heading")
        self._words = Label(look, "caption", "secondary", wraps=True)
        self.rows = {field.key: Row(look, field, change) for field in fields}
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 14, 20, 16)
        self.column.setSpacing(6)
        self.column.addWidget(self._heading)
        self.column.addWidget(self._words)
        for row in self.rows.values():
            self.column.addWidget(row)

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self.look.voice
        self._heading.say(tr(self._title))
        self._words.say(tr(self._caption))
        for row in self.rows.values():
            row.say()

    def show_preferences(self, preferences: Preferences, *, can_change: bool) -> None:
        """Show what holds; without an engine nothing can be changed."""
        for key, row in self.rows.items():
            row.show_value(value_of(preferences, key))
            row.editor.setEnabled(can_change)


UPSTREAM_KINDS = (
    ("anthropic", later("Anthropic’s API")),
    ("compatible", later("A compatible server")),
)
CREDENTIALS = (
    ("caller", later("As the tool sends it")),
    ("bearer", later("Bearer")),
    ("x-api-key", later("x-api-key")),
    ("none", later("No key")),
)
