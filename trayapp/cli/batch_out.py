"""The answers of a job: one JSON line a row, in the order of the rows, whole or not at all."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from trayapp.model.errors import SluiceError
from trayapp.model.jobs import Row


class Out:
    """Where answers go: a file, tried before anything is sent; `-` is stdout, None nowhere."""

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._beside: Path | None = None

    def __enter__(self) -> Self:
        if self._name not in {None, "-"}:
            self._beside = self._made(Path(str(self._name)))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        if self._beside is not None:
            self._beside.unlink(missing_ok=True)

    def write(self, rows: Iterable[Row]) -> None:
        """Write *rows*; a file of this name is replaced once all are there."""
        if self._name == "-" or self._name is None:
            for row in () if self._name is None else rows:
                sys.stdout.write(line_of(row).decode() + "\n")
            return
        try:
            self._replace(Path(self._name), rows)
        except OSError as error:
            raise _unwritable(self._name, error) from None

    def _replace(self, target: Path, rows: Iterable[Row]) -> None:
        beside = self._beside or self._made(target)
        with beside.open("wb") as file:
            file.writelines(line_of(row) + b"\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        self._beside = None

    def _made(self, target: Path) -> Path:
        """An empty file beside *target*, so that a folder that takes none is known at once."""
        try:
            if target.is_dir():
                raise IsADirectoryError(0, "it is a folder")
            number, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        except OSError as error:
            raise _unwritable(str(target), error) from None
        os.close(number)
        with contextlib.suppress(OSError):
            Path(name).chmod(target.stat().st_mode & 0o777)
        return Path(name)


def line_of(row: Row) -> bytes:
    """One row: its own id, or its number from 1 where it has none."""
    line: dict[str, Any] = {
        "id": row.id if row.id is not None else str(row.place + 1),
        "text": row.text,
        "model": row.model,
        "stop_reason": row.stop_reason,
        "usage": _usage(row),
    }
    error = row.error or (None if row.state == "done" else "It was not answered yet.")
    return msgspec.json.encode(line if error is None else {**line, "error": error})


def _usage(row: Row) -> dict[str, Any] | None:
    if row.usage is None:
        return None
    told: dict[str, Any] = msgspec.to_builtins(row.usage)
    return {name: value for name, value in told.items() if value is not None}


def _unwritable(name: str, error: OSError) -> SluiceError:
    return SluiceError(f"{name} cannot be written: {error.strerror}.")
