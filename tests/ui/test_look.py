"""Colours and language come to every window by one value."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from trayapp.ui.colours import DARK, LIGHT
from trayapp.ui.look import Look
from trayapp.ui.memory import Memory


@pytest.fixture
def memory() -> Memory:
    """What is remembered while a test runs."""
    return Memory()


@pytest.fixture
def look(qtbot: QtBot, memory: Memory) -> Iterator[Look]:
    """A look on a system that speaks English and is light."""
    before = QGuiApplication.palette()
    made = Look(memory, ["en"])
    yield made
    made.choose_language("en")
    QGuiApplication.setPalette(before)


def test_language_is_chosen(look: Look, qtbot: QtBot) -> None:
    """Windows are told to speak another language, and ask for the new voice."""
    with qtbot.waitSignal(look.changed):
        look.choose_language("zh_CN")

    assert look.voice("Output tokens") == "输出 token"


def test_qt_speaks_with_us(look: Look, qtbot: QtBot) -> None:
    """What Qt says itself, such as the menu of a field, is in our language too."""
    field = QLineEdit()
    qtbot.addWidget(field)

    look.choose_language("zh_TW")

    menu = field.createStandardContextMenu()
    assert "複製" in " ".join(action.text() for action in menu.actions())
    menu.deleteLater()


def test_dark_is_a_change_of_look(look: Look, qtbot: QtBot) -> None:
    """Who draws anew when the look changes sees the theme's changes too."""
    with qtbot.waitSignal(look.changed):
        look.choose_theme("dark")

    assert look.colours == DARK


def test_choices_are_remembered(look: Look, memory: Memory, qtbot: QtBot) -> None:
    """The next look speaks and shines as the last one was told to."""
    look.choose_theme("dark")
    look.choose_language("zh_TW")

    again = Look(memory, ["en"])

    assert (again.colours, again.voice.language) == (DARK, "zh_TW")


def test_odd_settings_are_the_system_s(qtbot: QtBot) -> None:
    """A theme that nobody knows is the system's."""
    memory = Memory()
    memory.keep("theme", "pink")

    assert Look(memory, ["en"]).colours == LIGHT
