"""Every pair of colours can be told apart by people who see contrast less."""

import pytest

from trayapp.ui.colours import (
    DARK,
    LIGHT,
    Colours,
    Tone,
    plain,
)
from trayapp.ui.icons import SETS, SetName

TONES: tuple[Tone, ...] = ("healthy", "warning", "critical", "depleted", "paused", "stale")
SCHEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]

GROUNDS = {
    LIGHT: {
        "border": (3.3, 3.1),
        "text": (16.9, 15.5),
        "secondary": (8.0, 7.3),
        "tertiary": (5.7, 5.2),
        "accent": (6.1, 5.6),
    },
    DARK: {
        "border": (3.8, 4.3),
        "text": (12.6, 14.2),
        "secondary": (8.1, 9.1),
        "tertiary": (6.1, 6.9),
        "accent": (6.6, 7.5),
    },
}
"""The contrast of each on a card and on the window."""

LEVELS = {
    LIGHT: {
        "healthy": (4.9, 3.9, 6.5, 5.7),
        "warning": (4.2, 3.4, 6.6, 5.9),
        "critical": (4.9, 3.9, 6.6, 5.6),
        "depleted": (9.2, 7.4, 9.2, 7.6),
        "paused": (5.8, 4.6, 7.4, 6.4),
        "stale": (4.1, 3.3, 6.3, 5.4),
    },
    DARK: {
        "healthy": (6.4, 4.6, 8.2, 7.1),
        "warning": (6.9, 4.9, 8.3, 7.3),
        "critical": (5.6, 4.0, 6.9, 6.3),
        "depleted": (5.0, 3.5, 6.7, 6.3),
        "paused": (6.4, 4.6, 8.1, 7.1),
        "stale": (5.0, 3.5, 6.8, 5.8),
    },
}
"""Fill on card and track, text on card and tint."""


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    ("colours", "name", "told"),
    [(colours, name, told) for colours, rows in GROUNDS.items() for name, told in rows.items()],
)
def test_contrast_on_grounds(colours: Colours, name: str, told: tuple[float, float]) -> None:
    """Texts and borders keep the contrast that was chosen for them."""
    colour = getattr(colours, name)

    assert contrast(colour, colours.card) == pytest.approx(told[0], abs=0.06)
    assert contrast(colour, colours.window) == pytest.approx(told[1], abs=0.06)


@pytest.mark.parametrize("colours", SCHEMES)
@pytest.mark.parametrize("tone", TONES)
def test_contrast_of_levels(colours: Colours, tone: Tone) -> None:
    """A level's fill is told from card and track, its text from card and tint."""
    shades = colours.shades(tone)

    pairs = [
        contrast(shades.fill, colours.card),
        contrast(shades.fill, colours.track),
        contrast(shades.text, colours.card),
        contrast(shades.text, shades.tint),
    ]

    assert pairs == pytest.approx(LEVELS[colours][tone], abs=0.06)


@pytest.mark.parametrize("colours", SCHEMES)
@pytest.mark.parametrize("tone", TONES)
def test_notes_can_be_read(colours: Colours, tone: Tone) -> None:
    """Text and secondary text on every tint have a contrast of 6.6 and more."""
    tint = colours.shades(tone).tint

    assert min(contrast(colours.text, tint), contrast(colours.secondary, tint)) >= 6.55


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        pytest.param(LIGHT, (14.1, 4.8, 5.1), id="light"),
        pytest.param(DARK, (10.3, 5.0, 5.4), id="dark"),
    ],
)
def test_selection_can_be_read(colours: Colours, told: tuple[float, ...]) -> None:
    """Text, tertiary text and accent are read on the selection."""
    texts = (colours.text, colours.tertiary, colours.accent)

    assert [contrast(text, colours.selection) for text in texts] == pytest.approx(told, abs=0.06)


@pytest.mark.parametrize(
    ("colours", "told"),
    [
        pytest.param(LIGHT, (6.1, 7.2, 7.4), id="light"),
        pytest.param(DARK, (7.2, 7.7, 7.4), id="dark"),
    ],
)
def test_texts_on_coloured_grounds(colours: Colours, told: tuple[float, ...]) -> None:
    """The default button's text and the lines of a diff are read on their grounds."""
    pairs = (
        contrast(colours.on_accent, colours.accent),
        contrast(colours.added_text, colours.added),
        contrast(colours.removed_text, colours.removed),
    )

    assert pairs == pytest.approx(told, abs=0.06)


TRAY = {
    "neutral": (3.3, 4.6),
    "healthy": (3.4, 4.4),
    "warning": (3.2, 4.8),
    "critical": (3.8, 4.0),
    "depleted": (3.9, 3.9),
    "paused": (3.4, 4.5),
}


@pytest.mark.parametrize("name", TRAY)
def test_tray_is_seen_on_any_panel(name: str) -> None:
    """On a panel whose colour nobody tells, each colour has 3:1 on light and on dark."""
    colour = getattr(SETS["neutral"], name)

    pair = (contrast(colour, "#F6F6F6"), contrast(colour, "#202020"))

    assert pair == pytest.approx(TRAY[name], abs=0.06)


@pytest.mark.parametrize(("panel", "ground"), [("light", "#F6F6F6"), ("dark", "#202020")])
@pytest.mark.parametrize("name", TRAY)
def test_tray_is_seen_on_a_known_panel(panel: SetName, ground: str, name: str) -> None:
    """On a panel that is known to be light or dark, each colour of its set has 3:1."""
    assert contrast(getattr(SETS[panel], name), ground) >= 3


def test_high_contrast_leaves_only_shapes() -> None:
    """With high contrast every fill is the palette's text colour, and every ground its ground."""
    colours = plain("#000000", "#FFFF00", "#008000", dark=True)

    assert {colours.shades(tone).fill for tone in TONES} == {"#FFFF00"}
    assert {colours.shades(tone).tint for tone in TONES} == {"#000000"}
