"""What keeps the response cache from working, in a person's words; requests go on all the same."""

from trayapp.model.errors import KeyringFailure, SluiceError

_REASONS = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_BUSY": "another program holds its file",
    "SQLITE_LOCKED": "another program holds its file",
    "SQLITE_READONLY": "its file cannot be written",
    "SQLITE_CANTOPEN": "its file cannot be opened",
    "SQLITE_IOERR": "the disk does not take or give its data",
    "SQLITE_CORRUPT": "its file is damaged and could not be made anew",
    "SQLITE_NOTADB": "its file is damaged and could not be made anew",
}
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_ERROR", "SQLITE_FORMAT", "SQLITE_SCHEMA")
"""`SQLITE_ERROR` is a table or column that is not there: the schema was hit."""


def is_damage(error: BaseException) -> bool:
    """Whether the file itself is wrong, and has to be made anew."""
    # Python cannot read what SQLite says about a name that was hit.
    return isinstance(error, UnicodeDecodeError) or _name(error).startswith(_DAMAGE)


def sentence_of(error: BaseException) -> str:
    """What the user is told while the cache cannot work because of *error*."""
    if isinstance(error, KeyringFailure):
        return (
            "The response cache is off: the key that seals it cannot be had from the keyring."
            f" {error.message} Requests go on as usual."
        )
    if isinstance(error, SluiceError):
        return f"The response cache is off. {error.message} Requests go on as usual."
    name = _name(error)
    found = [reason for code, reason in _REASONS.items() if name.startswith(code)]
    reason = found[0] if found else f"it failed ({type(error).__name__})"
    return f"The response cache is off: {reason}. Requests go on as usual."


def _name(error: BaseException) -> str:
    """SQLite's own name of its error."""
    return str(getattr(error, "sqlite_errorname", ""))
