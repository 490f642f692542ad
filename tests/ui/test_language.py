"""Which language is spoken, and that what ships is what was translated."""

import re

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import translating
from trayapp.ui.language import LANGUAGES, speaking, wanted
from trayapp.ui.speech import Tr


@pytest.mark.parametrize(
    ("setting", "system", "spoken"),
    [
        ("zh_TW", ["en-GB"], "zh_TW"), ("system", ["zh-Hans-CN", "en"], "zh_CN"),
        ("system", ["zh-Hant-HK"], "zh_TW"), ("system", ["zh_TW"], "zh_TW"),
        ("system", ["zh"], "zh_CN"), ("system", ["de-DE", "zh-CN"], "zh_CN"),
        ("system", ["en-US", "zh-CN"], "en"), ("system", ["de"], "en"), ("klingon", [], "en"),
    ],
)  # fmt: skip
def test_language_is_the_first_we_know(setting: str, system: list[str], spoken: str) -> None:
    """The setting holds; else the first of the system's languages that is ours, else English."""
    assert wanted(setting, system) == spoken


def said(tr: Tr, text: str, *number: int) -> str:
    """*text* with the names of its words in their places."""
    return tr(text, *number, **{name: name for name in re.findall(r"{(\w+)}", text)})


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_files_say_what_was_translated(language: str, qtbot: QtBot) -> None:
    """Every `.qm` that ships says what its `.ts` says, in each plural form."""
    tr, translated = speaking(language), translating.speaking(language)
    differing = [
        (text, form)
        for text, forms in translating.messages(language).items()
        for form, number in zip(forms, ((1,), (2,)) if text.plural else ((),), strict=False)
        if said(tr, text.source, *number) != said(translated, text.source, *number)
    ]

    assert differing == [], "run: python packaging/translations.py"


def test_english_needs_no_file_for_what_has_no_plural(qtbot: QtBot) -> None:
    """The text in the code is the English one."""
    assert speaking("en")("Output tokens") == "Output tokens"
