"""`sluice doctor`: the keyring, the stored keys, and the tools that may use them. Shows no key."""

import asyncio
from collections.abc import Iterator

import msgspec

from trayapp.cli.ask import Control
from trayapp.cli.findings import Finding, failed, note, ok
from trayapp.credentials import Credentials, State
from trayapp.db import offline
from trayapp.home import EngineRunning, Home
from trayapp.meter import tools as register
from trayapp.meter.ledger import SCHEMA
from trayapp.meter.tools import Tool
from trayapp.model.command import ListTools
from trayapp.model.errors import KeyringFailure, SluiceError

NAMED = 5


def keys(credentials: Credentials, wanted: list[str], *, given: bool) -> Iterator[Finding]:
    """The keyring's name, and whether each key of *wanted* could be read now; shows no prompt.

    *given*: the running engine has its key from `--key-env`, and needs no keyring.
    """
    try:
        place = asyncio.run(credentials.backend())
    except KeyringFailure as failure:
        kind = note if given else failed
        yield kind("Keyring", failure.message)
        return
    yield ok("Keyring", f"Keys are kept in {place}.")
    for name in wanted:
        yield _key(name, name in credentials.names(), _state(credentials, name))


def _state(credentials: Credentials, name: str) -> State | KeyringFailure:
    try:
        return asyncio.run(credentials.look(name))
    except KeyringFailure as failure:
        return failure


def _key(name: str, stored: bool, state: State | KeyringFailure) -> Finding:  # noqa: FBT001 - two facts of one key
    subject = "Key"
    if isinstance(state, KeyringFailure):
        return failed(subject, f"“{name}”: {state.message}")
    if state == "locked":
        return note(
            subject, f"“{name}” is stored, and the keyring is locked.",
            "Unlock it; tools wait up to 30 s, requests with their own key go on.",
        )  # fmt: skip
    if state == "open" or (state == "unknown" and stored):
        return ok(subject, f"“{name}” is stored.")
    return note(
        subject, f"No key is stored for “{name}”: only tools with a key of their own are served.",
        f"sluice key set{'' if name == 'anthropic' else f' {name}'}",
    )  # fmt: skip


def tools(home: Home, control: Control | None) -> Finding:
    """Which tools may enter."""
    try:
        known = _tools(home, control)
    except (SluiceError, OSError) as error:
        words = error.message if isinstance(error, SluiceError) else str(error.strerror)
        return failed("Tools", f"The list of tools cannot be read: {words}")
    if not known:
        return note(
            "Tools", "No tool has a token yet.",
            "Point one here with its own key, or: sluice tool add NAME",
        )  # fmt: skip
    names = ", ".join(f"“{tool.name}” ({tool.kind})" for tool in known[:NAMED])
    more = f" and {len(known) - NAMED} more" if len(known) > NAMED else ""
    return ok("Tools", f"{names}{more} may enter by a token.")


def _tools(home: Home, control: Control | None) -> list[Tool]:
    if control is not None:
        return msgspec.convert(control.ask(ListTools()).value or [], list[Tool])
    if not home.meter_db.exists():
        return []
    try:
        with home.lock(brief=True), offline(home.meter_db, SCHEMA) as connection:
            return register.listed(connection)
    except EngineRunning:
        raise SluiceError("An engine that does not answer holds the home.") from None
