"""Keeps the translators' files: finds the texts of the windows, and compiles what was translated.

    .venv/bin/python packaging/translations.py

Every `tr("…")` and `later("…")` in `trayapp/ui/` and `trayapp/desktop/` becomes a message in
`packaging/translations/<language>/<window>.ts`, where `<window>` is the file's or folder's name up
to its first `_`: each window has files of its own, so that people seldom meet in one. What is
already translated stays, what nobody says any more goes. English has only plural forms. Then
each file is compiled by PySide6's `lrelease` into `resources/translations/`.
"""

import ast
import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
SPEAKING = ("ui", "desktop")
"""The rooms that speak to people through windows."""
FORMS = {"en": 2, "zh_CN": 1, "zh_TW": 1}
"""How many plural forms each language has, as Qt counts them."""
CALLS = frozenset({"tr", "later"})

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


class Text(NamedTuple):
    """A text of the code; *plural* where it is said with a number."""

    source: str
    plural: bool


class Message(NamedTuple):
    """A text and its translations, one for each plural form; empty where there is none yet."""

    text: Text
    forms: tuple[str, ...]


def texts_of(code: str) -> Iterator[Text]:
    """Every text that *code* says through a `Tr` or marks for it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and name_of(node.func) in CALLS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield Text(first.value, plural=len(node.args) > 1)


def name_of(called: ast.expr) -> str:
    """The last name of what is called: `tr` of `self._tr`."""
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name.lstrip("_")


def window_of(file: Path, room: Path) -> str:
    """Which window's file the texts of *file* belong to."""
    place = file.relative_to(room).parts[0].removesuffix(".py")
    return place.partition("_")[0]


def windows(package: Path) -> dict[str, list[Text]]:
    """All texts by window, each once, in the order of the alphabet."""
    found: dict[str, set[Text]] = {}
    for room in (package / name for name in SPEAKING):
        for file in sorted(room.rglob("*.py")):
            texts = found.setdefault(window_of(file, room), set())
            texts.update(texts_of(file.read_text("utf-8")))
    return {window: sorted(texts) for window, texts in found.items() if texts}


# --- The translators' files -----------------------------------------------------------------


def read(file: Path) -> dict[Text, Message]:
    """The messages of a `.ts` file; none where it does not exist."""
    if not file.exists():
        return {}
    messages = {}
    for element in ET.fromstring(file.read_text("utf-8")).iter("message"):  # noqa: S314 - our own
        text = Text(element.findtext("source") or "", element.get("numerus") == "yes")
        translation = element.find("translation")
        if translation is not None:
            forms = [each.text or "" for each in translation.iter("numerusform")]
            messages[text] = Message(text, tuple(forms) or (translation.text or "",))
    return messages


def written(language: str, messages: list[Message]) -> str:
    """A `.ts` file with *messages*."""
    body = "".join(_message(message) for message in messages)
    return (
        f'{_HEAD}<TS version="2.1" language="{language}" sourcelanguage="en">\n<context>\n'
        f"    <name>Sluice</name>\n{body}</context>\n</TS>\n"
    )


def _message(message: Message) -> str:
    numerus = ' numerus="yes"' if message.text.plural else ""
    unfinished = "" if all(message.forms) else ' type="unfinished"'
    inside = escape(message.forms[0])
    if message.text.plural:
        lines = (
            f"            <numerusform>{escape(form)}</numerusform>\n" for form in message.forms
        )
        inside = f"\n{''.join(lines)}        "
    return (
        f"    <message{numerus}>\n        <source>{escape(message.text.source)}</source>\n"
        f"        <translation{unfinished}>{inside}</translation>\n    </message>\n"
    )


def merged(language: str, texts: list[Text], known: dict[Text, Message]) -> list[Message]:
    """*texts* with what is *known* of them; in English only what has plural forms."""
    spoken = [text for text in texts if text.plural or language != "en"]
    return [known.get(text) or Message(text, blank(language, text)) for text in spoken]


def blank(language: str, text: Text) -> tuple[str, ...]:
    """Translations of *text* to be written."""
    return ("",) * (FORMS[language] if text.plural else 1)


# --- Compiling ------------------------------------------------------------------------------


def compile_all(source: Path, target: Path) -> None:
    """Make a `.qm` of every `.ts`; raises `CalledProcessError`."""
    for file in target.rglob("*.qm"):
        file.unlink()
    for file in sorted(source.rglob("*.ts")):
        compiled = target / file.relative_to(source).with_suffix(".qm")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        command = [lrelease(), "-silent", str(file), "-qm", str(compiled)]
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL)


def lrelease() -> str:
    """Qt's compiler of translations, as PySide6 brings it."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        sys.exit("translations: run me with the Python of .venv, which has PySide6")
    return str(Path(found.origin).parent / "lrelease")


def update(root: Path) -> int:
    """Bring all files up to date; the number of texts that wait for a translation."""
    folder = root / "packaging" / "translations"
    found = windows(root / "trayapp")
    waiting = 0
    for language in FORMS:
        place = folder / language
        place.mkdir(parents=True, exist_ok=True)
        known = {text: each for file in place.glob("*.ts") for text, each in read(file).items()}
        wanted = {name: merged(language, texts, known) for name, texts in found.items()}
        for file in place.glob("*.ts"):
            file.unlink()
        for name, messages in wanted.items():
            if messages:
                (place / f"{name}.ts").write_text(written(language, messages), "utf-8")
            waiting += sum(not all(message.forms) for message in messages)
    compile_all(folder, root / "resources" / "translations")
    return waiting


if __name__ == "__main__":
    missing = update(ROOT)
    print(f"translations: {missing} to be written" if missing else "translations: complete")
