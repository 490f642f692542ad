"""How a sentence reaches a reader: in which language, with which plural, by which clock; no Qt.

Everything the windows say goes through a `Tr`. The English text in the code is the key:

    tr("Held {time}", time=...)          a sentence with words to fill in
    tr("{n} requests", number)           with a plural form, `{n}` is filled in by itself
    NAMES = {"requests": later("Requests")}    said later, by tr(NAMES[kind])

`packaging/translations.py` finds these calls and keeps the translators' files.
"""

import re
from collections.abc import Callable

from trayapp import figures

LookUp = Callable[[str, int | None], str | None]
"""A text and, where it has plural forms, the number; gives the translation, None without one."""

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_AIR = re.compile(rf"(?<={_HAN})(?=[A-Za-z0-9$≈<])|(?<=[A-Za-z0-9%])(?={_HAN})")


class Tr:
    """Says a text in one language. *twelve_hours* is how the reader's clocks count."""

    def __init__(
        self, look_up: LookUp, *, language: str = "en", twelve_hours: bool = False
    ) -> None:
        self.language = language
        self.twelve_hours = twelve_hours
        self._look_up = look_up

    def __call__(self, text: str, number: int | None = None, /, **words: object) -> str:
        """*text* translated, in the plural form of *number*, with *words* in its braces."""
        found = self._look_up(text, number) or text
        if number is not None:
            words.setdefault("n", figures.count(number))
        said = found.format(**words) if words else found
        return _AIR.sub(" ", said) if self.language.startswith("zh") else said


def later(text: str) -> str:
    """*text* itself, marked for the translators; a `Tr` says it when its time comes."""
    return text
