"""`sluice key`: the upstream's key in the OS keyring. It comes from a prompt or stdin, never argv."""

import asyncio
import getpass
import os
import sys
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

import msgspec

from trayapp import settings
from trayapp.cli import trial
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.environment import is_key
from trayapp.clock import Clock
from trayapp.credentials import INDEX, Credentials
from trayapp.engine import guard
from trayapp.home import Home
from trayapp.model.command import KeyChanged
from trayapp.model.errors import KeyringFailure, NoEngine, SluiceError
from trayapp.model.preferences import Preferences, UpstreamPreferences
from trayapp.model.secret import TOKEN_PREFIX, Secret

T = TypeVar("T")

PATIENCE_S = 120.0
"""Here a person sits who may have to type the keyring's password."""
ENGINE_S = 15.0
SOON_S = 5.0
WAITING = "Waiting for the keyring; it may be asking for its password."
NO_KEYS = "No key stored yet. Store one by: sluice key set"
LONGEST = 8192


class NoSuchKey(SluiceError):
    """What was given is no key, or not for an upstream we know."""


def run(told: Told) -> int:
    """Store, list or remove; raises what says why it was not done."""
    home = Home.locate(told.home, os.environ)
    home.prepare()
    credentials = Credentials(home.data / INDEX, deadline=PATIENCE_S)
    match told.action:
        case "set":
            _set(home, credentials, told.name, check=not told.no_check)
        case "remove":
            _now(credentials.delete(told.name))
            _say(f"The key for “{told.name}” is removed.")
            _tell_engine(home, told.name)
        case _:
            _list(credentials, as_json=told.json)
    return 0


def ask(name: str, prompt: Callable[[str], str] = getpass.getpass) -> Secret:
    """The key as it was typed without an echo, or piped in; raises `NoSuchKey` for what is none."""
    if sys.stdin is not None and sys.stdin.isatty():
        try:
            text = prompt(f"API key for “{name}” (not shown): ")
        except EOFError:
            text = ""
    else:
        text = sys.stdin.read(LONGEST + 2) if sys.stdin is not None else ""
    key = text.strip()
    if not key:
        raise NoSuchKey("No key was given; type it at the prompt, or pipe it in.")
    if key.startswith(TOKEN_PREFIX.decode()):
        raise NoSuchKey("This is a token that Sluice gave to a tool, not a key of the API.")
    if not is_key(key):
        raise NoSuchKey("This is no API key: those are 8 to 8192 characters without a space.")
    return Secret(key.encode())


def _set(home: Home, credentials: Credentials, name: str, *, check: bool) -> None:
    guard.close_memory()
    preferences = settings.load(home.config_file)
    upstream = _wanting(preferences, name)
    place = _now(credentials.backend())  # before anyone types a key that cannot be kept
    key = ask(name)
    _now(credentials.check(key))
    taken = f" {trial.check(key, upstream, preferences.network)} accepts it." if check else ""
    _now(credentials.set(name, key, Clock().now()))
    _say(f"The key for “{name}” is stored in {place}.{taken}")
    _tell_engine(home, name)


def _wanting(preferences: Preferences, name: str) -> UpstreamPreferences:
    """The upstream *name*; raises `NoSuchKey` where there is none, or it wants no key."""
    known = preferences.named()
    if name not in known:
        names = ", ".join(f"“{each}”" for each in known)
        raise NoSuchKey(f"There is no upstream “{name}” in the settings; there is {names}.")
    if known[name].credential == "none":
        raise NoSuchKey(f"The upstream “{name}” wants no key, as the settings say.")
    return known[name]


def _tell_engine(home: Home, name: str) -> None:
    try:
        with Control(home, patience=ENGINE_S) as control:
            answer = control.ask(KeyChanged(name))
    except NoEngine:
        return  # none runs; the next one reads the keyring itself
    _say("The running engine knows." if answer.ok else f"The running engine: {answer.message}")


def _list(credentials: Credentials, *, as_json: bool) -> None:
    rows = credentials.names()
    try:
        place = _now(credentials.backend())
    except KeyringFailure as failure:
        place = "a keyring that cannot be used now"
        _say(failure.message)
    if as_json:
        shown = [
            {"name": name, "stored_at": row.stored_at, "ends_in": row.ends_in, "backend": place}
            for name, row in sorted(rows.items())
        ]
        print(msgspec.json.encode(shown).decode())
        return
    for name, row in sorted(rows.items()):
        ending = f"…{row.ends_in}" if row.ends_in else ""
        print(f"{name:<16} {ending:<8} since {row.stored_at:%Y-%m-%d}  in {place}")
    if not rows:
        _say(NO_KEYS)


def _now(work: Coroutine[Any, Any, T]) -> T:
    """Wait for *work*, saying so where it takes long."""

    async def patiently() -> T:
        saying = asyncio.get_running_loop().call_later(SOON_S, _say, WAITING)
        try:
            return await work
        finally:
            saying.cancel()

    return asyncio.run(patiently())


def _say(words: str) -> None:
    print(words, file=sys.stderr)
