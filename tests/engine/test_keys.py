"""The stored key: what tools wait for, who is asked for it and how often, and what is told."""

import subprocess
import sys

import pytest

from tests.engine.key_scene import ONE, TWO, House, play, settle
from tests.fakes.keyring import FakeCredentials
from trayapp.engine.keys import GIVEN, KEYRING, NO_KEY, REFUSED
from trayapp.model.errors import (
    KeyringBroken,
    KeyringHangs,
    KeyringLocked,
    NoKeyring,
    NotServing,
    SluiceError,
)
from trayapp.model.secret import Secret

# --- A key that is there --------------------------------------------------------------------


def test_key_is_read_in_the_background() -> None:
    """A request that comes before the keyring has answered waits, and goes with the key."""

    async def scene(house: House) -> None:
        house.ask()
        assert house.keyring.calls == []
        await settle()
        assert house.answer == ONE.decode()

    house = play(scene, FakeCredentials())

    assert (house.used, house.told) == ([ONE], {})


def test_key_is_read_once() -> None:
    """After the first success the keyring is not asked again."""

    async def scene(house: House) -> None:
        await settle()
        await house.pass_time(90)
        await house.keys.stored()

    assert play(scene, FakeCredentials()).keyring.calls == ["look", "get"]


def test_given_key_touches_no_keyring() -> None:
    """With --key-env the key is used as it is, and changes of the keyring do not reach it."""

    async def scene(house: House) -> None:
        assert (await house.keys.stored()).reveal() == TWO
        with pytest.raises(SluiceError) as told:
            await house.keys.changed()
        assert told.value.message == GIVEN

    assert play(scene, given=Secret(TWO)).used == [TWO]


def test_missing_key_is_said_at_once() -> None:
    """Where the keyring holds no key, nobody waits, no prompt is shown and no problem told."""

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await settle()
        assert house.answer == f"None: {NO_KEY.format('', '')}"
        await house.pass_time(60)

    house = play(scene, FakeCredentials("absent"))

    assert (house.keyring.calls, house.told) == (["look"], {})


# --- A keyring that is not there ------------------------------------------------------------


@pytest.mark.parametrize("failure", [NoKeyring(), KeyringBroken("The keyring failed (X).")])
def test_nobody_waits_for_what_is_not_there(failure: NoKeyring | KeyringBroken) -> None:
    """Without a usable keyring tools are told at once, own keys are served, one problem is told."""
    keyring = FakeCredentials()
    keyring.failure = failure

    async def scene(house: House) -> None:
        house.ask()
        await settle()
        assert house.answer == f"None: {failure.message}"
        await house.pass_time(60)

    house = play(scene, keyring)

    assert list(house.told) == [KEYRING]
    sentence = failure.message.rstrip(".")
    assert house.told[KEYRING] == (
        f"{sentence}. Requests with a key of their own are served meanwhile."
    )


def test_service_that_starts_later_is_found() -> None:
    """A keyring that starts after the engine is used, and the problem is over."""
    keyring = FakeCredentials()
    keyring.failure = NoKeyring()

    async def scene(house: House) -> None:
        await settle()
        keyring.failure = None
        await house.pass_time(31)
        assert (await house.keys.stored()).reveal() == ONE

    assert play(scene, keyring).told == {}


# --- A key that changes ---------------------------------------------------------------------


def test_replaced_key_is_used_from_then_on() -> None:
    """After a change the key is read again, also where a call still hung."""

    async def scene(house: House) -> None:
        await settle()
        house.keyring.key = TWO
        await house.keys.changed()
        assert (await house.keys.stored()).reveal() == TWO

    house = play(scene, FakeCredentials())

    assert house.used == [ONE, TWO]
    assert house.keyring.calls == ["look", "get", "forget", "look", "get"]


def test_removed_key_is_used_no_more() -> None:
    """After a removal tools are told that there is none."""

    async def scene(house: House) -> None:
        await settle()
        house.keyring.state = "absent"
        await house.keys.changed()
        house.ask()
        await settle()
        assert house.answer == f"None: {NO_KEY.format('', '')}"

    play(scene, FakeCredentials())


def test_first_key_is_used_at_once() -> None:
    """A key stored while the engine runs needs no restart."""

    async def scene(house: House) -> None:
        await settle()
        house.keyring.state = "open"
        await house.keys.changed()
        assert (await house.keys.stored()).reveal() == ONE

    play(scene, FakeCredentials("absent"))


def test_change_that_cannot_be_read_is_said() -> None:
    """Who changed the key hears that the engine could not read it; the one in memory stays."""

    async def scene(house: House) -> None:
        await settle()
        house.keyring.refusal = KeyringLocked()
        with pytest.raises(KeyringLocked):
            await house.keys.changed()
        assert (await house.keys.stored()).reveal() == ONE

    play(scene, FakeCredentials())


# --- A key that is refused ------------------------------------------------------------------


def test_refused_key_is_read_once_more() -> None:
    """After a 401 the keyring is asked once, and what it gives is used."""

    async def scene(house: House) -> None:
        await settle()
        house.keyring.key = TWO
        house.keys.answered(401)
        await settle()
        assert (await house.keys.stored()).reveal() == TWO

    house = play(scene, FakeCredentials())

    assert (house.keyring.calls, house.told) == (["look", "get", "look", "get"], {})


def test_key_that_stays_refused_is_a_problem() -> None:
    """The same key again is told once and not read at every 401; an answer ends the problem."""

    async def scene(house: House) -> None:
        await settle()
        for _ in range(5):
            house.keys.answered(401)
            await settle()
        assert "does not accept the stored key" in house.told[REFUSED]
        assert house.keyring.calls.count("get") == 2
        house.keys.answered(200)

    assert play(scene, FakeCredentials()).told == {}


def test_given_key_that_is_refused_is_a_problem() -> None:
    """A key of --key-env that the API refuses is told as well."""

    async def scene(house: House) -> None:
        house.keys.answered(401)

    assert list(play(scene, given=Secret(ONE)).told) == [REFUSED]


# --- The end, and the beginning -------------------------------------------------------------


def test_stopping_engine_holds_nobody() -> None:
    """Who waits for the key when the engine stops is answered at once."""

    async def scene(house: House) -> None:
        house.keyring.refusal = KeyringLocked()
        house.ask()
        await settle()
        house.keys.stop()
        await settle()
        assert house.answer.startswith("5: ")
        house.ask()
        await settle()
        assert house.answer.startswith("5: ")

    play(scene, FakeCredentials())


def test_unread_keyring_is_said_to_be_silent() -> None:
    """Who is sent away before the keyring has said anything is told just that."""

    async def scene(house: House) -> None:
        house.keys.stop()
        with pytest.raises(NotServing) as told:
            await house.keys.stored()
        assert told.value.message == KeyringHangs.sentence

    play(scene, FakeCredentials())


START = """
import asyncio, sys
from pathlib import Path
from trayapp.engine.engine import Engine
from trayapp.home import Home
from trayapp.listener.server import bind
from trayapp.model.preferences import Preferences
from trayapp.model.serving import ServeOptions

async def main():
    home = Home.locate(sys.argv[1], {})
    home.prepare()
    async with Engine(home, Preferences(), ServeOptions(), bind(0)):
        print(sorted({"keyring", "secretstorage", "anthropic"} & set(sys.modules)))

asyncio.run(main())
"""


@pytest.mark.slow
def test_engine_accepts_before_it_knows_a_keyring(tmp_path: object) -> None:
    """When the engine has begun to accept, neither keyring nor SDK was imported."""
    done = subprocess.run(
        [sys.executable, "-c", START, f"{tmp_path}/home"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout == "[]\n", done.stderr
