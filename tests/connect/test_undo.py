"""What a file should be once a tool is disconnected."""

import pytest

from trayapp.connect.edit import NotUnderstood
from trayapp.connect.patch import Setting, digest, patched
from trayapp.connect.record import Connection, Edit
from trayapp.connect.undo import undone

BASE = "http://127.0.0.1:7429"
SETTINGS = (Setting(("env", "BASE"), "{base}"),)
BEFORE = b'{\n  "a": 1\n}\n'
BEFORE_OR_NONE = (BEFORE, None)


def connected(before: bytes | None) -> tuple[Connection, Edit, bytes]:
    """A record, its edit, and the file as it was left."""
    after = patched(before or b"", "json", SETTINGS, BASE, "")
    kept = digest(before) if before is not None else None
    edit = Edit("/f", "json", digest(after.content), after.steps, kept)
    return Connection("t", BASE, "2026", edit=edit), edit, after.content


@pytest.mark.parametrize("before", BEFORE_OR_NONE)
def test_untouched_since_it_is_the_backup(before: bytes | None) -> None:
    """Byte for byte, and no file where there was none."""
    record, edit, after = connected(before)
    result = undone(record, edit, after, before)

    assert result.content == before
    assert result.exact


@pytest.mark.parametrize("backup", [None, b"something else"])
def test_a_backup_that_is_lost_is_not_needed(backup: bytes | None) -> None:
    """Our lines are told by where they stand."""
    record, edit, after = connected(BEFORE)
    result = undone(record, edit, after, backup)

    assert result.content == BEFORE
    assert result.exact


@pytest.mark.parametrize("before", BEFORE_OR_NONE)
def test_changed_since_only_our_lines_go(before: bytes | None) -> None:
    """What the user wrote stays."""
    record, edit, after = connected(before)
    result = undone(record, edit, after.replace(b'"env"', b'"mine": 1,\n  "env"'), before)

    assert result.content is not None
    assert b'"mine": 1' in result.content
    assert BASE.encode() not in result.content
    assert not result.exact


def test_what_was_changed_is_counted() -> None:
    """Somebody points the tool elsewhere by now."""
    record, edit, after = connected(BEFORE)
    changed = after.replace(BASE.encode(), b"https://mine")
    result = undone(record, edit, changed, BEFORE)

    assert result.content == changed
    assert result.left == 1


def test_a_file_that_was_made_goes_when_nothing_else_is_in_it() -> None:
    """White space is nothing."""
    record, edit, after = connected(None)

    assert undone(record, edit, after + b"\n", None).content is None


@pytest.mark.parametrize(("before", "exact"), [(BEFORE, False), (None, True)])
def test_a_file_that_is_gone_stays_gone(before: bytes | None, exact: bool) -> None:
    """Somebody meant it."""
    record, edit, _ = connected(before)
    result = undone(record, edit, None, before)

    assert result.content is None
    assert result.exact is exact


def test_what_was_undone_already_stays() -> None:
    """By hand, or by a disconnect that was cut short."""
    record, edit, _ = connected(BEFORE)
    result = undone(record, edit, BEFORE, None)

    assert result.content == BEFORE
    assert result.exact


def test_a_file_that_is_broken_now_is_told() -> None:
    """Our lines cannot be told from others then."""
    record, edit, after = connected(BEFORE)

    with pytest.raises(NotUnderstood):
        undone(record, edit, after + b"{", BEFORE)
