"""A note says what is the matter, and helps."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from trayapp.ui.look import Look
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.note import Note

DOWN = Matter(
    "The engine is not running", "It stopped at 14:02.", "critical", "critical",
    (Offer("start", "Start engine", primary=True), Offer("why", "Why?", quiet=True)), "and 2 more",
)  # fmt: skip


@pytest.fixture
def done() -> list[str]:
    """What was clicked."""
    return []


@pytest.fixture
def note(qtbot: QtBot, done: list[str]) -> Note:
    """A note that says nothing yet."""
    made = Note(Look(system=["en"]), done.append)
    qtbot.addWidget(made)
    return made


def words(note: Note) -> list[str]:
    return [button.text() for button in note.buttons() if isinstance(button, QPushButton)]


def test_nothing_is_the_matter(note: Note) -> None:
    """Without a matter there is no note."""
    note.show_matter(DOWN)
    note.show_matter(None)

    assert (note.isHidden(), note.matter) == (True, None)


def test_buttons_do_what_they_say(note: Note, done: list[str]) -> None:
    """Each button tells its name when it is clicked."""
    note.show_matter(DOWN)

    for button in note.buttons():
        assert isinstance(button, QPushButton)
        button.click()

    assert (words(note), done) == (["Start engine", "Why?"], ["start", "why"])


def test_buttons_stay_while_words_change(note: Note) -> None:
    """Whoever is about to click is not surprised by a new button under the pointer."""
    note.show_matter(DOWN)
    before = note.buttons()

    note.show_matter(Matter("Another title", offers=DOWN.offers))

    assert note.buttons() == before


def test_other_matters_have_other_buttons(note: Note) -> None:
    """The buttons of the last matter are gone."""
    note.show_matter(DOWN)

    note.show_matter(Matter("Paused", offers=(Offer("resume", "Resume"),)))

    assert words(note) == ["Resume"]


def test_note_is_read_as_a_whole(note: Note) -> None:
    """A screen reader says title, body and how much more there is."""
    note.show_matter(DOWN)

    assert note.accessibleName() == "The engine is not running. It stopped at 14:02. and 2 more"


def test_ground_has_the_tone(note: Note) -> None:
    """The tint is that of the matter's tone."""
    note.show_matter(DOWN)
    note.resize(300, 120)

    assert note.grab().toImage().pixelColor(1, 1).name().upper() == "#FCE9E6"
