"""What `sluice connect` says: the list, the difference, and how it went."""

from collections.abc import Iterator

from trayapp.cli.findings import printable
from trayapp.model.connecting import CONNECTED, DiffLine, Done, Preview, Standing, Status
from trayapp.model.snapshot import Snapshot

WORDS: dict[Status, str] = {
    "connected": "Connected",
    "shared": "Connected with it",
    "ready": "Ready to connect",
    "variables": "Variables to copy",
    "hand": "By hand",
    "impossible": "Not possible",
    "changed": "Changed since",
    "gone": "Not pointing here any more",
    "unreadable": "Cannot be read",
    "refused": "Not changed by Sluice",
}

NO_KEY = "Sluice has no key yet that it could send for it. Store one by: sluice key set"
NO_ENGINE = "No engine runs now, so the tool gets no answer yet. Start it by: sluice"
ONCE = "This token is shown only now."


def listing(standings: tuple[Standing, ...]) -> Iterator[str]:
    """One line a tool, and one more where there is something to do."""
    for each in standings:
        yield f"{each.tool:<20} {each.title:<24} {WORDS[each.status]}"
        if each.status in CONNECTED or each.status == "refused":
            for words in filter(None, (each.base_url, each.file, each.sentence)):
                yield f"{'':<20}   {printable(words)}"


def preview(told: Preview) -> Iterator[str]:
    """What would change, or what is to be copied."""
    standing = told.standing
    yield f"{standing.title}: {printable(standing.file or WORDS[standing.status])}"
    if told.lines:
        yield ""
        yield from map(line, told.lines)
        yield ""
        yield (
            f"{told.added} added, {told.removed} removed. The file is saved byte for byte before; "
            f"to put it back: sluice disconnect {standing.tool}"
        )
    elif standing.status == "ready" and not told.refusal:
        yield "It points here already, so nothing is to be changed."
    yield from filter(None, told.notes)


def line(told: DiffLine) -> str:
    """A line of the difference, with both its numbers."""
    old, new = told.old or "", told.new or ""
    return f"{old:>5} {new:>5} {told.sign} {told.text}".rstrip()


def connected(told: Preview, done: Done, token: str) -> Iterator[str]:
    """That it is done, and what is left for the user to do."""
    if done.standing.file:
        yield f"{done.standing.title} points at {done.standing.base_url} now."
    else:
        yield f"{done.standing.title} is to be given:"
    for name, value in told.variables:
        yield f"  {name}={value.replace('{token}', token)}"
    if any("{token}" in value for _, value in told.variables):
        yield ONCE


def next_steps(snapshot: Snapshot | None, token: str) -> Iterator[str]:
    """What Sluice itself lacks before the tool can be answered."""
    if snapshot is None:
        yield NO_ENGINE
    elif token and snapshot.keys and not any(key.present for key in snapshot.keys):
        yield NO_KEY


def before_undo(standing: Standing) -> Iterator[str]:
    """What would be undone."""
    if standing.status in CONNECTED:
        yield f"{standing.title}: {printable(standing.file or WORDS[standing.status])}"
        if standing.sentence:
            yield standing.sentence


def disconnected(before: Standing, done: Done) -> Iterator[str]:
    """How it went."""
    if before.file is None:
        yield f"{before.title} may enter no more; take what you copied out of it."
    elif done.exact:
        yield f"{before.title} is disconnected; {before.file} is byte for byte what it was."
    else:
        yield (
            f"{before.title} is disconnected; {before.file} was changed since, so only Sluice's "
            "lines were taken out."
        )
        if done.backup:
            yield f"What it was before is kept in {done.backup}"
    yield from done.notes
