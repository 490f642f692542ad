"""`sluice connect` and `disconnect`, as a person and as a script."""

import io
import json
import sys
from pathlib import Path

import pytest

from tests.fakes.control import SNAPSHOT, FakeEngine, control, line
from trayapp.cli import main
from trayapp.home import Home
from trayapp.model.command import Answer, Ask

pytestmark = pytest.mark.slow

BEFORE = b'{\r\n  "theme": "dark" // mine\r\n}'


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A Sluice of its own, and a user whose settings are nobody else's."""
    for name in ("XDG_CONFIG_HOME", "CLAUDE_CONFIG_DIR", "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    monkeypatch.setenv("SHELL", "/bin/bash")
    (tmp_path / "user" / ".claude").mkdir(parents=True)
    (tmp_path / "user" / ".claude" / "settings.json").write_bytes(BEFORE)
    return Home.locate(str(tmp_path / "h"), {})


def settings_of(home: Home) -> bytes:
    assert home.given
    return (home.given.parent / "user" / ".claude" / "settings.json").read_bytes()


def run(home: Home, *said: str) -> int:
    return main([*said, "--home", str(home.given)])


class Terminal(io.StringIO):
    """A person who types one line."""

    def isatty(self) -> bool:
        return True


def test_a_tool_is_connected_and_put_back(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The difference is shown without the token, and the address is the usual one."""
    connected = run(home, "connect", "claude-code", "--yes")
    said = capsys.readouterr().out
    after = settings_of(home)
    disconnected = run(home, "disconnect", "claude-code", "--yes")

    assert (connected, disconnected) == (0, 0)
    assert b'"ANTHROPIC_BASE_URL": "http://127.0.0.1:7429",\r\n' in after
    assert '+     "ANTHROPIC_AUTH_TOKEN": "sk-ant-sluice-…' in said
    assert after.partition(b'AUTH_TOKEN": "')[2].partition(b'"')[0].decode() not in said
    assert settings_of(home) == BEFORE
    assert "byte for byte what it was" in capsys.readouterr().out


def test_without_a_terminal_nothing_is_changed(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """A script has to say that it means it."""
    code = run(home, "connect", "claude-code")

    assert code == 2
    assert "--yes" in capsys.readouterr().err
    assert settings_of(home) == BEFORE


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("\n", 1), ("", 1)])
def test_a_person_is_asked(
    home: Home, typed: str, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a yes is one."""
    monkeypatch.setattr(sys, "stdin", Terminal(typed))

    assert run(home, "connect", "claude-code") == code
    assert (settings_of(home) == BEFORE) == bool(code)


def test_a_tool_may_keep_its_key(home: Home) -> None:
    """Then only the address changes."""
    run(home, "connect", "claude-code", "--yes", "--keep-key")

    assert b"ANTHROPIC_BASE_URL" in settings_of(home)
    assert b"TOKEN" not in settings_of(home)


def test_variables_are_printed_with_the_token_once(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program that reads its environment has no file to change."""
    run(home, "connect", "llm", "--yes")
    said = capsys.readouterr().out
    run(home, "connect", "--list", "--json")
    listed = {each["tool"]: each for each in json.loads(capsys.readouterr().out)}

    assert "ANTHROPIC_BASE_URL=http://127.0.0.1:7429\n" in said
    assert "ANTHROPIC_API_KEY=sk-ant-sluice-" in said
    assert listed["llm"]["status"] == "connected"
    assert listed["cursor"]["status"] == "impossible"


def test_a_name_that_is_taken_gets_a_number(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Somebody added a tool of that name by hand."""
    run(home, "tool", "add", "llm")
    run(home, "connect", "llm", "--yes")
    capsys.readouterr()
    run(home, "tool", "list")

    assert "llm 2 " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["connect", "cursor", "--yes"], "own servers"),
        (["connect", "nothing", "--yes"], "--list"),
        (["disconnect", "zed", "--yes"], "is not connected"),
    ],
)
def test_a_refusal_is_one_sentence(
    home: Home, said: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With what to do, and 1 as the exit code."""
    assert run(home, *said) == 1
    assert words in capsys.readouterr().err


def test_a_free_port_is_no_address(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be another one each time."""
    home.config_file.parent.mkdir(parents=True)
    home.config_file.write_text("[listener]\nport = 0\n")

    assert run(home, "connect", "claude-code", "--yes") == 78
    assert "[listener] port" in capsys.readouterr().err


def test_connected_already_is_no_failure(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever runs a set-up twice gets what was asked for."""
    run(home, "connect", "claude-code", "--yes")
    after = settings_of(home)

    assert run(home, "connect", "claude-code", "--yes") == 0
    assert settings_of(home) == after


def test_the_address_is_that_of_the_engine(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever port it answers on; nothing is waited for unless asked."""

    def answer(ask: Ask) -> list[bytes]:
        return [line(Answer(ask.id, ok=True, value=[]))]

    home.prepare()
    with home.lock() as lock, control(home, FakeEngine(reply=answer)):
        lock.announce("http://127.0.0.1:7429")
        code = run(home, "connect", "claude-code", "--yes", "--wait", "0.01")

    assert SNAPSHOT.base_url.encode() in settings_of(home)
    assert code == 1
    assert "No request from “Claude Code” arrived" in capsys.readouterr().out
