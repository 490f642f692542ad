"""The line of the last hour."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from trayapp.ui.sparkline import HEIGHT, WIDTH, History, paint_sparkline, runs

BOX = QRectF(0, 0, 30, 10)


@pytest.mark.parametrize(
    ("history", "points"),
    [
        ((), []),
        ((None, None), []),
        ((0.0, 0.5, 1.0), [[(0, 10), (15, 5), (30, 0)]]),
        ((0.0, None, 2.0, 1.0), [[(0, 10), (-2, 10)], [(20, 0), (30, 0)]]),
    ],
)
def test_line_is_broken_where_nothing_is_known(
    history: History, points: list[list[tuple[float, float]]]
) -> None:
    """Each run of known values is a piece; a lone one is a short dash."""
    assert [[(p.x(), p.y()) for p in run] for run in runs(history, BOX)] == points


def test_line_is_drawn_over_its_base(qtbot: QtBot) -> None:
    """The line has its colour, and zero is a line below it."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    box = QRectF(0, 0, WIDTH, HEIGHT)

    paint_sparkline(painter, box, (0.5,) * 60, "#ff0000", "#00ff00")

    painter.end()
    column = [image.pixelColor(WIDTH // 2, y).name() for y in range(HEIGHT)]
    assert column[-1] == "#00ff00"
    assert any(colour != "#ffffff" for colour in column[:-2])
