"""One line more in TOML, and the very same bytes afterwards."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connect.trips import there, there_and_back
from trayapp.connect import patch_toml
from trayapp.connect.edit import NotUnderstood, Place

BASE: Place = ("env", "BASE")
TOKEN: Place = ("env", "TOKEN")
BOTH = ((BASE, "b"), (TOKEN, "t"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[env]\nBASE = "b"\nTOKEN = "t"\n'),
        ("a = 1", 'a = 1\n\n[env]\nBASE = "b"\nTOKEN = "t"\n'),
        ("[env]", '[env]\nBASE = "b"\nTOKEN = "t"'),
        ("[env] # c\r\n\r\n[z]\r\n", '[env] # c\r\nBASE = "b"\r\nTOKEN = "t"\r\n\r\n[z]\r\n'),
        ("[env]\n  Q = '''\n[x]\n''' # q\n\n[[z]]\n",
         "[env]\n  Q = '''\n[x]\n''' # q\n  BASE = \"b\"\n  TOKEN = \"t\"\n\n[[z]]\n"),
        ('[env]\n"BASE" = \'mine\' # c\n', '[env]\n"BASE" = "b" # c\nTOKEN = "t"\n'),
        ("[env.sub]\nx = [1, # ]\n 2]\n",
         '[env.sub]\nx = [1, # ]\n 2]\n\n[env]\nBASE = "b"\nTOKEN = "t"\n'),
        ('"e.f" = { a = 1 }\n[ "env" ]\nx.y = 2020-01-01T00:00:00Z',
         '"e.f" = { a = 1 }\n[ "env" ]\nx.y = 2020-01-01T00:00:00Z\nBASE = "b"\nTOKEN = "t"'),
    ],
)  # fmt: skip
def test_a_line_follows_the_last_of_its_table(before: str, after: str) -> None:
    """The table is made at the end where it is not there."""
    assert there(patch_toml, before, *BOTH) == after
    assert there_and_back(patch_toml, before, BOTH) == before


@pytest.mark.parametrize(
    "text",
    ["env.BASE = 1", 'env = { A = "1" }', "env = { BASE = 'x' }", "env = 1", "[[env]]\nA = 1"],
)
def test_other_forms_are_left_alone(text: str) -> None:
    """A table that is written in another way is not rewritten in ours."""
    with pytest.raises(NotUnderstood, match="a form of TOML"):
        there(patch_toml, text, *BOTH)


def test_a_dotted_key_is_found_where_it_is() -> None:
    """A value can be changed in any form that says it on a line of its own."""
    assert there(patch_toml, "env.BASE = 1\n", (BASE, "b")) == 'env.BASE = "b"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [("a = 1\n= 2", "^Line 2 is not valid TOML"), ("a = 1\na = 2", "^The end is not valid TOML"),
     ("a = " + "[" * 4000, "a form of TOML")],
)  # fmt: skip
def test_what_is_not_toml_is_told(text: str, words: str) -> None:
    """By its line, where TOML's own reader knows it."""
    with pytest.raises(NotUnderstood, match=words):
        patch_toml.find(text, BASE)


def test_a_table_that_was_made_stays_with_what_was_added_since() -> None:
    """Comments are something too."""
    text, trace = patch_toml.put("", BASE, "b")

    assert patch_toml.take(text + "# mine\n", BASE, trace) == "[env]\n# mine\n"
    assert patch_toml.take(text + "[z]\n", BASE, trace) == "[z]\n"


LINES = st.sampled_from([
    "", "# c", "A = 1", "  B = '#'  # c", 'C = """\n[env]\n"""', "D = [ 1,\n # ]\n ]", "[t]",
    "[env] # c", "[env.sub]", "[[list]]", "E.F = 1", 'G = { x = "}" }', "\tH = 2",
])  # fmt: skip


@pytest.mark.slow
@given(st.lists(LINES), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.permutations(BOTH))
def test_any_file_survives(
    lines: list[str], newline: str, whole: bool, settings: list[tuple[Place, str]]
) -> None:
    """Every byte comes back, and TOML's own reader sees nothing but our settings change."""
    text = newline.join(line.replace("\n", newline) for line in lines) + newline * whole
    try:
        after = there(patch_toml, text, *settings)
    except NotUnderstood:
        return  # a key twice, a table twice: nothing is changed
    read, before = tomllib.loads(after), tomllib.loads(text)

    assert read == {**before, "env": {**before.get("env", {}), "BASE": "b", "TOKEN": "t"}}
    assert there_and_back(patch_toml, text, settings) == text
