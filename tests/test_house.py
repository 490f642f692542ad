"""The house holds: the map, the contracts, the sizes, and what stands where."""

import ast
import fnmatch
import functools
import math
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house_map import EDGE, PACKAGE, ROOT, listing, read_map, the_map, thinking_files

TOP_LEVEL = {
    ".ci",
    ".editorconfig",
    ".github",
    ".gitignore",
    ".pre-commit-config.yaml",
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "packaging",
    "pyproject.toml",
    "resources",
    "tests",
    "trayapp",
}

ROOMS_ONLY = {"cli/", "model/", "simulator/"}
"""Rooms whose listing says enough; the map need not name their files."""

WORLD = {
    "PySide6",
    "asyncio",
    "httptools",
    "keyring",
    "random",
    "socket",
    "sqlite3",
    "sqlite_utils",
    "threading",
    "time",
}
"""What a thinking file never imports."""

PARSER = "wire/parser.py"
"""The one door to httptools, which only thinks: bytes in, callbacks out."""

SHELLS_A_ROOM = 2
MOST_FILE_LINES = 400
MOST_FUNCTION_LINES = 50

Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*folders: str) -> list[Path]:
    """Every Python file of these top folders."""
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


@functools.cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


@functools.cache
def functions(file: Path) -> list[Function]:
    """Every function of a file, methods and nested ones too."""
    return [node for node in ast.walk(tree_of(file)) if isinstance(node, Function)]


def lines_of(function: Function) -> int:
    """From `def` to the last line, docstring included, decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def length(file: Path) -> int:
    return len(file.read_text("utf-8").splitlines())


def quantile(values: list[int], share: float) -> int:
    """The value that *share* of all values do not exceed."""
    return sorted(values)[math.ceil(share * len(values)) - 1]


def imported(file: Path) -> set[str]:
    """The top names of all modules a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.Import):
            names.update(alias.name.partition(".")[0] for alias in node.names)
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add((node.module or "").partition(".")[0])
    return names


def specifications(file: Path) -> list[Function]:
    return [function for function in functions(file) if function.name.startswith("test_")]


def at(file: Path, node: ast.AST) -> str:
    """A place a person can jump to."""
    return f"{file.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def ignored(name: str) -> bool:
    """Whether a top-level name is git's own, or one that .gitignore keeps out."""
    patterns = (ROOT / ".gitignore").read_text("utf-8").split()
    return name == ".git" or any(fnmatch.fnmatch(name, line.rstrip("/")) for line in patterns)


def kept_files() -> Iterator[Path]:
    """Every file that belongs to the repository, found without git."""
    for top in ROOT.iterdir():
        if top.name in TOP_LEVEL:
            inside = top.rglob("*") if top.is_dir() else [top]
            yield from (
                file
                for file in inside
                if file.is_file() and not any(map(ignored, file.relative_to(ROOT).parts))
            )


# --- The map --------------------------------------------------------------------------------


def test_map_reads_rooms_and_marks() -> None:
    """A file belongs to the nearest room that is indented less, and `~` marks a shell file."""
    places = read_map("Prose.\n\n    wire/  HTTP\n        pool.py ~ sends\n    sse.py  bytes in")

    assert [(place.path, place.shell, place.words) for place in places] == [
        ("wire/", False, "HTTP"),
        ("wire/pool.py", True, "sends"),
        ("sse.py", False, "bytes in"),
    ]


def test_map_names_nothing_that_does_not_exist() -> None:
    """Every place of the map is in the listing."""
    absent = [place.path for place in the_map() if not (PACKAGE / place.path).exists()]

    assert absent == []


def test_map_names_every_file() -> None:
    """Every file is named, save the doors of rooms and the rooms whose listing says enough."""
    named = {place.path for place in the_map()}
    unnamed = [
        path
        for path in listing()
        if path not in named
        and not path.endswith("__init__.py")
        and f"{path.partition('/')[0]}/" not in ROOMS_ONLY
    ]

    assert unnamed == []


def test_map_names_every_room() -> None:
    """Every folder with Python files is a room of the map."""
    rooms = {place.path for place in the_map() if place.is_room}
    folders = {f"{path.rpartition('/')[0]}/" for path in listing() if "/" in path}

    assert folders - rooms == set()


def test_map_says_something_of_every_place() -> None:
    """A name alone is no map."""
    assert [place.path for place in the_map() if not place.words] == []


def test_few_files_of_a_room_touch_the_world() -> None:
    """At most two shell files a room, unless the room's line says why its shells are more."""
    places = the_map()
    rooms = [place for place in places if place.is_room and place.path.rstrip("/") not in EDGE]
    crowded = [
        room.path
        for room in rooms
        if sum(place.shell and place.path.startswith(room.path) for place in places) > SHELLS_A_ROOM
        and "shells" not in room.words
    ]

    assert crowded == []


@pytest.mark.parametrize("path", thinking_files())
def test_thinking_file_touches_nothing(path: str) -> None:
    """A file without `~` imports neither the network, nor the disk, nor time, nor chance."""
    allowed = {"httptools"} if path == PARSER else set()

    assert imported(PACKAGE / path) & WORLD - allowed == set()


# --- Contracts ------------------------------------------------------------------------------


@pytest.mark.slow
def test_imports_point_down() -> None:
    """The import contracts of pyproject.toml are kept."""
    code = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
    command = [sys.executable, "-c", code, "--no-cache"]

    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.returncode == 0, answer.stdout


@pytest.mark.slow
@pytest.mark.parametrize("heavy", ["PySide6", "anthropic", "keyring", "sqlite_utils"])
def test_engine_starts_without(heavy: str) -> None:
    """The engine's process loads neither Qt nor the SDK, and the rest only when needed."""
    code = f"import sys, trayapp.engine.serve; print({heavy!r} in sys.modules)"
    command = [sys.executable, "-c", code]

    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert answer.stdout.strip() == "False", answer.stderr


# --- Sizes ----------------------------------------------------------------------------------


def test_no_file_is_long() -> None:
    """A file of more than 400 lines has two reasons to change."""
    long = [
        f"{file.relative_to(ROOT)}: {length(file)}"
        for file in sources("trayapp", "tests", "packaging")
        if length(file) > MOST_FILE_LINES
    ]

    assert long == []


@pytest.mark.slow
def test_no_function_is_long() -> None:
    """A function of more than 50 lines does more than its name says."""
    long = [
        f"{at(file, function)} {function.name}: {lines_of(function)}"
        for file in sources("trayapp", "tests", "packaging")
        for function in functions(file)
        if lines_of(function) > MOST_FUNCTION_LINES
    ]

    assert long == []


@pytest.mark.parametrize(("share", "most"), [(0.5, 8), (0.9, 25)])
def test_functions_are_short(share: float, most: int) -> None:
    """Half of all functions fit in 8 lines, nine in ten in 25."""
    sizes = [lines_of(function) for file in sources("trayapp") for function in functions(file)]

    assert quantile(sizes, share) <= most


@pytest.mark.parametrize(("share", "most"), [(0.5, 110), (0.9, 280)])
def test_files_are_short(share: float, most: int) -> None:
    """Half of all files fit in 110 lines, nine in ten in 280."""
    sizes = [length(file) for file in sources("trayapp")]

    assert quantile(sizes, share) <= most


# --- Words ----------------------------------------------------------------------------------


def test_every_module_says_what_it_is() -> None:
    """Every file with code in it begins with a docstring."""
    silent = [
        str(file.relative_to(ROOT))
        for file in sources("trayapp", "tests", "packaging")
        if file.read_text("utf-8").strip() and not ast.get_docstring(tree_of(file))
    ]

    assert silent == []


def test_every_test_is_a_sentence() -> None:
    """Every test says its rule in one sentence that ends in a full stop."""
    unclear = [
        f"{at(file, test)} {test.name}"
        for file in sources("tests")
        for test in specifications(file)
        if not re.fullmatch(r"(?:(?![.!?]\s+[A-Z])[\s\S])+\.", ast.get_docstring(test) or "")
    ]

    assert unclear == []


def test_no_test_sleeps() -> None:
    """A test waits for an event; only a sleep of 0, which lets others run, is none."""
    asleep = [
        at(file, node)
        for file in sources("tests")
        if "bench" not in file.parts
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in {"asyncio.sleep", "sleep", "time.sleep"}
        and any(isinstance(argument, ast.Constant) and argument.value for argument in node.args)
    ]

    assert asleep == []


def test_changelog_has_room_for_the_next_release() -> None:
    """What users will notice is told under Unreleased first."""
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_dependency_earns_its_place() -> None:
    """Each runtime dependency says on its own line what it is for."""
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    dependencies = tomllib.loads(text)["project"]["dependencies"]
    silent = [
        name
        for name in dependencies
        if not re.search(rf'^ *"{re.escape(name)}", +# \S', text, re.MULTILINE)
    ]

    assert silent == []


# --- The tree -------------------------------------------------------------------------------


def test_top_level_holds_what_it_should() -> None:
    """A new top-level name is a decision, not an accident."""
    names = {path.name for path in ROOT.iterdir() if not ignored(path.name)}

    assert names == TOP_LEVEL


MACHINE = re.compile(
    r"""
    (?<![\w.~$}>-])                       # a path from the root, not the end of a longer one
    (?: /(?:home|Users)/(?!me/|you/|user/|dev/|\.\.\.)\w+/ | /root/ | /work/ | [A-Z]:\\Users\\\w )
    """,
    re.VERBOSE,
)

HOSTS = tuple(
    ".".join(host) for host in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"))
)


@pytest.mark.parametrize("folder", ["packaging", "trayapp", "tests", "resources", ""])
def test_nothing_speaks_of_one_machine(folder: str) -> None:
    """No kept file names a registry's host or a path that exists on one machine only."""
    here = ROOT / folder
    files = (
        file
        for file in kept_files()
        if file != Path(__file__) and (here in file.parents if folder else file.parent == ROOT)
    )
    telling = [
        f"{file.relative_to(ROOT)}: {match}"
        for file in files
        for text in [file.read_text("utf-8", errors="replace")]
        for match in [*MACHINE.findall(text), *(host for host in HOSTS if host in text)]
    ]

    assert telling == []
