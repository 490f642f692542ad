"""One line more in YAML, and the very same bytes afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connect.trips import there, there_and_back
from trayapp.connect import patch_yaml
from trayapp.connect.edit import Entry, Item, NoItem, NotUnderstood, Place, Trace

HOST: Place = ("HOST",)
LISTED: Place = ("set-env", Entry("A="))
DEEP: Place = ("env", "B")
MODEL: Place = ("models", Item("provider", "anthropic"), "apiBase")
ALL = ((HOST, "http://h:1"), (LISTED, "A=1"), (DEEP, "b c"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "HOST: http://h:1\nset-env:\n  - A=1\nenv:\n  B: 'b c'\n"),
        ("# c", "# c\nHOST: http://h:1\nset-env:\n  - A=1\nenv:\n  B: 'b c'\n"),
        ("---\r\n", "---\r\nHOST: http://h:1\r\nset-env:\r\n  - A=1\r\nenv:\r\n  B: 'b c'\r\n"),
        ("a: 1", "a: 1\nHOST: http://h:1\nset-env:\n  - A=1\nenv:\n  B: 'b c'"),
        ("HOST:   x # c\nset-env:\n- Q\n\n# end\n",
         "HOST: http://h:1 # c\nset-env:\n- Q\n- A=1\nenv:\n  B: 'b c'\n\n# end\n"),
        ("env:\n    Z: |\n      x\n\nset-env:\nHOST:\n",
         "env:\n    Z: |\n      x\n    B: 'b c'\n\nset-env:\n  - A=1\nHOST: http://h:1\n"),
        ("env: # none\n  # none\nx: 1\n",
         "env: # none\n  B: 'b c'\n  # none\nx: 1\nHOST: http://h:1\nset-env:\n  - A=1\n"),
    ],
)  # fmt: skip
def test_a_line_follows_the_last_of_its_block(before: str, after: str) -> None:
    """Keys and list entries stand where those beside them stand."""
    assert there(patch_yaml, before, *ALL) == after
    assert there_and_back(patch_yaml, before, ALL) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("models:\n- provider: anthropic\n  x: 1\n- provider: q\n",
         "models:\n- provider: anthropic\n  x: 1\n  apiBase: b\n- provider: q\n"),
        ("models:\n  - apiBase: 'x' # c\n    provider: anthropic",
         "models:\n  - apiBase: b # c\n    provider: anthropic"),
    ],
)  # fmt: skip
def test_a_model_of_the_tool_is_pointed_here(before: str, after: str) -> None:
    """The item that matches is the one that changes."""
    assert there(patch_yaml, before, (MODEL, "b")) == after
    assert there_and_back(patch_yaml, before, ((MODEL, "b"),)) == before


def test_an_item_is_never_made() -> None:
    """A model needs more than an address."""
    with pytest.raises(NoItem):
        patch_yaml.put("models:\n- provider: q\n", MODEL, "b")


@pytest.mark.parametrize(
    ("text", "words"),
    [("- a\n", "another kind"), ("set-env: [A]\n", "another kind"), ("HOST: [a]\n", "in line 1"),
     ("x: 1\nHOST: |\n  a\n", "in line 2")],
)  # fmt: skip
def test_a_value_of_another_kind_is_left_alone(text: str, words: str) -> None:
    """The sentence names the line where there is one."""
    with pytest.raises(NotUnderstood, match=words):
        there(patch_yaml, text, *ALL)


def test_what_was_added_since_stays() -> None:
    """A list that was made for us goes only when nothing else is in it, and a dash is kept."""
    text, trace = patch_yaml.put("x: 1\n", LISTED, "A=1")
    moved = "models:\n- apiBase: b\n  provider: anthropic\n"
    made, whole = patch_yaml.put("# c", HOST, "h")

    assert patch_yaml.take(text.replace("A=1", "A=1\n  - M"), LISTED, trace) == (
        "x: 1\nset-env:\n  - M\n"
    )
    assert patch_yaml.take(moved, MODEL, Trace()) == "models:\n- provider: anthropic\n"
    assert patch_yaml.take(made + "mine: 1\n", HOST, whole) == "# c\nmine: 1\n"
    assert patch_yaml.take("HOST: h\nmine: 1\n", HOST, Trace()) == "mine: 1\n"


PIECES = st.sampled_from([
    "a: 1", "b: 'x' # c", "# c", "", "c:\n  d: 1\n\n  e: |\n    # x\n    y", "set-env:", "env: # c",
    "set-env:\n- Q", "set-env:\n   - Q: 1\n     R: 2", "HOST: x", "HOST:", "env:\n    X: 1",
    "f: [1,\n  2]", "g: one\n  two", '"h": {a: b}', "models:\n  - provider: q",
])  # fmt: skip


@pytest.mark.slow
@given(st.lists(PIECES), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.permutations(ALL))
def test_any_file_survives(
    pieces: list[str], newline: str, whole: bool, settings: list[tuple[Place, str]]
) -> None:
    """Every byte comes back from any file that is edited at all."""
    text = newline.join(piece.replace("\n", newline) for piece in pieces) + newline * whole
    try:
        there(patch_yaml, text, *settings)
    except NotUnderstood:
        return  # a key twice

    assert there_and_back(patch_yaml, text, settings) == text
