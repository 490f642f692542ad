"""The OS keyring: what is kept where, and that no call holds us up."""

import asyncio
import datetime as dt
import importlib
import json
import stat
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import keyring.core
import keyring.errors
import pytest

from tests.fakes.keyring import FakeKeyring, Forgetful, WinVaultKeyring
from trayapp import credentials
from trayapp.credentials import Credentials, StoredKey
from trayapp.model.errors import (
    KeyringBroken,
    KeyringHangs,
    KeyringLocked,
    KeyTooLong,
    NoKey,
)
from trayapp.model.secret import Secret

T = TypeVar("T")

CHAIN = "keyring.backends.chainer"
AT = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
KEY = Secret(b"sk-ant-api03-CANARY-abcdefgh")


@pytest.fixture
def backend() -> FakeKeyring:
    """A keyring that holds nothing."""
    return FakeKeyring()


@pytest.fixture
def kept(backend: FakeKeyring, tmp_path: Path) -> Credentials:
    """Credentials over it, with a deadline of an instant."""
    return Credentials(tmp_path / "keys.json", pick=lambda: backend, deadline=2.0)


def wait(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def impatient(backend: FakeKeyring, tmp_path: Path) -> Credentials:
    """Credentials that wait for nothing that takes a moment."""
    return Credentials(tmp_path / "keys.json", pick=lambda: backend, deadline=0.02)


def test_failing_call_raises_our_words(backend: FakeKeyring, kept: Credentials) -> None:
    """No exception of a backend leaves this file."""
    backend.failure = keyring.errors.KeyringLocked("Failed to unlock the collection!")

    with pytest.raises(KeyringLocked):
        wait(kept.get("anthropic"))


# --- The deadline ---------------------------------------------------------------------------


def test_hanging_keyring_is_left(backend: FakeKeyring, tmp_path: Path) -> None:
    """A keyring that waits for its user is given up after the deadline; the loop goes on."""
    backend.open.clear()

    with pytest.raises(KeyringHangs):
        wait(impatient(backend, tmp_path).get("anthropic"))

    backend.open.set()


def test_hanging_call_is_not_made_twice(backend: FakeKeyring, tmp_path: Path) -> None:
    """Asked again, the first call is waited for: a second would show a second prompt."""
    backend.entries["sluice", "anthropic"] = "sk-ant-api03-late"
    backend.open.clear()
    kept = impatient(backend, tmp_path)

    async def scene() -> Secret | None:
        for _ in range(2):
            with pytest.raises(KeyringHangs):
                await kept.get("anthropic")
            assert kept.asking("anthropic")
        backend.open.set()
        kept._deadline = 2.0
        return await kept.get("anthropic")

    key = wait(scene())

    assert key is not None
    assert (key.reveal(), backend.calls) == (b"sk-ant-api03-late", 1)
    assert not kept.asking("anthropic")


def test_forgotten_call_is_made_anew(backend: FakeKeyring, tmp_path: Path) -> None:
    """A call that hangs can be left to itself, and the next one is a new one."""
    backend.open.clear()
    kept = impatient(backend, tmp_path)

    async def scene() -> None:
        with pytest.raises(KeyringHangs):
            await kept.get("anthropic")
        kept.forget("anthropic")
        kept.forget("anthropic")
        backend.open.set()
        kept._deadline = 2.0
        await kept.get("anthropic")

    wait(scene())

    assert backend.calls == 2


# --- Keys -----------------------------------------------------------------------------------


def test_stored_key_is_given_back(backend: FakeKeyring, kept: Credentials) -> None:
    """One entry a key, under our service and the upstream's name."""
    wait(kept.set("anthropic", KEY, AT))
    key = wait(kept.get("anthropic"))

    assert key is not None
    assert key.reveal() == KEY.reveal()
    assert backend.entries == {("sluice", "anthropic"): KEY.reveal().decode()}


def test_key_of_our_own_is_not_listed(backend: FakeKeyring, kept: Credentials) -> None:
    """What Sluice keeps for itself is no key of the user's."""
    wait(kept.keep("data-key", KEY))

    assert list(backend.entries) == [("sluice", "data-key")]
    assert kept.names() == {}


def test_missing_key_is_none(kept: Credentials) -> None:
    """A key that was never stored is absent, which is no failure."""
    assert wait(kept.get("anthropic")) is None


def test_removed_key_is_gone(backend: FakeKeyring, kept: Credentials) -> None:
    """Removing takes the entry and its name."""
    wait(kept.set("anthropic", KEY, AT))
    wait(kept.delete("anthropic"))

    assert (backend.entries, kept.names()) == ({}, {})


def test_removing_nothing_is_said(kept: Credentials) -> None:
    """What is not there cannot be removed; a name that is left over goes."""
    kept.index.put("anthropic", StoredKey(AT))

    with pytest.raises(NoKey, match="No key is stored for “anthropic”"):
        wait(kept.delete("anthropic"))

    assert kept.names() == {}


def test_key_that_is_not_kept_is_not_stored(tmp_path: Path) -> None:
    """A key is read back before it counts, since some backends forget silently."""
    kept = Credentials(tmp_path / "keys.json", pick=Forgetful)

    with pytest.raises(KeyringBroken, match="does not give it back"):
        wait(kept.set("anthropic", KEY, AT))

    assert kept.names() == {}


@pytest.mark.parametrize(("length", "fits"), [(1280, True), (1281, False)])
def test_windows_takes_1280_characters(tmp_path: Path, length: int, fits: bool) -> None:
    """A key over Windows' limit is refused with a sentence before it is tried."""
    vault = WinVaultKeyring()
    kept = Credentials(tmp_path / "keys.json", pick=lambda: vault)
    key = Secret(b"k" * length)

    if fits:
        wait(kept.check(key))
        wait(kept.set("anthropic", key, AT))
    else:
        with pytest.raises(KeyTooLong, match="up to 1280 characters; this one has 1281"):
            wait(kept.check(key))
        with pytest.raises(KeyTooLong):
            wait(kept.set("anthropic", key, AT))

    assert vault.calls == (2 if fits else 0)


def test_other_keyrings_take_long_keys(kept: Credentials) -> None:
    """Only Windows has a limit worth a word."""
    wait(kept.check(Secret(b"k" * 8192)))


def test_backend_is_named_for_people(tmp_path: Path) -> None:
    """Where keys are is told in words a person knows."""
    kept = Credentials(
        tmp_path / "keys.json",
        pick=lambda: importlib.import_module("keyring.backends.SecretService").Keyring(),
    )

    assert wait(kept.backend()) == "the Secret Service"


# --- Names ----------------------------------------------------------------------------------


def test_names_are_kept_without_keys(kept: Credentials, tmp_path: Path) -> None:
    """The list holds when, and the last four characters; it is ours alone."""
    wait(kept.set("anthropic", KEY, AT))

    file = tmp_path / "keys.json"
    assert kept.names() == {"anthropic": StoredKey(AT, "efgh")}
    assert json.loads(file.read_text()) == {
        "anthropic": {"stored_at": "2026-11-21T12:00:00Z", "ends_in": "efgh"}
    }
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["keys.json"]


def test_short_key_shows_nothing_of_itself(kept: Credentials) -> None:
    """Four characters of a short key are too many."""
    wait(kept.set("anthropic", Secret(b"short-key"), AT))

    assert kept.names()["anthropic"].ends_in == ""


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": 1}'])
def test_damaged_list_is_empty(kept: Credentials, tmp_path: Path, content: bytes) -> None:
    """The list only helps to show; what is damaged counts as empty and is written anew."""
    (tmp_path / "keys.json").write_bytes(content)
    assert kept.names() == {}

    wait(kept.set("anthropic", KEY, AT))

    assert list(kept.names()) == ["anthropic"]


def test_look_at_other_keyrings_tells_nothing(kept: Credentials) -> None:
    """Only the Secret Service tells of entries without a prompt."""
    assert wait(kept.look("anthropic")) == "unknown"


def test_look_that_finds_it_open_forgets_the_prompt(
    backend: FakeKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the entry is open, a call that still waits for a prompt is left to itself."""
    monkeypatch.setattr(credentials, "LATE", (credentials.full_name(backend),))
    monkeypatch.setattr(credentials, "_state", lambda *_, **__: "open")
    backend.open.clear()
    kept = impatient(backend, tmp_path)

    async def scene() -> None:
        with pytest.raises(KeyringHangs):
            await kept.get("anthropic")
        kept._deadline = 2.0
        assert await kept.look("anthropic") == "open"

    wait(scene())
    backend.open.set()

    assert not kept.asking("anthropic")
