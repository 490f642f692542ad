"""What a file that cannot be used says, in words that say what to do."""

import errno
import sqlite3

from trayapp.model.errors import SluiceError


class Unusable(SluiceError):
    """A file of ours cannot be read or written now; the message says why."""

    status = 503
    code = "storage"


def sentence_of(error: BaseException, name: str) -> str:
    """One sentence for the failure *error* of the file *name*."""
    kind = _kind_of(error)
    if kind in _SENTENCES:
        return _SENTENCES[kind].format(name=name)
    return f"{name} cannot be used: {type(error).__name__}."


def _kind_of(error: BaseException) -> int | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return int(code) & 0xFF
    if isinstance(error, OSError):
        return {
            errno.ENOSPC: sqlite3.SQLITE_FULL,
            errno.EDQUOT: sqlite3.SQLITE_FULL,
            errno.EROFS: sqlite3.SQLITE_READONLY,
            errno.EACCES: sqlite3.SQLITE_CANTOPEN,
            errno.EPERM: sqlite3.SQLITE_CANTOPEN,
        }.get(error.errno or 0, sqlite3.SQLITE_IOERR)
    return None


_SENTENCES = {
    sqlite3.SQLITE_FULL: "The disk is full, so {name} cannot be written: free some space.",
    sqlite3.SQLITE_BUSY: "Another program holds {name}: close what has it open.",
    sqlite3.SQLITE_LOCKED: "Another program holds {name}: close what has it open.",
    sqlite3.SQLITE_CORRUPT: "{name} is damaged; it is put back from its backup.",
    sqlite3.SQLITE_NOTADB: "{name} is damaged; it is put back from its backup.",
    sqlite3.SQLITE_READONLY: "{name} may only be read: look at its permissions and its disk.",
    sqlite3.SQLITE_PERM: "{name} may not be opened: look at its permissions.",
    sqlite3.SQLITE_CANTOPEN: "{name} cannot be opened: look at its permissions and the disk's room.",
    sqlite3.SQLITE_IOERR: "The disk reports errors with {name}: look at the disk.",
}
