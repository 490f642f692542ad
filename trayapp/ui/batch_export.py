"""The answers of a job into a file: JSON lines or a table, whole or not at all."""

import csv
import io
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QIODevice, QSaveFile

from trayapp.model.command import Answer
from trayapp.model.jobs import JobRows, Row, RowPage
from trayapp.ui.desk import Desk

MOST = 1000
COLUMNS = ("id", "prompt", "answer", "state", "error", "model", "tokens_in", "tokens_out", "usd")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Export:
    """Asks for page after page; *done* hears "" at the end, or what went wrong."""

    def __init__(self, desk: Desk, job: str, file: str, done: Callable[[str], object]) -> None:
        self._desk, self._job, self._done = desk, job, done
        self._is_table = file.lower().endswith(".csv")
        self._file = QSaveFile(file)

    def go(self) -> None:
        """Begin."""
        if not self._file.open(QIODevice.OpenModeFlag.WriteOnly):
            self._done(self._file.errorString())
            return
        if self._is_table:
            # Excel takes a table without this mark for a Windows encoding.
            self._file.write(b"\xef\xbb\xbf" + _table([COLUMNS]))
        self._ask(0)

    def _ask(self, first: int) -> None:
        self._desk.ask(JobRows(self._job, first, MOST), self._heard)

    def _heard(self, answer: Answer) -> None:
        if not answer.ok:
            self._file.cancelWriting()
            self._done(answer.message)
            return
        page = msgspec.convert(answer.value, RowPage)
        self._file.write(table(page.rows) if self._is_table else lines(page.rows))
        if page.next is not None:
            self._ask(page.next)
        else:
            self._done("" if self._file.commit() else self._file.errorString())


def lines(rows: tuple[Row, ...]) -> bytes:
    """A JSON object a row, as `sluice batch` writes them."""
    return b"".join(msgspec.json.encode(_line(row)) + b"\n" for row in rows)


def table(rows: tuple[Row, ...]) -> bytes:
    """A line of cells a row; a text that a spreadsheet would run stays a text."""
    return _table([_cells(row) for row in rows])


def _line(row: Row) -> dict[str, Any]:
    usage = {} if row.usage is None else msgspec.to_builtins(row.usage)
    line: dict[str, Any] = {
        "id": _name(row), "text": row.text, "model": row.model, "stop_reason": row.stop_reason,
        "usage": {name: value for name, value in usage.items() if value is not None} or None,
    }  # fmt: skip
    error = row.error or (None if row.state == "done" else "It was not answered yet.")
    return line if error is None else {**line, "error": error}


def _cells(row: Row) -> tuple[str, ...]:
    usage = row.usage
    numbers = (
        usage and usage.input_tokens, usage and usage.output_tokens, row.cost_usd,
    )  # fmt: skip
    texts = (_name(row), row.prompt, row.text, row.state, row.error, row.model)
    return (
        *(_harmless(text or "") for text in texts),
        *("" if n is None else str(n) for n in numbers),
    )


def _name(row: Row) -> str:
    return row.id if row.id is not None else str(row.place + 1)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _table(rows: list[tuple[str, ...]]) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()
