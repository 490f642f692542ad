"""What a note says, and the buttons that it offers; no Qt."""

import msgspec

from trayapp.ui.colours import Tone
from trayapp.ui.gauge import State


class Offer(msgspec.Struct, frozen=True):
    """A button of a note: the word on it, and the name of what it does."""

    name: str
    text: str
    primary: bool = False
    quiet: bool = False
    """A link beside the buttons."""


class Matter(msgspec.Struct, frozen=True):
    """What a note says; *state* is the shape beside it."""

    title: str
    body: str = ""
    tone: Tone = "warning"
    state: State = "warning"
    offers: tuple[Offer, ...] = ()
    more: str = ""
    """How many other matters there are, in words."""
