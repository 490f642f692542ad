"""Colours and language come to every window by one value."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from trayapp.ui.colours import DARK
from trayapp.ui.look import Look


@pytest.fixture
def look(qtbot: QtBot) -> Iterator[Look]:
    """A look on a system that speaks English and is light."""
    before = QGuiApplication.palette()
    made = Look(system=["en"])
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
        look.theme.choose("dark")

    assert look.colours == DARK
