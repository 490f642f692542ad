"""A developer keeps the key in a real keyring: locked, unlocked, replaced, killed, absent."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.scripted import ScriptedUpstream
from tests.fakes.secret_service import SecretService, missing, secret_service
from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess, Start, message

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing()), reason=f"needs {missing()}"),
]

KEY = "sk-ant-api03-CANARY-first-0001"
NEXT = "sk-ant-api03-CANARY-second-002"


@pytest.fixture
def session() -> Iterator[SecretService]:
    """A session bus; its keyring is not started yet."""
    with secret_service() as service:
        yield service


def environ(session: SecretService) -> dict[str, str]:
    """The environment of a process in *session*, its own folders left as they are."""
    return {
        "DBUS_SESSION_BUS_ADDRESS": session.address,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.SecretService.Keyring",
        "DISPLAY": "",
        # The library leaves its bus to the garbage collector where a keyring is locked.
        "PYTHONWARNINGS": "error,ignore::ResourceWarning",
    }


def ask(engine: EngineProcess, token: str) -> bytes:
    """Send a request of a tool, and return its answer."""
    return engine.raw(message(engine.port, f"x-api-key: {token}\r\n"))


def codes(engine: EngineProcess) -> list[str]:
    """The problems the engine tells."""
    problems = engine.status()["problems"]
    assert isinstance(problems, list)
    return [problem["code"] for problem in problems]


def comes_to(engine: EngineProcess, wanted: list[str]) -> bool:
    """Whether the engine's problems become *wanted*; the keyring is looked at in the background."""
    return any(codes(engine) == wanted for _ in range(60))


def traces(folder: Path, words: bytes = b"CANARY") -> list[str]:
    """The files below *folder* that hold *words*."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return [str(each) for each in files if words in each.read_bytes()]


def test_key_is_stored_used_replaced_and_removed(
    start: Start, upstream: ScriptedUpstream, session: SecretService, tmp_path: Path
) -> None:
    """The running engine takes each change at once, and no file of ours or the keyring shows it."""
    session.start(unlocked=True)
    engine = start(key=None, session=environ(session))
    token = engine.token()
    assert b"sluice key set" in ask(engine, token)

    for key in (KEY, NEXT):
        stored = engine.cli("key", "set", "--no-check", typed=f"{key}\n")
        assert stored.stderr == (
            "The key for “anthropic” is stored in the Secret Service.\nThe running engine knows.\n"
        )
        assert ask(engine, token).startswith(b"HTTP/1.1 200 ")
        assert upstream.seen[-1].values(b"x-api-key") == [key.encode()]

    assert "…-002" in engine.cli("key", "list").stdout
    assert traces(tmp_path) == traces(session.folder) == []
    engine.cli("key", "remove")
    assert b"No key is stored" in ask(engine, token)
    assert codes(engine) == []


def test_engine_that_starts_before_the_unlock(
    start: Start, upstream: ScriptedUpstream, session: SecretService
) -> None:
    """Tools wait for the unlock and are served after it; own credentials are served meanwhile."""
    session.start(unlocked=True)
    first = start(key=None, session=environ(session))
    token = first.token()
    first.cli("key", "set", "--no-check", typed=KEY)
    first.stop()
    session.lock()

    engine = start(key=None, session=environ(session))
    answers: list[bytes] = []
    tool = threading.Thread(target=lambda: answers.append(ask(engine, token)))
    tool.start()
    own = engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n"))
    told = comes_to(engine, ["keyring"])
    waited = not answers
    session.unlock()
    tool.join(20)

    assert own.startswith(b"HTTP/1.1 200 ")
    assert (told, waited) == (True, True)
    assert answers[0].startswith(b"HTTP/1.1 200 ")
    assert upstream.seen[-1].values(b"x-api-key") == [KEY.encode()]
    assert comes_to(engine, [])


def test_keyring_killed_in_the_middle(
    start: Start, upstream: ScriptedUpstream, session: SecretService
) -> None:
    """The key in memory serves on; what needs the keyring says what is wrong with it."""
    session.start(unlocked=True)
    engine = start(key=None, session=environ(session))
    token = engine.token()
    engine.cli("key", "set", "--no-check", typed=KEY)
    session.kill()

    refused = engine.cli("key", "set", "--no-check", typed=NEXT)
    shown = ask(engine, token)

    assert refused.returncode == 1
    assert "The keyring is locked. Unlock it" in refused.stderr
    assert shown.startswith(b"HTTP/1.1 200 ")
    assert upstream.seen[-1].values(b"x-api-key") == [KEY.encode()]


def test_no_keyring_at_all(start: Start, session: SecretService) -> None:
    """Without a service tools are told at once, own credentials pass, and one problem is told."""
    session.close()
    engine = start(key=None, session=environ(session))
    token = engine.token()

    shown = ask(engine, token)
    own = engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n"))
    stored = engine.cli("key", "set", "--no-check", typed=KEY)

    assert shown.startswith(b"HTTP/1.1 503 ")
    assert b"No keyring answers here" in shown
    assert own.startswith(b"HTTP/1.1 200 ")
    assert (stored.returncode, codes(engine)) == (1, ["keyring"])
    assert "sluice serve --key-env VAR" in stored.stderr


def test_given_key_leaves_the_keyring_alone(start: Start, session: SecretService) -> None:
    """With --key-env a stored key is for the next engine, and this one says so."""
    session.start(unlocked=True)
    engine = start(session=environ(session))

    stored = engine.cli("key", "set", "--no-check", typed=KEY)

    assert stored.returncode == 0
    assert "started with --key-env and keeps that key" in stored.stderr


def test_key_is_tried_before_it_is_stored(start: Start, session: SecretService) -> None:
    """The real way with the real SDK: a good key is stored, an upstream that is away stores none."""
    session.start(unlocked=True)
    engine = start(session=environ(session))
    with SimulatorProcess() as simulator:
        settings = f'[upstream]\nurl = "{simulator.url}"\nallow_loopback = true\n'
        (engine.home / "config.toml").write_text(settings)
        good = engine.cli("key", "set", typed=KEY)
    away = engine.cli("key", "set", typed=NEXT)

    assert good.returncode == 0
    assert f"{simulator.url} accepts it." in good.stderr
    assert away.returncode == 1
    assert "no connection could be made. Nothing was stored; --no-check" in away.stderr
    assert "…0001" in engine.cli("key", "list").stdout
