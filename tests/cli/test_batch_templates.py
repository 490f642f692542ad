"""Templates on the command line: listed, printed to be copied, and used."""

from pathlib import Path

import pytest

from tests.cli.batch_scene import Engine
from tests.fakes.control import control
from trayapp.batch import templates
from trayapp.cli import main
from trayapp.home import Home
from trayapp.model.jobs import AddRows, CreateJob

Said = pytest.CaptureFixture[str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def made(home: Home, *said: str) -> tuple[CreateJob, AddRows]:
    """What the engine heard of the job."""
    with control(home, Engine()) as engine:
        main(["batch", "run", *said, "--detach", "--home", str(home.given)])
    asks = [ask.ask for ask in engine.heard]
    created, added = asks[1:3]
    assert isinstance(created, CreateJob)
    assert isinstance(added, AddRows)
    return created, added


def test_those_that_ship_are_listed(capsys: Said) -> None:
    """A line for each, in the language that was asked for."""
    code = main(["batch", "templates", "--language", "zh_CN"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in lines] == list(templates.shipped())
    assert "评论" in lines[-1]


def test_one_is_printed_to_be_copied(capsys: Said) -> None:
    """What is printed is a template."""
    main(["batch", "templates", "reviews"])

    assert templates.read(capsys.readouterr().out.encode()).length == "short"


def test_an_unknown_one_is_said(capsys: Said) -> None:
    """With the names there are."""
    code = main(["batch", "templates", "poems"])

    assert code == 2
    assert "code_review, faq, interview" in capsys.readouterr().err


def test_a_template_brings_its_form(home: Home, tmp_path: Path) -> None:
    """Its system prompt, length and schema are the job's, unless others were said."""
    rows = tmp_path / "r.csv"
    rows.write_text("id,review\n7,Good value\n")

    created, added = made(home, str(rows), "--template", "reviews", "--system", "Mine.")

    assert added.rows[0].id == "7"
    assert "<review>\nGood value\n</review>" in added.rows[0].prompt
    assert (created.spec.system, created.spec.length) == ("Mine.", "short")
    assert created.spec.schema is not None


def test_plain_rows_and_a_copy(home: Home, tmp_path: Path) -> None:
    """A copied file is a template too, and a line of a text file fills its one column."""
    rows, copy = tmp_path / "r.txt", tmp_path / "mine.toml"
    rows.write_text("one\ntwo\n")
    copy.write_text('name = "Mine"\nprompt = "Say {it}."\nmax_tokens = 9\n')

    created, added = made(home, str(rows), "--template", str(copy))

    assert [row.prompt for row in added.rows] == ["Say one.", "Say two."]
    assert (created.spec.max_tokens, created.spec.length) == (9, "detailed")


def test_a_prompt_in_a_file(home: Home, tmp_path: Path) -> None:
    """It may still stand alone in a file of text."""
    rows, prompt = tmp_path / "r.txt", tmp_path / "prompt.txt"
    rows.write_text("one\n")
    prompt.write_text("Say {row}.\n")

    _, added = made(home, str(rows), "--template", str(prompt))

    assert added.rows[0].prompt == "Say one."


def test_a_file_that_is_none(home: Home, tmp_path: Path, capsys: Said) -> None:
    """It is refused before anything is sent."""
    rows = tmp_path / "r.toml"
    rows.write_text("nothing")

    code = main(["batch", "run", str(rows), "--template", str(rows), "--home", str(home.given)])

    assert code == 2
    assert "not TOML with a name and a prompt" in capsys.readouterr().err
