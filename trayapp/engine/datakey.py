"""The key that seals what is kept on disk: one entry of the keyring, or a file where there is none.

It is made at first need. A locked keyring is not asked for it, which would show a prompt that no
user expects: whoever needs the key tries again later.
"""

import asyncio
import contextlib
import os
import re
import secrets
import stat
from pathlib import Path
from typing import Protocol

from trayapp.credentials import State
from trayapp.model.errors import KeyringFailure, KeyringLocked, SluiceError
from trayapp.model.secret import Secret

NAME = "data-key"
"""What the entry in the keyring is called."""
_BYTES = 32
_FORM = re.compile(rf"[0-9a-f]{{{2 * _BYTES}}}")
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)


class Keyring(Protocol):
    """What is asked of `credentials.Credentials`."""

    async def look(self, name: str) -> State: ...

    async def get(self, name: str) -> Secret | None: ...

    async def keep(self, name: str, key: Secret) -> None: ...


class DataKey:
    """The data key of one home, read once; in *file* where *keyring* is None."""

    def __init__(self, file: Path, keyring: Keyring | None) -> None:
        self._file = file
        self._keyring = keyring
        self._secret: Secret | None = None
        self._turn = asyncio.Lock()

    async def secret(self) -> Secret:
        """Return the key, made if there is none; raises `SluiceError` where it cannot be had."""
        async with self._turn:  # two that need it first must not make two
            if self._secret is None:
                self._secret = await (
                    asyncio.to_thread(_of_file, self._file)
                    if self._keyring is None
                    else _of_keyring(self._keyring)
                )
        return self._secret


async def _of_keyring(keyring: Keyring) -> Secret:
    if await keyring.look(NAME) == "locked":
        raise KeyringLocked
    found = await keyring.get(NAME)
    if found is None:
        await keyring.keep(NAME, Secret(secrets.token_hex(_BYTES).encode()))
        found = await keyring.get(NAME)  # another engine of this user may have been quicker
    text = b"" if found is None else found.reveal()
    if not _FORM.fullmatch(text.decode("utf-8", "replace")):
        raise KeyringFailure(f"The keyring's entry “{NAME}” of Sluice is damaged; remove it.")
    return Secret(bytes.fromhex(text.decode()))


def _of_file(path: Path) -> Secret:
    """Read the key, or make it: whole in a file beside, then in its place if there is none yet."""
    try:
        with contextlib.suppress(FileNotFoundError):
            return _read(path)
        beside = path.with_suffix(f".{os.getpid()}")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_hex(_BYTES).encode())
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
        return _read(path)
    except OSError as error:
        raise SluiceError(f"{path} cannot be used: {error.strerror}.") from None


def _read(path: Path) -> Secret:
    descriptor = os.open(path, os.O_RDONLY | _NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        if os.name == "posix" and (found.st_uid != os.geteuid() or not stat.S_ISREG(found.st_mode)):
            raise SluiceError(f"{path} is not a plain file of yours; take it away.")
        if os.name == "posix" and found.st_mode & 0o077:
            os.fchmod(descriptor, 0o600)
        text = file.read(2 * _BYTES + 2).strip().decode("ascii", "replace")
    if not _FORM.fullmatch(text):
        raise SluiceError(f"{path} is damaged. What it sealed is lost; remove it to begin anew.")
    return Secret(bytes.fromhex(text))
