"""Answers in a file: whole or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.batch_scene import ROWS
from trayapp.cli.batch_out import Out, line_of
from trayapp.model.errors import SluiceError
from trayapp.model.jobs import Row


def test_a_row_is_one_line() -> None:
    """What is unknown is null; an error is only there where there is one."""
    good, bad = (json.loads(line_of(row)) for row in ROWS)

    assert good == {
        "id": "1", "text": "A", "model": "claude-sonnet-5-5", "stop_reason": "end_turn",
        "usage": {"input_tokens": 3, "output_tokens": 4},
    }  # fmt: skip
    assert bad == {
        "id": "second", "text": None, "model": None, "stop_reason": None, "usage": None,
        "error": "The model refused to answer.",
    }  # fmt: skip
    waiting = json.loads(line_of(replace(ROWS[0], state="waiting", text=None)))
    assert waiting["error"] == "It was not answered yet."


def test_a_file_is_replaced_once_all_are_there(tmp_path: Path) -> None:
    """A reader sees the old one until then; its rights stay."""
    path = tmp_path / "o"
    path.write_text("old")
    path.chmod(0o640)

    with Out(str(path)) as out:
        before = path.read_text()
        out.write(ROWS)
        out.write(ROWS[:1])

    assert before == "old"
    assert len(path.read_text().splitlines()) == 1
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_not_written_leaves_nothing(tmp_path: Path) -> None:
    """Where the rows cannot be had, the old file stays alone."""

    def breaking() -> Iterator[Row]:
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    with Out(str(tmp_path / "o")) as out, pytest.raises(SluiceError, match="No space left"):
        out.write(breaking())

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", "absent/o"])
def test_a_place_that_takes_none_is_known_at_once(tmp_path: Path, name: str) -> None:
    """Before anything is sent."""
    with pytest.raises(SluiceError, match="cannot be written"), Out(str(tmp_path / name)):
        pass


def test_nowhere_reads_nothing() -> None:
    """Without a file, no row is asked for."""
    rows = iter(ROWS)

    with Out(None) as out:
        out.write(rows)

    assert list(rows) == list(ROWS)
