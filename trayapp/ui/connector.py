"""The desk's road to the tools of this user and to the keyring: each question has a short process of its own.

So windows never wait for a disk, it works with and without an engine, and the rooms that change
files are never loaded here. A token goes down by stdin, where no list of processes shows it.
"""

import sys
from collections.abc import Callable, Sequence

import msgspec
from PySide6.QtCore import QObject

from trayapp.home import Home
from trayapp.model.connecting import ConnectAnswer, ConnectAsk
from trayapp.model.exchange import DEFAULT_NAME
from trayapp.ui.errand import Errand, Told

Heard = Callable[[ConnectAnswer], None]
Done = Callable[[bool, str], None]
"""Told whether it was done, and what was said of it."""

KEY_PATIENCE_MS = 180_000
"""A keyring may ask for its password, and a key is tried for three quarters of a minute."""
BROKEN = "Sluice could not ask for the tools' settings; try again."


class Connector(QObject):
    """Asks, and hears the answer later; a question that fails is answered in words."""

    def __init__(
        self, command: Sequence[str] = (), parent: QObject | None = None, *,
        storing: Sequence[str] = (), removing: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._command = tuple(command) or of_home(None)
        self._storing = tuple(storing) or of_home(None, "key", "set")
        self._removing = tuple(removing) or of_home(None, "key", "remove")

    def ask(self, ask: ConnectAsk, done: Heard) -> None:
        """Say *ask*; *done* hears the answer once, never before this returns."""
        Errand(self._command, msgspec.json.encode(ask), lambda told: done(_read(told.out)), self)

    def store_key(self, key: str, done: Done, upstream: str = DEFAULT_NAME) -> None:
        """Have *key* tried and stored; *done* hears whether it was, and what was said of it."""
        self._key((*self._storing, upstream), key.encode(), done)

    def remove_key(self, upstream: str, done: Done) -> None:
        """Have the key of *upstream* taken out of the keyring."""
        self._key((*self._removing, upstream), b"", done)

    def _key(self, command: Sequence[str], said: bytes, done: Done) -> None:
        def heard(told: Told) -> None:
            done(told.code == 0, told.words or ("" if told.code == 0 else BROKEN))

        Errand(command, said, heard, self, patience_ms=KEY_PATIENCE_MS)


def of_home(home: Home | None, *verb: str) -> tuple[str, ...]:
    """The command that answers for *home*, or the usual one: of its tools, or another *verb*."""
    where = ("--home", str(home.given)) if home and home.given else ()
    return (sys.executable, "-P", "-m", "trayapp", *(verb or ("connector",)), *where)


def _read(said: bytes) -> ConnectAnswer:
    try:
        return msgspec.json.decode(said, type=ConnectAnswer)
    except msgspec.MsgspecError:
        return ConnectAnswer(error=BROKEN)
