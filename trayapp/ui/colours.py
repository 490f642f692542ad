"""Every colour of ours: one frozen value a scheme; no Qt.

Contrast is at least 4.5 for texts and 3.0 for shapes on the ground they stand on; a test
computes each pair anew. Window, text and controls reach Qt by `theme.py`; the rest is only on
meters, notes and outcomes.
"""

from typing import Literal

import msgspec

Tone = Literal["healthy", "warning", "critical", "depleted", "paused", "stale"]
"""What a fill, a caption or a note is coloured for: a meter's level, or why it has none."""


class Shades(msgspec.Struct, frozen=True):
    """The three colours of a tone: of bars and rings, of captions, of a note's ground."""

    fill: str
    text: str
    tint: str


class Colours(msgspec.Struct, frozen=True):
    """One scheme, as `#rrggbb`."""

    dark: bool
    window: str
    """Headers, footers, side lists."""
    card: str
    """Bodies, tables, editors."""
    row: str
    """Every second row of a table."""
    line: str
    border: str
    """Around controls."""
    track: str
    track_line: str
    text: str
    secondary: str
    tertiary: str
    accent: str
    on_accent: str
    selection: str
    added: str
    added_text: str
    removed: str
    removed_text: str
    healthy: Shades
    warning: Shades
    critical: Shades
    depleted: Shades
    paused: Shades
    stale: Shades

    def shades(self, tone: Tone) -> Shades:
        """The colours of *tone*."""
        shades: Shades = getattr(self, tone)
        return shades


LIGHT = Colours(
    dark=False,
    window="#F4F5F7",
    card="#FFFFFF",
    row="#F8F9FA",
    line="#DADDE3",
    border="#868D98",
    track="#E3E6EB",
    track_line="#BFC5CE",
    text="#1A1D23",
    secondary="#4A515D",
    tertiary="#5F6773",
    accent="#1B5FC1",
    on_accent="#FFFFFF",
    selection="#E1ECFB",
    added="#E1F3E6",
    added_text="#0F5A2B",
    removed="#FBE5E5",
    removed_text="#8E1F1F",
    healthy=Shades("#13806B", "#0D6A58", "#E4F3EF"),
    warning=Shades("#B26A00", "#875000", "#FCF1DD"),
    critical=Shades("#D0392B", "#B02A1E", "#FCE9E6"),
    depleted=Shades("#8C1730", "#8C1730", "#F9E4E9"),
    paused=Shades("#5C6291", "#4C527F", "#ECEDF5"),
    stale=Shades("#767E8A", "#59616D", "#EDEFF2"),
)

DARK = Colours(
    dark=True,
    window="#1C1F24",
    card="#25292F",
    row="#292D34",
    line="#383D46",
    border="#7A828E",
    track="#3A4049",
    track_line="#59616D",
    text="#ECEEF2",
    secondary="#BBC1CB",
    tertiary="#A0A8B4",
    accent="#7DB0FF",
    on_accent="#10223D",
    selection="#213852",
    added="#1E3A2A",
    added_text="#8FDDAA",
    removed="#452628",
    removed_text="#FFAAA6",
    healthy=Shades("#45BFA5", "#6FD3BD", "#1E3733"),
    warning=Shades("#E5A640", "#F0BB62", "#3B3120"),
    critical=Shades("#FF7566", "#FF958A", "#42282A"),
    depleted=Shades("#FF5C85", "#FF8CA9", "#43242F"),
    paused=Shades("#A3A9DC", "#B9BEE8", "#2E3145"),
    stale=Shades("#8E97A4", "#AAB2BE", "#30353C"),
)


def plain(ground: str, text: str, faint: str, *, dark: bool) -> Colours:
    """A scheme for high contrast: all that is drawn has the colour of text; shapes tell it apart."""
    shades = Shades(text, text, ground)
    return Colours(
        dark=dark,
        window=ground,
        card=ground,
        row=ground,
        line=text,
        border=text,
        track=ground,
        track_line=text,
        text=text,
        secondary=text,
        tertiary=text,
        accent=text,
        on_accent=ground,
        selection=faint,
        added=ground,
        added_text=text,
        removed=ground,
        removed_text=text,
        healthy=shades,
        warning=shades,
        critical=shades,
        depleted=shades,
        paused=shades,
        stale=shades,
    )
