"""Whether a user is to be shown how to begin: once, and only where nothing has begun."""

from trayapp.ui.desk import Desk

SEEN = "first_run"
"""What is remembered once it was seen, so that it never comes by itself again."""


def is_due(desk: Desk) -> bool:
    """Whether nobody has been here: no key, no request, and this never shown before."""
    snapshot = desk.snapshot
    if snapshot is None or not desk.link.is_up or desk.memory.word(SEEN, ""):
        return False
    has_key = any(key.present for key in snapshot.keys)
    return not (has_key or snapshot.tools or snapshot.totals.requests)
