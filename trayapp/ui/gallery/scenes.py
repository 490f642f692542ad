"""Every window in every state worth a picture.

To add one, write a function that makes the widget on a desk, and a line in `SCENES`. The function
imports what it needs itself; the widget is drawn as it is, so do there what a user would do to
get to that state.
"""

import datetime as dt
from collections.abc import Callable

import msgspec
from PySide6.QtWidgets import QWidget

from trayapp.model.snapshot import Snapshot
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import samples
from trayapp.ui.gallery.stage import Replies
from trayapp.ui.link import Link

NOW = samples.NOW


class Scene(msgspec.Struct, frozen=True):
    """How a picture comes about: the widget, and what the engine says."""

    make: Callable[[Desk], QWidget]
    snapshot: Snapshot | None = None
    link: Link = Link("connected", NOW)
    replies: Replies | None = None
    now: dt.datetime = NOW
    once: bool = False
    """Whether language and theme make no difference."""


def _tray_icon(desk: Desk) -> QWidget:
    from trayapp.ui.gallery.icon_sheet import IconSheet

    return IconSheet(desk)


SCENES: dict[str, Scene] = {
    "tray-icon": Scene(_tray_icon, once=True),
}
