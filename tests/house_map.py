"""The map in the docstring of `trayapp`, read as data, and the listing it is held to.

A line of the map is indented and begins with one or several names, `file.py` or `room/`;
a `~` after them marks shell files; the rest is for people. A file belongs to the nearest
room above that is indented less.
"""

import ast
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "trayapp"

EDGE = frozenset({"cli", "desktop", "engine", "simulator", "ui"})
"""Rooms that are edge throughout: they join the parts, face people, or stand in for the world."""


class Place(NamedTuple):
    """One name of the map: its path below `trayapp/` and whether it is marked as shell."""

    path: str
    shell: bool
    words: str

    @property
    def is_room(self) -> bool:
        return self.path.endswith("/")


def names_of(line: str) -> tuple[list[str], bool, str]:
    """The names a line begins with, whether `~` follows them, and its words."""
    tokens = line.split()
    names = []
    while tokens and tokens[0].endswith((".py", "/")):
        names.append(tokens.pop(0))
    shell = tokens[:1] == ["~"]
    return names, shell, " ".join(tokens[1:] if shell else tokens)


def read_map(docstring: str) -> list[Place]:
    """Every place the map names, in its order."""
    places: list[Place] = []
    rooms: list[tuple[int, str]] = []
    for line in docstring.splitlines():
        indent = len(line) - len(line.lstrip())
        names, shell, words = names_of(line)
        if not indent or not names:
            continue
        while rooms and rooms[-1][0] >= indent:
            rooms.pop()
        room = rooms[-1][1] if rooms else ""
        places += [Place(room + name, shell, words) for name in names]
        if names[0].endswith("/"):
            rooms.append((indent, room + names[0]))
    return places


def the_map() -> list[Place]:
    """The map of this tree."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    return read_map(ast.get_docstring(tree, clean=False) or "")


def listing() -> list[str]:
    """Every Python file below `trayapp/`, as the map would name it."""
    return sorted(file.relative_to(PACKAGE).as_posix() for file in PACKAGE.rglob("*.py"))


def thinking_files() -> list[str]:
    """Files that may touch nothing: not marked as shell, not in an edge room, not an entrance."""
    shells = {place.path for place in the_map() if place.shell}
    return [
        path
        for path in listing()
        if path not in shells and path != "__main__.py" and path.partition("/")[0] not in EDGE
    ]
