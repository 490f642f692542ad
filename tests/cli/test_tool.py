"""`sluice tool`, on a home of its own and through an engine."""

import json
import threading
from pathlib import Path

import pytest

from tests.fakes.control import FakeEngine, control, line
from trayapp.cli import either, main
from trayapp.cli import tool as verb
from trayapp.home import Home
from trayapp.meter.tools import digest
from trayapp.model.command import AddTool, Answer, Ask, ListTools, RevokeTool


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def run(home: Home, *said: str) -> int:
    return main(["tool", *said, "--home", str(home.given)])


def reply(value: object = None, message: str = "") -> FakeEngine:
    """An engine that answers every question with this."""

    def answer(ask: Ask) -> list[bytes]:
        return [line(Answer(ask.id, ok=not message, message=message, value=value))]

    return FakeEngine(reply=answer)


@pytest.mark.slow
def test_token_stands_alone_on_its_line(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard output is the token and nothing else; what to do with it is on stderr."""
    code = run(home, "add", "Editor")

    said = capsys.readouterr()
    token = said.out.removesuffix("\n")
    assert code == 0
    assert token.startswith("sk-ant-sluice-")
    assert len(token) == len("sk-ant-sluice-") + 43
    assert said.err.startswith("“Editor” may enter. This token is shown only now")
    assert token not in said.err


@pytest.mark.slow
def test_tools_are_listed_until_revoked(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """What was added is in the list, and what was revoked is not."""
    run(home, "add", "Editor", "--kind", "interactive", "--no-cache")
    run(home, "add", "Script")
    run(home, "revoke", "Script")
    capsys.readouterr()
    run(home, "list")

    said = capsys.readouterr().out
    assert said.startswith("Editor                   interactive  not cached  since 20")
    assert said.count("\n") == 1


@pytest.mark.slow
def test_empty_list_says_so(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """For people there is a sentence, for programs an empty list."""
    run(home, "list")
    text = capsys.readouterr().out
    run(home, "list", "--json")

    assert text == "No tool connected yet.\n"
    assert json.loads(capsys.readouterr().out) == []


@pytest.mark.slow
def test_second_tool_of_a_name_is_refused(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A name belongs to one tool, and no token is shown for another."""
    run(home, "add", "Editor")
    capsys.readouterr()
    code = run(home, "add", "Editor")

    said = capsys.readouterr()
    assert (code, said.out) == (1, "")
    assert said.err.startswith("sluice: There is a tool “Editor” already.")


@pytest.mark.slow
def test_unknown_tool_cannot_be_revoked(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Revoking what is not there is a failure that says so."""
    assert run(home, "revoke", "Ghost") == 1
    assert capsys.readouterr().err == "sluice: There is no tool “Ghost”.\n"


def test_running_engine_is_asked(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """While an engine has the home it adds the tool, and is told only the token's digest."""
    with control(home, reply()) as engine, home.lock():
        code = run(home, "add", "Editor", "--kind", "batch")

    token = capsys.readouterr().out.strip()
    assert code == 0
    assert [ask.ask for ask in engine.heard] == [
        AddTool("Editor", "batch", cache=True, digest=digest(token.encode()))
    ]


def test_running_engine_lists(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """An engine's list is shown as one of our own."""
    row = {"name": "E", "kind": "normal", "cache": True, "created_at": "2026-11-21T12:00:00Z"}
    with control(home, reply([row])) as engine, home.lock():
        run(home, "list")
        run(home, "list", "--json")

    assert capsys.readouterr().out == (
        "E                        normal       cached      since 2026-11-21\n"
        '[{"name":"E","kind":"normal","cache":true,"created_at":"2026-11-21T12:00:00Z",'
        '"upstream":"anthropic"}]\n'
    )
    assert engine.heard[0].ask == ListTools()


def test_refusal_of_an_engine_is_passed_on(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """What an engine refuses is its sentence and exit code 1."""
    with control(home, reply(message="There is no tool “E”.")) as engine, home.lock():
        code = run(home, "revoke", "E")

    assert (code, engine.heard[0].ask) == (1, RevokeTool("E"))
    assert capsys.readouterr().err == "sluice: There is no tool “E”.\n"


def test_starting_engine_is_waited_for(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """An engine that has the home and does not answer yet is asked again."""
    monkeypatch.setattr(either, "_PAUSE", 0.01)
    home.prepare()
    done: list[object] = []
    with home.lock():
        asker = threading.Thread(target=lambda: done.append(verb.carry_out(home, ListTools())))
        asker.start()
        with control(home, reply([])):
            asker.join(5)

    assert done == [[]]


def test_engine_that_never_answers_exits_with_69(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After some tries it is said that the engine does not answer."""
    monkeypatch.setattr(either, "_TRIES", 2)
    monkeypatch.setattr(either, "_PAUSE", 0.01)
    home.prepare()
    with home.lock():
        assert run(home, "list") == 69
