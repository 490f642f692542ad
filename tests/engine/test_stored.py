"""What a file that cannot be used says."""

import errno
import sqlite3

import pytest

from trayapp.engine.stored import sentence_of


def sqlite_error(code: int) -> sqlite3.Error:
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite_error(sqlite3.SQLITE_FULL), "The disk is full, so meter.db cannot be written"),
        (sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT), "Another program holds meter.db"),
        (sqlite_error(sqlite3.SQLITE_NOTADB), "meter.db is damaged"),
        (sqlite_error(sqlite3.SQLITE_MISUSE), "meter.db cannot be used: OperationalError."),
        (OSError(errno.ENOSPC, "x"), "The disk is full"),
        (PermissionError(errno.EACCES, "x"), "look at its permissions"),
        (OSError(errno.EIO, "x"), "The disk reports errors"),
        (RuntimeError("secret words"), "meter.db cannot be used: RuntimeError."),
    ],
)
def test_each_failure_says_what_to_do(error: Exception, words: str) -> None:
    """By what it is, in a sentence with the file's name and nothing of the error's own text."""
    told = sentence_of(error, "meter.db")

    assert words in told
    assert "secret" not in told
