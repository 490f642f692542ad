"""A meter's bar in whole pixels."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from trayapp.ui.bar import HEIGHT, OVERHANG, Bar, Pixels, paint_bar, pixels
from trayapp.ui.colours import LIGHT


@pytest.mark.parametrize(
    ("bar", "shown"),
    [
        (Bar(0), (0, 0, None)), (Bar(0.0001), (1, 1, None)), (Bar(0.5), (50, 50, None)),
        (Bar(0.9999), (99, 99, None)), (Bar(1), (100, 100, None)), (Bar(1.2), (100, 100, None)),
        (Bar(0.4, 0.7), (40, 70, None)), (Bar(0.4, 0.2), (40, 40, None)),
        (Bar(0.4, 1.3), (40, 100, None)), (Bar(0.4, None, 0.55), (40, 40, 55)),
        (Bar(0.4, None, 1.5), (40, 40, 100)),
    ],
)  # fmt: skip
def test_pixels(bar: Bar, shown: tuple[int, int, int | None]) -> None:
    """Any use shows, any rest leaves a pixel free, and what is expected ends at the end."""
    assert pixels(bar, 100) == Pixels(*shown, "healthy")


def painted(bar: Bar, ratio: int = 1) -> QImage:
    """*bar* 100 wide on white."""
    image = QImage(100 * ratio, (HEIGHT + 2 * OVERHANG) * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(LIGHT.card))
    painter = QPainter(image)
    paint_bar(painter, QRectF(0, OVERHANG, 100, HEIGHT), bar, LIGHT)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1, 2])
def test_what_is_used_is_solid(ratio: int, qtbot: QtBot) -> None:
    """The fill ends on a whole device pixel."""
    image = painted(Bar(0.5), ratio)
    row = (OVERHANG + HEIGHT // 2) * ratio

    colours = [image.pixelColor(at, row).name().upper() for at in (50 * ratio - 1, 50 * ratio)]

    assert colours == [LIGHT.healthy.fill, LIGHT.track]


def test_what_is_expected_is_hatched(qtbot: QtBot) -> None:
    """Between used and expected, stripes of the fill alternate with the track."""
    image = painted(Bar(0.2, 0.9))
    seen = {image.pixelColor(at, OVERHANG + 4).name().upper() for at in range(25, 85)}

    assert {LIGHT.healthy.fill, LIGHT.track} <= seen


def test_tick_stands_out(qtbot: QtBot) -> None:
    """The clock's tick reaches over the bar, two pixels wide."""
    image = painted(Bar(0.2, None, 0.5))

    assert [image.pixelColor(at, 0).name().upper() for at in (47, 48, 49, 50, 51, 52)] == [
        LIGHT.card, LIGHT.card, LIGHT.text, LIGHT.text, LIGHT.card, LIGHT.card,
    ]  # fmt: skip


def test_stale_has_a_dashed_outline(qtbot: QtBot) -> None:
    """A stale bar's rest shows the ground, and its outline has gaps."""
    image = painted(Bar(0.2, None, None, "stale"))
    top = {image.pixelColor(at, OVERHANG).name().upper() for at in range(30, 90)}

    assert image.pixelColor(60, OVERHANG + 4).name().upper() == LIGHT.card
    assert LIGHT.card in top
    assert len(top) > 1
