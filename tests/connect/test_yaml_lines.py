"""YAML as people write settings, read line by line."""

import pytest

from trayapp.connect.edit import NotUnderstood
from trayapp.connect.yaml_lines import DEEPEST, Node, read


def plain(node: Node) -> object:
    """What a node holds, for a test to look at; what is only gone over is an ellipsis."""
    if node.kind == "map":
        return {entry.key: plain(entry.node) for entry in node.entries}
    if node.kind == "list":
        return [plain(entry.node) for entry in node.entries]
    return {"word": node.value, "null": None}.get(node.kind, ...)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only\n", None),
        ("---\na: 1 # c\nb: 'it''s'  # c\nc: \"x\"\n", {"a": "1", "b": "it's", "c": "x"}),
        ("a:\n  b:\n    c: 1\n\n  # c\n  d: 2\ne:\n", {"a": {"b": {"c": "1"}, "d": "2"}, "e": None}),
        ("a:\n- 1\n- x: 1\n  y: 2\nb: 3", {"a": ["1", {"x": "1", "y": "2"}], "b": "3"}),
        ("a:\n  -   x: 1\n      y:\n  - - 1\n    - 2\n  -\n  - # c\n    z",
         {"a": [{"x": "1", "y": None}, ["1", "2"], None, "z"]}),
        ("- a\n- b: c\n", ["a", {"b": "c"}]),
        ("a: |\n  # no comment\n  text\n\n  more: 1\nb: >-\n  x\nc: 1",
         {"a": ..., "b": ..., "c": "1"}),
        ('a: [1,\n  2]\nb: {x: y}\nc: *x\nd: &y 1\ne: !t 1\nf: "\\n"', {
            "a": ..., "b": ..., "c": ..., "d": ..., "e": ..., "f": ...}),
        ('a: one\n  two\nb: http://x:1/y#z\n-k: 1\n"q r": 2\n? : 3'.partition("\n?")[0],
         {"a": ..., "b": "http://x:1/y#z", "-k": "1", "q r": "2"}),
        ("a:\r\n  - |\r\n    x\r\n  - y\r\n", {"a": [..., "y"]}),
        ("a:\n  x", {"a": "x"}),
        ("a: |\n  x\n  # y", {"a": ...}),
        ("  a: 1\n  b: 2", {"a": "1", "b": "2"}),
    ],
)  # fmt: skip
def test_blocks_are_read_and_the_rest_is_gone_over(text: str, value: object) -> None:
    """Maps, lists and plain or quoted words are what settings are written in."""
    assert plain(read(text)) == value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\ta: 1", 1),
        ("a: 1\n\tb: 2", 2),
        ("a: 1\n---\nb: 2", 2),
        ("a: 1\n...\n", 2),
        ("? a\n: 1", 1),
        ("%YAML 1.2\n---\na: 1", 1),
        ("a: |+\n  x\n", 1),
        ("a: b: c", 1),
        ("a: 1\nb", 2),
        ("a: 1\n  b: 2", 2),
        ("  a: 1\nb: 2", 2),
        ("a:\n  b: 1\n c: 2", 3),
        ("{}", 1),
        ("word", 1),
        ("- " * (DEEPEST + 2) + "a", 1),
    ],
)
def test_what_may_mean_something_else_is_refused(text: str, line: int) -> None:
    """Tabs, several documents, kept line breaks, other keys, indents that fit nowhere."""
    with pytest.raises(NotUnderstood, match=f"^Line {line} is YAML of a kind"):
        read(text)


def test_a_key_is_there_once() -> None:
    """Also when one of the two is quoted."""
    with pytest.raises(NotUnderstood, match=r"^Lines 1 and 3 set"):
        read("a: 1\nb: 2\n'a': 3")
