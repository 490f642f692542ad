"""What is filtered is written whole, or not at all."""

import csv
import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes.history import FakeHistory
from trayapp.model.history import PAGE_ROWS, Filter
from trayapp.ui.activity_export import Export
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look


def export_of(history: FakeHistory) -> Export:
    desk = still(NOW, RUNNING, Link("connected", NOW), Look(system=["en"]), history.reply)
    return Export(desk, desk)


def test_a_table_has_every_row_once(tmp_path: Path, qtbot: QtBot) -> None:
    """A head, then all pages, newest first."""
    export, target = export_of(FakeHistory(2 * PAGE_ROWS + 3)), tmp_path / "all.csv"

    export.begin(Filter(), target)

    with target.open(newline="") as file:
        found = [int(row["id"]) for row in csv.DictReader(file)]
    assert found == list(range(2 * PAGE_ROWS + 3, 0, -1))
    assert (export.rows, export.is_running) == (len(found), False)
    assert [file.name for file in tmp_path.iterdir()] == ["all.csv"]


def test_json_lines_hold_what_is_filtered(tmp_path: Path, qtbot: QtBot) -> None:
    """The name says the form; each line is a request."""
    export, target = export_of(FakeHistory(12)), tmp_path / "some.JSONL"

    export.begin(Filter(text="r1"), target)

    lines = [json.loads(line) for line in target.read_text().splitlines()]
    assert [line["request_id"] for line in lines] == ["r12", "r11", "r10", "r1"]
    assert lines[0]["cost_usd"] is None


@pytest.mark.parametrize("name", ["there", "missing/all.csv"])
def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, qtbot: QtBot, name: str) -> None:
    """Nothing is left beside it."""
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "x").touch()
    export = export_of(FakeHistory(3))

    export.begin(Filter(), tmp_path / name)

    assert (bool(export.failure), export.is_running) == (True, False)
    assert [file.name for file in tmp_path.iterdir()] == ["there"]


def test_an_engine_that_goes_away_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    """The file that was there before stays as it was."""
    history, target = FakeHistory(3), tmp_path / "all.csv"
    target.write_text("before")
    history.refusal = "The engine is not running."
    export = export_of(history)

    export.begin(Filter(), target)

    assert (export.failure, target.read_text()) == (history.refusal, "before")
    assert [file.name for file in tmp_path.iterdir()] == ["all.csv"]
