"""The small words of editing: line ends, indents, places."""

import pytest

from trayapp.connect.edit import (
    NoItem,
    indent_at,
    lead_of,
    line_of,
    newline_of,
    twice,
    without_lines,
)


@pytest.mark.parametrize(
    ("text", "newline"),
    [("", "\n"), ("a", "\n"), ("a\nb\r\n", "\n"), ("a\r\nb\n", "\r\n"), ("\nb\r\n", "\n")],
)
def test_line_end_is_that_of_the_first_line(text: str, newline: str) -> None:
    """A file without lines gets plain ones."""
    assert newline_of(text) == newline


@pytest.mark.parametrize(
    ("text", "at", "indent"), [("a", 0, ""), ("\n \tb", 3, " \t"), ("x\n  ", 2, "  ")]
)
def test_indent_is_the_space_before_the_line(text: str, at: int, indent: str) -> None:
    """Tabs and blanks are kept as they are."""
    assert indent_at(text, at) == indent


def test_a_line_is_begun_only_where_none_is() -> None:
    """What ends in a line break needs no other one, and neither does nothing."""
    assert [lead_of(text, "\r\n") for text in ("", "a", "a\r\n")] == ["", "\r\n", ""]


def test_lines_are_counted_from_one() -> None:
    """As editors count them."""
    assert [line_of("a\nb\n", at) for at in (0, 1, 2)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("text", "start", "end", "lead", "without"),
    [
        ("a\nX\n", 2, 3, "\n", "a"),
        ("a\r\nX\r\n", 3, 4, "\r\n", "a"),
        ("a\nX\nb", 2, 3, "\n", "a\nb"),
        ("a\nX", 2, 3, "", "a\n"),
    ],
)
def test_appended_lines_go_with_what_began_them(
    text: str, start: int, end: int, lead: str, without: str
) -> None:
    """What was written below since keeps the line break above it."""
    assert without_lines(text, start, end, lead) == without


def test_what_is_set_twice_is_told_by_lines() -> None:
    """The sentence names the lines and not what is in them."""
    assert "Lines 1 and 3 set" in twice("a\nb\na", 0, 4).message


def test_a_missing_item_has_its_sentence() -> None:
    """It is a refusal like any other."""
    assert "no entry that belongs to the tool" in NoItem().message
