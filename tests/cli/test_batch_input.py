"""A file's rows as a job takes them."""

import pytest

from trayapp.cli.arguments import parse
from trayapp.cli.batch_input import Unusable, new_rows, rows_of, spec_of
from trayapp.model.jobs import JobSpec


@pytest.mark.parametrize(
    ("data", "template", "sentence"),
    [
        (b"", "", "The file has no rows."),
        (b"a\n" * 100_001, "", "A job has at most 100,000 rows"),
        (b'{"a":1,"b":2}\n', "", "No row can be sent. Row 1: it has no"),
        (b"a,b\n1,2\n", "{a", "No row can be sent. The template has a brace"),
    ],
)
def test_what_cannot_be_run_is_said(data: bytes, template: str, sentence: str) -> None:
    """Before anything is sent."""
    with pytest.raises(Unusable, match=sentence):
        rows_of("rows", data, template)


def test_guesses_and_duplicates_are_told() -> None:
    """A Windows encoding is named, equal rows are counted."""
    reading, notes = rows_of("r.csv", "prompt\ncafé\ncafé\n".encode("cp1252"), "")
    _, more = rows_of("r.txt", b"a\na\na\n", "")

    assert [row.prompt for row in new_rows(reading)] == ["café", "café"]
    assert new_rows(reading)[1].same_as == 0
    assert notes == [
        "r.csv was read as Windows-1252; if that is wrong, save as UTF-8.",
        "1 row asks what an earlier one asks; what is the same is asked once.",
    ]
    assert more == ["2 rows ask what an earlier one asks; what is the same is asked once."]


def test_what_was_said_is_how_it_runs() -> None:
    """Every flag has its field."""
    told = parse([
        "batch", "run", "f", "--model", "m", "--mode", "merged", "--per-call", "7", "--system",
        "S", "--max-tokens", "auto", "--length", "short", "--stop", "a", "--stop", "b",
    ])  # fmt: skip

    spec = spec_of(told, "f", b'{"type":"object"}')

    assert spec == JobSpec(
        "f", "m", "merged", 7, "S", None, "short", ("a", "b"), {"type": "object"}
    )


@pytest.mark.parametrize(
    ("name", "schema", "sentence"),
    [("", None, "1 to 200"), ("\t", None, "1 to 200"), ("n", b"[]", "not a JSON object")],
)
def test_a_job_that_cannot_be_is_said(name: str, schema: bytes | None, sentence: str) -> None:
    """Its name, its schema."""
    told = parse(["batch", "run", "f", "--name", name])

    with pytest.raises(Unusable, match=sentence):
        spec_of(told, "f", schema)


@pytest.mark.parametrize("said", [["--per-call", "1"], ["--per-call", "51"], ["--max-tokens", "0"]])
def test_numbers_have_bounds(said: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A usage error, as any."""
    with pytest.raises(SystemExit) as ended:
        parse(["batch", "run", "f", *said])

    assert ended.value.code == 2
    assert said[0] in capsys.readouterr().err
