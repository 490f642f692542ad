"""The smallest edit of TOML: one line under the table's header, or one value changed."""

import json
import re
import tomllib
from typing import Any, NamedTuple

from trayapp.connect.edit import (
    Found,
    NotUnderstood,
    Place,
    Trace,
    indent_at,
    lead_of,
    newline_of,
    without_lines,
)

_FORM = "The setting is written in a form of TOML that Sluice does not change."
_STRING = re.compile(
    r'"""[\s\S]*?(?<!\\)(?:\\\\)*"""+'
    r"|'''[\s\S]*?'''+"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
)
_PART = re.compile(r"""[ \t]*("(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*\.?""")


class _Line(NamedTuple):
    """A header (*value* 0), or a key and where its value stands."""

    path: tuple[str, ...]
    start: int
    value: int
    value_end: int
    end: int
    """Where its line ends, before the line break."""
    list_of: bool = False


def find(text: str, place: Place) -> Found | None:
    """The setting at *place*, if it is there."""
    value: Any = _data(text)
    for key in place:
        if not isinstance(value, dict):
            raise NotUnderstood(_FORM)
        if key not in value:
            return None
        value = value[key]
    line = _line(text, place)
    return Found(value if isinstance(value, str) else None, line.value, line.value_end)


def put(text: str, place: Place, value: str) -> tuple[str, Trace]:
    """Set *place*, a table and a key, to the text *value*."""
    found = find(text, place)
    if found is not None:
        changed = text[: found.start] + json.dumps(value) + text[found.end :]
        return _checked(changed, place, value), Trace(replaced=True)
    table, newline = place[:-1], newline_of(text)
    entry = f"{place[-1]} = {json.dumps(value)}"
    inside = [line for line in _lines(text) if line.path[: len(table)] == table]
    own = [line for line in inside if not line.value and line.path == table and not line.list_of]
    if own:
        last = _last_of(text, own[0])
        indented = newline + indent_at(text, last.start) + entry
        changed = text[: last.end] + indented + text[last.end :]
        return _checked(changed, place, value), Trace()
    lead = lead_of(text, newline) + (newline if text.strip() else "")
    header = f"[{'.'.join(str(key) for key in table)}]"
    changed = f"{text}{lead}{header}{newline}{entry}{newline}"
    return _checked(changed, place, value), Trace(made=1, lead=lead)


def take(text: str, place: Place, trace: Trace) -> str:
    """Remove the line that `put` added, and the table it made if nothing else is in it."""
    line = _line(text, place)
    before = text.rfind("\n", 0, line.start)
    before -= text[before - 1 : before] == "\r"
    text = text[: max(before, 0)] + text[line.end :]
    if trace.lead is None:
        return text
    headers = [line for line in _lines(text) if not line.value]
    header = next(line for line in headers if line.path == place[:-1])
    following = next((line.start for line in headers if line.start > header.start), len(text))
    if text[header.end : following].strip():
        return text
    return without_lines(text, header.start, header.end, trace.lead)


def _data(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"at line (\d+)", str(error))
        place = f"Line {where[1]}" if where else "The end"
        raise NotUnderstood(f"{place} is not valid TOML, so Sluice changes nothing.") from None
    except RecursionError:
        raise NotUnderstood(_FORM) from None


def _checked(text: str, place: Place, value: str) -> str:
    """The changed text, once TOML's own reader has found in it what it should say."""
    try:
        found = find(text, place)
    except NotUnderstood:
        found = None
    if found is None or found.value != value:
        raise NotUnderstood(_FORM)
    return text


def _line(text: str, place: Place) -> _Line:
    for line in _lines(text):
        if line.value and line.path == place:
            return line
    raise NotUnderstood(_FORM)


def _last_of(text: str, header: _Line) -> _Line:
    """The last line of the table that *header* begins, or the header where it is empty."""
    last = header
    for line in _lines(text):
        if line.start > header.start:
            if not line.value:
                break
            last = line
    return last


def _lines(text: str) -> list[_Line]:
    """Headers and keys of *text*, which is valid TOML."""
    lines: list[_Line] = []
    table: tuple[str, ...] = ()
    at = 0
    while at < len(text):
        if text[at] in " \t\r\n":
            at += 1
        elif text[at] == "#":
            at = _eol(text, at)
        elif text[at] == "[":
            doubled = text.startswith("[[", at)
            table, after = _path(text, at + 1 + doubled)
            lines.append(_Line(table, at, 0, 0, _eol(text, after), doubled))
            at = lines[-1].end
        else:
            lines.append(_pair(text, at, table))
            at = lines[-1].end
    return lines


def _pair(text: str, at: int, table: tuple[str, ...]) -> _Line:
    key, after = _path(text, at)
    value = after + 1
    while text[value] in " \t":
        value += 1
    end = _value_end(text, value)
    return _Line(table + key, at, value, end, _eol(text, end))


def _path(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The dotted name at *at*, and where it ends."""
    parts: list[str] = []
    while True:
        part = _PART.match(text, at)
        assert part is not None  # noqa: S101 - for the type checker: the text is valid TOML
        # A basic string's escapes are TOML's own; its reader knows them all.
        parts.append(next(iter(tomllib.loads(f"{part[1]} = 0"))))
        at = part.end()
        if not part[0].endswith("."):
            return tuple(parts), at


def _value_end(text: str, at: int) -> int:
    """Where the value that begins at *at* ends: strings and brackets may hold line breaks."""
    depth, end = 0, at
    while at < len(text):
        char = text[at]
        string = _STRING.match(text, at)
        if string is not None:
            end = at = string.end()
            continue
        if char == "#":
            if not depth:
                break
            at = _eol(text, at)
            continue
        if char == "\n" and not depth:
            break
        depth += (char in "[{") - (char in "]}")
        at += 1
        end = at if char not in " \t\r\n" else end
    return end


def _eol(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - (text[end - 1 : end] == "\r" and end > at)
