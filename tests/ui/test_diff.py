"""A difference can be looked at, and read aloud."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from trayapp.model.connecting import DiffLine
from trayapp.ui.diff import Diff
from trayapp.ui.look import Look

LINES = (DiffLine(" ", "{", 1, 1), DiffLine("-", "a", 2), DiffLine("+", "b" * 300, None, 2))


def test_lines_are_read_with_what_they_are(qtbot: QtBot) -> None:
    """Colour and sign are not the only way to know."""
    diff = Diff(Look(system=["en"]))
    qtbot.addWidget(diff)

    diff.show_lines(LINES)
    diff.show_lines(LINES)

    spoken = [diff.item(at).data(Qt.ItemDataRole.AccessibleTextRole) for at in range(diff.count())]
    assert spoken == ["{", "removed, line 2: a", f"added, line 2: {'b' * 300}"]


def test_kinds_of_lines_have_their_grounds(qtbot: QtBot) -> None:
    """What goes is on red, what comes is on green, and long lines are scrolled to."""
    diff = Diff(Look(system=["en"]))
    qtbot.addWidget(diff)
    diff.resize(300, 120)
    diff.show_lines(LINES)
    diff.show()
    diff.setCurrentRow(0)

    image = diff.viewport().grab().toImage()
    grounds = [
        image.pixelColor(250, diff.visualItemRect(diff.item(at)).bottom()).name().upper()
        for at in (1, 2)
    ]
    assert grounds == ["#FBE5E5", "#E1F3E6"]
    assert diff.horizontalScrollBar().maximum() > 0
