"""Records with named cells: JSON lines, and tables with commas, semicolons or tabs."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import msgspec

from trayapp.batch.source_fault import Fault

_DELIMITERS = ",\t;"
_LONGEST_CELL = 1 << 30  # a cell may be as long as its file: 131,072 is csv's own limit
_HEAD = 64 * 1024


class Record(msgspec.Struct, frozen=True):
    """One record by the names of its columns; *fault* says why it cannot be used."""

    cells: dict[str, str]
    fault: Fault | None = None


class Table(msgspec.Struct, frozen=True):
    """The columns in their order, and the records."""

    columns: tuple[str, ...]
    records: tuple[Record, ...]


def json_lines(text: str) -> Table:
    """One record a line: an object, or a string, which is then its `prompt`."""
    records: list[Record] = []
    columns: dict[str, None] = {}
    for line in text.split("\n"):
        if not line.strip():
            continue
        record = _json_record(line, len(records) + 1)
        records.append(record)
        columns.update(dict.fromkeys(record.cells))
    return Table(tuple(columns), tuple(records))


def _json_record(line: str, row: int) -> Record:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        return Record({}, Fault("not_json", row, place=error.colno))
    except RecursionError:
        return Record({}, Fault("not_json", row, place=1))
    if isinstance(value, str):
        return Record({"prompt": value})
    if not isinstance(value, dict):
        return Record({}, Fault("not_object", row))
    return Record({name: _cell(inner) for name, inner in value.items()})


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def table(text: str, delimiter: str | None = None) -> Table:
    """A table whose first record names the columns; blank lines between records are no records."""
    csv.field_size_limit(_LONGEST_CELL)
    lines = _lines_of(text, delimiter or delimiter_of(text))
    names = [name.strip() for name in next(lines, None) or ()]
    columns = tuple(name or f"column {at}" for at, name in enumerate(names, 1))
    records: list[Record] = []
    for cells in lines:
        records.append(_table_record(columns, cells, len(records) + 1))
    return Table(columns, tuple(records))


def _lines_of(text: str, delimiter: str) -> Iterator[list[str] | None]:
    """The cells of every record that has any; None where its quotes make no sense."""
    with io.StringIO(text, newline="") as lines:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield None
                continue
            if cells:
                yield cells


def _table_record(columns: tuple[str, ...], cells: list[str] | None, row: int) -> Record:
    if cells is None:
        return Record({}, Fault("bad_quote", row))
    if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
        return Record({}, Fault("too_many_cells", row, place=len(columns) + 1))
    padded = cells + [""] * (len(columns) - len(cells))
    return Record(dict(zip(columns, padded, strict=False)))


def delimiter_of(text: str) -> str:
    """What divides the first line: of comma, tab and semicolon the one that is there most often."""
    line: list[str] = []
    quoted = False
    for letter in text[:_HEAD].lstrip("\r\n"):
        if letter == '"':
            quoted = not quoted
        elif letter in "\r\n" and not quoted:
            break
        elif not quoted:
            line.append(letter)
    return max(_DELIMITERS, key=line.count)
