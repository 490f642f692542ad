"""JSON with comments, read into places."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.connect.edit import NotUnderstood
from trayapp.connect.jsonc import DEEPEST, Node, read

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)  # fmt: skip


def value_of(text: str, node: Node) -> object:
    """What a node stands for, put together again from its places."""
    if node.kind == "object":
        return {member.key: value_of(text, member.node) for member in node.members}
    if node.kind == "array":
        return [value_of(text, member.node) for member in node.members]
    return json.loads(text[node.start : node.end])


@pytest.mark.slow
@given(VALUES, st.sampled_from([None, 1, "\t"]), st.booleans())
def test_every_value_is_where_it_is_said_to_be(
    value: object, indent: int | str | None, escaped: bool
) -> None:
    """The places of all values together are what the JSON reader of Python finds."""
    text = json.dumps(value, indent=indent, ensure_ascii=escaped)
    root = read(text).root

    assert root is not None
    assert value_of(text, root) == value


def test_comments_and_trailing_commas_are_gone_over() -> None:
    """Settings files of editors have both."""
    text = '// a\n{ /* b */ "k" /* c */ : /* d */ [1, 2, /* e */ ] /* f */ , // g\r\n} // h'
    whole = read(text)

    assert whole.root is not None
    assert value_of(text, whole.root) == {"k": [1, 2]}
    assert whole.root.line_tail
    assert text[: whole.root.tail].endswith("// g")
    assert whole.tail == len(text)


@pytest.mark.parametrize("text", ["", " \r\n\t", "// nothing\n"])
def test_a_text_may_hold_no_value(text: str) -> None:
    """Editors start with such files."""
    assert read(text).root is None


def test_bare_brackets_have_neither_members_nor_comments() -> None:
    """Only white space can be replaced without a loss."""
    roots = [read(text).root for text in ("{ }", "[]", "{/**/}", '{"a": 1}')]

    assert [root.bare for root in roots if root] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{\n", 2),
        ("{1: 2}", 1),
        ('{"a" 1}', 1),
        ('{"a": 1 "b": 2}', 1),
        ('{"a": 1\n,, }', 2),
        ("[1,\n2\n3]", 3),
        ("{} {}", 1),
        ("{,}", 1),
        ("[01]", 1),
        ("'a'", 1),
        ('"a\nb"', 1),
        ('"\\x"', 1),
        ("/* open", 1),
        ("nul", 1),
        ("[" * (DEEPEST + 2), 1),
    ],
)
def test_what_is_not_json_is_told_by_its_line(text: str, line: int) -> None:
    """Nothing is guessed about a file that its own tool could not read."""
    with pytest.raises(NotUnderstood, match=f"^Line {line} is not JSON"):
        read(text)


def test_a_key_is_there_once() -> None:
    """Which of two a tool obeys is its own affair, so neither is changed."""
    with pytest.raises(NotUnderstood, match=r"^Lines 2 and 4 set"):
        read('{\n"a": 1,\n"b": 2,\n"\\u0061": 3}')
