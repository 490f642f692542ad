"""The tools that may enter: names, and the SHA-256 of tokens that nobody keeps.

A token is made by whoever asks for it (the command line, the tray), shown once and thrown away.
Its 256 random bits cannot be found by trying, so a plain digest is enough.
"""

import hashlib
import re
import secrets
import sqlite3

import msgspec

from trayapp.db import transaction
from trayapp.model.command import AddTool
from trayapp.model.errors import SluiceError
from trayapp.model.exchange import DEFAULT_NAME, Caller, Kind
from trayapp.model.secret import TOKEN_PREFIX

NAME_LIMIT = 64

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FIND = "SELECT 1 FROM tools WHERE revoked_at IS NULL AND name = ?"
_ADD = """INSERT INTO tools (digest, name, kind, cache, upstream, created_at)
    VALUES (?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))"""
_REVOKE = """UPDATE tools SET revoked_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
    WHERE revoked_at IS NULL AND name = ?"""
_LIST = """SELECT name, kind, cache, created_at, upstream FROM tools WHERE revoked_at IS NULL
    ORDER BY name"""
_TABLE = "SELECT digest, name, kind, cache, upstream FROM tools WHERE revoked_at IS NULL"


class ToolError(SluiceError):
    """A tool cannot be added or revoked; the message says why."""


class Tool(msgspec.Struct, frozen=True):
    """A connected tool; *created_at* is RFC 3339 UTC."""

    name: str
    kind: Kind
    cache: bool
    created_at: str
    upstream: str = DEFAULT_NAME


def new_token() -> str:
    """A fresh client token: `sk-ant-sluice-` and 43 characters that need no quoting anywhere."""
    return TOKEN_PREFIX.decode() + secrets.token_urlsafe(32)


def digest(token: bytes) -> str:
    """What is kept of *token*."""
    return hashlib.sha256(token).hexdigest()


def add(connection: sqlite3.Connection, tool: AddTool) -> None:
    """Let *tool* in from now on; raises `ToolError` where its name is taken or cannot be one."""
    if not 0 < len(tool.name) <= NAME_LIMIT or not tool.name.isprintable() or tool.name.isspace():
        raise ToolError("A tool's name has 1 to 64 printable characters.")
    if not _DIGEST.fullmatch(tool.digest):
        raise ToolError("A token's digest is 64 hexadecimal digits.")
    with transaction(connection):
        if connection.execute(_FIND, (tool.name,)).fetchone():
            raise ToolError(
                f"There is a tool “{tool.name}” already. Revoke it first, or choose another name."
            )
        try:
            row = (tool.digest, tool.name, tool.kind, tool.cache, tool.upstream)
            connection.execute(_ADD, row)
        except sqlite3.IntegrityError as taken:
            raise ToolError("This token was given out before. Make a new one.") from taken


def revoke(connection: sqlite3.Connection, name: str) -> None:
    """Let the tool called *name* in no more; raises `ToolError` if there is none."""
    done = connection.execute(_REVOKE, (name,))
    if not done.rowcount:
        raise ToolError(f"There is no tool “{name}”.")


def listed(connection: sqlite3.Connection) -> list[Tool]:
    """The connected tools, in the order of their names."""
    rows = connection.execute(_LIST)
    return [
        Tool(name, kind, bool(cache), created, upstream)
        for name, kind, cache, created, upstream in rows
    ]


def table(connection: sqlite3.Connection) -> dict[str, Caller]:
    """Who may enter, by the digest of their token."""
    rows = connection.execute(_TABLE)
    return {
        key: Caller(name, kind, cache=bool(cache), upstream=upstream)
        for key, name, kind, cache, upstream in rows
    }
