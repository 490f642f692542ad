"""JSON with comments and trailing commas, read into places: where each thing stands in the text."""

import functools
import json
import re
from dataclasses import dataclass, field

from trayapp.connect.edit import NotUnderstood, line_of, twice

DEEPEST = 100
"""Levels; a settings file has five."""

_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"')
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null")
_SPACE = re.compile(r"[ \t\r\n]*")
_COMMENT = re.compile(r"//[^\n]*|/\*[\s\S]*?\*/")


@dataclass
class Node:
    """A value from *start* to *end*; *value* is its text where it is a string."""

    start: int
    end: int = 0
    value: str | None = None
    kind: str = "plain"
    members: list["Member"] = field(default_factory=list)
    named: dict[str, "Member"] = field(default_factory=dict)
    tail: int = 0
    """Where the last token or comment before the closing bracket ends."""
    line_tail: bool = False
    """Whether that is a `//` comment, after which only a new line can follow."""

    @property
    def bare(self) -> bool:
        """Whether nothing but white space is between the brackets."""
        return not self.members and self.tail == self.start + 1


@dataclass
class Member:
    """A member of an object, or (without a key) of an array."""

    key: str | None
    lead: int
    """Where the last token or comment before it ends."""
    start: int
    node: Node
    comma: int | None = None


@dataclass
class Whole:
    """A whole text: its value, if it has one, and where the last thing in it ends."""

    root: Node | None
    tail: int


@functools.lru_cache(4)  # one edit asks the same text many times
def read(text: str) -> Whole:
    """Read all of *text*; raises `NotUnderstood`, which names the line."""
    reader = _Reader(text)
    reader.gap()
    if reader.at == len(text):
        return Whole(None, reader.mark)
    root = reader.value(0)
    reader.gap()
    if reader.at < len(text):
        raise reader.lost()
    return Whole(root, reader.mark)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.mark = 0
        """Where the last token or comment ended."""
        self.commented = False
        """Whether that was a `//` comment."""

    def lost(self) -> NotUnderstood:
        line = line_of(self.text, self.at)
        return NotUnderstood(f"Line {line} is not JSON as Sluice reads it, so it changes nothing.")

    def gap(self) -> None:
        """Go over white space and comments."""
        while True:
            self.at = _end(_SPACE, self.text, self.at)
            comment = _COMMENT.match(self.text, self.at)
            if comment is None:
                return
            # The carriage return before a line's end belongs to the line's end.
            self.at = self.mark = comment.start() + len(comment[0].rstrip("\r"))
            self.commented = comment[0].startswith("//")

    def token(self, end: int) -> int:
        self.at = self.mark = end
        self.commented = False
        return end

    def peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def value(self, depth: int) -> Node:
        if depth > DEEPEST:
            raise self.lost()
        start, first = self.at, self.peek()
        if first == "{":
            return self.container("object", "}", depth)
        if first == "[":
            return self.container("array", "]", depth)
        if first == '"':
            text = self.string()
            return Node(start, self.at, text, "string")
        plain = _PLAIN.match(self.text, self.at)
        if plain is None:
            raise self.lost()
        return Node(start, self.token(plain.end()))

    def string(self) -> str:
        found = _STRING.match(self.text, self.at)
        if found is None:
            raise self.lost()
        self.token(found.end())
        text: str = json.loads(found[0])
        return text

    def container(self, kind: str, close: str, depth: int) -> Node:
        node = Node(self.at, kind=kind)
        self.token(self.at + 1)
        while True:
            self.gap()
            if self.peek() == close:
                node.tail, node.line_tail = self.mark, self.commented
                node.end = self.token(self.at + 1)
                return node
            if node.members and node.members[-1].comma is None:
                raise self.lost()
            member = self.member(node, depth)
            node.members.append(member)
            if member.key is not None:
                node.named[member.key] = member

    def member(self, node: Node, depth: int) -> Member:
        lead, start, key = self.mark, self.at, None
        if node.kind == "object":
            key = self.string()
            if (before := node.named.get(key)) is not None:
                raise twice(self.text, before.start, start)
            self.gap()
            if self.peek() != ":":
                raise self.lost()
            self.token(self.at + 1)
            self.gap()
        member = Member(key, lead, start, self.value(depth + 1))
        self.before_comma()
        if self.peek() == ",":
            member.comma = self.at
            self.token(self.at + 1)
        return member

    def before_comma(self) -> None:
        """Go to the comma after a value, or stay: what follows else is the next gap's."""
        at, mark, commented = self.at, self.mark, self.commented
        self.gap()
        if self.peek() != ",":
            self.at, self.mark, self.commented = at, mark, commented


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at
