"""What is said of tools: how they stand, what connecting one changes, who points at nobody."""

from collections.abc import Iterable

from trayapp.model.connecting import CONNECTED, Preview, Standing, Status
from trayapp.model.exchange import Kind
from trayapp.model.snapshot import Snapshot
from trayapp.ui.speech import Tr, later

_STATUS: dict[Status, str] = {
    "connected": later("Connected"),
    "shared": later("Connected with it"),
    "ready": later("Ready to connect"),
    "variables": later("Variables to copy"),
    "hand": later("By hand"),
    "impossible": later("Not possible"),
    "changed": later("Changed since"),
    "gone": later("Not pointing here any more"),
    "unreadable": later("Cannot be read"),
    "refused": later("Not changed by Sluice"),
}
_KINDS: dict[Kind, str] = {
    "interactive": later("First (interactive)"),
    "normal": later("In turn (normal)"),
    "batch": later("Last (batch)"),
}
_PLACES: dict[Kind, str] = {
    "interactive": later("before normal tools and batches"),
    "normal": later("after interactive tools, before batches"),
    "batch": later("in what the others leave over"),
}


def pointing(standings: Iterable[Standing]) -> list[Standing]:
    """Those of which something still points here, or may."""
    return [each for each in standings if each.status in CONNECTED - {"gone"}]


def requests_of(snapshot: Snapshot | None, name: str | None) -> int:
    """Requests of *name* today, and those that are held right now."""
    if snapshot is None or name is None:
        return 0
    held = sum(hold.tool == name for hold in snapshot.held)
    return held + sum(tool.requests for tool in snapshot.tools if tool.name == name)


def status(tr: Tr, standing: Standing) -> str:
    """How a tool stands, in a word or three."""
    return tr(_STATUS[standing.status])


def kind(tr: Tr, told: Kind) -> str:
    """When a tool of this kind goes."""
    return tr(_KINDS[told])


def place(tr: Tr, told: Kind) -> str:
    """What that means beside the others."""
    return tr(_PLACES[told])


def heading(tr: Tr, standing: Standing) -> str:
    """The pane's first line."""
    if standing.status in CONNECTED:
        return standing.title
    return tr("Connect {tool}", tool=standing.title)


def caption(tr: Tr, standing: Standing, preview: Preview | None) -> str:
    """What is done to it, or how it stands."""
    if standing.status in CONNECTED:
        return (
            tr(standing.sentence)
            if standing.sentence
            else tr("Points at {address}.", address=standing.base_url)
        )
    if preview is not None and preview.refusal:
        return tr(preview.refusal)
    if standing.status == "ready":
        return tr("Changes one settings file. Comments, order and line ends stay as they are.")
    return tr(standing.sentence)


def added(tr: Tr, preview: Preview) -> str:
    """How many lines are new."""
    return tr("{n} lines added", preview.added)


def removed(tr: Tr, preview: Preview) -> str:
    """How many lines go."""
    return tr("{n} removed", preview.removed)


def first_request(tr: Tr, standing: Standing, *, is_connected: bool, heard: bool) -> str:
    """Whether it was heard of."""
    if heard:
        return tr("The first request from “{tool}” arrived.", tool=standing.title)
    if is_connected:
        return tr("Not seen yet. Ask {tool} anything.", tool=standing.title)
    return tr("Not seen yet. Connect it, then ask {tool} anything.", tool=standing.title)


def dead(tr: Tr, titles: tuple[str, ...]) -> str:
    """Which tools get no answer while no engine runs."""
    if not titles:
        return tr("No tool of the list points here, so none goes without an answer.")
    named = "、" if tr.language.startswith("zh") else ", "
    names = named.join(f"“{title}”" for title in titles)
    what = tr("{n} tools point here and get no answer", len(titles))
    return tr("{what}: {names}.", what=what, names=names)
