"""What `sluice doctor` finds: one line a thing looked at, and what to do where it is wrong."""

import textwrap
from typing import Literal

import msgspec

State = Literal["ok", "note", "failed"]

WIDTH = 100
_MARKS = {"ok": "ok    ", "note": "note  ", "failed": "FAILED"}
_SUBJECT = 14


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at; *remedy* says what to do, where there is something to do."""

    state: State
    subject: str
    words: str
    remedy: str = ""


def ok(subject: str, words: str) -> Finding:
    """As it should be."""
    return Finding("ok", subject, words)


def note(subject: str, words: str, remedy: str = "") -> Finding:
    """Works, and is worth knowing."""
    return Finding("note", subject, words, remedy)


def failed(subject: str, words: str, remedy: str = "") -> Finding:
    """Does not work, or is not safe."""
    return Finding("failed", subject, words, remedy)


def told(finding: Finding, width: int = WIDTH) -> str:
    """The finding's lines for a terminal: the mark, the subject, what is so, what to do."""
    start = f"{_MARKS[finding.state]}  {finding.subject:<{_SUBJECT}}  "
    room = max(width - len(start), 40)
    lines = textwrap.wrap(printable(finding.words), room, break_on_hyphens=False)
    if finding.remedy:
        remedy = f"→ {printable(finding.remedy)}"
        lines += textwrap.wrap(remedy, room, subsequent_indent="  ", break_on_hyphens=False)
    return f"\n{' ' * len(start)}".join([start + lines[0], *lines[1:]])


def closing(findings: list[Finding]) -> str:
    """The last line: how it stands altogether."""
    broken = sum(finding.state == "failed" for finding in findings)
    if not broken:
        return "Everything that was looked at works."
    return "1 check failed." if broken == 1 else f"{broken} checks failed."


def printable(text: str) -> str:
    """*text* without what could move a terminal's cursor."""
    return "".join(char if char.isprintable() else "?" for char in text)
