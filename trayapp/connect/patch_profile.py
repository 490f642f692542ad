"""The smallest edit of a shell's profile: a marked block at its end, a line for each variable.

What we write there (an address, a token, a list of hosts) needs no quotes in any shell.
"""

import re
from collections.abc import Callable

from trayapp.connect.edit import (
    Found,
    NotUnderstood,
    Place,
    Trace,
    lead_of,
    newline_of,
    twice,
    without_lines,
)

BEGIN = "# >>> sluice >>>"
END = "# <<< sluice <<<"
ADDED_TO = ("NO_PROXY", "no_proxy")
"""Lists to which ours is added when the shell starts, whatever stands in them by then."""

_BLOCK = re.compile(
    rf"^{re.escape(BEGIN)}\r?\n(?P<lines>[\s\S]*?)^{re.escape(END)}[ \t]*\r?$", re.MULTILINE
)
Line = Callable[[str, str], str]


def sh(name: str, value: str) -> str:
    """The line of bash, zsh and every other POSIX shell."""
    if name in ADDED_TO:
        return f'export {name}="${{{name}:+${name},}}{value}"'
    return f"export {name}={value}"


def fish(name: str, value: str) -> str:
    """The line of fish."""
    if name in ADDED_TO:
        return f"set -gx {name} (string join , ${name} {value})"
    return f"set -gx {name} {value}"


def powershell(name: str, value: str) -> str:
    """The line of PowerShell."""
    if name in ADDED_TO:
        return f"$env:{name} = (@($env:{name}, '{value}') | Where-Object {{ $_ }}) -join ','"
    return f"$env:{name} = '{value}'"


class Profile:
    """The verbs for profiles of one shell, whose *line* sets a variable."""

    def __init__(self, line: Line, goes_on: str = "\\") -> None:
        self._line = line
        self._goes_on = goes_on

    def find(self, text: str, place: Place) -> Found | None:
        """The variable as our block sets it; what else sets it is the user's."""
        block = _block(text)
        if block is None:
            return None
        before, after = self._line(str(place[0]), "\0").split("\0")
        at = block.start("lines")
        for line in block["lines"].splitlines(keepends=True):
            written = line.rstrip()
            if written.startswith(before) and written.endswith(after):
                value = written.removeprefix(before).removesuffix(after)
                start = at + len(before)
                return Found(value, start, start + len(value))
            at += len(line)
        return None

    def put(self, text: str, place: Place, value: str) -> tuple[str, Trace]:
        """Set the variable in our block, which is made where there is none."""
        newline = newline_of(text)
        if (found := self.find(text, place)) is not None:
            return text[: found.start] + value + text[found.end :], Trace(replaced=True)
        line = self._line(str(place[0]), value) + newline
        if (block := _block(text)) is not None:
            at = block.end("lines")
            return text[:at] + line + text[at:], Trace()
        if text.rstrip("\r\n").endswith(self._goes_on):
            raise NotUnderstood("The last line of the file goes on below it, so nothing is added.")
        lead = lead_of(text, newline)
        changed = f"{text}{lead}{BEGIN}{newline}{line}{END}{newline}"
        return changed, Trace(made=1, lead=lead)

    def take(self, text: str, place: Place, trace: Trace) -> str:
        """Remove the variable's line, and the block when nothing else is in it."""
        found = self.find(text, place)
        assert found is not None  # noqa: S101 - for the type checker: whoever takes has found it
        start, end = _line_at(text, found.start)
        text = text[:start] + text[end:]
        block = _block(text)
        if block is None or block["lines"]:
            return text
        return without_lines(text, block.start(), block.end(), trace.lead or "")


def _block(text: str) -> re.Match[str] | None:
    blocks = list(_BLOCK.finditer(text))
    if len(blocks) > 1:
        raise twice(text, blocks[0].start(), blocks[1].start())
    if not blocks and (BEGIN in text or END in text):
        raise NotUnderstood("The lines that mark Sluice's block are not whole; remove the rest.")
    return blocks[0] if blocks else None


def _line_at(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end + 1
