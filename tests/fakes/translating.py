"""The translators' files, read without Qt: a `Tr` for tests of what is said."""

import functools
from typing import Any

from tests.house_map import ROOT
from tests.packaging.scripts import load
from trayapp.ui.speech import Tr

translations = load("translations")


def speaking(language: str = "en", *, twelve_hours: bool = False) -> Tr:
    """Says what the `.ts` files say; a text that is in none of them is a mistake."""
    known = messages(language)

    def look_up(text: str, number: int | None) -> str | None:
        plural = number is not None
        if language == "en" and not plural:
            return text
        forms = known[translations.Text(text, plural)]
        return forms[0 if len(forms) == 1 or number == 1 else 1]

    return Tr(look_up, language=language, twelve_hours=twelve_hours)


@functools.cache
def messages(language: str) -> dict[Any, tuple[str, ...]]:
    """Every text of *language* with its plural forms."""
    folder = ROOT / "packaging" / "translations" / language
    return {
        text: message.forms
        for file in folder.glob("*.ts")
        for text, message in translations.read(file).items()
    }
