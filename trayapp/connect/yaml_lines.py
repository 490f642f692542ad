"""YAML as people write settings in it: block mappings and lists, read line by line.

No YAML library is aboard, and none of them says where a value stands. This reads the part that
settings files use. What may mean something else than it looks (tabs, several documents, kept
line breaks, keys of other kinds) is refused. What stands in a value that is not one plain or
quoted word is not read, only gone over.
"""

import functools
import re
from dataclasses import dataclass, field

from trayapp.connect.edit import NotUnderstood, line_of, twice

DEEPEST = 100
"""Levels; a settings file has five."""

_KEY = re.compile(
    r"""(?P<key>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'"""
    r"""|(?:[^\s\-?:,\[\]{}#&*!|>'"%@`]|[-?:](?=\S))(?:(?!\ \#|:(?:\s|$)).)*?)\s*:(?=\s|$)""",
    re.VERBOSE,
)
_DASH = re.compile(r"-(?:[ ]+|$)")
_DOUBLE = re.compile(r'"(?P<text>[^"\\]*)"\s*(?:\s#.*)?')
_SINGLE = re.compile(r"'(?P<text>(?:[^']|'')*)'\s*(?:\s#.*)?")
_BLOCK = re.compile(r"[|>][-+0-9]*\s*(?:#.*)?")
_ELSE = frozenset("[]{}&*!|>%@`\"',#")
"""How values begin that are more than one plain word."""


@dataclass
class Node:
    """A value: `map`, `list`, `word` (with its text), `null` or `other`; from *start* to *end*.

    The place of a word, of null and of others begins right after the colon or the dash.
    """

    kind: str
    start: int
    end: int
    value: str | None = None
    entries: list["Entry"] = field(default_factory=list)


@dataclass
class Entry:
    """A key or an item, on lines from that of *start* to the one that ends at *last*."""

    key: str | None
    start: int
    indent: int
    inline: bool
    """Whether it stands behind a dash, on that one's line."""
    node: Node
    last: int = 0


@dataclass
class _Row:
    indent: int
    start: int
    end: int
    body: str
    inline: bool = False


@functools.lru_cache(4)  # one edit asks the same text many times
def read(text: str) -> Node:
    """The value of the whole *text*; raises `NotUnderstood`, which names the line."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.rows = list(_rows(text))
        self.at = 0
        self.depth = 0

    def lost(self, at: int) -> NotUnderstood:
        line = line_of(self.text, at)
        return NotUnderstood(
            f"Line {line} is YAML of a kind that Sluice does not change, so it changes nothing."
        )

    def whole(self) -> Node:
        if self.rows and self.rows[0].body.rstrip() == "---":
            self.at = 1
        if self.at == len(self.rows):
            return Node("null", len(self.text), len(self.text))
        node = self.block(self.rows[self.at].indent)
        if self.at < len(self.rows) or node.kind not in {"map", "list"}:
            raise self.lost(self.rows[min(self.at, len(self.rows) - 1)].start)
        return node

    def row(self, indent: int) -> _Row | None:
        """The next row, if it stands at *indent*."""
        row = self.rows[self.at] if self.at < len(self.rows) else None
        if row is None or row.indent < indent:
            return None
        self.check(row)
        return row if row.indent == indent else None

    def check(self, row: _Row) -> None:
        lead = self.text[self.text.rfind("\n", 0, row.start) + 1 : row.start]
        marker = row.indent == 0 and row.body[:3] in {"---", "..."}
        if "\t" in lead or marker or row.body.startswith(("? ", "%")):
            raise self.lost(row.start)

    def block(self, indent: int) -> Node:
        row = self.rows[self.at]
        self.check(row)
        if self.depth > DEEPEST:
            raise self.lost(row.start)
        if not _DASH.match(row.body) and not _KEY.match(row.body):
            self.at += 1
            return self.inline(row, row.start, row.body, indent - 1)
        self.depth += 1
        node = self.items(indent) if _DASH.match(row.body) else self.pairs(indent)
        self.depth -= 1
        return node

    def pairs(self, indent: int) -> Node:
        node = Node("map", self.rows[self.at].start, 0)
        places: dict[str, int] = {}
        while (row := self.row(indent)) is not None and not _DASH.match(row.body):
            match = _KEY.match(row.body)
            if match is None:
                raise self.lost(row.start)
            key = _unquoted(match["key"])
            if key in places:
                raise twice(self.text, places[key], row.start)
            places[key] = row.start
            self.at += 1
            entry = Entry(key, row.start, indent, row.inline, Node("null", 0, 0))
            entry.node = self.value(row, match.end(), indent)
            self.close(node, entry)
        return node

    def items(self, indent: int) -> Node:
        node = Node("list", self.rows[self.at].start, 0)
        while (row := self.row(indent)) is not None and (dash := _DASH.match(row.body)):
            entry = Entry(None, row.start, indent, row.inline, Node("null", 0, 0))
            rest = row.body[dash.end() :]
            if rest and not rest.startswith("#") and (_KEY.match(rest) or _DASH.match(rest)):
                inner = _Row(indent + dash.end(), row.start + dash.end(), row.end, rest, True)
                self.rows[self.at] = inner
                entry.node = self.block(inner.indent)
            else:
                self.at += 1
                entry.node = self.value(row, 1, indent)
            self.close(node, entry)
        return node

    def close(self, node: Node, entry: Entry) -> None:
        entry.last = self.rows[self.at - 1].end
        node.entries.append(entry)
        node.end = entry.last

    def value(self, row: _Row, offset: int, indent: int) -> Node:
        """What stands behind a colon or a dash, on its line or on those below."""
        start, rest = row.start + offset, row.body[offset:].lstrip()
        if rest and not rest.startswith("#"):
            return self.inline(row, start, rest, indent)
        below = self.rows[self.at] if self.at < len(self.rows) else None
        dashed = below and below.indent == indent and not row.body.startswith("-")
        if below and (below.indent > indent or (dashed and _DASH.match(below.body))):
            return self.block(below.indent)
        return Node("null", start, start)

    def inline(self, row: _Row, start: int, rest: str, indent: int) -> Node:
        """A value on its key's line, with the lines below that belong to it."""
        if _BLOCK.fullmatch(rest):
            if "+" in rest.partition("#")[0]:
                raise self.lost(row.start)
            self.literal(indent)
            return Node("other", start, self.rows[self.at - 1].end)
        first = self.at
        while self.at < len(self.rows) and (below := self.rows[self.at]).indent > indent:
            self.check(below)
            if rest[0] not in _ELSE and _KEY.match(below.body):
                raise self.lost(below.start)
            self.at += 1
        if self.at > first:
            return Node("other", start, self.rows[self.at - 1].end)
        word, length = _word(rest)
        if word is None:
            return Node("other", start, row.end)
        if ": " in word and rest[0] not in "\"'":
            raise self.lost(row.start)
        end = row.end - len(rest) + length
        return Node("word", start, end, word)

    def literal(self, indent: int) -> None:
        """Go over the lines of a block scalar: all that stand deeper, also what looks like comments."""
        last = self.rows[self.at - 1]
        end = last.end
        for row in _rows(self.text, last.end, everything=True):
            if row.indent <= indent:
                break
            end = row.end
        kept = [row for row in self.rows[self.at :] if row.start >= end]
        last.end = end
        self.rows[self.at :] = kept


def _rows(text: str, at: int = 0, *, everything: bool = False) -> "list[_Row]":
    """The lines from *at* on that hold something; comments only with *everything*."""
    rows = []
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].removesuffix("\r")
        body = line.lstrip(" \t")
        if body and (everything or not body.startswith("#")):
            lead = len(line) - len(body)
            rows.append(_Row(lead, at + lead, at + len(line), body))
        at = end + 1
    return rows


def _word(rest: str) -> tuple[str | None, int]:
    """The text of a scalar on one line, and how long it is written; None where it is more."""
    if (double := _DOUBLE.fullmatch(rest)) is not None:
        return double["text"], double.end("text") + 1
    if (single := _SINGLE.fullmatch(rest)) is not None:
        return single["text"].replace("''", "'"), single.end("text") + 1
    if rest[0] in _ELSE:
        return None, 0
    word = re.split(r"\s#", rest, maxsplit=1)[0].rstrip()
    return word, len(word)


def _unquoted(key: str) -> str:
    return _word(key)[0] or key
