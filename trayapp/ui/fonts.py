"""The sizes and weights of text, all made from the system's own font."""

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication

_SMALLEST = 11
"""Captions are never smaller, in logical pixels."""


def body() -> QFont:
    """The system's font, with digits of one width where it has them."""
    return _tabular(QFont(QGuiApplication.font()))


def caption() -> QFont:
    """What stands below and beside: sources, times, units."""
    return _scaled(body(), 0.92)


def strong() -> QFont:
    """Titles of sections, and the one number that counts."""
    font = body()
    font.setWeight(QFont.Weight.DemiBold)
    return font


def heading() -> QFont:
    """The heading of a window or a page."""
    return _scaled(strong(), 1.2)


def code() -> QFont:
    """Addresses, tokens, files."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(max(_SMALLEST, round(QFontInfo(body()).pixelSize() * 0.88)))
    return font


def _scaled(font: QFont, factor: float) -> QFont:
    font.setPixelSize(max(_SMALLEST, round(QFontInfo(font).pixelSize() * factor)))
    return font


def _tabular(font: QFont) -> QFont:
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
