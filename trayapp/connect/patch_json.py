"""The smallest edit of JSON with comments: one member more, or one value changed.

A new member follows the last one, on a line of its own where that one has one, with its indent
and its way with trailing commas. Taking it out again removes what stands between the token
before it and its own end, and the comma that was needed for it.
"""

import json

from trayapp.connect.edit import (
    Entry,
    Found,
    Item,
    NotUnderstood,
    Place,
    Trace,
    indent_at,
    lead_of,
    newline_of,
    without_lines,
)
from trayapp.connect.jsonc import Member, Node, Whole, read

INDENT = "  "
"""Where the file shows none of its own."""

_OTHER_KIND = "A setting on the way to ours is of another kind than the tool documents."


def find(text: str, place: Place) -> Found | None:
    """The setting at *place*, if it is there."""
    chain = _chain(read(text), place)
    if len(chain) <= len(place):
        return None
    node = chain[-1]
    return Found(node.value, node.start, node.end)


def put(text: str, place: Place, value: str) -> tuple[str, Trace]:
    """Set *place* to the text *value*."""
    whole = read(text)
    chain = _chain(whole, place)
    if len(chain) > len(place):
        start, end = chain[-1].start, chain[-1].end
        return text[:start] + _quoted(value) + text[end:], Trace(replaced=True)
    writer = _Writer(text, whole)
    if not chain:
        return writer.whole(place, value)
    depth = len(chain) - 1
    changed, hollow = writer.member(chain[-1], place[depth:], value)
    return changed, Trace(made=len(place) - depth - 1, hollow=hollow)


def take(text: str, place: Place, trace: Trace) -> str:
    """Remove what `put` added at *place*, and the containers it made if nothing else is in them."""
    text = _without(text, place, None if trace.made else trace.hollow)
    for level in range(1, trace.made + 1):
        last = level == trace.made
        if last and trace.lead is not None:
            return _without_root(text, trace.lead)
        if not _spent(_chain(read(text), place[:-level])[-1], place[-level - 1]):
            return text
        text = _without(text, place[:-level], trace.hollow if last else None)
    return text


def _chain(whole: Whole, place: Place) -> list[Node]:
    """The values on the way to *place*, as far as they are there."""
    if whole.root is None:
        return []
    chain = [whole.root]
    for step in place:
        node = chain[-1]
        if node.kind != ("object" if isinstance(step, str) else "array"):
            raise NotUnderstood(_OTHER_KIND)
        if (member := _member(node, step)) is None:
            break
        chain.append(member.node)
    return chain


def _member(node: Node, step: str | Item | Entry) -> Member | None:
    if isinstance(step, str):
        return node.named.get(step)
    matching = [member for member in node.members if _matches(member.node, step)]
    nth = step.nth if isinstance(step, Item) else 0
    return matching[nth] if nth < len(matching) else None


def _matches(node: Node, step: Item | Entry) -> bool:
    if isinstance(step, Entry):
        return node.value is not None and node.value.startswith(step.start)
    told = node.named.get(step.key)
    return told is not None and told.node.value == step.value


def _spent(node: Node, step: str | Item | Entry) -> bool:
    """Whether nothing but what was made for us is left in the container that *step* led to."""
    if isinstance(step, Item):
        return len(node.members) == 1 and node.tail == node.members[0].node.end
    return node.bare


def _without(text: str, place: Place, hollow: str | None) -> str:
    """The text without the member at *place*."""
    parent = _chain(read(text), place[:-1])[-1]
    member = _member(parent, place[-1])
    assert member is not None  # noqa: S101 - for the type checker: whoever takes has found it
    cuts = [(member.lead, member.node.end)]
    at = parent.members.index(member)
    if member.comma is not None:
        cuts.append((member.comma, member.comma + 1))
    elif at and (comma := parent.members[at - 1].comma) is not None:
        cuts.insert(0, (comma, comma + 1))
    if len(parent.members) == 1 and hollow is not None and not _rest(text, parent, cuts).strip():
        return text[: parent.start + 1] + hollow + text[parent.end - 1 :]
    return _cut(text, cuts)


def _rest(text: str, parent: Node, cuts: list[tuple[int, int]]) -> str:
    """What would stand between the brackets of *parent* after *cuts*."""
    whole = _cut(text[: parent.end - 1], cuts)
    return whole[parent.start + 1 :]


def _cut(text: str, cuts: list[tuple[int, int]]) -> str:
    for start, end in reversed(cuts):
        text = text[:start] + text[end:]
    return text


def _without_root(text: str, lead: str) -> str:
    root = read(text).root
    assert root is not None  # noqa: S101 - for the type checker: a member was just taken from it
    if not root.bare:
        return text
    return without_lines(text, root.start, root.end, lead)


class _Writer:
    """Writes new members the way the text writes its own."""

    def __init__(self, text: str, whole: Whole) -> None:
        self.text = text
        self.newline = newline_of(text)
        self.unit = _unit(text, whole.root)

    def whole(self, place: Place, value: str) -> tuple[str, Trace]:
        """A text in which there is no value yet gets one."""
        lead = lead_of(self.text, self.newline)
        root = self.nested(place, value, "")
        return f"{self.text}{lead}{root}{self.newline}", Trace(made=len(place), lead=lead)

    def member(self, node: Node, rest: Place, value: str) -> tuple[str, str | None]:
        """*node* with one member more, and what stood between its brackets if nothing did."""
        text, indent = self.text, self.indent(node)
        if node.bare:
            before = self.newline + indent_at(text, node.start)
            hollow = text[node.start + 1 : node.end - 1]
            entry = self.entry(rest, value, indent)
            inside = f"{self.newline}{indent}{entry}{before}"
            return text[: node.start + 1] + inside + text[node.end - 1 :], hollow
        last = node.members[-1] if node.members else None
        lines = last is None or node.line_tail or "\n" in text[last.lead : last.start]
        entry = self.entry(rest, value, indent if lines else None)
        entry = (self.newline + indent if lines else " ") + entry
        if last is None:
            return text[: node.tail] + entry + text[node.tail :], None
        if last.comma is not None:
            return text[: node.tail] + entry + "," + text[node.tail :], None
        end = last.node.end
        return text[:end] + "," + text[end : node.tail] + entry + text[node.tail :], None

    def indent(self, node: Node) -> str:
        """How far the members of *node* stand in."""
        for member in node.members:
            if "\n" in self.text[member.lead : member.start]:
                return indent_at(self.text, member.start)
        return indent_at(self.text, node.start) + self.unit

    def entry(self, rest: Place, value: str, indent: str | None) -> str:
        """The member that leads to *value*; on one line where *indent* is None."""
        step = rest[0]
        if isinstance(step, Entry):
            return _quoted(value)
        if isinstance(step, Item):
            told = f"{_quoted(step.key)}: {_quoted(step.value)}"
            return f"{{{told}, {self.entry(rest[1:], value, None)}}}"
        return f"{_quoted(step)}: {self.nested(rest[1:], value, indent)}"

    def nested(self, rest: Place, value: str, indent: str | None) -> str:
        """The value that holds *rest*: the text itself, or a container with what leads to it."""
        if not rest:
            return _quoted(value)
        brackets = "{}" if isinstance(rest[0], str) else "[]"
        if indent is None:
            return f"{brackets[0]}{self.entry(rest, value, None)}{brackets[1]}"
        deeper = indent + self.unit
        inner = f"{self.newline}{deeper}{self.entry(rest, value, deeper)}{self.newline}{indent}"
        return f"{brackets[0]}{inner}{brackets[1]}"


def _unit(text: str, root: Node | None) -> str:
    """One step of indentation, as the first member on a line of its own shows it."""
    for member in root.members if root else ():
        if "\n" in text[member.lead : member.start]:
            return indent_at(text, member.start) or INDENT
    return INDENT


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)
