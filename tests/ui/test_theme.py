"""Light and dark."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from pytestqt.qtbot import QtBot

from trayapp.ui.colours import DARK, LIGHT
from trayapp.ui.theme import Theme, high_contrast


@pytest.fixture
def theme(qtbot: QtBot) -> Iterator[Theme]:
    """A theme that follows the system; the palette is given back at the end."""
    before = QGuiApplication.palette()
    yield Theme()
    QGuiApplication.setPalette(before)


def test_setting_changes_colours_and_palette(theme: Theme, qtbot: QtBot) -> None:
    """To choose dark is told once, and Qt's own controls become dark with it."""
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")

    assert theme.colours == DARK
    assert QGuiApplication.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)


def test_same_colours_are_not_told_again(theme: Theme, qtbot: QtBot) -> None:
    """A system that is light already is no change to one who chooses light."""
    with qtbot.assertNotEmitted(theme.changed):
        theme.choose("light")

    assert (theme.setting, theme.colours) == ("light", LIGHT)


def test_high_contrast_takes_the_colours_of_the_palette() -> None:
    """Who asked the system for high contrast gets its colours, and shapes alone tell levels apart."""
    native = QPalette()
    native.setColor(QPalette.ColorRole.Base, QColor("#000000"))
    native.setColor(QPalette.ColorRole.Text, QColor("#ffff00"))

    colours = high_contrast(native)

    assert (colours.dark, colours.card, colours.critical.fill) == (True, "#000000", "#ffff00")
