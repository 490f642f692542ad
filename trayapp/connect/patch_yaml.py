"""The smallest edit of YAML: one line more after the last of its block, or one value changed."""

import re

from trayapp.connect import yaml_lines
from trayapp.connect.edit import (
    Entry,
    Found,
    Item,
    NoItem,
    NotUnderstood,
    Place,
    Trace,
    lead_of,
    line_of,
    newline_of,
    without_lines,
)
from trayapp.connect.yaml_lines import Node, read

INDENT = "  "

_OTHER_KIND = "A setting on the way to ours is of another kind than the tool documents."
_KINDS = {str: "map", Item: "list", Entry: "list"}
_PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_./:=,*-]*")
"""Words that mean themselves in YAML without quotes; a colon in ours never stands before a space."""


def find(text: str, place: Place) -> Found | None:
    """The setting at *place*, if it is there; its place includes the space before it."""
    chain = _chain(read(text), place)
    if len(chain) <= len(place):
        return None
    node = chain[-1]
    if node.kind not in {"word", "null"}:
        raise NotUnderstood(
            f"The value in line {line_of(text, node.start)} is of a kind that Sluice does not change."
        )
    return Found(node.value, node.start, node.end)


def put(text: str, place: Place, value: str) -> tuple[str, Trace]:
    """Set *place* to the text *value*."""
    if (found := find(text, place)) is not None:
        return f"{text[: found.start]} {_written(value)}{text[found.end :]}", Trace(replaced=True)
    chain = _chain(read(text), place)
    depth = len(chain) - 1
    rest, newline = place[depth:], newline_of(text)
    if isinstance(rest[0], Item):
        raise NoItem
    node = chain[-1]
    if node.kind == "null" and depth == 0:
        lead = lead_of(text, newline)
        lines = newline.join(_lines(rest, value, ""))
        return f"{text}{lead}{lines}{newline}", Trace(made=len(rest) - 1, lead=lead)
    if node.kind == "null":
        at, indent = _eol(text, node.start), " " * _indent_of(text, node.start) + INDENT
    else:
        at, indent = node.entries[-1].last, " " * node.entries[-1].indent
    lines = "".join(newline + line for line in _lines(rest, value, indent))
    return text[:at] + lines + text[at:], Trace(made=len(rest) - 1)


def take(text: str, place: Place, trace: Trace) -> str:
    """Remove what `put` added at *place*, and the keys it made if nothing else is below them."""
    for level in range(trace.made + 1):
        here = place[: len(place) - level]
        if level and _chain(read(text), here)[-1].kind != "null":
            return text
        text = _without(text, here, trace.lead if level == trace.made else None)
    return text


def _without(text: str, place: Place, lead: str | None) -> str:
    entries = _chain(read(text), place[:-1])[-1].entries
    entry = _entry(entries, place[-1])
    assert entry is not None  # noqa: S101 - for the type checker: whoever takes has found it
    at = entries.index(entry)
    if entry.inline and at + 1 < len(entries):
        return text[: entry.start] + text[entries[at + 1].start :]
    before = text.rfind("\n", 0, entry.start)
    if before < 0 or (lead is not None and len(entries) == 1):
        # It is the whole file, or was appended to one without any setting.
        return without_lines(text, before + 1, entry.last, lead or "")
    before -= text[before - 1 : before] == "\r"
    return text[: max(before, 0)] + text[entry.last :]


def _chain(root: Node, place: Place) -> list[Node]:
    """The values on the way to *place*, as far as they are there."""
    chain = [root]
    for step in place:
        node = chain[-1]
        if node.kind == "null":
            break
        if node.kind != _KINDS[type(step)]:
            raise NotUnderstood(_OTHER_KIND)
        if (entry := _entry(node.entries, step)) is None:
            break
        chain.append(entry.node)
    return chain


def _entry(entries: list[yaml_lines.Entry], step: str | Item | Entry) -> yaml_lines.Entry | None:
    matching = [entry for entry in entries if _matches(entry, step)]
    nth = step.nth if isinstance(step, Item) else 0
    return matching[nth] if nth < len(matching) else None


def _matches(entry: yaml_lines.Entry, step: str | Item | Entry) -> bool:
    if isinstance(step, str):
        return entry.key == step
    if isinstance(step, Entry):
        return entry.node.value is not None and entry.node.value.startswith(step.start)
    told = [inner.node.value for inner in entry.node.entries if inner.key == step.key]
    return told == [step.value]


def _lines(rest: Place, value: str, indent: str) -> list[str]:
    """The lines that lead to *value*."""
    step = rest[0]
    if isinstance(step, Entry):
        return [f"{indent}- {_written(value)}"]
    if len(rest) == 1:
        return [f"{indent}{step}: {_written(value)}"]
    return [f"{indent}{step}:", *_lines(rest[1:], value, indent + INDENT)]


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else f"'{value.replace(chr(39), chr(39) * 2)}'"


def _eol(text: str, at: int) -> int:
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - (text[end - 1 : end] == "\r")


def _indent_of(text: str, at: int) -> int:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return len(line) - len(line.lstrip(" -"))
