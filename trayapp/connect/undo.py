"""What a file should be once a tool is disconnected: as it was, or without our lines."""

import msgspec

from trayapp.connect.patch import digest, reverted
from trayapp.connect.record import Connection, Edit


class Undone(msgspec.Struct, frozen=True):
    """The file's content afterwards (None: none). *exact*: the very bytes from before.

    *left* counts settings of ours that somebody changed since, and which so stay.
    """

    content: bytes | None
    exact: bool
    left: int = 0


def undone(record: Connection, edit: Edit, current: bytes | None, backup: bytes | None) -> Undone:
    """Undo *edit* on *current*; raises `NotUnderstood` where our lines cannot be told from others.

    A backup that is not the one that was made then is of no use, and as good as none.
    """
    if current is None:
        return Undone(None, exact=edit.before is None)
    known = digest(current)
    if known == edit.before:
        return Undone(current, exact=True)
    original = backup if backup is not None and digest(backup) == edit.before else None
    if known == edit.after and edit.before is None:
        return Undone(None, exact=True)
    if known == edit.after and original is not None:
        return Undone(original, exact=True)
    content, left = reverted(current, edit.form, edit.steps, record.ours, original)
    if edit.before is None and not content.strip():
        return Undone(None, exact=True)
    return Undone(content, exact=digest(content) == edit.before, left=len(left))
