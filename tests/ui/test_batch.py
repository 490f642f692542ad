"""Batch: rows are read, planned, started, watched and exported; an engine of paper answers."""

import json
from pathlib import Path
from typing import TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from trayapp.model.command import Answer, Command
from trayapp.model.jobs import (
    AddRows,
    CountSample,
    CreateJob,
    JobRows,
    PauseJob,
    PlanJob,
    RerunJob,
    StartJob,
)
from trayapp.model.snapshot import Key, Snapshot
from trayapp.ui.batch import BatchWindow
from trayapp.ui.gallery import batches
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look

T = TypeVar("T")
CONNECTED, DOWN = Link("connected", NOW), Link("down", NOW)


class Engine:
    """What answers on the other side, and what it heard."""

    def __init__(self) -> None:
        self.heard: list[Command] = []
        self.refusal = ""

    def answer(self, command: Command) -> Answer:
        self.heard.append(command)
        if self.refusal:
            return Answer(0, ok=False, message=self.refusal)
        if isinstance(command, CountSample):
            return Answer(0, ok=True, value=0.5)
        return batches.told(command)

    def of(self, kind: type[T]) -> list[T]:
        return [each for each in self.heard if isinstance(each, kind)]


@pytest.fixture
def engine() -> Engine:
    return Engine()


def opened(
    qtbot: QtBot, engine: Engine, snapshot: Snapshot = batches.RUNNING, link: Link = CONNECTED
) -> BatchWindow:
    desk = still(NOW, snapshot, link, Look(system=["en"]), engine.answer)
    window = BatchWindow(desk, at_once=True)
    qtbot.addWidget(window)
    window.show()
    return window


def test_pasted_lines_are_planned(qtbot: QtBot, engine: Engine) -> None:
    """What is typed is read after a rest, equal rows once, and every way is shown."""
    window = opened(qtbot, engine)
    window.asking.prompts.editor.setPlainText("one\ntwo\none\n")

    window.rest.timeout.emit()

    (plan,) = engine.of(PlanJob)
    assert plan.sizes == (3, 3)
    assert window.choice.plan.rowCount() == len(batches.WAYS)
    assert window.asking.facts.text() == "3 rows from lines · 1 duplicate runs once"
    assert window.choice.start.text() == "Start 3 rows"


def test_numbers_turn_old_while_typing(qtbot: QtBot, engine: Engine) -> None:
    """They are not blanked, and nothing can be started by them."""
    window = opened(qtbot, engine)
    window.take_text("one\ntwo", "", "")

    window.asking.prompts.editor.setPlainText("three")
    window.start()

    assert window.choice.plan.is_old
    assert window.choice.plan.rowCount() == len(batches.WAYS)
    assert engine.of(CreateJob) == []


def test_start_makes_a_job(qtbot: QtBot, engine: Engine) -> None:
    """It is made, filled and started under what was promised for the way that was chosen."""
    window = opened(qtbot, engine)
    window.asking.form.system.setPlainText("Be short.")
    window.take_text("one\ntwo", "two.txt", "UTF-8")
    window.choice.plan.setCurrentCell(1, 0)

    window.choice.start.click()

    (created,), (added,), (started,) = (
        engine.of(CreateJob), engine.of(AddRows), engine.of(StartJob),
    )  # fmt: skip
    way = batches.WAYS[1]
    assert (created.spec.name, created.spec.mode, created.spec.per_call) == ("two.txt", "merged", 5)
    assert created.spec.system == "Be short."
    assert [row.prompt for row in added.rows] == ["one", "two"]
    assert (started.predicted_end, started.predicted_usd) == (way.ends_at, way.cost_usd)


def test_a_refusal_is_said(qtbot: QtBot, engine: Engine) -> None:
    """A job that the engine does not take can be started again."""
    window = opened(qtbot, engine)
    window.take_text("one", "", "")
    engine.refusal = "The disk is full."

    window.choice.start.click()

    assert window.asking.faults.text() == "The disk is full."
    assert window.choice.start.isEnabled()


@pytest.mark.parametrize(
    ("link", "keys", "words"),
    [
        (DOWN, (), "The engine is not running."),
        (CONNECTED, (Key("main", present=False),), "It needs a key."),
    ],
)
def test_start_says_why_it_is_off(
    qtbot: QtBot, engine: Engine, link: Link, keys: tuple[Key, ...], words: str
) -> None:
    """Rows can be edited all the same."""
    window = opened(qtbot, engine, replace(batches.RUNNING, keys=keys), link)

    window.take_text("one", "", "")

    assert (window.choice.why.text(), window.choice.start.isEnabled()) == (words, False)
    assert window.asking.facts.text() == "1 row from lines"


def test_a_file_in_another_encoding(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    """A dropped table is read, its encoding and column said, its faults told by row."""
    file = tmp_path / "r.csv"
    file.write_bytes('review\ncafé\n""\nthé\n'.encode("cp1252"))
    window = opened(qtbot, engine)
    window.asking.form.prompt.setPlainText("Say {review}.")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])

    window.asking.prompts.editor.insertFromMimeData(mime)

    assert "Windows-1252, guessed, column review" in window.asking.facts.text()
    assert window.draft.prompts == ("Say café.", "Say thé.")
    assert window.asking.faults.text().startswith("Row 2:")


def test_a_file_that_cannot_be_read(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    """It is said, and nothing else changes."""
    window = opened(qtbot, engine)

    window.open_file(tmp_path / "gone.csv")

    assert window.asking.faults.text().startswith("gone.csv cannot be read")


def test_a_template_fills_the_form(qtbot: QtBot, engine: Engine) -> None:
    """Its one column is the row itself where rows are lines."""
    window = opened(qtbot, engine)
    box = window.asking.template
    at = next(n for n in range(box.count()) if box.itemText(n).startswith("Reviews"))
    box.setCurrentIndex(at)

    box.activated.emit(at)
    window.take_text("Good value", "", "")

    assert window.draft.prompts[0].endswith("<review>\nGood value\n</review>")
    assert window.asking.form.spec("n", "single", "m", 1).schema is not None
    assert window.asking.form.chosen_length == "short"


def test_a_sample_is_counted(qtbot: QtBot, engine: Engine) -> None:
    """The plan is made anew by what was counted."""
    window = opened(qtbot, engine)
    window.take_text("one\ntwo", "", "")

    window.choice.count.click()

    assert engine.of(CountSample)[0].prompts == ("one", "two")
    assert [plan.tokens_per_byte for plan in engine.of(PlanJob)] == [None, 0.5]


def test_ten_thousand_rows_come_page_by_page(qtbot: QtBot, engine: Engine) -> None:
    """Only what is looked at is asked for."""
    many = replace(batches.JOB, rows=10_000)
    window = opened(qtbot, engine, replace(batches.RUNNING, jobs=(many,)))
    model = window.jobs.rows

    window.jobs.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.row(9_999) is not None, timeout=2000)

    assert model.rowCount() == 10_000
    assert len({ask.first for ask in engine.of(JobRows)}) <= 4


def test_rows_of_a_state(qtbot: QtBot, engine: Engine) -> None:
    """The filter asks for failed rows alone."""
    window = opened(qtbot, engine)

    window.jobs.filter.setCurrentIndex(2)

    assert engine.of(JobRows)[-1].states == ("failed", "faulty")
    assert window.jobs.rows.rowCount() > 0


def test_a_job_is_paused_and_run_again(qtbot: QtBot, engine: Engine) -> None:
    """The buttons say what can be done with it."""
    window = opened(qtbot, engine)

    window.jobs.pause.click()
    window.jobs.rerun.click()

    assert engine.of(PauseJob) == [PauseJob(batches.JOB.id)]
    assert engine.of(RerunJob) == [RerunJob(batches.JOB.id)]
    assert window.jobs.rerun.text() == "Re-run 1 failed"


def test_answers_are_exported(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    """As JSON lines or as a table, by the file's name."""
    window = opened(qtbot, engine)

    window.jobs.export_to(str(tmp_path / "a.jsonl"))
    window.jobs.export_to(str(tmp_path / "a.csv"))

    lines = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    table = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    assert json.loads(lines[0])["text"].startswith("Mostly positive")
    assert len(table) == len(lines) + 1
    assert window.jobs.said.text() == "Exported."


def test_an_export_that_fails_is_said(qtbot: QtBot, engine: Engine, tmp_path: Path) -> None:
    """The button can be used again."""
    window = opened(qtbot, engine)

    window.jobs.export_to(str(tmp_path / "no" / "a.jsonl"))

    assert window.jobs.said.text()
    assert window.jobs.export.isEnabled()


def test_predicted_and_real_are_shown(qtbot: QtBot, engine: Engine) -> None:
    """A job that is over tells both."""
    window = opened(qtbot, engine, batches.FINISHED)

    assert "$0.50, real" in window.jobs.progress.facts.text()


def test_reading_in_a_thread(qtbot: QtBot, engine: Engine) -> None:
    """The last text wins, and the window waits for none."""
    desk = still(NOW, batches.RUNNING, CONNECTED, Look(system=["en"]), engine.answer)
    window = BatchWindow(desk)
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.reader.read, timeout=3000):
        window.take_text("one", "", "")
        window.take_text("two", "", "")

    assert window.draft.prompts == ("two",)


def test_the_same_rows_are_not_read_again(qtbot: QtBot, engine: Engine) -> None:
    """Another system prompt is planned with the rows there are."""
    window = opened(qtbot, engine)
    window.take_text("one", "", "")
    before = window.draft

    window.asking.form.system.setPlainText("Be short.")
    window.rest.timeout.emit()

    assert window.draft is before
    assert [plan.system_size for plan in engine.of(PlanJob)] == [0, 9]
