"""Which key a tool's request is lent, by the upstream it is bound to."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.engine.key_scene import ONE, TWO, settle
from tests.fakes.clock import FakeClock
from tests.fakes.keyring import FakeCredentials
from tests.fakes.timer import FakeTimer
from trayapp.engine.keybox import Keybox
from trayapp.engine.keys import REFUSED
from trayapp.engine.problems import Problems
from trayapp.engine.tasks import Tasks
from trayapp.model.errors import KeyringLocked, NotServing, Refused, SluiceError
from trayapp.model.exchange import Caller
from trayapp.model.preferences import UpstreamPreferences
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Key

DEFAULT = UpstreamPreferences()
WORK = UpstreamPreferences(kind="compatible", credential="bearer")
LOCAL = UpstreamPreferences(kind="compatible", credential="none")
ALL = {"anthropic": DEFAULT, "work": WORK, "local": LOCAL}
TOOL = {name: Caller("editor", upstream=name) for name in (*ALL, "gone")}


class ByName(FakeCredentials):
    """A keyring with a key for each upstream."""

    async def get(self, name: str) -> Secret | None:
        await super().get(name)
        return {"anthropic": Secret(ONE), "work": Secret(TWO)}.get(name)


class House:
    def __init__(self, tasks: Tasks, given: Secret | None) -> None:
        self.clock = FakeClock()
        self.problems = Problems(self.clock.now, lambda: None)
        self.keyring = ByName()
        self.used: list[tuple[str, bytes]] = []
        self.tasks = tasks
        self.keybox = Keybox(
            given, problems=self.problems, timer=FakeTimer(self.clock), keyring=self.keyring,
            use=lambda name, key: self.used.append((name, key.reveal())),
        )  # fmt: skip

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems.all()]


def play(scene: Callable[[House], Awaitable[None]], given: Secret | None = None) -> House:
    """Run *scene* with all upstreams held."""

    async def run() -> House:
        async with asyncio.timeout(5), Tasks(lambda _, error: None) as tasks:
            house = House(tasks, given)
            house.keybox.hold(ALL)
            house.keybox.start(tasks.start)
            try:
                await settle()
                await scene(house)
            finally:
                tasks.cancel()
        return house

    return asyncio.run(run())


def test_each_upstream_has_its_key_and_its_header() -> None:
    """The caller's own header is used unless the upstream wants another, or nothing at all."""

    async def scene(house: House) -> None:
        for name, expected in (
            ("anthropic", (ONE, "x-api-key")), ("work", (TWO, "bearer")), ("local", (b"", "none")),
        ):  # fmt: skip
            key, form = await house.keybox.lent(TOOL[name], "x-api-key")
            assert (key.reveal(), form) == expected

    assert play(scene).used == [("anthropic", ONE), ("work", TWO)]


def test_tool_of_an_upstream_that_is_gone() -> None:
    """It is told so, and its request goes nowhere else."""

    async def scene(house: House) -> None:
        with pytest.raises(NotServing, match="not in the settings any more"):
            await house.keybox.lent(TOOL["gone"], "bearer")

    play(scene)


def test_given_key_is_the_default_upstreams_alone() -> None:
    """The others have theirs in the keyring."""

    async def scene(house: House) -> None:
        with pytest.raises(SluiceError, match="--key-env"):
            await house.keybox.changed("anthropic")

    assert play(scene, Secret(b"given")).used == [("anthropic", b"given"), ("work", TWO)]


def test_own_credentials_go_to_the_api_alone() -> None:
    """Another vendor's server never sees them."""

    async def scene(house: House) -> None:
        house.keybox.check_own()
        house.keybox.hold({**ALL, "anthropic": WORK})
        with pytest.raises(Refused, match="takes only Sluice's tokens"):
            house.keybox.check_own()

    play(scene)


def test_upstreams_come_and_go() -> None:
    """A key that nobody needs is let go with what was told of it; a new one is read at once."""

    async def scene(house: House) -> None:
        house.keybox.answered("work", 401)
        await settle()
        told = house.codes
        house.keybox.hold({"anthropic": DEFAULT, "ci": DEFAULT})
        await settle()

        assert told == [f"{REFUSED}:work"]
        assert house.codes == []
        assert house.keybox.shown() == (Key("anthropic", present=True), Key("ci", present=False))

    play(scene)


def test_keyring_that_fails_for_one_that_goes() -> None:
    """The problem goes too; another key that waits for the keyring tells it again."""

    async def scene(house: House) -> None:
        house.keyring.failure = KeyringLocked()
        house.keybox.hold({**ALL, "ci": WORK})
        await settle()
        told = house.codes
        house.keybox.hold(ALL)

        assert (told, house.codes) == (["keyring"], [])

    play(scene)


def test_change_is_for_one_key() -> None:
    """Only that one is read again; an upstream without a key has none to change."""

    async def scene(house: House) -> None:
        house.keyring.calls.clear()
        await house.keybox.changed("work")
        assert house.keyring.calls == ["forget", "look", "get"]
        with pytest.raises(SluiceError, match="No upstream called “local” wants a key"):
            await house.keybox.changed("local")

    play(scene)


def test_refusal_names_the_key() -> None:
    """Which of several keys is refused, and how another is stored."""

    async def scene(house: House) -> None:
        house.keybox.answered("work", 401)
        house.keybox.answered("local", 401)
        await settle()

    (problem,) = play(scene).problems.all()
    assert "the stored key for “work” (401)" in problem.message
    assert problem.message.endswith("sluice key set work")


def test_stopping_lets_nobody_wait() -> None:
    """Those who waited for a key are answered."""

    async def scene(house: House) -> None:
        house.keyring.failure = KeyringLocked()
        house.keybox.hold({**ALL, "ci": WORK})
        await settle()
        waiting = house.tasks.start(asked(house), "request")
        await settle()
        house.keybox.stop()
        await waiting

    async def asked(house: House) -> None:
        with pytest.raises(NotServing):
            await house.keybox.lent(Caller("editor", upstream="ci"), "bearer")

    play(scene)
