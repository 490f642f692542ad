"""What an edit changes, line by line, for a person to look at; secrets show only their ends."""

import difflib
import re

from trayapp.model.connecting import DiffLine

CONTEXT = 3
LONGEST = 400
"""Characters of a line that are shown."""

_SECRET = re.compile(
    r"\b(sk-(?:ant-)?(?:sluice-|(?:api|oat|ort|admin)\d\d-|proj-)?)[A-Za-z0-9_-]{12,}(?=[A-Za-z0-9_-]{4})"
)
_UNPRINTED = re.compile(r"[^\t\x20-\x7e\u00a0-\u2027\u2030-\u2065\u2070-\uffff]")


def difference(before: str, after: str) -> tuple[DiffLine, ...]:
    """The lines that change and up to three around them; a gap has neither number."""
    old, new = before.splitlines(), after.splitlines()
    shown: list[DiffLine] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if shown:
            shown.append(DiffLine(" ", "…"))
        for tag, first, last, new_first, new_last in group:
            if tag == "equal":
                shown += [
                    DiffLine(" ", presented(old[at]), at + 1, at + 1 + new_first - first)
                    for at in range(first, last)
                ]
                continue
            shown += [DiffLine("-", presented(old[at]), at + 1) for at in range(first, last)]
            shown += [
                DiffLine("+", presented(new[at]), None, at + 1) for at in range(new_first, new_last)
            ]
    return tuple(shown)


def presented(line: str) -> str:
    """A line that no terminal obeys and in which no key can be read."""
    line = _SECRET.sub(r"\1…", line)
    line = _UNPRINTED.sub("\N{REPLACEMENT CHARACTER}", line).expandtabs(4)
    return line if len(line) <= LONGEST else line[:LONGEST] + "…"
