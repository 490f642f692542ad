"""The chart can be seen, and gone through by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from trayapp.ui.activity_chart import Chart, axis_of
from trayapp.ui.look import Look
from trayapp.ui.wording.sums import Bar

BARS = (Bar("00", 50, 50, "none"), Bar("01", 0, 0, "quiet"), Bar("02", 80, 20, "busy"))


def chart_of(qtbot: QtBot, bars: tuple[Bar, ...] = BARS) -> Chart:
    chart = Chart(Look(system=["en"]))
    qtbot.addWidget(chart)
    chart.resize(342, 96)
    chart.show_bars("Tokens by hour", bars)
    return chart


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (3, 3), (99, 100), (100, 100), (308_000, 400_000), (152, 200)]
)
def test_the_axis_ends_in_a_round_number(most: int, top: float) -> None:
    """Never below the highest bar."""
    assert axis_of(most) == top


def test_arrows_go_through_the_bars(qtbot: QtBot) -> None:
    """Each is read aloud; beyond the ends nothing happens."""
    chart = chart_of(qtbot)

    said = []
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Right,
        Qt.Key.Key_End,
        Qt.Key.Key_Right,
        Qt.Key.Key_Home,
    ):
        QTest.keyClick(chart, key)
        said.append(chart.accessibleDescription())

    assert said == ["none", "quiet", "busy", "busy", "none"]


def test_no_bars_have_nothing_to_go_through(qtbot: QtBot) -> None:
    """The axis is there all the same."""
    chart = chart_of(qtbot, ())

    QTest.keyClick(chart, Qt.Key.Key_Right)
    image = chart.grab().toImage()

    assert (chart.current, chart.accessibleName()) == (None, "Tokens by hour")
    assert image.pixelColor(10, image.height() - 22) != image.pixelColor(10, 40)


def test_input_is_solid_and_output_hatched(qtbot: QtBot) -> None:
    """So they can be told apart without colour."""
    chart = chart_of(qtbot)

    image = chart.grab().toImage()
    upper = {image.pixelColor(x, 25).name() for x in range(42, 58)}
    lower = {image.pixelColor(x, 55).name() for x in range(42, 58)}

    assert upper == {chart._look.colours.accent.lower()}
    assert len(lower) > 1
