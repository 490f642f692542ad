"""`hold`, `pause` and `resume` on the command line."""

import datetime as dt
import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, STARTED, FakeEngine, control, line
from trayapp.cli import main
from trayapp.home import Home
from trayapp.model.command import (
    PROTOCOL,
    Answer,
    CancelHold,
    Command,
    Hello,
    Pause,
    Resume,
    SendNow,
    SnapshotFrame,
)
from trayapp.model.snapshot import Hold

HELD = replace(
    SNAPSHOT,
    held=(
        Hold("slc_1", "Editor", "claude-sonnet-5-5", STARTED, None, "output_tokens"),
        Hold("slc_2", "Script", "claude-opus-5-5", STARTED + dt.timedelta(1), None, "turn"),
    ),
    held_total=5,
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in a folder of its own."""
    return Home.locate(str(tmp_path), {})


def engine(shown: object = HELD) -> FakeEngine:
    """An engine that shows *shown*."""
    assert isinstance(shown, type(SNAPSHOT))
    return FakeEngine([line(Hello(PROTOCOL, "0.1.0")), line(SnapshotFrame(shown))])


def test_list_says_who_waits_and_for_what(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One line each: the id to act on, the tool, the model and the limit."""
    with control(home, engine()):
        code = main(["hold", "list", "--home", str(home.given)])

    said = capsys.readouterr()
    first, second = said.out.splitlines()
    assert first.startswith("slc_1  “Editor” · claude-sonnet-5-5 · held ")
    assert first.endswith(" for output tokens")
    assert second.endswith(": others are before it")
    assert (code, said.err) == (0, "and 3 more\n")


def test_list_is_quiet_where_nothing_waits(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """An empty list is said on stderr, so that a script reads nothing."""
    with control(home, engine(SNAPSHOT)):
        code = main(["hold", "list", "--home", str(home.given)])

    said = capsys.readouterr()
    assert (code, said.out) == (0, "")
    assert said.err.startswith("Nothing is held.")


def test_list_for_programs(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints the Snapshot's own list."""
    with control(home, engine()):
        main(["hold", "list", "--json", "--home", str(home.given)])

    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == ["slc_1", "slc_2"]


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["pause"], Pause()),
        (["resume"], Resume()),
        (["hold", "send", "slc_1"], SendNow("slc_1")),
        (["hold", "cancel", "slc_1"], CancelHold("slc_1")),
    ],
)
def test_each_verb_says_its_command(home: Home, words: list[str], command: Command) -> None:
    """What is asked on the command line reaches the engine as it is meant."""
    with control(home, engine()) as asked:
        code = main([*words, "--home", str(home.given)])

    assert code == 0
    assert [ask.ask for ask in asked.heard] == [command]


def test_a_refusal_is_said_and_fails(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the engine refuses, its sentence is on stderr and the exit code is 1."""
    refusing = engine()
    refusing.reply = lambda ask: [line(Answer(ask.id, ok=False, message="No such request."))]
    with control(home, refusing):
        code = main(["hold", "send", "slc_9", "--home", str(home.given)])

    assert (code, capsys.readouterr().err) == (1, "sluice: No such request.\n")


def test_without_an_engine_it_is_69(home: Home) -> None:
    """Nothing can be held where no engine runs."""
    assert main(["pause", "--home", str(home.given)]) == 69
