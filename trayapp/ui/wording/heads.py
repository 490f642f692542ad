"""The line beside the name in a window's head: what is going on, in a few words."""

from trayapp.model.snapshot import Snapshot
from trayapp.ui.gauge import is_offline
from trayapp.ui.link import Link
from trayapp.ui.speech import Tr


def head(tr: Tr, snapshot: Snapshot | None, link: Link) -> str:
    """`6 in flight, 2 held`, `offline`, `engine stopped`."""
    if link.state in {"down", "restarting"}:
        return tr("engine stopped") if link.state == "down" else tr("engine restarting")
    if snapshot is None:
        return tr("Reading…")
    if snapshot.paused:
        return tr("paused")
    if is_offline(snapshot):
        return tr("offline")
    return _busy(tr, snapshot) if is_used(snapshot) else tr("ready, nothing sent yet")


def _busy(tr: Tr, snapshot: Snapshot) -> str:
    number = snapshot.diagnostics.in_flight
    busy = tr("{n} in flight", number) if number else tr("nothing in flight")
    if not snapshot.held_total:
        return busy
    held = tr("{n} held", snapshot.held_total)
    return tr("{in_flight}, {held}", in_flight=busy, held=held)


def is_used(snapshot: Snapshot) -> bool:
    """Whether any request was ever seen by this engine, or a limit is known of old."""
    busy = snapshot.diagnostics
    return bool(snapshot.pools or busy.ok or busy.error or busy.in_flight or snapshot.held)
