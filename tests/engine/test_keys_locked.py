"""A keyring that is closed: who waits for it, how long, and how often it is asked."""

from tests.engine.key_scene import ONE, House, play, settle
from tests.fakes.keyring import FakeCredentials
from trayapp.engine.keys import KEYRING
from trayapp.model.errors import (
    KeyringHangs,
    KeyringLocked,
    NoKeyring,
    PromptDismissed,
)

# --- A keyring that is closed ---------------------------------------------------------------


def locked() -> FakeCredentials:
    """A locked keyring whose prompt nobody answers."""
    keyring = FakeCredentials("locked")
    keyring.refusal = KeyringLocked()
    return keyring


def unlock(keyring: FakeCredentials) -> None:
    """Open it."""
    keyring.state, keyring.refusal = "open", None


def test_tools_wait_for_the_keyring_to_open() -> None:
    """A request that finds the keyring locked goes as soon as it is unlocked."""

    async def scene(house: House) -> None:
        await settle()
        assert "The keyring is locked. Unlock it" in house.told[KEYRING]
        house.ask()
        await house.pass_time(20)
        assert house.answer == "waiting"
        unlock(house.keyring)
        await house.pass_time(1)
        assert house.answer == ONE.decode()

    assert play(scene, locked()).told == {}


def test_tools_wait_thirty_seconds_at_most() -> None:
    """After 30 s requests are told to unlock the keyring, and to come again in 5 s."""

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await house.pass_time(29.5)
        assert house.answer == "waiting"
        await house.pass_time(1)
        assert house.answer == f"5: {KeyringLocked.sentence}"

    play(scene, locked())


def test_later_requests_are_told_at_once() -> None:
    """Once tools have waited in vain, the next ones do not, until the keyring opens."""

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await house.pass_time(31)
        house.ask()
        await settle()
        assert house.answer.startswith("5: The keyring is locked")
        unlock(house.keyring)
        await house.pass_time(1)
        house.ask()
        await settle()
        assert house.answer == ONE.decode()

    play(scene, locked())


def test_locked_keyring_is_asked_once() -> None:
    """A prompt is shown once; from then on the keyring is only looked at."""

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await house.pass_time(20)

    calls = play(scene, locked()).keyring.calls

    assert calls.count("get") == 1
    assert calls.count("look") > 15


def test_keyring_nobody_waits_for_is_looked_at_seldom() -> None:
    """Without a request, a locked keyring is looked at twice a minute."""

    async def scene(house: House) -> None:
        await settle()
        await house.pass_time(120)

    assert play(scene, locked()).keyring.calls.count("look") in {4, 5}


def test_dismissed_prompt_keeps_its_sentence() -> None:
    """What the user said no to is told as that, also after further looks."""
    keyring = FakeCredentials("locked")
    keyring.refusal = PromptDismissed()

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await house.pass_time(3)

    assert "got none" in play(scene, keyring).told[KEYRING]


def test_open_prompt_is_waited_for() -> None:
    """While a call hangs behind its prompt, that same call is asked again, so its answer counts."""
    keyring = FakeCredentials("locked")
    keyring.refusal = KeyringHangs()

    async def scene(house: House) -> None:
        await settle()
        keyring.hangs = True
        house.ask()
        await house.pass_time(10)
        assert "If it shows a prompt, answer it" in house.told[KEYRING]
        keyring.refusal = None
        await house.pass_time(1)
        assert house.answer == ONE.decode()

    play(scene, keyring)


def test_keyring_that_cannot_tell_is_asked_now_and_then() -> None:
    """Where a look tells nothing, a waiting request asks again after half a minute, no sooner."""
    keyring = FakeCredentials("unknown")
    keyring.refusal = KeyringLocked()

    async def scene(house: House) -> None:
        await settle()
        house.ask()
        await house.pass_time(29)
        assert keyring.calls.count("get") == 1
        await house.pass_time(3)
        assert keyring.calls.count("get") == 2

    play(scene, keyring)


def test_service_that_came_back_locked_is_told_as_locked() -> None:
    """A service that was gone and comes back closed is told as what it is now."""
    keyring = locked()

    async def scene(house: House) -> None:
        await settle()
        keyring.failure = NoKeyring()
        await house.pass_time(31)
        assert "No keyring answers" in house.told[KEYRING]
        keyring.failure = None
        await house.pass_time(31)
        assert "is locked" in house.told[KEYRING]

    play(scene, keyring)


def test_caller_that_hangs_up_waits_no_more() -> None:
    """A cancelled request leaves nothing behind."""

    async def scene(house: House) -> None:
        await settle()
        request = house.ask()
        await settle()
        request.cancel()
        await settle()
        assert house.keys._waiting == set()
        unlock(house.keyring)
        await house.pass_time(2)

    play(scene, locked())
