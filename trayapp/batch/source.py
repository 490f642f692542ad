"""Rows from anything that was pasted, dropped or named: lines, blocks, JSON lines, tables."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from trayapp.batch.source_fault import Fault
from trayapp.batch.source_records import Table, delimiter_of, json_lines, table
from trayapp.batch.source_template import Template, TemplateError, template

Form = Literal["lines", "blocks", "jsonl", "csv", "tsv"]

LONGEST = 4 * 1024 * 1024
"""Bytes of one prompt: it crosses the control socket in one frame of eight."""
LONGEST_ID = 200
_BLOCKS = re.compile(r"\n[ \t]*\n\s*")
_SUFFIXES: dict[str, Form] = {
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
}  # fmt: skip
_HEAD = 64 * 1024


class Row(msgspec.Struct, frozen=True):
    """One row: what is asked, by its own id or its number; *same_as* is an equal row before it."""

    prompt: str
    id: str | None = None
    fault: Fault | None = None
    same_as: int | None = None
    """A place, counted from 0."""


class Reading(msgspec.Struct, frozen=True):
    """What was read, and as what."""

    form: Form
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """What is wrong, row by row."""
        return tuple(row.fault for row in self.rows if row.fault is not None)

    @property
    def duplicates(self) -> int:
        """How many rows ask what a row before them asks."""
        return sum(row.same_as is not None for row in self.rows)


def form_of(text: str, name: str = "", *, templated: bool = False) -> Form:
    """What *text* is: by the end of its file's *name*, else by how it looks."""
    _, dot, suffix = name.lower().rpartition(".")
    if known := _SUFFIXES.get(dot + suffix):
        return known
    head = text[:_HEAD].strip()
    if head.startswith(('{"', "{ ")):
        return "jsonl"
    if templated:
        return "tsv" if delimiter_of(text) == "\t" else "csv"
    return "blocks" if _BLOCKS.search(head) else "lines"


def read(text: str, form: Form, template_text: str = "") -> Reading:
    """The rows of *text*; *template_text* names columns of records, or `{row}` of plain text."""
    text = text.replace("\r\n", "\n").replace("\r", "\n") if form in _PLAIN else text
    try:
        pattern = template(template_text) if template_text.strip() else None
    except TemplateError as error:
        fault = Fault("bad_template", 0, place=error.at + 1)
        return Reading(form, (Row("", fault=fault),))
    if form in _PLAIN:
        plain = text.split("\n") if form == "lines" else _BLOCKS.split(text)
        rows = _plain_rows([each.strip() for each in plain], pattern)
        return Reading(form, _judged(rows), ("row",))
    records = json_lines(text) if form == "jsonl" else table(text, "\t" if form == "tsv" else None)
    return Reading(form, _judged(_rows_of(records, pattern)), records.columns)


_PLAIN: frozenset[Form] = frozenset(("lines", "blocks"))


def _plain_rows(texts: Iterable[str], pattern: Template | None) -> list[Row]:
    rows: list[Row] = []
    for text in filter(None, texts):
        if pattern is None:
            rows.append(Row(text))
            continue
        unknown = next((name for name in pattern.columns if name != "row"), None)
        fault = Fault("missing_column", len(rows) + 1, unknown) if unknown else None
        rows.append(Row("" if fault else pattern.render({"row": text}), fault=fault))
    return rows


def _rows_of(records: Table, pattern: Template | None) -> list[Row]:
    if pattern is None:
        # A table of one column needs nobody to say which one is meant.
        only = records.columns[0] if len(records.columns) == 1 else "prompt"
        pattern = Template(("", ""), (only,))
        absent: Literal["no_prompt", "missing_column"] = "no_prompt"
    else:
        absent = "missing_column"
    rows = []
    for number, record in enumerate(records.records, 1):
        name = record.cells.get("id") or None
        fault = record.fault or _fault_in(record.cells, pattern, number, absent)
        rows.append(Row("" if fault else pattern.render(record.cells), name, fault))
    return rows


def _fault_in(
    cells: dict[str, str],
    pattern: Template,
    row: int,
    absent: Literal["no_prompt", "missing_column"],
) -> Fault | None:
    if not any(cell.strip() for cell in cells.values()):
        return Fault("empty_row", row)
    for column in pattern.columns:
        if column not in cells:
            return Fault(absent, row, column)
        if not cells[column].strip():
            return Fault("empty_cell", row, column)
    return None


def _judged(rows: list[Row]) -> tuple[Row, ...]:
    """The rows with what only shows beside the others: doubled ids, equal prompts."""
    first: dict[str, int] = {}
    ids: set[str] = set()
    judged = []
    for place, row in enumerate(rows):
        fault = row.fault or _fault_of(row, place + 1, ids)
        if row.id is not None:
            ids.add(row.id)
        same = None if fault else first.setdefault(row.prompt, place)
        same_as = None if same == place else same
        judged.append(Row("" if fault else row.prompt, row.id, fault, same_as))
    return tuple(judged)


def _fault_of(row: Row, number: int, ids: set[str]) -> Fault | None:
    if row.id is not None and row.id in ids:
        return Fault("doubled_id", number)
    if row.id is not None and len(row.id) > LONGEST_ID:
        return Fault("long_id", number)
    try:
        size = len(row.prompt.encode()) + len((row.id or "").encode())
    except UnicodeEncodeError:  # JSON may escape one half of a pair
        return Fault("broken_text", number)
    return Fault("too_long", number) if size > LONGEST else None
