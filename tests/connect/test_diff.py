"""What an edit changes, for a person to look at."""

import pytest

from trayapp.connect.diff import LONGEST, difference, presented
from trayapp.model.connecting import DiffLine


def test_lines_have_both_their_numbers() -> None:
    """Up to three lines around a change are shown, and gaps between changes are marked."""
    before = "\n".join(f"line {number}" for number in range(1, 21))
    after = before.replace("line 2\n", "LINE 2\nmore\n").replace("line 20", "line 20\nlast")
    lines = difference(before, after)

    assert lines[:5] == (
        DiffLine(" ", "line 1", 1, 1),
        DiffLine("-", "line 2", 2),
        DiffLine("+", "LINE 2", None, 2),
        DiffLine("+", "more", None, 3),
        DiffLine(" ", "line 3", 3, 4),
    )
    assert DiffLine(" ", "…") in lines
    assert lines[-1] == DiffLine("+", "last", None, 22)
    assert len(lines) == 12


def test_no_change_has_no_lines() -> None:
    """Not even around it."""
    assert difference("a\nb", "a\nb") == ()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('"k": "sk-ant-sluice-' + "x" * 39 + 'k3Qw"', '"k": "sk-ant-sluice-…k3Qw"'),
        ("sk-ant-api03-" + "A-_" * 20 + "9QAA", "sk-ant-api03-…9QAA"),
        ("sk-proj-" + "b" * 40, "sk-proj-…bbbb"),
        ("task-force-of-many-words-in-a-name", "task-force-of-many-words-in-a-name"),
        ("\ta\x1b[31m\u202eb", "    a\ufffd[31m\ufffdb"),
        ("ключ: 值", "ключ: 值"),
        ("y" * (LONGEST + 1), "y" * LONGEST + "…"),
    ],
)
def test_a_line_shows_no_key_and_moves_no_cursor(line: str, shown: str) -> None:
    """The user's own keys may stand in the same file."""
    assert presented(line) == shown
