"""Who may enter, kept a second time beside `meter.db`: for when that cannot be read.

A tool that was let in goes on working, and one that was revoked stays out, whatever happens to
the other file and however old its backup is. It holds digests, never a token.
"""

import os
from pathlib import Path
from sqlite3 import Connection
from typing import Annotated

import msgspec

from trayapp.db import transaction
from trayapp.model.exchange import DEFAULT_NAME, Caller, Kind

_READ = """SELECT digest, name, kind, cache, created_at, upstream FROM tools
    WHERE revoked_at IS NULL ORDER BY created_at, name"""
_REVOKE_ALL = """UPDATE tools SET revoked_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE revoked_at IS NULL"""
_ADD = """INSERT OR REPLACE INTO tools (digest, name, kind, cache, created_at, upstream)
    VALUES (?,?,?,?,?,?)"""


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A tool on the roll."""

    digest: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    name: str
    kind: Kind
    cache: bool
    created_at: str
    upstream: str = DEFAULT_NAME


Roll = tuple[Listed, ...]


def of(connection: Connection) -> Roll:
    """The roll as the database has it; raises `msgspec.ValidationError` where damage left none."""
    return msgspec.convert(connection.execute(_READ).fetchall(), Roll, strict=False)


def read(path: Path) -> Roll | None:
    """The roll at *path*; None where there is none that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Roll)
    except (OSError, msgspec.MsgspecError):
        return None


def write(path: Path, roll: Roll) -> None:
    """Put *roll* at *path*, whole or not at all; raises `OSError`."""
    if read(path) == roll:
        return
    beside = path.with_suffix(f".{os.getpid()}")
    beside.unlink(missing_ok=True)
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(roll))
            file.flush()
            os.fsync(descriptor)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def enter(connection: Connection, roll: Roll) -> None:
    """Have the database let in those on *roll* and nobody else."""
    if of(connection) == roll:
        return
    with transaction(connection):
        connection.execute(_REVOKE_ALL)
        connection.executemany(_ADD, [msgspec.structs.astuple(each) for each in roll])


def table(roll: Roll) -> dict[str, Caller]:
    """Who may enter, by the digest of their token."""
    return {
        each.digest: Caller(each.name, each.kind, cache=each.cache, upstream=each.upstream)
        for each in roll
    }
