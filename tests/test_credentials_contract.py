"""The fake keyrings and a real Secret Service keep the same contract; what only a real one shows."""

import asyncio
import datetime as dt
import gc
import importlib
import signal
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import keyring.errors
import pytest

from tests.fakes.keyring import FakeKeyring, WinVaultKeyring
from tests.fakes.secret_service import SecretService, missing, secret_service
from trayapp.credentials import Backend, Credentials, pick
from trayapp.model.errors import KeyringHangs, KeyringLocked, NoKeyring
from trayapp.model.secret import Secret

T = TypeVar("T")

AT = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
KEY = Secret(b"sk-ant-api03-CANARY-abcdefgh")

real = pytest.mark.skipif(bool(missing()), reason=f"needs {missing()}")

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")
"""The library leaves its bus to the garbage collector where a keyring is locked or away."""


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[SecretService]:
    """A session bus of our own, without a keyring yet."""
    with secret_service() as service:
        for name in ("DISPLAY", "PYTHON_KEYRING_BACKEND"):
            monkeypatch.delenv(name, raising=False)
        for name, value in service.environ.items():
            monkeypatch.setenv(name, value)
        yield service
    gc.collect()


def the_real(request: pytest.FixtureRequest) -> Backend:
    """An unlocked GNOME Keyring."""
    service: SecretService = request.getfixturevalue("session")
    service.start(unlocked=True)
    backend: Backend = importlib.import_module("keyring.backends.SecretService").Keyring()
    return backend


KINDS: list[Any] = [
    pytest.param(lambda _: FakeKeyring(), id="fake"),
    pytest.param(lambda _: WinVaultKeyring(), id="fake-windows"),
    pytest.param(the_real, id="secret-service", marks=[real, pytest.mark.slow]),
]


@pytest.fixture(params=KINDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    """Each kind of keyring, holding nothing."""
    kind: Callable[[pytest.FixtureRequest], Backend] = request.param
    return kind(request)


def test_entry_is_given_back_until_it_is_removed(backend: Backend) -> None:
    """What is set is got, what is set again is replaced, what is deleted is gone."""
    before = backend.get_password("sluice", "anthropic")
    backend.set_password("sluice", "anthropic", "first")
    backend.set_password("sluice", "anthropic", "k" * 1280)
    backend.set_password("sluice", "other", "another")
    found = backend.get_password("sluice", "anthropic")
    backend.delete_password("sluice", "anthropic")

    assert (before, found) == (None, "k" * 1280)
    assert backend.get_password("sluice", "anthropic") is None
    assert backend.get_password("sluice", "other") == "another"


def test_deleting_nothing_fails(backend: Backend) -> None:
    """An entry that is not there cannot be deleted."""
    with pytest.raises(keyring.errors.PasswordDeleteError):
        backend.delete_password("sluice", "anthropic")


def test_windows_fails_beyond_its_limit() -> None:
    """Windows' store takes 1280 characters and answers one more with an error of the system."""
    vault = WinVaultKeyring()
    vault.set_password("sluice", "anthropic", "k" * 1280)

    with pytest.raises(OSError, match="1783"):
        vault.set_password("sluice", "anthropic", "k" * 1281)


# --- Only a real one ------------------------------------------------------------------------


def wait(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


@pytest.fixture
def kept(session: SecretService, tmp_path: Path) -> Credentials:
    """Credentials as the program makes them; the keyring of the session is not started yet."""
    return Credentials(tmp_path / "keys.json")


@real
@pytest.mark.slow
def test_real_keyring_through_its_day(kept: Credentials, session: SecretService) -> None:
    """Found, filled, locked, unlocked, killed and back again: each state is told as what it is."""
    session.start(unlocked=True)
    assert wait(kept.backend()) == "the Secret Service"
    assert wait(kept.look("anthropic")) == "absent"

    wait(kept.set("anthropic", KEY, AT))
    assert wait(kept.look("anthropic")) == "open"

    session.lock()
    assert wait(kept.look("anthropic")) == "locked"
    with pytest.raises(KeyringLocked):
        wait(kept.get("anthropic"))

    session.unlock()
    assert wait(kept.look("anthropic")) == "open"
    found = wait(kept.get("anthropic"))
    assert found is not None
    assert found.reveal() == KEY.reveal()

    session.kill()
    with pytest.raises(KeyringLocked):  # the bus starts it again, and it is locked
        wait(kept.get("anthropic"))
    assert wait(kept.look("anthropic")) == "locked"


@real
@pytest.mark.slow
def test_locked_keyring_tells_what_it_holds(kept: Credentials, session: SecretService) -> None:
    """A locked keyring tells without a prompt whether it has our entry, and what it has not."""
    session.start(unlocked=True)
    wait(kept.set("anthropic", KEY, AT))
    session.lock()
    kept.index.drop("anthropic")

    assert wait(kept.look("anthropic")) == "locked"
    assert wait(kept.look("other")) == "absent"


@real
@pytest.mark.slow
def test_silent_keyring_is_waited_for(kept: Credentials, session: SecretService) -> None:
    """A service that does not answer is given up in time, and its late answer still counts."""
    session.start(unlocked=True)
    wait(kept.set("anthropic", KEY, AT))
    session.signal(signal.SIGSTOP)
    kept._deadline = 0.2
    with pytest.raises(KeyringHangs):
        wait(kept.get("anthropic"))
    session.signal(signal.SIGCONT)
    kept._deadline = 5.0

    found = wait(kept.get("anthropic"))

    assert found is not None
    assert found.reveal() == KEY.reveal()


@real
@pytest.mark.slow
def test_bus_that_dies_is_no_keyring(kept: Credentials, session: SecretService) -> None:
    """A session that ended is told as a keyring that is not there, whatever is raised below."""
    session.start(unlocked=True)
    wait(kept.set("anthropic", KEY, AT))
    session.close()

    with pytest.raises(NoKeyring):
        wait(kept.get("anthropic"))
    with pytest.raises(NoKeyring):
        wait(kept.look("anthropic"))


@real
@pytest.mark.slow
def test_keyring_of_a_new_user_is_said_to_need_one(
    kept: Credentials, session: SecretService
) -> None:
    """Where no collection was ever made and no prompt can be shown, the sentence says so."""
    session.start(unlocked=False)

    with pytest.raises(KeyringLocked, match="or create one"):
        wait(kept.set("anthropic", KEY, AT))

    assert kept.names() == {}


@real
@pytest.mark.slow
def test_service_that_starts_after_us_is_found(session: SecretService) -> None:
    """A keyring that comes later is picked by the same process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere")
        import keyring.backend

        patch.setattr(keyring.backend, "get_all_keyring", list)
        with pytest.raises(NoKeyring):
            pick()
        patch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        session.start(unlocked=True)

        assert type(pick()).__module__ == "keyring.backends.SecretService"
