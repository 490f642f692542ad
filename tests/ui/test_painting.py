"""Lines, rings and stripes."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from trayapp.ui.painting import focus_ring, hatch, line_below, ratio_of, snapped


@pytest.mark.parametrize(
    ("length", "ratio", "whole"), [(1.4, 1, 1), (1.4, 2, 1.5), (2.6, 1.25, 2.4)]
)
def test_lengths_end_on_device_pixels(length: float, ratio: float, whole: float) -> None:
    """A length is moved to the nearest device pixel."""
    assert snapped(length, ratio) == whole


def test_hatch_is_made_for_a_ratio(qtbot: QtBot) -> None:
    """Stripes are as fine as the screen, and made once."""
    assert hatch("#13806B", 2.0).texture().width() == 14
    assert hatch("#13806B", 2.0) is hatch("#13806B", 2.0)


def test_ring_and_line_leave_the_inside_alone(qtbot: QtBot) -> None:
    """What has the focus is framed, what is separated is underlined, nothing is painted over."""
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    box = QRectF(0, 0, 20, 20)

    focus_ring(painter, box, "#0000ff")
    line_below(painter, box, "#00ff00")

    assert ratio_of(painter) == 1
    painter.end()
    assert image.pixelColor(10, 10).name() == "#ffffff"
    assert [image.pixelColor(10, y).name() for y in (0, 1, 19)] == ["#0000ff", "#0000ff", "#00ff00"]
