"""The tray icon's pixels: told apart at every size, also without colour."""

import itertools

import pytest
from PySide6.QtGui import QImage

from trayapp.ui.gauge import Face, State, step_of
from trayapp.ui.icons import SETS, SIZES, SetName, icon, image, pixmap, ring

USED: dict[State, float] = {
    "healthy": 0.38, "warning": 0.84, "critical": 0.94, "depleted": 1.0, "throttled": 0.6,
    "stale": 0.55, "paused": 0.0, "unknown": 0.0, "down": 0.0,
}  # fmt: skip
ALL = {state: Face(state, step_of(used), round(used * 100)) for state, used in USED.items()}
EMPTY = Face("healthy", 0, 0)
SMALL = (14, 18, *SIZES)
"""With those that stand beside numbers and in notes."""


def greys(face: Face, size: int, *, number: bool = False) -> list[int]:
    """Each pixel on a light panel, without its colour."""
    drawn = image(face, size, SETS["neutral"], number=number)
    seen = []
    for y in range(size):
        for x in range(size):
            pixel = drawn.pixelColor(x, y)
            grey = 0.3 * pixel.red() + 0.59 * pixel.green() + 0.11 * pixel.blue()
            seen.append(round(grey * pixel.alphaF() + 246 * (1 - pixel.alphaF())))
    return seen


def differing(one: list[int], other: list[int]) -> float:
    """The share of pixels that an eye tells apart."""
    return sum(abs(a - b) > 24 for a, b in zip(one, other, strict=True)) / len(one)


@pytest.mark.slow
@pytest.mark.parametrize("size", SMALL)
def test_states_differ_without_colour(size: int) -> None:
    """Every state differs from every other by one pixel in twenty."""
    drawn = {str(face): greys(face, size) for face in (*ALL.values(), EMPTY)}
    alike = [
        (one, other)
        for one, other in itertools.combinations(drawn, 2)
        if round(differing(drawn[one], drawn[other]), 2) < 0.05
    ]

    assert alike == []


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("state", ALL)
def test_nothing_is_cut_off(size: int, state: State) -> None:
    """The corners stay free, and so does one pixel's row of light around a small ring."""
    drawn = image(ALL[state], size, SETS["neutral"])
    corners = [(0, 0), (size - 1, 0), (0, size - 1), (size - 1, size - 1)]

    assert [drawn.pixelColor(x, y).alpha() for x, y in corners] == [0, 0, 0, 0]


@pytest.mark.parametrize("name", SETS)
def test_sets_have_their_own_colours(name: SetName) -> None:
    """The disc of nothing left is the set's own red."""
    drawn = image(ALL["depleted"], 32, SETS[name])

    assert drawn.pixelColor(16, 4).name().upper() == SETS[name].depleted


def test_any_use_shows() -> None:
    """One step of the arc is seen even in the smallest tray."""
    assert differing(greys(EMPTY, 16), greys(Face("healthy", 1, 1), 16)) > 0


def test_any_rest_shows() -> None:
    """Used but for one step, the ring is still open at twelve o'clock."""
    nearly, all_of_it = Face("critical", 23, 99), Face("critical", 24, 100)

    assert differing(greys(nearly, 16), greys(all_of_it, 16)) > 0


def test_icon_has_every_size(qapp: object) -> None:
    """Trays scale nothing: each size they ask for was drawn for itself."""
    sizes = icon(ALL["healthy"], SETS["neutral"]).availableSizes()

    assert sorted(size.width() for size in sizes) == sorted(SIZES)


def test_pixmap_is_sharp_on_a_dense_screen(qapp: object) -> None:
    """Beside a number at 200 % it has twice the pixels."""
    drawn = pixmap(ALL["warning"], 14, 2.0, SETS["light"])

    assert (drawn.width(), drawn.deviceIndependentSize().width()) == (28, 14)


@pytest.mark.parametrize("state", ["healthy", "depleted", "throttled"])
def test_number_replaces_the_ring(qapp: object, state: State) -> None:
    """With the option set, percent used stand over a bar."""
    ringed, numbered = (greys(ALL[state], 22, number=number) for number in (False, True))

    assert differing(ringed, numbered) > 0.1


@pytest.mark.parametrize("state", ["stale", "paused", "unknown", "down"])
def test_state_without_a_level_keeps_its_ring(qapp: object, state: State) -> None:
    """Where there is nothing to count, no number is drawn."""
    assert greys(ALL[state], 22) == greys(ALL[state], 22, number=True)


def test_measures_between_the_chosen_ones() -> None:
    """Glyphs of any size stand on whole pixels, in its middle."""
    uneven = [
        size
        for size in range(12, 65)
        for length in (ring(size).dot, ring(size).dash[0], ring(size).bars[2])
        if (length - size) % 2
    ]

    assert uneven == []


def test_image_has_the_size_asked_for() -> None:
    """A tray of 22 pixels gets 22."""
    drawn = image(ALL["down"], 22, SETS["dark"])

    assert isinstance(drawn, QImage)
    assert (drawn.width(), drawn.height()) == (22, 22)
