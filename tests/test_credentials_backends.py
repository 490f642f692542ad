"""Which keyrings may hold a key, and how the failures of each are told."""

import importlib

import keyring.core
import keyring.errors
import pytest

from tests.fakes.keyring import FakeKeyring
from trayapp.credentials import failure_of, is_allowed, pick
from trayapp.model.errors import (
    KeyringBroken,
    KeyringFailure,
    KeyringHangs,
    KeyringLocked,
    NoKeyring,
    PromptDismissed,
    UnsafeKeyring,
)

CHAIN = "keyring.backends.chainer"


def load(name: str) -> object:
    """A backend of the library by its module and class, wherever it works or not."""
    return importlib.import_module(f"keyring.backends.{name}").Keyring()


# --- What may hold a key --------------------------------------------------------------------


def test_real_keyrings_are_allowed() -> None:
    """The Secret Service may hold a key."""
    assert is_allowed(load("SecretService"))


class PlaintextKeyring(FakeKeyring):
    """As `keyrings.alt` has it."""


@pytest.mark.parametrize("chosen", [load("fail"), load("null"), PlaintextKeyring()])
def test_other_keyrings_are_not(chosen: object) -> None:
    """What fails, forgets or writes in the clear is not allowed."""
    assert not is_allowed(chosen)


def chain(*links: object) -> object:
    """What passes for a chain of these; a real one would be known to the library for good."""
    made: object = type("ChainerBackend", (), {"__module__": CHAIN, "backends": list(links)})()
    return made


@pytest.mark.parametrize(
    ("links", "allowed"),
    [
        ([load("SecretService")], True),
        ([load("SecretService"), PlaintextKeyring()], False),
        ([], False),
    ],
)
def test_chain_is_as_good_as_its_links(links: list[object], allowed: bool) -> None:
    """A chain of keyrings is allowed when each of them is, and when it has any."""
    assert is_allowed(chain(*links)) is allowed


def test_chosen_null_keyring_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that forgets everything is refused with a sentence that names the setting."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")

    with pytest.raises(UnsafeKeyring, match="Unset PYTHON_KEYRING_BACKEND"):
        pick()


def test_chosen_failing_keyring_is_none_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever chose to have no keyring gets none, whatever service may run."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")

    with pytest.raises(NoKeyring, match="--key-env"):
        pick()


def test_chosen_keyring_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice that cannot be loaded is told as that, not as a missing service."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "no.such.Keyring")

    with pytest.raises(KeyringBroken, match="names a keyring that cannot be loaded"):
        pick()


def test_chosen_keyring_without_its_service_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A choice whose service does not run here is a missing service."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.kwallet.DBusKeyring")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")

    with pytest.raises(NoKeyring):
        pick()


def test_service_that_started_late_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library decides once a process; a service that came since is found by its name."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setattr("keyring.core.init_backend", lambda limit: None)
    monkeypatch.setattr("keyring.core.get_keyring", lambda: load("fail"))
    monkeypatch.setattr("keyring.core.load_config", lambda: None)
    tried: list[str] = []
    monkeypatch.setattr("keyring.core.load_keyring", tried.append)

    pick()

    assert tried == ["keyring.backends.SecretService.Keyring"]


def test_no_service_at_all_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a session bus there is no keyring, and the sentence says what there is instead."""
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND", raising=False)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    monkeypatch.setattr("keyring.core.get_keyring", lambda: load("fail"))
    monkeypatch.setattr("keyring.core.load_config", lambda: None)

    with pytest.raises(NoKeyring, match="No keyring answers here"):
        pick()


# --- How failures are told ------------------------------------------------------------------


def foreign(name: str) -> Exception:
    """An exception of a library that not every system has, by the name of its class."""
    made: Exception = type(name, (Exception,), {})("secret words")
    return made


class DBusErrorResponse(Exception):
    """As `jeepney` raises it."""

    name = "org.freedesktop.Secret.Error.IsLocked"


def caused(error: Exception, cause: Exception) -> Exception:
    """*error* as raised from *cause*."""
    error.__cause__ = cause
    return error


FAILURES: list[tuple[Exception, type[KeyringFailure], str]] = [
    (keyring.errors.NoKeyringError(), NoKeyring, "Start the desktop's own"),
    (foreign("SecretServiceNotAvailableException"), NoKeyring, "Start the desktop's own"),
    (ConnectionResetError("the bus died"), NoKeyring, "--key-env"),
    (EOFError(), NoKeyring, "--key-env"),
    (keyring.errors.KeyringLocked(), KeyringLocked, "is locked. Unlock it"),
    (foreign("LockedException"), KeyringLocked, "is locked. Unlock it"),
    (DBusErrorResponse(), KeyringLocked, "is locked. Unlock it"),
    (keyring.errors.InitError("Prompt dismissed"), PromptDismissed, "got none. Unlock it (or cre"),
    (foreign("PromptDismissedException"), PromptDismissed, "got none. Unlock it (or cre"),
    (
        caused(keyring.errors.InitError(), foreign("SecretServiceNotAvailableException")),
        NoKeyring,
        "Start the desktop's own",
    ),
    (ZeroDivisionError("secret words"), KeyringBroken, "The keyring failed (ZeroDivisionError)"),
    (KeyringHangs(), KeyringHangs, "If it shows a prompt, answer it"),
]


@pytest.mark.parametrize(("error", "kind", "words"), FAILURES)
def test_each_failure_has_its_sentence(
    error: Exception, kind: type[KeyringFailure], words: str
) -> None:
    """Each exception of a backend becomes one of ours, whose sentence says what to do."""
    failure = failure_of(error)

    assert type(failure) is kind
    assert words in failure.message
    assert "secret words" not in failure.message
