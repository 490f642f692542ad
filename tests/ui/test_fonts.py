"""Sizes of text."""

from PySide6.QtGui import QFont, QFontInfo
from pytestqt.qtbot import QtBot

from trayapp.ui import fonts


def test_captions_stay_readable(qtbot: QtBot) -> None:
    """A caption is smaller than the body, and never under 11 pixels."""
    assert 11 <= fonts.caption().pixelSize() <= QFontInfo(fonts.body()).pixelSize()


def test_there_are_two_weights(qtbot: QtBot) -> None:
    """Body, caption and code are regular; titles and headings are semibold."""
    regular = {fonts.body().weight(), fonts.caption().weight(), fonts.code().weight()}
    strong = {fonts.strong().weight(), fonts.heading().weight()}

    assert (regular, strong) == ({QFont.Weight.Normal}, {QFont.Weight.DemiBold})
