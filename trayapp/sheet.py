"""History for other programs: CSV for tables, one JSON value a line for everything else."""

import csv
import io
from collections.abc import Iterable

import msgspec

from trayapp.model.history import Record, Sum

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a table program takes for the beginning of a formula; names come from callers."""

Row = Record | Sum


def columns(kind: type[Row]) -> tuple[str, ...]:
    """The head of the table: the names of every field."""
    return kind.__struct_fields__


def csv_head(kind: type[Row]) -> str:
    """The first line."""
    return _line(columns(kind))


def csv_line(row: Row) -> str:
    """One row; what is unknown is empty."""
    return _line(_cell(value) for value in msgspec.structs.astuple(row))


def json_line(row: Row) -> str:
    """One row with every field in it, unknown ones null."""
    whole = {name: getattr(row, name) for name in row.__struct_fields__}
    return msgspec.json.encode(whole).decode() + "\n"


def _line(cells: Iterable[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()


def _cell(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return "" if value is None else value
    text = value if isinstance(value, str) else msgspec.to_builtins(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
