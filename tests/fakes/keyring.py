"""Keyrings that hold keys in memory and fail as a test wants it; none touches the system's."""

import threading

import keyring.errors

from trayapp.credentials import State
from trayapp.model.errors import KeyringFailure
from trayapp.model.secret import Secret


class FakeKeyring:
    """Satisfies `trayapp.credentials.Backend`; its contract is tested beside a real one's."""

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}
        self.failure: Exception | None = None
        """Raised by every call."""
        self.open = threading.Event()
        """While it is not set, every call hangs, as behind a prompt."""
        self.open.set()
        self.calls = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._answer()
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._answer()
        if self.entries.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError

    def _answer(self) -> None:
        self.calls += 1
        self.open.wait(5)
        if self.failure is not None:
            raise self.failure


class WinVaultKeyring(FakeKeyring):
    """Windows' store as `keyring` shows it: 2560 bytes of UTF-16 an entry, then error 1783."""

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > 2560:
            raise OSError(1783, "The stub received bad data")
        super().set_password(service, username, password)


class Forgetful(FakeKeyring):
    """Takes everything and keeps nothing, as `keyring.backends.null` does."""

    def set_password(self, service: str, username: str, password: str) -> None:
        self._answer()


class FakeCredentials:
    """Satisfies `trayapp.engine.keys.Keyring`: says what a test tells it to."""

    def __init__(self, state: State = "open", key: bytes | None = b"sk-ant-api03-one") -> None:
        self.state: State = state
        self.key = key
        self.failure: KeyringFailure | None = None
        """Raised by `look`."""
        self.refusal: KeyringFailure | None = None
        """Raised by `get`."""
        self.hangs = False
        self.calls: list[str] = []

    async def look(self, name: str) -> State:
        self.calls.append("look")
        if self.failure is not None:
            raise self.failure
        return self.state

    async def get(self, name: str) -> Secret | None:
        self.calls.append("get")
        if self.refusal is not None:
            raise self.refusal
        return None if self.key is None else Secret(self.key)

    def asking(self, name: str) -> bool:
        return self.hangs

    def forget(self, name: str) -> None:
        self.calls.append("forget")
        self.hangs = False
