"""A terminal that shows the latest state."""

import io
import os

import pytest

from trayapp.cli.screen import Screen


class Terminal(io.StringIO):
    """Says that it is one."""

    def isatty(self) -> bool:
        """Return True: a terminal."""
        return True


@pytest.fixture(autouse=True)
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "8")
    monkeypatch.setenv("LINES", "3")


def test_terminal_is_redrawn_in_place() -> None:
    """Each state is drawn over the one before, cut to the terminal's size, and left standing."""
    out = Terminal()
    with Screen(out) as screen:
        screen.show(["one", "a long line", "cut off"], "short")
        screen.show(["two"], "short")

    assert out.getvalue() == (
        "\x1b[?1049h\x1b[?25l"
        "\x1b[Hone\x1b[K\na long \x1b[K\n\x1b[J"
        "\x1b[Htwo\x1b[K\n\x1b[J"
        "\x1b[?25h\x1b[?1049ltwo\n"
    )


def test_cursor_comes_back_after_a_failure() -> None:
    """However it ends, the terminal is as it was."""
    out = Terminal()
    with pytest.raises(KeyboardInterrupt), Screen(out):
        raise KeyboardInterrupt

    assert out.getvalue().endswith("\x1b[?25h\x1b[?1049l")


def test_file_gets_a_line_for_each_change() -> None:
    """What is no terminal gets plain lines, none twice, and the whole at the end."""
    out = io.StringIO()
    with Screen(out) as screen:
        for short in ("a", "a", "b", "a"):
            screen.show(["long"], short)

    assert out.getvalue() == "a\nb\na\n\nlong\n"


def test_dumb_terminal_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that knows no control codes gets lines as a file does."""
    monkeypatch.setitem(os.environ, "TERM", "dumb")
    out = Terminal()
    with Screen(out) as screen:
        screen.show(["long"], "short")

    assert out.getvalue() == "short\n\nlong\n"
