"""What the windows say is found, kept, and translated whole."""

import string
from pathlib import Path
from typing import Any

import pytest

from tests.house_map import PACKAGE, ROOT
from tests.packaging.scripts import load

translations = load("translations")
Text, Message = translations.Text, translations.Message

FOLDER = ROOT / "packaging" / "translations"
CHINESE = ("zh_CN", "zh_TW")


def fields(text: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def kept(language: str) -> dict[str, dict[Any, Any]]:
    """The translators' files of *language*, by window."""
    return {file.stem: translations.read(file) for file in (FOLDER / language).glob("*.ts")}


def test_texts_are_found_where_they_are_said() -> None:
    """A text is what is given first to a call of `tr` or `later`, under whatever name it is kept."""
    code = 'tr("a")\nself._tr("{n} b", 2)\nX = {"k": later("c")}\nother("d")\ntr(e)'

    assert set(translations.texts_of(code)) == {
        Text("a", plural=False), Text("{n} b", plural=True), Text("c", plural=False),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("file", "window"),
    [("settings.py", "settings"), ("settings_keys.py", "settings"), ("panel/held.py", "panel")],
)
def test_each_window_has_files_of_its_own(file: str, window: str) -> None:
    """A text belongs to the file or folder it is said in, up to the first `_`."""
    room = Path("ui")

    assert translations.window_of(room / file, room) == window


def test_files_are_read_as_they_were_written(tmp_path: Path) -> None:
    """Signs that XML knows, plural forms and what is still to be translated survive."""
    messages = [
        Message(Text("a < “b” & c", plural=False), ("甲 < 乙",)),
        Message(Text("{n} d", plural=True), ("{n} 丁",)),
        Message(Text("new", plural=False), ("",)),
    ]
    file = tmp_path / "x.ts"

    file.write_text(translations.written("zh_CN", messages), "utf-8")

    assert list(translations.read(file).values()) == messages


def test_english_has_plural_forms_alone() -> None:
    """A text without a number is its own English."""
    texts = [Text("a", plural=False), Text("{n} b", plural=True)]

    assert [each.text.source for each in translations.merged("en", texts, {})] == ["{n} b"]


@pytest.mark.parametrize("language", translations.FORMS)
def test_files_hold_what_the_windows_say(language: str) -> None:
    """Every text of the windows is in its window's file, and no file has one that nobody says."""
    found = translations.windows(PACKAGE)
    due = {name: translations.merged(language, texts, {}) for name, texts in found.items()}
    told = {name: set(messages) for name, messages in kept(language).items()}

    assert told == {
        name: {each.text for each in messages} for name, messages in due.items() if messages
    }, "run: python packaging/translations.py"


@pytest.mark.parametrize("language", translations.FORMS)
def test_nothing_waits_for_its_translation(language: str) -> None:
    """Every text has every plural form."""
    waiting = [
        f"{window}: {text.source}"
        for window, messages in kept(language).items()
        for text, message in messages.items()
        if not all(message.forms) or len(message.forms) != len(translations.blank(language, text))
    ]

    assert waiting == []


@pytest.mark.parametrize("language", translations.FORMS)
def test_translations_fill_in_the_same_words(language: str) -> None:
    """A translation has the names in braces that its text has; a singular may leave the number out."""
    wrong = [
        f"{window}: {form}"
        for window, messages in kept(language).items()
        for text, message in messages.items()
        for form in message.forms
        if fields(form) | {"n"} != fields(text.source) | {"n"}
    ]

    assert wrong == []


@pytest.mark.parametrize("language", translations.FORMS)
def test_one_text_has_one_translation(language: str) -> None:
    """A text that two windows say is translated alike in both."""
    said: dict[Any, set[tuple[str, ...]]] = {}
    for messages in kept(language).values():
        for text, message in messages.items():
            said.setdefault(text, set()).add(message.forms)

    assert {text: forms for text, forms in said.items() if len(forms) > 1} == {}


def test_windows_do_not_ask_qt_to_translate() -> None:
    """`self.tr()` is Qt's own, which looks in files that we do not have."""
    asking = [
        file.name
        for room in translations.SPEAKING
        for file in (PACKAGE / room).rglob("*.py")
        if "self.tr(" in file.read_text("utf-8")
    ]

    assert asking == []


def test_update_keeps_what_is_translated(tmp_path: Path) -> None:
    """What is said no more goes, what is new waits, what was translated stays, also in another window."""
    package = tmp_path / "trayapp" / "ui"
    package.mkdir(parents=True)
    (package / "held.py").write_text('tr("kept")\ntr("gone")')
    translations.update(tmp_path)
    place = tmp_path / "packaging" / "translations" / "zh_CN"
    done = [Message(Text(source, plural=False), ("译",)) for source in ("gone", "kept")]
    (place / "held.ts").write_text(translations.written("zh_CN", done), "utf-8")
    (package / "held.py").rename(package / "panel_held.py")
    (package / "panel_held.py").write_text('tr("kept")\ntr("new")')

    waiting = translations.update(tmp_path)

    assert waiting == 3  # one in 简体, two in 繁體, where "kept" had none yet
    assert [file.name for file in place.iterdir()] == ["panel.ts"]
    assert [each.forms for each in translations.read(place / "panel.ts").values()] == [
        ("译",), ("",),
    ]  # fmt: skip
    assert (tmp_path / "resources" / "translations" / "zh_CN" / "panel.qm").exists()
