"""A terminal that shows the latest state; where there is none, a line for each change.

Either way the whole of what was shown last stands there in the end.
"""

import os
import shutil
from types import TracebackType
from typing import Self, TextIO

_OPEN = "\x1b[?1049h\x1b[?25l"
_CLOSE = "\x1b[?25h\x1b[?1049l"
_HOME, _CLEAR_LINE, _CLEAR_BELOW = "\x1b[H", "\x1b[K", "\x1b[J"


class Screen:
    """Draws on *out*."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._live = out.isatty() and os.environ.get("TERM") != "dumb"
        self._lines: list[str] = []
        self._short = ""

    def show(self, lines: list[str], short: str) -> None:
        """Draw *lines*; without a terminal, print *short* if it says something new."""
        if self._live:
            size = shutil.get_terminal_size()
            shown = [line[: size.columns - 1] for line in lines[: size.lines - 1]]
            self._write(_HOME + "".join(f"{line}{_CLEAR_LINE}\n" for line in shown) + _CLEAR_BELOW)
        elif short != self._short:
            self._write(f"{short}\n")
        self._lines = lines
        self._short = short

    def __enter__(self) -> Self:
        if self._live:
            self._write(_OPEN)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._write((_CLOSE if self._live else "\n") + "".join(f"{line}\n" for line in self._lines))

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()
