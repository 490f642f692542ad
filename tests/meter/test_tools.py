"""The tools that may enter: added by digest, listed, revoked; tokens are kept by nobody."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from trayapp.db import offline
from trayapp.meter import tools
from trayapp.meter.ledger import SCHEMA
from trayapp.meter.tools import ToolError
from trayapp.model.command import AddTool
from trayapp.model.exchange import Caller, Kind


@pytest.fixture
def book(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    with offline(tmp_path / "meter.db", SCHEMA) as connection:
        yield connection


def tool(
    name: str = "editor", kind: Kind = "normal", *, cache: bool = True, token: bytes | None = None
) -> AddTool:
    return AddTool(name, kind, cache, tools.digest(token or name.encode()))


def names(book: sqlite3.Connection) -> list[str]:
    return [each.name for each in tools.listed(book)]


def test_a_token_is_ours_by_its_form() -> None:
    """`sk-ant-sluice-` and 43 characters that need no quoting, another one each time."""
    token = tools.new_token()

    assert re.fullmatch(r"sk-ant-sluice-[A-Za-z0-9_-]{43}", token)
    assert token != tools.new_token()


def test_a_digest_is_sha_256() -> None:
    """What is kept of a token is its SHA-256 in hexadecimal."""
    assert tools.digest(b"abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_tool_that_was_added_may_enter(book: sqlite3.Connection) -> None:
    """The table finds its caller by the digest of its token, with kind and cache as said."""
    tools.add(book, tool("editor", "interactive", cache=False, token=b"t"))

    assert tools.table(book) == {
        tools.digest(b"t"): Caller("editor", "interactive", own=False, cache=False)
    }


def test_tools_are_listed_by_name(book: sqlite3.Connection) -> None:
    """The list tells name, kind, cache and since when, and no digest."""
    tools.add(book, tool("script", "batch"))
    tools.add(book, tool("editor"))

    script = tools.listed(book)[1]
    assert names(book) == ["editor", "script"]
    assert (script.kind, script.cache) == ("batch", True)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", script.created_at)


def test_a_name_that_is_taken_is_refused(book: sqlite3.Connection) -> None:
    """The first tool keeps its name and its token."""
    tools.add(book, tool(token=b"first"))

    with pytest.raises(ToolError, match="There is a tool “editor” already"):
        tools.add(book, tool(token=b"second"))

    assert list(tools.table(book)) == [tools.digest(b"first")]


def test_a_revoked_tool_enters_no_more(book: sqlite3.Connection) -> None:
    """Its name is free again, for a new token."""
    tools.add(book, tool(token=b"first"))

    tools.revoke(book, "editor")

    assert (tools.table(book), names(book)) == ({}, [])
    tools.add(book, tool(token=b"second"))
    assert list(tools.table(book)) == [tools.digest(b"second")]


def test_a_token_is_never_given_out_twice(book: sqlite3.Connection) -> None:
    """A revoked token stays revoked, under any name."""
    tools.add(book, tool(token=b"first"))
    tools.revoke(book, "editor")

    with pytest.raises(ToolError, match="given out before"):
        tools.add(book, tool("script", token=b"first"))


@pytest.mark.parametrize("name", ["nobody", ""])
def test_revoking_a_tool_that_is_not_there_is_refused(book: sqlite3.Connection, name: str) -> None:
    """A slip of the pen is told."""
    with pytest.raises(ToolError, match="There is no tool"):
        tools.revoke(book, name)


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb", "a\x1b[31m", "a\x00", "\u202eevil"])
def test_names_nobody_could_read_are_refused(book: sqlite3.Connection, name: str) -> None:
    """A name is printable, not blank, and at most 64 characters."""
    with pytest.raises(ToolError, match="printable"):
        tools.add(book, tool(name, token=b"t"))


@pytest.mark.parametrize("name", ["x" * 64, "Ünïcödé 编辑器", "it's “quoted”; DROP TABLE tools"])
def test_other_names_are_fine(book: sqlite3.Connection, name: str) -> None:
    """Any script, spaces and quotes may stand in a name."""
    tools.add(book, tool(name, token=b"t"))

    assert names(book) == [name]


@pytest.mark.parametrize("digest", ["", "ab", "A" * 64, "g" * 64, "a" * 65, "a" * 64 + "\n"])
def test_what_is_no_digest_is_refused(book: sqlite3.Connection, digest: str) -> None:
    """A token by mistake in the digest's place is not stored."""
    with pytest.raises(ToolError, match="digest"):
        tools.add(book, AddTool("editor", "normal", cache=True, digest=digest))


def test_no_token_reaches_the_file(tmp_path: Path) -> None:
    """The file holds the digest only."""
    token = tools.new_token().encode()
    path = tmp_path / "meter.db"
    with offline(path, SCHEMA) as connection:
        tools.add(connection, tool(token=token))

    content = path.read_bytes()
    assert token not in content
    assert tools.digest(token).encode() in content
