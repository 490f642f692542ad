"""Several settings put into one file, byte for byte the same elsewhere, and how to tell ours.

Before an edit is given out it has proved itself: read again it says what it should, and undone
it gives back the very bytes it was made from. An edit that cannot is refused.
"""

import hashlib
from collections.abc import Sequence
from typing import Protocol

import msgspec

from trayapp.connect import patch_dotenv, patch_json, patch_toml, patch_yaml
from trayapp.connect.edit import Found, Item, NoItem, NotUnderstood, Place, Trace
from trayapp.connect.patch_profile import Profile, fish, powershell, sh
from trayapp.model.secret import TOKEN_PREFIX

BOM = b"\xef\xbb\xbf"
MOST_ITEMS = 64
"""How many entries of one list may belong to a tool."""


class Form(Protocol):
    """What each format can do with a text."""

    def find(self, text: str, place: Place) -> Found | None:
        """The setting at *place*, if it is there."""

    def put(self, text: str, place: Place, value: str) -> tuple[str, Trace]:
        """Set *place* to *value*."""

    def take(self, text: str, place: Place, trace: Trace) -> str:
        """Undo a `put` that replaced nothing."""


FORMS: dict[str, Form] = {
    "json": patch_json,
    "toml": patch_toml,
    "yaml": patch_yaml,
    "dotenv": patch_dotenv,
    "sh": Profile(sh),
    "fish": Profile(fish),
    "powershell": Profile(powershell, "`"),
}


class Setting(msgspec.Struct, frozen=True):
    """What goes where; *value* may hold `{base}` and `{token}`. *each*: for every item that matches."""

    place: Place
    value: str
    each: bool = False


class Step(msgspec.Struct, frozen=True, omit_defaults=True):
    """A setting that was put, and how; a token is kept as `{token}`."""

    place: Place
    value: str
    trace: Trace


class Ours(msgspec.Struct, frozen=True):
    """What the values of one connection are known by; of its token, only the digest."""

    base: str
    digest: str | None = None

    def is_value(self, value: str | None, template: str) -> bool:
        """Whether *value* is what we put where *template* was asked for."""
        before, placeholder, after = template.replace("{base}", self.base).partition("{token}")
        if value is None or not placeholder:
            return value == before
        token = value.removeprefix(before).removesuffix(after)
        return token.startswith(TOKEN_PREFIX.decode()) and digest(token.encode()) == self.digest


class Patched(msgspec.Struct, frozen=True):
    """A file's new content, and the steps that led to it."""

    content: bytes
    steps: tuple[Step, ...]


def digest(content: bytes) -> str:
    """What is kept of *content* to know it again."""
    return hashlib.sha256(content).hexdigest()


def text_of(content: bytes) -> tuple[bytes, str]:
    """The byte order mark, if there is one, and the text; raises `NotUnderstood`."""
    mark = BOM if content.startswith(BOM) else b""
    try:
        text = content[len(mark) :].decode()
    except UnicodeDecodeError:
        raise NotUnderstood("The file is not UTF-8 text, so Sluice changes nothing.") from None
    if "\0" in text:
        raise NotUnderstood("The file is not plain text, so Sluice changes nothing.")
    return mark, text


def patched(
    content: bytes, form_name: str, settings: Sequence[Setting], base: str, token: str
) -> Patched:
    """*content* with *settings*; raises `NotUnderstood` where that is not sure to be undone."""
    form = FORMS[form_name]
    mark, text = text_of(content)
    steps: list[Step] = []
    for setting in settings:
        value = setting.value.replace("{base}", base).replace("{token}", token)
        for place in _places(form, text, setting):
            found = form.find(text, place)
            if found is not None and found.value == value:
                continue
            text, trace = form.put(text, place, value)
            steps.append(Step(place, setting.value, trace))
    changed = Patched(mark + text.encode(), tuple(steps))
    ours = Ours(base, digest(token.encode()) if token else None)
    back, left = reverted(changed.content, form_name, changed.steps, ours, content)
    if back != content or left:
        raise NotUnderstood("This change could not be undone exactly, so Sluice does not make it.")
    return changed


def reverted(
    content: bytes, form_name: str, steps: Sequence[Step], ours: Ours, original: bytes | None
) -> tuple[bytes, tuple[Step, ...]]:
    """*content* without what *steps* put in, and the steps whose value is not ours any more.

    What was replaced comes back from *original*; without it the value goes.
    """
    form = FORMS[form_name]
    mark, text = text_of(content)
    before = text_of(original)[1] if original is not None else None
    left: list[Step] = []
    for step, place in reversed(_whereabouts(form, text, steps, ours)):
        if place is None:
            left.append(step)
            continue
        old = form.find(before, step.place) if step.trace.replaced and before is not None else None
        if old is None or before is None:
            text = form.take(text, place, step.trace)
            continue
        found = form.find(text, place)
        assert found is not None  # noqa: S101 - for the type checker: it was just found
        text = text[: found.start] + before[old.start : old.end] + text[found.end :]
    return mark + text.encode(), tuple(left)


def held(content: bytes, form_name: str, steps: Sequence[Step], ours: Ours) -> int:
    """How many of *steps* still hold in *content*."""
    form, text = FORMS[form_name], text_of(content)[1]
    return sum(place is not None for _, place in _whereabouts(form, text, steps, ours))


def _whereabouts(
    form: Form, text: str, steps: Sequence[Step], ours: Ours
) -> list[tuple[Step, Place | None]]:
    """Each step with the place where its value is now, None where it is not ours any more.

    Items of a list may have moved in it: as long as there are as many of ours as there were,
    the first of them is the first.
    """
    found: list[tuple[Step, Place | None]] = []
    for step in steps:
        alike = [each for each in steps if _nth(each.place, 0) == _nth(step.place, 0)]
        places = _items(step.place) if _nth(step.place, 0) != _nth(step.place, 1) else [step.place]
        there = [place for place in places if _is_there(form, text, place, step, ours)]
        if len(there) == len(alike):
            found.append((step, there[alike.index(step)]))
        else:
            found.append((step, step.place if step.place in there else None))
    return found


def _is_there(form: Form, text: str, place: Place, step: Step, ours: Ours) -> bool:
    there = form.find(text, place)
    return there is not None and ours.is_value(there.value, step.value)


def _items(place: Place) -> list[Place]:
    return [_nth(place, nth) for nth in range(MOST_ITEMS)]


def _nth(place: Place, nth: int) -> Place:
    return tuple(
        msgspec.structs.replace(part, nth=nth) if isinstance(part, Item) else part for part in place
    )


def _places(form: Form, text: str, setting: Setting) -> list[Place]:
    """The place of *setting*, or that of every item it means; raises `NotUnderstood` if none is there."""
    if not setting.each:
        return [setting.place]
    places = [place for place in _items(setting.place) if _is_item(form, text, place)]
    if not places:
        raise NoItem
    return places


def _is_item(form: Form, text: str, place: Place) -> bool:
    try:
        form.put(text, place, "")
    except NoItem:
        return False
    return True
