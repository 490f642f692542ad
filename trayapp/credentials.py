"""The OS keyring: one entry a key, each call in a thread of its own and with a deadline.

The keyring may show a prompt and wait for its user, so no call is made on a loop, nor in the
executor: a thread that hangs there would take a place from the resolver, and be waited for at
exit. Exceptions of every backend are told apart here and nowhere else (keyring 25.7, tried with
GNOME Keyring 42). There is no plaintext way out: what is not on the list is refused.
"""

import asyncio
import contextlib
import datetime as dt
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from trayapp.model.errors import (
    KeyringBroken,
    KeyringFailure,
    KeyringHangs,
    KeyringLocked,
    KeyTooLong,
    NoKey,
    NoKeyring,
    PromptDismissed,
    UnsafeKeyring,
)
from trayapp.model.secret import Secret

T = TypeVar("T")

SERVICE = "sluice"
DEFAULT = "anthropic"
"""The name of the default upstream's key."""
INDEX = "keys.json"
"""In the home's data folder: which keys are stored, since no keyring lists them everywhere."""
DEADLINE_S = 5.0

BACKENDS = {
    "keyring.backends.SecretService.Keyring": "the Secret Service",
    "keyring.backends.libsecret.Keyring": "the Secret Service (libsecret)",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet 4",
    "keyring.backends.macOS.Keyring": "the macOS keychain",
    "keyring.backends.Windows.WinVaultKeyring": "the Windows Credential Manager",
}
"""Every backend that may hold a key, as a person knows it."""
CHAINER = "keyring.backends.chainer.ChainerBackend"
"""Asks several backends in turn; as good as the worst of them."""
NONE = "keyring.backends.fail.Keyring"
LATE = tuple(BACKENDS)[:3]
"""Backends whose service may start after this process has looked for one."""
MOST = {"WinVaultKeyring": 1280}
"""Characters an entry may have: CredWrite takes 2560 bytes of UTF-16, then fails with 1783."""

State = Literal["open", "locked", "absent", "unknown"]


_FAILURES: dict[str, type[KeyringFailure]] = {
    "NoKeyringError": NoKeyring,
    "SecretServiceNotAvailableException": NoKeyring,
    "OSError": NoKeyring,  # the bus is gone
    "EOFError": NoKeyring,
    "KeyringLocked": KeyringLocked,
    "LockedException": KeyringLocked,
    "PromptDismissedException": PromptDismissed,
    "InitError": PromptDismissed,
}
"""By the names of foreign classes, so that none of their modules is imported for it."""


def failure_of(error: BaseException) -> KeyringFailure:
    """Return *error* of any backend in our words; its cause speaks first, being more exact."""
    if isinstance(error, KeyringFailure):
        return error
    if str(getattr(error, "name", "")).endswith(".IsLocked"):  # as D-Bus names it
        return KeyringLocked()
    for each in filter(None, (error.__cause__, error)):
        for kind in type(each).__mro__:
            if kind.__name__ in _FAILURES:
                return _FAILURES[kind.__name__]()
    return KeyringBroken(
        f"The keyring failed ({type(error).__name__}). Look whether it opens by itself."
    )


class Backend(Protocol):
    """What is asked of a `keyring.backend.KeyringBackend`."""

    def get_password(self, service: str, username: str) -> str | None: ...

    def set_password(self, service: str, username: str, password: str) -> None: ...

    def delete_password(self, service: str, username: str) -> None: ...


def full_name(backend: object) -> str:
    """The dotted name of a backend's class."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def is_allowed(backend: object) -> bool:
    """Whether *backend* may hold a key."""
    if full_name(backend) == CHAINER:
        chained = getattr(backend, "backends", ())
        return bool(chained) and all(full_name(each) in BACKENDS for each in chained)
    return full_name(backend) in BACKENDS


def pick() -> Backend:
    """The keyring of this system, or the one the user chose; raises `NoKeyring` or `UnsafeKeyring`.

    The library decides once a process; a service that started later has to be tried by name.
    """
    # A tenth of a second and more, which only those pay who have a key in the keyring.
    import keyring.core

    try:
        keyring.core.init_backend(limit=is_allowed)
    except RuntimeError:  # the chosen one says that it cannot work here
        raise NoKeyring from None
    except (ImportError, AttributeError, ValueError):
        raise KeyringBroken(
            "PYTHON_KEYRING_BACKEND, or keyringrc.cfg, names a keyring that cannot be loaded."
        ) from None
    found = keyring.core.get_keyring()
    if is_allowed(found):
        return found
    if full_name(found) != NONE:
        raise UnsafeKeyring
    if "PYTHON_KEYRING_BACKEND" not in os.environ and keyring.core.load_config() is None:
        for name in LATE:
            with contextlib.suppress(Exception):  # absent for one of many reasons
                return keyring.core.load_keyring(name)
    raise NoKeyring


class StoredKey(msgspec.Struct, frozen=True):
    """What is known of a stored key without asking the keyring; *ends_in* are its last characters."""

    stored_at: dt.datetime
    ends_in: str = ""


class Index:
    """`keys.json`: the names of stored keys. Losing it loses no key."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, StoredKey]:
        """The stored keys by name; none where the file cannot be understood."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=dict[str, StoredKey])
        except (OSError, msgspec.MsgspecError):
            return {}

    def put(self, name: str, stored: StoredKey) -> None:
        """Note a key."""
        self._write(self.read() | {name: stored})

    def drop(self, name: str) -> None:
        """Forget a key; unknown ones are fine."""
        rows = self.read()
        if rows.pop(name, None) is not None:
            self._write(rows)

    def _write(self, rows: dict[str, StoredKey]) -> None:
        beside = self._path.with_suffix(f".{os.getpid()}")
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(rows))
        beside.replace(self._path)


class Credentials:
    """The keys of this user; *index* is the path of `keys.json`, *deadline* in seconds."""

    def __init__(
        self, index: Path, *, pick: Callable[[], Backend] = pick, deadline: float = DEADLINE_S
    ) -> None:
        self.index = Index(index)
        self._pick = pick
        self._deadline = deadline
        self._hanging: dict[str, Future[Any]] = {}

    async def backend(self) -> str:
        """Where keys are kept, as a person knows it."""
        found = await self._within(self._pick)
        return BACKENDS.get(full_name(found), type(found).__name__)

    async def look(self, name: str) -> State:
        """Whether *name* could be read now; never shows a prompt, and may not know."""
        state = await self._joined(f"look {name}", partial(self._look, name))
        if state == "open":
            self.forget(name)  # what still hangs there waits for a prompt that nobody needs
        return state

    async def get(self, name: str) -> Secret | None:
        """The key *name*, None where there is none; may show a prompt.

        A call that hung is not made twice, which would show a second prompt: asked again, the
        first one is waited for.
        """
        return await self._joined(name, partial(self._get, name))

    def asking(self, name: str) -> bool:
        """Whether a `get` hung and may still be showing a prompt."""
        return name in self._hanging

    def forget(self, name: str) -> None:
        """Leave a `get` that hangs to itself."""
        self._hanging.pop(name, None)

    async def check(self, key: Secret) -> None:
        """Raise `KeyTooLong` where the backend could not hold *key*."""
        _check_length(await self._within(self._pick), key)

    async def set(self, name: str, key: Secret, at: dt.datetime) -> None:
        """Store *key*, noting that it was *at*; it is read back before it counts as stored."""
        await self.keep(name, key)
        shown = key.reveal()[-4:].decode() if len(key.reveal()) >= 20 else ""
        self.index.put(name, StoredKey(at, shown))

    async def keep(self, name: str, key: Secret) -> None:
        """Store *key* without listing it among the user's: one that Sluice made for itself."""
        await self._within(partial(self._set, name, key))

    async def delete(self, name: str) -> None:
        """Remove the key *name*; raises `NoKey` where there is none."""
        try:
            await self._within(partial(self._delete, name))
        except NoKey:
            self.index.drop(name)
            raise
        self.index.drop(name)

    def names(self) -> dict[str, StoredKey]:
        """The keys that were stored from this home; the keyring is not asked."""
        return self.index.read()

    # -- in threads

    def _look(self, name: str) -> State:
        backend = self._pick()
        if full_name(backend) != LATE[0]:
            return "unknown"
        return _state(backend, name, known=name in self.index.read())

    def _get(self, name: str) -> Secret | None:
        found = self._pick().get_password(SERVICE, name)
        return None if found is None else Secret(found.encode())

    def _set(self, name: str, key: Secret) -> None:
        backend = self._pick()
        _check_length(backend, key)
        backend.set_password(SERVICE, name, key.reveal().decode())
        if backend.get_password(SERVICE, name) != key.reveal().decode():
            raise KeyringBroken("The keyring took the key and does not give it back.")

    def _delete(self, name: str) -> None:
        backend = self._pick()
        if backend.get_password(SERVICE, name) is None:
            raise NoKey(f"No key is stored for “{name}”.")
        backend.delete_password(SERVICE, name)

    async def _joined(self, label: str, work: Callable[[], T]) -> T:
        call = self._hanging.pop(label) if label in self._hanging else _start(work)
        try:
            return await self._answer(call)
        except KeyringHangs:
            self._hanging[label] = call
            raise

    async def _within(self, work: Callable[[], T]) -> T:
        return await self._answer(_start(work))

    async def _answer(self, call: "Future[T]") -> T:
        try:
            async with asyncio.timeout(self._deadline):
                return await asyncio.wrap_future(call)
        except TimeoutError:
            raise KeyringHangs from None
        except Exception as error:  # noqa: BLE001 - backends raise what their systems raise
            raise failure_of(error) from None


def _start(work: Callable[[], T]) -> "Future[T]":
    """Run *work* in a thread that nobody waits for at exit."""
    future: Future[T] = Future()
    future.set_running_or_notify_cancel()  # whoever stops waiting does not stop the thread

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - it is raised where the answer is awaited
            future.set_exception(error)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    return future


def _check_length(backend: object, key: Secret) -> None:
    most = MOST.get(type(backend).__name__)
    if most is not None and len(key.reveal()) > most:
        raise KeyTooLong(
            f"The Windows Credential Manager holds keys of up to {most} characters; this one has "
            f"{len(key.reveal())}. Give it by: sluice serve --key-env VAR"
        )


def _state(backend: Any, name: str, *, known: bool) -> State:
    """Ask the Secret Service about an entry, which it tells of without being unlocked."""
    # What `keyring` itself speaks through; it alone can ask without a prompt.
    import secretstorage

    labels = backend.schemes[backend.scheme]
    with contextlib.closing(secretstorage.dbus_init()) as bus:
        entry = {labels["service"]: SERVICE, labels["username"]: name}
        found = secretstorage.search_items(bus, entry)
        locked = [item.is_locked() for item in found]
        if locked:
            return "locked" if all(locked) else "open"
        if not known:
            return "absent"
        # A service may keep its entries to itself until it is unlocked (KeePassXC).
        with contextlib.suppress(secretstorage.ItemNotFoundException):
            collection = secretstorage.get_collection_by_alias(bus, "default")
            return "locked" if collection.is_locked() else "absent"
        return "absent"
