"""The smallest edit of a `.env` file: one line more at its end, or one value changed."""

import re
from collections.abc import Iterator

from trayapp.connect.edit import (
    Found,
    NotUnderstood,
    Place,
    Trace,
    lead_of,
    line_of,
    newline_of,
    twice,
    without_lines,
)

_SET = re.compile(r"[ \t]*(?:export[ \t]+)?(?P<name>[^\s=#'\"]+)[ \t]*=[ \t]*")
_QUOTED = re.compile(r"'[^']*'|\"(?:[^\"\\]|\\[\s\S])*\"|`[^`]*`")
_WORD = re.compile(r"(?:(?!\s#)[^\r\n])*")


def find(text: str, place: Place) -> Found | None:
    """The variable, if the file sets it."""
    return dict(_variables(text)).get(str(place[0]))


def put(text: str, place: Place, value: str) -> tuple[str, Trace]:
    """Set the variable."""
    if (found := find(text, place)) is not None:
        return text[: found.start] + value + text[found.end :], Trace(replaced=True)
    newline = newline_of(text)
    lead = lead_of(text, newline)
    return f"{text}{lead}{place[0]}={value}{newline}", Trace(lead=lead)


def take(text: str, place: Place, trace: Trace) -> str:
    """Remove the variable's line."""
    found = find(text, place)
    assert found is not None  # noqa: S101 - for the type checker: whoever takes has found it
    end = text.find("\n", found.end)
    end = len(text) if end < 0 else end - (text[end - 1] == "\r")
    return without_lines(text, text.rfind("\n", 0, found.start) + 1, end, trace.lead or "")


def _variables(text: str) -> Iterator[tuple[str, Found]]:
    """Each variable that *text* sets, once; quoted values may go over several lines."""
    seen: dict[str, int] = {}
    at = 0
    while at < len(text):
        line = _SET.match(text, at)
        if line is not None:
            name, start = line["name"], line.end()
            if name in seen:
                raise twice(text, seen[name], start)
            seen[name] = start
            found = _value(text, start)
            yield name, found
            at = found.end
        end = text.find("\n", at)
        at = len(text) if end < 0 else end + 1


def _value(text: str, start: int) -> Found:
    if text[start : start + 1] in {"'", '"', "`"}:
        quoted = _QUOTED.match(text, start)
        if quoted is None:
            raise NotUnderstood(f"The quote in line {line_of(text, start)} is never closed.")
        return Found(quoted[0][1:-1], start, quoted.end())
    word = _WORD.match(text, start)
    end = start + len(word[0].rstrip()) if word else start
    return Found(text[start:end], start, end)
