"""What an edit of somebody's settings file is made of, and why one is refused.

Every format has the same three verbs on text: `find` reads one setting, `put` sets it, `take`
undoes that. `take` is written as the exact inverse of `put`: it removes what `put` added, told
by where it stands and not by a remembered text. So it also holds when the user has edited other
places of the file in between, and a property test can show that no byte is lost.
"""

import msgspec

from trayapp.model.errors import SluiceError


class NotUnderstood(SluiceError):
    """The file is not one we can change without guessing; the sentence says what is in the way."""


class Untouchable(SluiceError):
    """The file must not be changed by us, whatever is in it; the sentence says why."""


class NoItem(NotUnderstood):
    """The list has no such item, and a new one would need more than we know."""

    def __init__(self) -> None:
        super().__init__("The list in this file has no entry that belongs to the tool.")


class Item(msgspec.Struct, frozen=True, tag="item"):
    """The mapping of a list in which *key* is *value*, as in `[{"name": "X", "value": "…"}]`.

    *nth* counts from 0 those that match.
    """

    key: str
    value: str
    nth: int = 0


class Entry(msgspec.Struct, frozen=True, tag="entry"):
    """The text of a list that begins with *start*, as in `- NAME=value`."""

    start: str


Place = tuple[str | Item | Entry, ...]
"""The way to one setting: keys, and which item of a list."""


class Found(msgspec.Struct, frozen=True):
    """A setting that is there: its value (None: not a text), and where it is written."""

    value: str | None
    start: int
    end: int


class Trace(msgspec.Struct, frozen=True, omit_defaults=True):
    """What `put` did beside writing the value, so that `take` can undo that too."""

    replaced: bool = False
    """There was a value, which is in the backup."""
    made: int = 0
    """How many containers around the value were made for it."""
    hollow: str | None = None
    """What stood in the container when it had nothing in it."""
    lead: str | None = None
    """What was put before the outermost thing that was made, to begin a line."""


def newline_of(text: str) -> str:
    """The line end that *text* uses: that of its first line."""
    at = text.find("\n")
    return "\r\n" if at > 0 and text[at - 1] == "\r" else "\n"


def indent_at(text: str, at: int) -> str:
    """The white space that the line of *at* begins with."""
    start = text.rfind("\n", 0, at) + 1
    end = start
    while end < len(text) and text[end] in " \t":
        end += 1
    return text[start:end]


def line_of(text: str, at: int) -> int:
    """The number of the line of *at*, counted from 1."""
    return text.count("\n", 0, at) + 1


def lead_of(text: str, newline: str) -> str:
    """What must come between *text* and a line that is to follow it."""
    return newline if text and not text.endswith("\n") else ""


def without_lines(text: str, start: int, end: int, lead: str) -> str:
    """*text* without whole lines that were appended to it after *lead*, and without that.

    Where something was written below them since, *lead* ends the line above it and so stays.
    """
    rest = text[end:]
    rest = rest[2:] if rest.startswith("\r\n") else rest.removeprefix("\n")
    before = text[:start]
    return (before if rest else before.removesuffix(lead)) + rest


def twice(text: str, first: int, second: int) -> NotUnderstood:
    """The refusal of a file that sets one thing in two places."""
    return NotUnderstood(
        f"Lines {line_of(text, first)} and {line_of(text, second)} set the same thing. "
        "Remove one of them, then connect again."
    )
