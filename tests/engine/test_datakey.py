"""The key that seals what is kept: in the keyring, or in a file."""

import asyncio
import os
import stat
from pathlib import Path

import pytest

from trayapp.credentials import State
from trayapp.engine.datakey import NAME, DataKey
from trayapp.model.errors import KeyringFailure, KeyringHangs, KeyringLocked, SluiceError
from trayapp.model.secret import Secret


class Keyring:
    """A keyring that holds entries in memory."""

    def __init__(self, state: State = "open") -> None:
        self.state: State = state
        self.entries: dict[str, Secret] = {}
        self.failure: KeyringFailure | None = None
        self.calls: list[str] = []

    async def look(self, name: str) -> State:
        return self.state

    async def get(self, name: str) -> Secret | None:
        self.calls.append("get")
        if self.failure is not None:
            raise self.failure
        return self.entries.get(name)

    async def keep(self, name: str, key: Secret) -> None:
        self.calls.append("keep")
        self.entries.setdefault(name, key)


def secret(key: DataKey) -> bytes:
    """The bytes of *key*."""
    return asyncio.run(key.secret()).reveal()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data.key"


def test_key_is_made_once(file: Path) -> None:
    """The keyring gets one entry, and gives it to every engine of this user."""
    keyring = Keyring()
    one = secret(DataKey(file, keyring))
    other = secret(DataKey(file, keyring))

    assert one == other
    assert len(one) == 32
    assert (list(keyring.entries), file.exists()) == ([NAME], False)


def test_key_is_read_once(file: Path) -> None:
    """Two that need it at the same time make one, and later nobody asks the keyring."""
    keyring = Keyring()
    key = DataKey(file, keyring)

    async def both() -> list[Secret]:
        return [*await asyncio.gather(key.secret(), key.secret()), await key.secret()]

    assert len({each.reveal() for each in asyncio.run(both())}) == 1
    assert keyring.calls == ["get", "keep", "get"]


def test_locked_keyring_is_not_asked(file: Path) -> None:
    """Asking would show a prompt; whoever needs the key comes again."""
    keyring = Keyring("locked")

    with pytest.raises(KeyringLocked):
        secret(DataKey(file, keyring))

    assert keyring.calls == []


def test_failure_is_passed_on_and_tried_again(file: Path) -> None:
    """A keyring that fails now may work later."""
    keyring = Keyring()
    keyring.failure = KeyringHangs()
    key = DataKey(file, keyring)

    async def twice() -> bytes:
        with pytest.raises(KeyringHangs):
            await key.secret()
        keyring.failure = None
        return (await key.secret()).reveal()

    assert len(asyncio.run(twice())) == 32


@pytest.mark.parametrize("text", [b"", b"too short", b"\xff" * 64])
def test_damaged_entry_is_not_overwritten(file: Path, text: bytes) -> None:
    """What the key sealed would be lost, so that is the user's to say."""
    keyring = Keyring()
    keyring.entries[NAME] = Secret(text)

    with pytest.raises(KeyringFailure, match="damaged"):
        secret(DataKey(file, keyring))


def test_file_is_the_users_alone(file: Path) -> None:
    """Without a keyring the key is in a file that nobody else may read; the same from then on."""
    one = secret(DataKey(file, None))

    assert secret(DataKey(file, None)) == one
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_file_that_others_may_read_is_closed_to_them(file: Path) -> None:
    """A copy that lost its mode gets it back."""
    one = secret(DataKey(file, None))
    file.chmod(0o644)

    assert secret(DataKey(file, None)) == one
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_remains_of_an_interrupted_making_do_no_harm(file: Path) -> None:
    """What a killed engine left beside it is no key."""
    file.with_suffix(f".{os.getpid()}").write_bytes(b"half")

    assert len(secret(DataKey(file, None))) == 32


def test_damaged_file_is_not_overwritten(file: Path) -> None:
    """It is said what to do; the file stays as it is."""
    file.write_bytes(b"0" * 63)

    with pytest.raises(SluiceError, match="remove it to begin anew"):
        secret(DataKey(file, None))

    assert file.read_bytes() == b"0" * 63


def test_link_in_its_place_is_not_followed(file: Path, tmp_path: Path) -> None:
    """A link is not read, and nothing is written through it."""
    file.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(SluiceError):
        secret(DataKey(file, None))

    assert not (tmp_path / "elsewhere").exists()


def test_folder_in_its_place_is_refused(file: Path) -> None:
    """What is no file cannot hold the key."""
    file.mkdir()

    with pytest.raises(SluiceError):
        secret(DataKey(file, None))
