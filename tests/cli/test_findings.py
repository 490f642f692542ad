"""How findings are told at a terminal."""

import pytest

from trayapp.cli.findings import Finding, closing, failed, note, ok, told


def test_finding_says_state_subject_and_words() -> None:
    """A line begins with its mark, so that a failure is seen without colour."""
    assert told(ok("Home", "is yours.")) == "ok      Home            is yours."


def test_remedy_stands_below() -> None:
    """What to do is a line of its own, marked by an arrow."""
    lines = told(failed("Port", "is used.", "End it.")).splitlines()

    assert lines[0].startswith("FAILED  Port ")
    assert lines[1].strip() == "→ End it."


def test_long_words_are_wrapped_under_themselves() -> None:
    """No line is longer than the terminal, and none begins under the marks."""
    lines = told(note("Proxy", "word " * 40, "do " * 40), width=70).splitlines()

    assert max(map(len, lines)) <= 70
    assert all(line.startswith(" " * 24) for line in lines[1:])


def test_nothing_moves_the_cursor() -> None:
    """A path or a process may be named to play tricks with the terminal."""
    assert "\x1b" not in told(failed("Port", "is used by \x1b[2J.", "\x1b]0;x"))


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([], "Everything that was looked at works."),
        ([note("a", "b")], "Everything that was looked at works."),
        ([failed("a", "b"), ok("a", "b")], "1 check failed."),
        ([failed("a", "b"), failed("a", "b")], "2 checks failed."),
    ],
)
def test_closing_line_counts_failures(findings: list[Finding], words: str) -> None:
    """Notes do not count: they may be meant."""
    assert closing(findings) == words
