"""Texts that stand still."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from pytestqt.qtbot import QtBot

from trayapp.ui.colours import DARK, LIGHT
from trayapp.ui.labels import Elided, Label, colour_of, font_of
from trayapp.ui.look import Look


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    """A light look."""
    return Look(system=["en"])


def ink(label: Label) -> str:
    return label.palette().color(QPalette.ColorRole.WindowText).name().upper()


def test_text_is_never_markup(look: Look, qtbot: QtBot) -> None:
    """What a tool calls itself cannot bring pictures or links."""
    label = Label(look)
    qtbot.addWidget(label)

    label.say("<b>x</b>")

    assert label.textFormat() == Qt.TextFormat.PlainText


def test_colour_follows_the_theme(look: Look, qtbot: QtBot) -> None:
    """A caption changes its colour with the theme, and where it says something worse."""
    label = Label(look, "caption", "secondary")
    qtbot.addWidget(label)

    look.choose_theme("dark")
    assert ink(label) == DARK.secondary
    label.say("Runs out", "warning")

    assert (ink(label), label.text()) == (DARK.warning.text, "Runs out")


def test_long_text_ends_in_dots(look: Look, qtbot: QtBot) -> None:
    """What does not fit is said by the tooltip."""
    label = Elided(look)
    qtbot.addWidget(label)
    label.say("A very long name of a tool")
    label.resize(60, 20)

    label.grab()
    assert label.toolTip() == "A very long name of a tool"
    label.resize(600, 20)
    label.grab()

    assert label.toolTip() == ""


def test_every_role_has_its_font(qtbot: QtBot) -> None:
    """Five roles, five fonts."""
    roles = (
        font_of("heading"),
        font_of("title"),
        font_of("body"),
        font_of("caption"),
        font_of("code"),
    )

    assert len({font.key() for font in roles}) == 5


def test_shades_and_levels_have_colours() -> None:
    """A text is coloured by how much it matters, or by a level."""
    assert colour_of("tertiary", LIGHT) == LIGHT.tertiary
    assert QColor(colour_of("critical", LIGHT)) == QColor(LIGHT.critical.text)
