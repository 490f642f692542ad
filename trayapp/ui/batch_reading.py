"""Prompts into rows, in a thread: whatever was asked last is answered, and no window waits for it.

The rooms of the engine are not for the desk; how rows are read is. It is thinking alone, and
works where no engine runs.
"""

import json
from collections.abc import Sequence
from functools import cached_property

import msgspec
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from trayapp.batch import calls, source, templates
from trayapp.batch.source_template import TemplateError, template
from trayapp.batch.source_text import Decoded, decoded
from trayapp.batch.templates import Task
from trayapp.model.jobs import JobSpec, NewRow

MOST_ROWS = 100_000

__all__ = ["Decoded", "Draft", "Reader", "Task", "decoded", "draft", "full_call", "tasks"]


class Asked(msgspec.Struct, frozen=True):
    """Text, the name of its file if it has one, and the template of a prompt."""

    text: str
    name: str = ""
    template: str = ""


class Draft(msgspec.Struct, frozen=True, dict=True):
    """What was read."""

    form: source.Form = "lines"
    rows: tuple[source.Row, ...] = ()
    columns: tuple[str, ...] = ()

    @cached_property
    def prompts(self) -> tuple[str, ...]:
        """What will be asked: each once, none with a fault."""
        return tuple(row.prompt for row in self.rows if row.fault is None and row.same_as is None)

    @cached_property
    def sizes(self) -> tuple[int, ...]:
        """Bytes of each."""
        return tuple(len(prompt.encode()) for prompt in self.prompts)

    @cached_property
    def sendable(self) -> int:
        """How many rows will have an answer."""
        return sum(row.fault is None for row in self.rows)

    @cached_property
    def duplicates(self) -> int:
        """How many ask what a row before them asks."""
        return sum(row.same_as is not None for row in self.rows)

    @cached_property
    def faults(self) -> tuple[str, ...]:
        """A sentence for each row that cannot be sent."""
        return tuple(row.fault.sentence for row in self.rows if row.fault is not None)

    def new_rows(self) -> tuple[NewRow, ...]:
        """The rows as they go down; those with a fault are kept to be told, never sent."""
        return tuple(
            NewRow(row.prompt, row.id, row.fault.sentence if row.fault else "", row.same_as)
            for row in self.rows
        )


def draft(asked: Asked) -> Draft:
    """Read it; a template of one column fits plain text, too."""
    form = source.form_of(asked.text, asked.name, templated=_is_table(asked))
    try:
        fitted = Task("", asked.template).fitted(form)
    except TemplateError:
        fitted = asked.template  # the reader says where
    reading = source.read(asked.text, form, fitted)
    read = Draft(form, reading.rows[:MOST_ROWS], reading.columns)
    _ = read.sizes, read.duplicates, read.faults, read.sendable  # here, not where it is drawn
    return read


def _is_table(asked: Asked) -> bool:
    """Whether the first line names what the template wants, or several things are wanted."""
    try:
        columns = template(asked.template).columns
    except TemplateError:
        return False
    head = asked.text.lstrip().partition("\n")[0]
    named = bool(columns) and all(column in head for column in columns)
    return named or len(set(columns)) > 1


def full_call(spec: JobSpec, prompts: Sequence[str]) -> str:
    """The body of a call, to be read by a person."""
    return json.dumps(calls.body_of(spec, prompts), ensure_ascii=False, indent=2)


def tasks(language: str) -> dict[str, Task]:
    """The templates that ship, by name, in *language* as far as there are any."""
    near = "zh_CN" if language.startswith("zh") else language
    found = ((name, templates.source(name, near)) for name in templates.shipped())
    return {name: templates.read(data) for name, data in found if data is not None}


class _Told(QObject):
    told = Signal(int, object)


class _Reading(QRunnable):
    def __init__(self, number: int, asked: Asked, told: _Told) -> None:
        super().__init__()
        self._number, self._asked, self._told = number, asked, told

    def run(self) -> None:
        """In a thread of the pool."""
        self._told.told.emit(self._number, draft(self._asked))


class Reader(QObject):
    """Signal *read* with the `Draft` of what was asked last; *at_once* reads without a thread."""

    read = Signal(object)

    def __init__(self, parent: QObject | None = None, *, at_once: bool = False) -> None:
        super().__init__(parent)
        self._at_once = at_once
        self._number = 0
        self._told = _Told()
        self._told.told.connect(self._take)

    def ask(self, asked: Asked) -> None:
        """Read *asked*."""
        self._number += 1
        if self._at_once:
            self._take(self._number, draft(asked))
        else:
            QThreadPool.globalInstance().start(_Reading(self._number, asked, self._told))

    def _take(self, number: int, read: Draft) -> None:
        if number == self._number:
            self.read.emit(read)
