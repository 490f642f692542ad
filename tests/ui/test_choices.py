"""The list at the side of a window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trayapp.ui.choices import Choice, Choices
from trayapp.ui.look import Look

PAGES = (Choice("keys", "Keys"), Choice("tools", "Tools"), Choice("cache", "Cache", "off"))


@pytest.fixture
def choices(qtbot: QtBot) -> Choices:
    """Three pages to choose from."""
    made = Choices(Look(system=["en"]))
    qtbot.addWidget(made)
    made.offer(PAGES)
    return made


def test_first_is_chosen(choices: Choices) -> None:
    """One row is always chosen; an empty list has none."""
    assert choices.chosen == "keys"
    choices.offer(())

    assert choices.chosen is None


def test_keyboard_moves_and_finds(choices: Choices, qtbot: QtBot) -> None:
    """Arrows move, End goes to the end, and what is typed is looked for."""
    QTest.keyClick(choices, Qt.Key.Key_End)
    assert choices.chosen == "cache"
    QTest.keyClicks(choices, "to")

    assert choices.chosen == "tools"


def test_choice_stays_when_rows_change(choices: Choices) -> None:
    """A caption changes in place; new rows leave the choice where it is."""
    choices.choose("cache")
    choices.offer((*PAGES[:2], Choice("cache", "Cache", "on")))
    assert choices.chosen == "cache"

    choices.offer((Choice("first", "First"), *PAGES))

    assert choices.chosen == "cache"


def test_rows_have_their_heights(choices: Choices) -> None:
    """A row is 30 high, with a caption 44."""
    assert [choices.sizeHintForRow(at) for at in range(3)] == [30, 30, 44]


def test_chosen_row_stands_out(choices: Choices) -> None:
    """The chosen row has the selection's ground."""
    choices.resize(200, 120)

    image = choices.grab().toImage()

    assert image.pixelColor(190, 15).name().upper() == "#E1ECFB"
