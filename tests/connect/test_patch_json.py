"""One member more in JSON with comments, and the very same bytes afterwards."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connect.trips import there, there_and_back
from trayapp.connect import patch_json
from trayapp.connect.edit import Entry, Item, NotUnderstood, Place, Trace
from trayapp.connect.jsonc import Node, read

BASE: Place = ("env", "BASE")
TOKEN: Place = ("env", "TOKEN")
LISTED: Place = ("vars", Item("name", "N"), "value")
BOTH = ((BASE, "b"), (TOKEN, "t"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n  "env": {\n    "BASE": "b",\n    "TOKEN": "t"\n  }\n}\n'),
        ("// mine", '// mine\n{\n  "env": {\n    "BASE": "b",\n    "TOKEN": "t"\n  }\n}\n'),
        ("{}", '{\n  "env": {\n    "BASE": "b",\n    "TOKEN": "t"\n  }\n}'),
        ('{"a":1}', '{"a":1, "env": {"BASE": "b", "TOKEN": "t"}}'),
        ('{\r\n\t"a": 1\r\n}', '{\r\n\t"a": 1,\r\n\t"env": {\r\n\t\t"BASE": "b",\r\n\t\t"TOKEN": "t"\r\n\t}\r\n}'),
        ('{\n"a": 1, // x\n}', '{\n"a": 1, // x\n"env": {\n  "BASE": "b",\n  "TOKEN": "t"\n},\n}'),
        ('{"a": 1 // x\n}', '{"a": 1, // x\n  "env": {\n    "BASE": "b",\n    "TOKEN": "t"\n  }\n}'),
        ("{\n // x\n}", '{\n // x\n  "env": {\n    "BASE": "b",\n    "TOKEN": "t"\n  }\n}'),
        ('{\n "env": {\n  "Q": "" /* q */\n }\n}',
         '{\n "env": {\n  "Q": "", /* q */\n  "BASE": "b",\n  "TOKEN": "t"\n }\n}'),
        ('{"env": {"BASE": "mine", }}', '{"env": {"BASE": "b", "TOKEN": "t", }}'),
    ],
)  # fmt: skip
def test_a_member_is_written_as_the_file_writes_its_own(before: str, after: str) -> None:
    """Indents, line ends, comments and trailing commas are taken over and given back."""
    assert there(patch_json, before, *BOTH) == after
    assert there_and_back(patch_json, before, BOTH) == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('{\n  "x": 1\n}', '{\n  "x": 1,\n  "vars": [\n    {"name": "N", "value": "v"}\n  ]\n}'),
        ('{"vars": [{"name": "M"}]}', '{"vars": [{"name": "M"}, {"name": "N", "value": "v"}]}'),
        ('{"vars": [ ]}', '{"vars": [\n  {"name": "N", "value": "v"}\n]}'),
        ('{"vars": [{"name": "N"}]}', '{"vars": [{"name": "N", "value": "v"}]}'),
        ('{"vars": [{"name": "N", "value": 7}]}', '{"vars": [{"name": "N", "value": "v"}]}'),
    ],
)
def test_an_item_of_a_list_is_found_by_its_name(before: str, after: str) -> None:
    """It is made where it is not there, on one line."""
    assert there(patch_json, before, (LISTED, "v")) == after
    assert there_and_back(patch_json, before, ((LISTED, "v"),)) == before


def test_an_entry_of_a_list_is_found_by_its_start() -> None:
    """`NAME=value` is how some tools list variables."""
    place: Place = ("set", Entry("A="))
    after = there(patch_json, '{"set": [1, "B=1"]}', (place, "A=1"))

    assert after == '{"set": [1, "B=1", "A=1"]}'
    assert there_and_back(patch_json, after, ((place, "A=2"),)) == after


@pytest.mark.parametrize("text", ["[]", '{"env": 1}', '{"env": []}'])
def test_a_setting_of_another_kind_is_left_alone(text: str) -> None:
    """The file is not the one that the tool documents."""
    with pytest.raises(NotUnderstood, match="another kind"):
        patch_json.put(text, BASE, "b")


@pytest.mark.parametrize(
    ("edited", "kept"),
    [
        ('{"env": {"BASE": "b", "MINE": 1}}', '{"env": { "MINE": 1}}'),
        ('{"env": {"BASE": "b"}, "z": 1}', '{ "z": 1}'),
        ('{"env": {"BASE": "b" /* note */}}', '{"env": { /* note */}}'),
        ('{"vars": [{"name": "N", "value": "v", "also": 1}]}',
         '{"vars": [{"name": "N", "also": 1}]}'),
    ],
)  # fmt: skip
def test_what_was_added_since_stays(edited: str, kept: str) -> None:
    """A container that was made for us goes only when nothing else is in it."""
    place = LISTED if "vars" in edited else BASE

    assert patch_json.take(edited, place, Trace(made=2 if place is LISTED else 1)) == kept


def test_a_file_that_was_made_stays_with_what_was_added_since() -> None:
    """Also when ours was all that it began with."""
    text, trace = patch_json.put("", BASE, "b")
    mine = text.replace("{", '{ "mine": 1,', 1)

    assert patch_json.take(mine, BASE, trace) == '{ "mine": 1\n}\n'


def test_what_stands_between_brackets_now_stays() -> None:
    """A comment that was written in since is not replaced by the blank of before."""
    text, trace = patch_json.put('{"env": { }}', BASE, "b")
    mine = text.replace('"b"', '"b" // mine')

    assert patch_json.take(mine, BASE, trace) == '{"env": { // mine\n}}'


COMMENTS = st.sampled_from(["", " ", "/* c */", "// c\n", "\r\n", "\n\t", " /*}*/ "])
SCALARS = st.sampled_from(["1", "true", "null", '"x"', '"{"', '"\\""', "[]", "{}", "[1 , 2,]"])


@st.composite
def documents(draw: st.DrawFn) -> str:
    """An object as people may write it: members, comments, odd spaces, and perhaps our own keys."""

    def gap() -> str:
        return draw(COMMENTS)

    def some(*names: str) -> list[str]:
        return draw(st.lists(st.sampled_from(names), unique=True).map(list))

    def body(names: list[str], inner: str | None) -> str:
        members = []
        for name in names:
            value = inner if inner and name == "env" else draw(SCALARS)
            members.append(f'{gap()}"{name}"{gap()}:{gap()}{value}{gap()}')
        tail = draw(st.sampled_from(["", ","])) if members else ""
        return "{" + ",".join(members) + tail + gap() + "}"

    inner = body(some("BASE", "Q", "R"), None)
    return gap() + body(some("a", "env", "b", "c"), inner) + gap()


@pytest.mark.slow
@given(documents(), st.permutations([(BASE, "b"), (TOKEN, "t"), (LISTED, "v")]))
def test_any_file_survives(text: str, settings: list[tuple[Place, str]]) -> None:
    """Whatever the file looks like, connecting and disconnecting gives back every byte of it."""
    assert there_and_back(patch_json, text, settings) == text


@pytest.mark.slow
@given(documents())
def test_nothing_else_changes(text: str) -> None:
    """Read as JSON, the edited file differs by our settings alone."""
    after = there(patch_json, text, *BOTH)
    plain, edited = _plain(text), _plain(after)
    env = plain.setdefault("env", {})
    assert isinstance(env, dict)

    assert edited == {**plain, "env": {**env, "BASE": "b", "TOKEN": "t"}}


def _plain(text: str) -> dict[str, object]:
    """The text as a reader of comments would have it."""
    root = read(text).root

    def value(node: Node) -> object:
        if node.kind == "object":
            return {member.key: value(member.node) for member in node.members}
        if node.kind == "array":
            return [value(member.node) for member in node.members]
        return json.loads(text[node.start : node.end])

    whole = value(root) if root else {}
    assert isinstance(whole, dict)
    return whole
