"""Rows from what was pasted or named, with their faults."""

import pytest

from trayapp.batch.source import LONGEST, Form, Reading, form_of, read
from trayapp.batch.source_fault import Fault


def prompts(reading: Reading) -> list[str]:
    return [row.prompt for row in reading.rows]


@pytest.mark.parametrize(
    ("text", "name", "templated", "form"),
    [
        ("a\nb", "", False, "lines"),
        ("a\n \n b\nc", "", False, "blocks"),
        ('{"prompt":"a"}', "", False, "jsonl"),
        ('{ "prompt":"a"}', "", True, "jsonl"),
        ("a,b\n1,2", "", True, "csv"),
        ("a\tb\n1\t2", "", True, "tsv"),
        ("a\n\nb", "Rows.CSV", False, "csv"),
        ("a", "rows.ndjson", False, "jsonl"),
        ("a", "rows.tab", False, "tsv"),
        ("a\nb", "rows.txt", False, "lines"),
    ],
)
def test_the_form_is_known_by_name_or_by_look(
    text: str, name: str, templated: bool, form: Form
) -> None:
    """A file's ending decides; what was pasted is judged by how it begins."""
    assert form_of(text, name, templated=templated) == form


def test_lines_are_prompts() -> None:
    """Blank ones are none, and Windows line ends belong to no prompt."""
    assert prompts(read("one\r\n\r\n  two \rthree", "lines")) == ["one", "two", "three"]


def test_blocks_are_prompts() -> None:
    """Whatever stands between blank lines, with its own line ends."""
    assert prompts(read("a\nb\n \n\n\nc\n", "blocks")) == ["a\nb", "c"]


def test_a_template_goes_around_plain_rows() -> None:
    """Plain rows have one column, called row; a template that names another is told for each."""
    assert prompts(read("a\nb", "lines", "Say {row}!")) == ["Say a!", "Say b!"]
    assert read("a\nb", "lines", "{review}").faults[1] == Fault("missing_column", 2, "review")


def test_records_become_prompts_by_a_template() -> None:
    """Ids are the records' own, where they have any."""
    reading = read("id,review\nx,good\n,bad", "csv", "Rate: {review}")

    assert [(row.id, row.prompt) for row in reading.rows] == [
        ("x", "Rate: good"),
        (None, "Rate: bad"),
    ]
    assert reading.columns == ("id", "review")


def test_without_a_template_the_prompt_is_its_column() -> None:
    """JSON lines need `prompt`; a table of one column needs no name."""
    assert prompts(read('{"prompt":"a","id":7}', "jsonl")) == ["a"]
    assert prompts(read("review\na", "csv")) == ["a"]
    assert read("a\tb\n1\t2", "tsv").faults == (Fault("no_prompt", 1, "prompt"),)


def test_faults_name_row_and_column() -> None:
    """Every fault is told, and the other rows stay good."""
    reading = read('review,n\ngood,1\n,2\n" ",\nbad,4', "csv", "{review} {stars}")
    empty = read("review,n\ngood,1\n,2\n , \n", "csv", "{review}")

    assert reading.faults[0] == Fault("missing_column", 1, "stars")
    assert empty.faults == (Fault("empty_cell", 2, "review"), Fault("empty_row", 3))
    assert prompts(empty) == ["good", "", ""]


def test_records_that_cannot_be_read_keep_their_fault() -> None:
    """A line that is no JSON is one row that is not sent."""
    assert read('{"prompt":"a"}\n{oops', "jsonl").faults == (Fault("not_json", 2, place=2),)


def test_a_template_that_cannot_be_read_is_one_fault() -> None:
    """It is the template's, not each row's."""
    assert read("a\nb", "lines", "x {").faults == (Fault("bad_template", 0, place=3),)


def test_equal_prompts_are_found() -> None:
    """Each points at the first that asks the same; rows with faults are equal to nothing."""
    reading = read("review\na\n\nb\na\na\n", "csv")

    assert [row.same_as for row in reading.rows] == [None, None, 0, 0]
    assert reading.duplicates == 2


def test_ids_are_used_once() -> None:
    """An answer has to belong to one row; an id that goes on for ever is none."""
    reading = read(
        '{"id":"x","prompt":"a"}\n{"id":"x","prompt":"b"}\n{"id":"' + "y" * 201 + '","prompt":"c"}',
        "jsonl",
    )

    assert reading.faults == (Fault("doubled_id", 2), Fault("long_id", 3))


def test_rows_may_be_large_but_not_endless() -> None:
    """100 kB is a row like any other; more than 4 MB is told."""
    assert read("x" * 100_000, "lines").faults == ()
    assert read("é" * (LONGEST // 2 + 1), "lines").faults == (Fault("too_long", 1),)


def test_half_a_character_is_told() -> None:
    """JSON can hold one half of a pair, which cannot be sent."""
    assert read('{"prompt":"\\ud83d"}', "jsonl").faults == (Fault("broken_text", 1),)
    assert prompts(read('{"prompt":"\\ud83d\\ude00"}', "jsonl")) == ["😀"]
