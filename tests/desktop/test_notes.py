"""Notifications, as the desktop's own service is asked for them."""

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.fakes.desktop import Desktop
from trayapp.desktop.bus import Bus
from trayapp.desktop.notes import Note, Notes

LOW = Note("1", "Requests 80% used", "10 of 50 <left> & more", (("open", "Open Sluice"),))
BACK = Note("1", "Requests are back", "22% used")


@pytest.fixture
def notes(bus: Bus) -> Notes:
    """The service as we see it."""
    return Notes(bus)


@pytest.fixture
def picture(qapp: object) -> QImage:
    """Two pixels by three, all red."""
    image = QImage(2, 3, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor("#ff0000"))
    return image


def never() -> None:
    pytest.fail("the service did not take it")


def shown(qtbot: QtBot, session: Desktop, count: int) -> None:
    qtbot.waitUntil(lambda: len(session.notes) == count)


def test_note_is_shown(qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage) -> None:
    """Title, body, button and picture reach the service."""
    session.show_notifications()
    notes.show(LOW, picture, never)
    shown(qtbot, session, 1)
    note = session.notes[0]

    assert (note.app, note.title, note.body) == ("Sluice", LOW.title, LOW.body)
    assert note.actions == ("open", "Open Sluice")
    assert note.hints["urgency"].value == 1
    width, height, row, alpha, bits, samples, data = note.hints["image-data"].value
    assert (width, height, row, alpha, bits, samples) == (2, 3, 8, True, 8, 4)
    assert bytes(data) == b"\xff\0\0\xff" * 6


def test_next_one_replaces_it(
    qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage
) -> None:
    """What is told of the same thing takes the place of what was told before."""
    session.show_notifications()
    notes.show(LOW, picture, never)
    shown(qtbot, session, 1)
    qtbot.waitUntil(lambda: bool(notes._numbers))
    notes.show(BACK, picture, never)
    shown(qtbot, session, 2)

    assert [note.replaces for note in session.notes] == [0, session.notes[0].id]


def test_button_is_told_once(qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage) -> None:
    """Some services say it twice, and other programs' buttons are not ours."""
    session.show_notifications()
    heard: list[tuple[str, str]] = []
    notes.acted.connect(lambda about, action: heard.append((about, action)))
    notes.show(LOW, picture, never)
    qtbot.waitUntil(lambda: bool(notes._numbers))
    session.invoke(99, "open")
    session.invoke(session.notes[0].id, "open")
    session.invoke(session.notes[0].id, "open")
    notes.show(BACK, picture, never)
    shown(qtbot, session, 2)

    assert heard == [("1", "open")]


def test_closed_note_is_not_replaced(
    qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage
) -> None:
    """What the user has put away comes as a new one."""
    session.show_notifications()
    notes.show(LOW, picture, never)
    qtbot.waitUntil(lambda: bool(notes._numbers))
    session.put_away(session.notes[0].id)
    qtbot.waitUntil(lambda: not notes._numbers)
    notes.show(BACK, picture, never)
    shown(qtbot, session, 2)

    assert session.notes[1].replaces == 0


def test_note_is_taken_back(qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage) -> None:
    """What is no longer so is withdrawn; what was never told needs no word."""
    session.show_notifications()
    notes.show(LOW, picture, never)
    qtbot.waitUntil(lambda: bool(notes._numbers))
    notes.withdraw("another")
    notes.withdraw("1")
    qtbot.waitUntil(lambda: bool(session.closed))

    assert session.closed == [session.notes[0].id]


def test_urgent_note(qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage) -> None:
    """What stops everything may stay on the screen."""
    session.show_notifications()
    notes.show(Note("2", "Spend cap", "", is_urgent=True), picture, never)
    shown(qtbot, session, 1)

    assert session.notes[0].hints["urgency"].value == 2


def test_markup_is_escaped(qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage) -> None:
    """A service that reads markup is given none, and one without buttons no buttons."""
    session.capabilities = ["body", "body-markup"]
    session.show_notifications()
    notes.show(LOW, picture, never)
    shown(qtbot, session, 1)

    assert session.notes[0].body == "10 of 50 &lt;left&gt; &amp; more"
    assert session.notes[0].actions == ()


def test_without_a_service(qtbot: QtBot, notes: Notes, picture: QImage) -> None:
    """Where nobody takes it, the caller shows it in another way."""
    otherwise: list[bool] = []
    notes.show(LOW, picture, lambda: otherwise.append(True))
    qtbot.waitUntil(lambda: bool(otherwise))

    assert otherwise == [True]


def test_service_that_refuses(
    qtbot: QtBot, session: Desktop, notes: Notes, picture: QImage
) -> None:
    """One that ends between two notes is asked anew what it can."""
    session.show_notifications()
    notes.show(LOW, picture, never)
    qtbot.waitUntil(lambda: bool(notes._numbers))
    session.hide_notifications()
    otherwise: list[bool] = []
    notes.show(BACK, picture, lambda: otherwise.append(True))
    qtbot.waitUntil(lambda: bool(otherwise))

    assert notes._can is None
