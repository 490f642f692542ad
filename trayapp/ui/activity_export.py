"""Writes what is filtered into a file, page by page, so that no window waits for it."""

import contextlib
from pathlib import Path
from typing import TextIO

import msgspec
from PySide6.QtCore import QObject, Signal

from trayapp.model.command import Answer
from trayapp.model.history import PAGE_ROWS, Filter, Key, ListRequests, Page, Record
from trayapp.sheet import csv_head, csv_line, json_line
from trayapp.ui.desk import Desk

JSON_LINES = (".jsonl", ".ndjson", ".json")
"""Files of these names get one JSON value a line; all others are tables."""


class Export(QObject):
    """One file at a time; *told* after each page and at the end.

    The file gets its name when it is whole: until then it is beside it as `.part`.
    """

    told = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._file: TextIO | None = None
        self._run = 0
        self.target: Path | None = None
        self.rows = 0
        self.failure = ""

    @property
    def is_running(self) -> bool:
        """Whether rows are still written."""
        return self._file is not None

    def begin(self, asked: Filter, target: Path) -> None:
        """Write what matches *asked* into *target*, in the form that its name says."""
        self.cancel()
        self.target, self.rows, self.failure = target, 0, ""
        try:
            self._file = self._part.open("w", encoding="utf-8", newline="")
            if not self._is_json:
                self._file.write(csv_head(Record))
        except OSError as error:
            self._fail(error.strerror or str(error))
            return
        self._next(asked, None)

    def cancel(self) -> None:
        """Leave off, and leave nothing behind."""
        self._run += 1
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            self._part.unlink()

    @property
    def _part(self) -> Path:
        target = self.target or Path()
        return target.with_name(f"{target.name}.part")

    @property
    def _is_json(self) -> bool:
        return self.target is not None and self.target.suffix.lower() in JSON_LINES

    def _next(self, asked: Filter, before: Key | None) -> None:
        run = self._run

        def heard(answer: Answer) -> None:
            if run != self._run:
                return  # it was left off
            if not answer.ok:
                self._fail(answer.message)
                return
            page = msgspec.convert(answer.value, Page)
            try:
                self._write(page)
            except OSError as error:
                self._fail(error.strerror or str(error))
                return
            if page.next is not None:
                self._next(asked, page.next)
            self.told.emit()

        self._desk.ask(ListRequests(asked, before=before, limit=PAGE_ROWS), heard)

    def _write(self, page: Page) -> None:
        if self._file is None or self.target is None:
            return
        line = json_line if self._is_json else csv_line
        self._file.writelines(line(record) for record in page.rows)
        self.rows += len(page.rows)
        if page.next is None:
            self._file.close()
            self._part.replace(self.target)
            self._file = None

    def _fail(self, why: str) -> None:
        self.cancel()
        self.failure = why
        self.told.emit()
