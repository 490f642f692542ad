"""The keyring, the keys and the tools as the doctor tells them; a key itself is never shown."""

from pathlib import Path

import pytest

from tests.fakes.control import FakeEngine, control, line
from tests.fakes.keyring import FakeKeyring
from trayapp.cli import doctor_keys
from trayapp.cli.ask import Control
from trayapp.cli.findings import Finding
from trayapp.cli.tool import admission, carry_out
from trayapp.credentials import Backend, Credentials, State
from trayapp.home import Home
from trayapp.model.command import Answer
from trayapp.model.errors import KeyringHangs, KeyringLocked, NoKeyring


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A prepared home."""
    home = Home.locate(str(tmp_path / "h"), {})
    home.prepare()
    return home


def told(home: Home, *, given: bool = False, failing: bool = False) -> list[Finding]:
    """What is said of the key “anthropic”."""

    def pick() -> Backend:
        if failing:
            raise NoKeyring
        return FakeKeyring()

    credentials = Credentials(home.data / "keys.json", pick=pick)
    return list(doctor_keys.keys(credentials, ["anthropic"], given=given))


@pytest.mark.parametrize(("given", "state"), [(False, "failed"), (True, "note")])
def test_no_keyring(home: Home, given: bool, state: str) -> None:
    """Without a keyring nothing can be stored, which an engine with a given key does not mind."""
    (finding,) = told(home, given=given, failing=True)

    assert (finding.state, "--key-env" in finding.words) == (state, True)


def test_keyring_is_named_and_a_missing_key_noted(home: Home) -> None:
    """Own keys are served all the same, so a missing one is no failure."""
    keyring, key = told(home)

    assert (keyring.state, key.state) == ("ok", "note")
    assert key.remedy == "sluice key set"


@pytest.mark.parametrize(
    ("stored", "state", "said"),
    [
        (True, "open", "ok"),
        (True, "unknown", "ok"),
        (False, "unknown", "note"),
        (True, "locked", "note"),
        (True, "absent", "note"),
        (True, KeyringLocked(), "failed"),
        (True, KeyringHangs(), "failed"),
    ],
)
def test_states_of_a_key(stored: bool, state: State | KeyringLocked, said: str) -> None:
    """A locked key is noted, an unreadable one a failure."""
    assert doctor_keys._key("work", stored, state).state == said


def test_no_tool_is_noted(home: Home) -> None:
    """Nothing is made for looking."""
    assert doctor_keys.tools(home, None).state == "note"
    assert not home.meter_db.exists()


def test_tools_are_named(home: Home) -> None:
    """The first few by name and kind."""
    for number in range(7):
        carry_out(home, admission(f"tool {number}", "normal", cache=True)[1])

    finding = doctor_keys.tools(home, None)

    assert finding.words.startswith("“tool 0” (normal), ")
    assert finding.words.endswith("and 2 more may enter by a token.")


def test_tools_are_asked_of_the_engine(home: Home) -> None:
    """A running engine has the list."""
    row = {"name": "editor", "kind": "interactive", "cache": False, "created_at": "2026-11-25"}
    engine = FakeEngine(reply=lambda ask: [line(Answer(ask.id, ok=True, value=[row]))])
    with control(home, engine), Control(home) as asked:
        assert "“editor” (interactive) may enter" in doctor_keys.tools(home, asked).words


def test_unreadable_list(home: Home) -> None:
    """What keeps the list from being read is told."""
    home.meter_db.write_bytes(b"no database" * 500)

    assert doctor_keys.tools(home, None).state == "failed"


def test_home_held_by_a_mute_engine(home: Home) -> None:
    """An engine that holds the home and does not answer is named."""
    home.meter_db.write_bytes(b"")
    with home.lock():
        assert "holds the home" in doctor_keys.tools(home, None).words
