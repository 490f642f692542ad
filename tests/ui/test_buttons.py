"""Buttons that can be hit, read and heard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trayapp.ui.buttons import Button, CopyButton, LinkButton, PrimaryButton
from trayapp.ui.colours import DARK
from trayapp.ui.look import Look


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    """A light look."""
    return Look(system=["en"])


def test_buttons_are_large_enough(look: Look, qtbot: QtBot) -> None:
    """Nothing that can be clicked is smaller than 24 by 24, and no text is cut."""
    buttons = [
        Button("…", small=True),
        Button("…"),
        LinkButton(look, "…"),
        PrimaryButton(look, "…"),
    ]
    for button in buttons:
        qtbot.addWidget(button)

    sizes = [button.minimumSizeHint() for button in buttons]

    assert min(min(size.width(), size.height()) for size in sizes) >= 24


def test_click_does_what_was_said(look: Look, qtbot: QtBot) -> None:
    """Each kind of button does what it was given, by the mouse and by the keyboard."""
    done: list[str] = []
    button = Button("Pause", lambda: done.append("button"))
    link = LinkButton(look, "Batch", lambda: done.append("link"))
    for widget in (button, link):
        qtbot.addWidget(widget)
        widget.show()

    button.click()
    QTest.keyClick(link, Qt.Key.Key_Space)

    assert done == ["button", "link"]


def test_primary_is_filled_with_the_accent(look: Look, qtbot: QtBot) -> None:
    """The one button that does what the window is for stands out, in each theme."""
    button = PrimaryButton(look, "Start")
    qtbot.addWidget(button)

    look.choose_theme("dark")

    fill = button.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.Button)
    assert fill.name().upper() == DARK.accent


def test_link_shows_its_focus(look: Look, qtbot: QtBot) -> None:
    """Whoever walks by keyboard sees where they are."""
    link = LinkButton(look, "Batch")
    qtbot.addWidget(link)
    plain = link.grab().toImage()

    link.show()
    link.setFocus()
    qtbot.waitUntil(link.hasFocus)

    assert link.grab().toImage() != plain


def test_copy_says_that_it_did(look: Look, qtbot: QtBot) -> None:
    """The text is in the clipboard, and the button says so without moving anything."""
    button = CopyButton(look, lambda: "http://127.0.0.1:7429")
    qtbot.addWidget(button)
    before = button.minimumWidth()

    button.click()

    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:7429"
    assert (button.text(), button.minimumWidth()) == ("Copied", before)


def test_copied_passes(look: Look, qtbot: QtBot) -> None:
    """After its while the button can be clicked again."""
    button = CopyButton(look, lambda: "x")
    qtbot.addWidget(button)
    button.linger(1)

    button.click()

    qtbot.waitUntil(lambda: button.text() == "Copy")
