"""A whole file edited and put back: bytes, marks, tokens, and what happened in between."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.connect.edit import Item, NoItem, NotUnderstood, Place, Trace
from trayapp.connect.patch import (
    BOM,
    FORMS,
    Form,
    Ours,
    Setting,
    Step,
    digest,
    held,
    patched,
    reverted,
)

BASE = "http://127.0.0.1:7429"
TOKEN = "sk-ant-sluice-" + "a" * 43
OURS = Ours(BASE, digest(TOKEN.encode()))
SETTINGS = (Setting(("env", "BASE"), "{base}/v1"), Setting(("env", "TOKEN"), "{token}"))
MODEL = Item("provider", "anthropic")
MODELS = (
    Setting(("models", MODEL, "apiBase"), "{base}/", each=True),
    Setting(("models", MODEL, "apiKey"), "{token}", each=True),
)


def test_token_is_kept_by_its_digest_alone() -> None:
    """The steps that undo an edit hold neither the token nor what was there before."""
    after = patched(b'{"env": {"TOKEN": "my-own-secret"}}', "json", SETTINGS, BASE, TOKEN)

    assert TOKEN.encode() in after.content
    assert "sk-ant-sluice-a" not in repr(after.steps)
    assert "my-own-secret" not in repr(after.steps)


@pytest.mark.parametrize("content", [b"\xff\xfe{\x00}\x00", b"{}\x00", b"\xc3"])
def test_what_is_not_plain_text_is_left_alone(content: bytes) -> None:
    """Other encodings are not guessed."""
    with pytest.raises(NotUnderstood, match="text"):
        patched(content, "json", SETTINGS, BASE, TOKEN)


def test_byte_order_mark_stays() -> None:
    """Some editors of Windows write one."""
    content = BOM + b"{}\r\n"
    after = patched(content, "json", SETTINGS, BASE, TOKEN)

    assert after.content.startswith(BOM + b"{\r\n")
    assert reverted(after.content, "json", after.steps, OURS, content) == (content, ())


def test_what_says_so_already_is_no_step() -> None:
    """A tool that was pointed here by hand is not ours to disconnect."""
    content = b'{"env": {"BASE": "%s/v1"}}' % BASE.encode()
    after = patched(content, "json", SETTINGS[:1], BASE, "")

    assert after.content == content
    assert after.steps == ()


def test_every_item_that_matches_is_pointed_here() -> None:
    """Also after they moved in their list since."""
    content = (
        b"models:\n- provider: anthropic\n  apiKey: mine\n- provider: q\n- provider: anthropic\n"
    )
    after = patched(content, "yaml", MODELS, BASE, TOKEN)
    more = after.content.replace(b"models:\n", b"models:\n- provider: anthropic\n")
    back, left = reverted(more, "yaml", after.steps, OURS, content)

    assert after.content.count(BASE.encode()) == after.content.count(TOKEN.encode()) == 2
    assert back == content.replace(b"models:\n", b"models:\n- provider: anthropic\n")
    assert left == ()
    assert held(more, "yaml", after.steps, OURS) == 4


def test_a_list_without_a_matching_item_is_refused() -> None:
    """There is nothing to point anywhere."""
    with pytest.raises(NoItem):
        patched(b"models:\n- provider: q\n", "yaml", MODELS, BASE, TOKEN)


def test_what_was_changed_since_is_left() -> None:
    """Our other lines go, and the step whose value is another one by now is told."""
    after = patched(b"{}", "json", SETTINGS, BASE, TOKEN)
    changed = after.content.replace(BASE.encode(), b"https://mine")
    back, left = reverted(changed, "json", after.steps, OURS, b"{}")

    assert back == b'{\n  "env": {\n    "BASE": "https://mine/v1"\n  }\n}'
    assert [step.place for step in left] == [("env", "BASE")]
    assert held(changed, "json", after.steps, OURS) == 1


@pytest.mark.parametrize(
    ("original", "back"),
    [
        (b'{"env": {"TOKEN" : 7}}', b'{"env": {"TOKEN": 7}}'),
        (None, b'{"env": {}}'),
        (b"{}", b'{"env": {}}'),
    ],
)
def test_what_was_replaced_comes_from_the_backup(original: bytes | None, back: bytes) -> None:
    """Without one the value goes: it must not be left pointing here."""
    steps = (Step(("env", "TOKEN"), "{token}", Trace(replaced=True)),)
    content = b'{"env": {"TOKEN": "%s"}}' % TOKEN.encode()

    assert reverted(content, "json", steps, OURS, original) == (back, ())


@pytest.mark.parametrize(
    ("value", "template", "ours"),
    [
        (BASE, "{base}", True),
        (BASE + "/", "{base}", False),
        (TOKEN, "{token}", True),
        (TOKEN[:-1] + "b", "{token}", False),
        (f"K={TOKEN}", "K={token}", True),
        ("sk-ant-api03-x", "{token}", False),
        (None, "{base}", False),
        (None, "{token}", False),
        ("1", "1", True),
    ],
)
def test_our_values_are_known(value: str | None, template: str, ours: bool) -> None:
    """A token by its digest, everything else by itself."""
    assert OURS.is_value(value, template) is ours


def test_an_edit_that_could_not_be_undone_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proof is made before anything is written."""

    class Careless(Form):
        def find(self, text: str, place: Place) -> None:
            return None

        def put(self, text: str, place: Place, value: str) -> tuple[str, Trace]:
            return value, Trace()

        def take(self, text: str, place: Place, trace: Trace) -> str:
            return text

    monkeypatch.setitem(FORMS, "careless", Careless())

    with pytest.raises(NotUnderstood, match="could not be undone"):
        patched(b"mine", "careless", SETTINGS, BASE, TOKEN)


MEMBERS = st.lists(
    st.sampled_from(['"a": 1', '"b": {"c": [1, 2]}', '"env": {"X": "1"}', '"env": {"TOKEN": "o"}']),
    min_size=1, max_size=3, unique_by=lambda text: text[:4],
)  # fmt: skip


@pytest.mark.slow
@given(MEMBERS, st.sampled_from([(", ", ""), (",\n  ", "\n"), (",\r\n\t", "\r\n")]), st.booleans())
def test_an_edit_in_between_is_kept(
    members: list[str], style: tuple[str, str], trailing: bool
) -> None:
    """Undone after the user added a setting, a file is as if only the user had edited it."""
    comma, newline = style
    text = "{" + comma[1:] * bool(newline) + comma.join(members) + "," * trailing + newline + "}"
    content = text.encode()
    after = patched(content, "json", SETTINGS, BASE, TOKEN)
    mine = (Setting(("mine",), "1"), Setting(("b", "mine"), "2"))
    edited = patched(after.content, "json", mine, BASE, "").content
    back, left = reverted(edited, "json", after.steps, OURS, content)

    assert left == ()
    assert back == patched(content, "json", mine, BASE, "").content
