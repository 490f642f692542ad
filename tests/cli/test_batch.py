"""`sluice batch` before an engine that does as it is told."""

import io
import json
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.cli.batch_scene import AT, ID, JOB, ROWS, Engine
from tests.fakes.control import control
from trayapp.batch import jobs as store
from trayapp.batch.sealing import Seal
from trayapp.cli import main
from trayapp.db import offline
from trayapp.home import Home
from trayapp.meter.ledger import SCHEMA
from trayapp.model.jobs import (
    CancelJob,
    CountSample,
    CreateJob,
    JobSpec,
    PauseJob,
    PlanJob,
    RemoveJob,
    RerunJob,
    ResumeJob,
    StartJob,
)

Said = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


@pytest.fixture
def rows(tmp_path: Path) -> str:
    """Two rows in a file."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"prompt":"a"}\n{"id":"second","prompt":"b"}\n')
    return str(path)


def run(home: Home, *said: str) -> int:
    return main(["batch", *said, "--home", str(home.given)])


def test_rows_are_planned_made_run_and_written(home: Home, rows: str, tmp_path: Path) -> None:
    """In this order, under what was promised; one row failed, so the code is 1."""
    out = tmp_path / "out.jsonl"
    with control(home, Engine()) as engine:
        code = run(home, "run", rows, "--max-tokens", "50", "--out", str(out))

    assert code == 1
    assert [type(ask.ask).__name__ for ask in engine.heard] == [
        "PlanJob", "CreateJob", "AddRows", "StartJob", "ListJobs", "JobRows", "JobRows",
    ]  # fmt: skip
    (created,) = engine.heard[1:2]
    assert isinstance(created.ask, CreateJob)
    assert created.ask.spec == JobSpec("rows.jsonl", "claude-sonnet-5-5", max_tokens=50)
    lines = [json.loads(line) for line in out.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["1", "second"]
    assert list(tmp_path.glob(".out*")) == []


def test_all_answered_is_zero(home: Home, rows: str, capsys: Said) -> None:
    """What it took is told beside what was planned."""
    whole = replace(JOB, done=2, failed=0)
    with control(home, Engine(ended=whole)):
        code = run(home, "run", rows, "--out", "-")

    said = capsys.readouterr()
    assert code == 0
    assert len(said.out.splitlines()) == 2
    assert "It took 1 min, planned 1 min." in said.err


def test_a_plan_makes_no_job(home: Home, rows: str, capsys: Said) -> None:
    """Only the table is shown, with numbers of counted rows where that was asked for."""
    with control(home, Engine()) as engine:
        code = run(home, "run", rows, "--plan", "--count", "--mode", "merged")

    (plan,) = engine.asked(PlanJob)
    assert (code, plan.sizes, plan.tokens_per_byte) == (0, (1, 1), 0.25)
    assert engine.asked(CountSample)[0].prompts == ("a", "b")
    assert engine.asked(CreateJob) == []
    assert "* 5 a call" in capsys.readouterr().err


def test_detached_nobody_waits(home: Home, rows: str) -> None:
    """The job is started, and the shell is free."""
    with control(home, Engine()) as engine:
        code = run(home, "run", rows, "--detach", "--name", "Mine")

    assert code == 0
    assert isinstance(engine.heard[-2].ask, StartJob)
    assert engine.asked(CreateJob)[0].spec.name == "Mine"


def test_rows_come_by_pages_and_with_their_faults(home: Home, tmp_path: Path, capsys: Said) -> None:
    """A row that cannot be sent is said, and kept to be told."""
    path = tmp_path / "rows.csv"
    path.write_text("id,text\n1,good\n2,\n")
    with control(home, Engine()) as engine:
        run(home, "run", str(path), "--template", "Sum up {text}", "--system", "Be brief.")

    assert [row.prompt for row in engine.added] == ["Sum up good", ""]
    assert engine.added[1].fault == "Row 2: the cell “text” is empty."
    assert "Row 2: the cell “text” is empty.\n" in capsys.readouterr().err


def test_many_faults_are_not_all_shown(home: Home, tmp_path: Path, capsys: Said) -> None:
    """Twenty are, and how many more there are."""
    path = tmp_path / "rows.csv"
    path.write_text("id,text\n0,good\n" + "".join(f"{n},\n" for n in range(1, 31)))
    with control(home, Engine()):
        run(home, "run", str(path), "--template", "{text}", "--detach")

    assert "and 10 more rows like these\n" in capsys.readouterr().err


def test_rows_and_template_come_from_anywhere(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows by stdin, the template and the schema in files."""
    template, schema = tmp_path / "t.txt", tmp_path / "s.json"
    template.write_text("Say {row}\n")
    schema.write_text('{"type":"object"}')
    stdin = io.TextIOWrapper(io.BytesIO(b"one\ntwo\n"))
    monkeypatch.setattr(sys, "stdin", stdin)
    with control(home, Engine()) as engine:
        run(home, "run", "-", "--template", str(template), "--schema", str(schema), "--detach")

    assert [row.prompt for row in engine.added] == ["Say one", "Say two"]
    assert engine.asked(CreateJob)[0].spec.schema == {"type": "object"}


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (["/nowhere/rows.jsonl"], "cannot be read"),
        (["rows.jsonl", "--schema", "/nowhere/schema"], "cannot be read"),
        (["rows.csv", "--template", "{none}"], "there is no column “none”"),
    ],
)
def test_what_cannot_be_run_is_a_usage_error(
    home: Home, rows: str, said: list[str], sentence: str, capsys: Said
) -> None:
    """No engine is needed to say so."""
    folder = Path(rows).parent
    (folder / "rows.csv").write_text("a,b\n1,2\n")
    file = str(folder / said[0]) if not said[0].startswith("/") else said[0]

    assert run(home, "run", file, *said[1:]) == 2
    assert sentence in capsys.readouterr().err


def test_without_an_engine_it_says_how_to_start_one(home: Home, rows: str, capsys: Said) -> None:
    """A job belongs to an engine."""
    assert run(home, "run", rows) == 69
    assert "sluice serve" in capsys.readouterr().err


def test_an_engine_that_ends_keeps_the_job(home: Home, capsys: Said) -> None:
    """How to come back is said."""
    engine = Engine(replace(JOB, state="running"))
    engine.leaves = True
    with control(home, engine):
        code = run(home, "resume", ID)

    assert code == 69
    assert f"sluice batch resume {ID[:8]}" in capsys.readouterr().err


def test_a_paused_job_goes_on(home: Home, tmp_path: Path) -> None:
    """Any beginning of its id names it."""
    out = tmp_path / "o"
    with control(home, Engine(replace(JOB, state="paused"))) as engine:
        code = run(home, "resume", "aba", "--out", str(out))

    assert (code, engine.asked(ResumeJob)) == (1, [ResumeJob(ID)])
    assert len(out.read_text().splitlines()) == 2


def test_an_ended_job_is_attached_to(home: Home, capsys: Said) -> None:
    """Nothing is asked of it but its answers."""
    with control(home, Engine(JOB)) as engine:
        code = run(home, "resume", ID, "--out", "-")

    assert (code, engine.asked(ResumeJob)) == (1, [])
    assert '"text":"A"' in capsys.readouterr().out


def test_failed_rows_run_again(home: Home) -> None:
    """And are waited for."""
    with control(home, Engine(JOB, ended=replace(JOB, failed=0, done=2))) as engine:
        assert run(home, "rerun", ID) == 0

    assert engine.asked(RerunJob) == [RerunJob(ID)]


@pytest.mark.parametrize(
    ("action", "command"),
    [("pause", PauseJob(ID)), ("cancel", CancelJob(ID)), ("remove", RemoveJob(ID))],
)
def test_one_word_is_one_command(home: Home, action: str, command: object) -> None:
    """What is done is the engine's."""
    with control(home, Engine(JOB)) as engine:
        assert run(home, action, ID) == 0

    assert engine.heard[-1].ask == command


def test_show_names_the_failed_rows(home: Home, capsys: Said) -> None:
    """With why."""
    with control(home, Engine(JOB, rows=ROWS[1:])):
        assert run(home, "show", ID) == 0

    assert "row 2 (second): The model refused to answer." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["", "f", "a"])
def test_an_id_names_one_job(home: Home, name: str, capsys: Said) -> None:
    """None, or several that begin alike, are told so."""
    with control(home, Engine(JOB, replace(JOB, id="a" * 32))):
        assert run(home, "pause", name) == 1

    assert "`sluice batch list` shows them" in capsys.readouterr().err


def test_a_refusal_is_its_sentence(home: Home, rows: str, capsys: Said) -> None:
    """As the engine said it."""
    engine = Engine()
    engine.refusal = "The keyring is locked."
    with control(home, engine):
        assert run(home, "run", rows) == 1

    assert capsys.readouterr().err == "sluice: The keyring is locked.\n"


def test_jobs_are_listed_without_an_engine(home: Home, capsys: Said) -> None:
    """From the file itself."""
    home.prepare()
    with offline(home.meter_db, SCHEMA) as connection:
        store.create(connection, Seal(b"x" * 32), ID, JobSpec("N", "m"), AT)

    assert run(home, "list", "--json") == 0
    assert run(home, "list") == 0
    told = capsys.readouterr().out.splitlines()
    assert json.loads(told[0])[0]["id"] == ID
    assert told[1].startswith("abababab  planned")


def test_no_job_is_said(home: Home, capsys: Said) -> None:
    """With how to make one."""
    assert run(home, "list") == 0
    assert "sluice batch run" in capsys.readouterr().err
