"""The desk asks for tools in a process of its own, and always hears an answer."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from trayapp.home import Home
from trayapp.model.connecting import ConnectAnswer, ListTools
from trayapp.ui.connector import BROKEN, Connector, of_home
from trayapp.ui.errand import Errand, Told

pytestmark = pytest.mark.slow

ECHO = (
    'import sys, trayapp; print(\'{"error": "%s"}\' % sys.stdin.read().replace(chr(34), chr(39)))'
)


def heard(qtbot: QtBot, *command: str) -> ConnectAnswer:
    answers: list[ConnectAnswer] = []
    connector = Connector(command)
    connector.ask(ListTools(), answers.append)
    at_once = list(answers)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    assert not at_once
    return answers[0]


def test_the_question_goes_down_by_stdin(qtbot: QtBot) -> None:
    """No list of processes shows it, and the package is found."""
    assert heard(qtbot, sys.executable, "-P", "-c", ECHO).error == "{'type':'list'}"


@pytest.mark.parametrize("command", [("/no/such/program",), (sys.executable, "-c", "0")])
def test_a_process_that_says_nothing_is_answered_in_words(
    qtbot: QtBot, command: tuple[str, ...]
) -> None:
    """Whether it could not start or ended early."""
    assert heard(qtbot, *command).error == BROKEN


def test_real_tools_are_told(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `sluice connector` does for a home of its own."""
    monkeypatch.setenv("HOME", str(tmp_path))
    command = of_home(Home.locate(str(tmp_path / "h"), {}))

    tools = {each.tool for each in heard(qtbot, *command).standings}

    assert {"claude-code", "opencode", "cursor"} <= tools
    assert of_home(None)[-1] == "connector"


@pytest.mark.parametrize(
    ("code", "stored", "words"),
    [
        ("import sys; print(sys.stdin.read(), file=sys.stderr)", True, "sk-ant-x"),
        ("import sys; sys.exit('sluice: It was not stored.')", False, "It was not stored."),
        ("import sys; sys.exit(1)", False, BROKEN),
        ("import os; os.kill(os.getpid(), 9)", False, BROKEN),
    ],
)
def test_a_key_is_stored_by_a_process_of_its_own(
    qtbot: QtBot, code: str, stored: bool, words: str
) -> None:
    """Whatever becomes of it, it is said in words."""
    told: list[tuple[bool, str]] = []
    connector = Connector(storing=(sys.executable, "-c", code))

    connector.store_key("sk-ant-x", lambda is_stored, said: told.append((is_stored, said)))
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)

    assert told == [(stored, words)]


def test_nobody_waits_for_ever(qtbot: QtBot) -> None:
    """What takes too long is ended."""
    told: list[Told] = []
    parent = QObject()
    waits = (sys.executable, "-c", "import signal; signal.pause()")
    Errand(waits, b"", told.append, parent, patience_ms=50)

    qtbot.waitUntil(lambda: bool(told), timeout=10_000)

    assert told[0].code is None
