"""Some keys of a settings file change; its owner's words and order stay."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trayapp.model.errors import Misconfigured
from trayapp.settings_edit import Value, edited

MINE = """# my settings
[listener]
# why this port
port = 7429 # mine
hosts = ["a"]

[pacing] # slow
"""


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"listener.port": 8000}, MINE.replace("7429", "8000")),
        ({"listener.hosts": None}, MINE.replace('hosts = ["a"]\n', "")),
        ({"listener.hosts": ["b", "c"]}, MINE.replace('["a"]', '["b", "c"]')),
        ({"network.proxy": None, "listener.nothing": None}, MINE),
        ({}, MINE),
    ],
)
def test_only_our_keys_change(changes: dict[str, Value | None], text: str) -> None:
    """Comments, blank lines and order are their owner's."""
    assert edited(MINE, changes) == text


def test_missing_tables_are_made_and_ours_taken_out_again() -> None:
    """A further upstream comes with its table, and goes with it."""
    more = edited(MINE, {"upstreams.work.url": "https://x", "upstreams.work.kind": "compatible"})
    less = edited(more, {"upstreams.work": None})

    assert tomllib.loads(more)["upstreams"] == {"work": {"url": "https://x", "kind": "compatible"}}
    assert less.strip() == MINE.strip()


def test_emptied_table_stays_where_it_holds_words() -> None:
    """A comment is never taken out with the last key."""
    assert "# why" in edited("[a]\n# why\nx = 1\n", {"a.x": None})
    assert edited("[a]\nx = 1\n", {"a.x": None}) == ""


def test_other_forms_of_tables_are_understood() -> None:
    """Inline tables and dotted keys are changed where they stand."""
    assert tomllib.loads(edited("a = {x = 1}\n", {"a.x": 2, "a.y": True})) == {
        "a": {"x": 2, "y": True}
    }
    assert tomllib.loads(edited("a.x = 1\n", {"a.x": 2})) == {"a": {"x": 2}}


@pytest.mark.parametrize("text", ["[a\n", "a = 1\na = 2\n", "port ="])
def test_file_with_mistakes_is_left_alone(text: str) -> None:
    """What cannot be read cannot be changed without losing something."""
    with pytest.raises(Misconfigured, match="mend it first"):
        edited(text, {"a.x": 1})


def test_key_through_a_value_is_refused() -> None:
    """Where a table should be stands something else."""
    with pytest.raises(Misconfigured, match="“a” in the settings file is no table"):
        edited("a = 3\n", {"a.x": 1})


NAMES = st.sampled_from(["listener", "pacing", "upstreams"])
VALUES = st.one_of(
    st.integers(-(2**40), 2**40), st.booleans(), st.text(max_size=20), st.lists(st.text(max_size=5))
)


@settings(max_examples=40)
@given(st.lists(st.tuples(NAMES, st.sampled_from(["x", "y", "p.q"]), VALUES), max_size=6))
def test_what_was_set_is_read_back(rows: list[tuple[str, str, Value]]) -> None:
    """Whatever the order of changes, the last value of each key is there, and the comments too."""
    text = MINE
    wanted: dict[str, Value] = {}
    for table, key, value in rows:
        wanted[f"{table}.{key}"] = value
        text = edited(text, {f"{table}.{key}": value})

    read = tomllib.loads(text)
    for path, value in wanted.items():
        found: Any = read
        for name in path.split("."):
            found = found[name]
        assert found == value
    assert "# why this port" in text
