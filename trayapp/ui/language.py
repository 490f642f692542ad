"""The languages there are, and the translators' files, by Qt."""

import functools
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from trayapp import resources
from trayapp.ui.speech import Tr

LANGUAGES = {"en": "English", "zh_CN": "简体中文", "zh_TW": "繁體中文"}
"""By the name of their files; each is called as its readers call it."""

CONTEXT = "Sluice"
"""Of all our texts: one text has one translation, whichever window says it."""

_KEPT = 1000
"""Texts that need not be looked up again: a window that counts says all of its own each second."""
_TRADITIONAL = {"Hant", "TW", "HK", "MO"}


def wanted(setting: str, system: Sequence[str]) -> str:
    """The language to speak: the *setting*, else the first of the *system*'s that we know."""
    if setting in LANGUAGES:
        return setting
    for name in system:
        first, *rest = name.replace("_", "-").split("-")
        if first == "zh":
            return "zh_TW" if _TRADITIONAL & set(rest) else "zh_CN"
        if first == "en":
            return "en"
    return "en"


def speaking(language: str) -> Tr:
    """What speaks *language*."""
    files = [_Texts(name) for name in resources.names(f"translations/{language}", ".qm")]

    @functools.lru_cache(maxsize=_KEPT)
    def look_up(text: str, number: int | None) -> str | None:
        for file in files:
            if said := file.translate(CONTEXT, text, "", -1 if number is None else number):
                return said
        return None

    return Tr(look_up, language=language, twelve_hours=_counts_to_twelve(QLocale.system()))


class _Texts(QTranslator):
    """One compiled file; it reads from our bytes, so we keep them."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._bytes = resources.read(name)
        self.load(self._bytes)


class QtTexts:
    """Qt's own words (*Copy*, *Select All*, *Cancel*) in the language of ours."""

    def __init__(self) -> None:
        self._installed: QTranslator | None = None

    def follow(self, language: str) -> None:
        """Speak *language* from now on."""
        if self._installed is not None:
            QCoreApplication.removeTranslator(self._installed)
            self._installed = None
        translator = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language != "en" and translator.load(f"qtbase_{language}", folder):
            QCoreApplication.installTranslator(translator)
            self._installed = translator


def _counts_to_twelve(locale: QLocale) -> bool:
    return "a" in locale.timeFormat(QLocale.FormatType.ShortFormat).lower()
