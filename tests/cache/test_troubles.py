"""What keeps the cache from working, in words."""

import sqlite3

import pytest

from trayapp.cache.troubles import is_damage, sentence_of
from trayapp.model.errors import KeyringLocked, Misconfigured


def sqlite_error(name: str) -> sqlite3.Error:
    """An error as sqlite3 raises it."""
    error = sqlite3.OperationalError("x")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("SQLITE_CORRUPT", True),
        ("SQLITE_CORRUPT_INDEX", True),
        ("SQLITE_NOTADB", True),
        ("SQLITE_ERROR", True),
        ("SQLITE_FULL", False),
        ("SQLITE_BUSY", False),
        ("SQLITE_IOERR_READ", False),
    ],
)
def test_damage_is_told_from_what_passes(name: str, damage: bool) -> None:
    """A file that is wrong in itself is made anew, a disk that is full is waited for."""
    assert is_damage(sqlite_error(name)) is damage


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            sqlite_error("SQLITE_FULL"),
            "The response cache is off: the disk is full. Requests go on as usual.",
        ),
        (
            sqlite_error("SQLITE_IOERR_WRITE"),
            (
                "The response cache is off: the disk does not take or give its data."
                " Requests go on as usual."
            ),
        ),
        (
            OSError("x"),
            "The response cache is off: it failed (OSError). Requests go on as usual.",
        ),
        (
            Misconfigured("The file is not ours."),
            "The response cache is off. The file is not ours. Requests go on as usual.",
        ),
        (
            KeyringLocked(),
            (
                "The response cache is off: the key that seals it cannot be had from the keyring."
                f" {KeyringLocked.sentence} Requests go on as usual."
            ),
        ),
    ],
)
def test_trouble_is_said_in_a_sentence(error: Exception, sentence: str) -> None:
    """The user learns what is wrong, and that requests go on."""
    assert sentence_of(error) == sentence


def test_words_that_cannot_be_read_tell_of_damage() -> None:
    """Python cannot read SQLite's sentence about a name that was hit."""
    assert is_damage(UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"))
