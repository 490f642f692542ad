"""Records: JSON lines, and tables by any of the usual delimiters."""

import pytest

from trayapp.batch.source_fault import Fault
from trayapp.batch.source_records import delimiter_of, json_lines, table


def test_json_lines_are_objects_or_strings() -> None:
    """Numbers and lists become the text they are in JSON, null an empty cell."""
    found = json_lines('{"prompt":"a\\n😀","n":1.5,"tags":["中"],"none":null}\n\n"just this"\r\n')

    assert found.columns == ("prompt", "n", "tags", "none")
    assert [record.cells for record in found.records] == [
        {"prompt": "a\n😀", "n": "1.5", "tags": '["中"]', "none": ""},
        {"prompt": "just this"},
    ]


def test_a_line_separator_inside_a_string_does_not_end_it() -> None:
    """Only a line feed ends a JSON line: U+2028 may stand in a string as it is."""
    (record,) = json_lines('{"prompt":"a\u2028b"}').records

    assert record.cells["prompt"] == "a\u2028b"


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"prompt": }', Fault("not_json", 1, place=12)),
        ("[" * 100_000, Fault("not_json", 1, place=1)),
        ("[1]", Fault("not_object", 1)),
    ],
)
def test_what_is_no_json_line_is_told_by_row_and_character(line: str, fault: Fault) -> None:
    """The place is where a person looks for the mistake."""
    (record,) = json_lines(line).records

    assert record.fault == fault


def test_cells_keep_quotes_newlines_and_commas() -> None:
    """A quoted cell is everything between its quotes, over several lines too."""
    found = table('name, review \r\nA,"He said ""no"",\r\nthen 😀"\r\n\r\nB,\r\n')

    assert found.columns == ("name", "review")
    assert [record.cells for record in found.records] == [
        {"name": "A", "review": 'He said "no",\r\nthen 😀'},
        {"name": "B", "review": ""},
    ]


def test_short_records_are_filled_and_empty_names_numbered() -> None:
    """Missing cells at the end are empty, and so are the commas that spreadsheets leave there."""
    found = table("a,,c\n1\n1,2,3,,\n")

    assert found.columns == ("a", "column 2", "c")
    assert found.records[0].cells == {"a": "1", "column 2": "", "c": ""}
    assert found.records[1].cells == {"a": "1", "column 2": "2", "c": "3"}


def test_what_does_not_fit_the_head_is_told() -> None:
    """A cell too many and a quote that makes no sense are faults of their row alone."""
    found = table('a,b\n1,2,3\nx,"y" z\n4,5\n6,"open\n7,8')

    assert [record.fault for record in found.records] == [
        Fault("too_many_cells", 1, place=3),
        Fault("bad_quote", 2),
        None,
        Fault("bad_quote", 4),
    ]


def test_a_cell_may_be_long() -> None:
    """The limit of the csv module, 131,072 characters, is none of ours."""
    found = table("review\n" + "x" * 200_000)

    assert len(found.records[0].cells["review"]) == 200_000


def test_nothing_has_no_columns() -> None:
    """An empty file is an empty table."""
    assert table("").columns == ()


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a,b;c,d\n;;;;", ","), ("\na;b", ";"), ("a\tb,c\td", "\t"), ('"a,b";c', ";"), ("a", ",")],
)
def test_the_first_line_tells_the_delimiter(text: str, delimiter: str) -> None:
    """What is quoted does not count; where nothing divides, it is a comma."""
    assert delimiter_of(text) == delimiter
