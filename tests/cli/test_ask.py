"""A client of a running engine, before engines that behave and that do not."""

import os
import socket
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, FakeEngine, control, line
from trayapp.cli.ask import Control
from trayapp.home import Home
from trayapp.model.command import (
    FRAME_LIMIT,
    PROTOCOL,
    Answer,
    Ask,
    Hello,
    ListTools,
    SnapshotFrame,
)
from trayapp.model.errors import NoEngine

HELLO = line(Hello(PROTOCOL, "0.1.0"))
FRAME = line(SnapshotFrame(SNAPSHOT))
HANG_UP = b""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def failure(home: Home, engine: FakeEngine, patience: float = 5.0) -> str:
    """What is said when this engine is asked something."""
    with (
        control(home, engine),
        pytest.raises(NoEngine) as caught,
        Control(home, patience=patience) as asked,
    ):
        asked.ask(ListTools())
    return caught.value.message


def test_snapshot_comes_at_once(home: Home) -> None:
    """Who connects is greeted and given the whole state."""
    with control(home, FakeEngine()) as engine, Control(home) as asked:
        assert asked.snapshot == SNAPSHOT

    assert engine.hello
    assert engine.hello.protocol == PROTOCOL


def test_answer_belongs_to_its_question(home: Home) -> None:
    """Snapshots and answers to others that come in between are not taken for the answer."""
    newer = replace(SNAPSHOT, paused=True)

    def reply(ask: Ask) -> list[bytes]:
        other = line(Answer(ask.id + 7, ok=False))
        return [line(SnapshotFrame(newer)), other, line(Answer(ask.id, ok=True, value=[1]))]

    with control(home, FakeEngine(reply=reply)) as engine, Control(home) as asked:
        first = asked.ask(ListTools())
        second = asked.ask(ListTools())

    assert (first.value, second.ok) == ([1], True)
    assert [ask.id for ask in engine.heard] == [1, 2]
    assert asked.snapshot == newer


def test_waiting_brings_the_next_snapshot(home: Home) -> None:
    """A change is seen when it comes, and a second without one is counted."""
    newer = line(SnapshotFrame(replace(SNAPSHOT, paused=True)))
    engine = FakeEngine([HELLO, FRAME, newer, line(Answer(9, ok=True))])

    with control(home, engine), Control(home) as asked:
        seen = [asked.wait(5), asked.wait(5), asked.wait(0.01), asked.wait(0.01)]

    assert seen == [True, False, False, False]
    assert asked.snapshot.paused
    assert asked.waited == 0.02


def test_no_engine_names_what_starts_one(home: Home) -> None:
    """Where nothing listens, the sentence says what to do."""
    with pytest.raises(NoEngine) as caught:
        Control(home)

    assert caught.value.message == (
        f"No engine answers for {home.given}; start one with: sluice serve"
    )


def test_stale_socket_is_no_engine(home: Home) -> None:
    """A socket that an engine left behind answers nobody."""
    home.prepare()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(home.control_socket))
    with pytest.raises(NoEngine, match="start one with: sluice serve"):
        Control(home)


@pytest.mark.parametrize(
    ("greeting", "said"),
    [
        ([b"HTTP/1.1 400\n"], "What answers for {} is not an engine of this version."),
        ([HELLO, b'{"snapshot":3}\n'], "What answers for {} is not an engine of this version."),
        (
            [HELLO, line(Answer(1, ok=True))],
            "What answers for {} is not an engine of this version.",
        ),
        ([HELLO, FRAME, b"nonsense\n"], "What answers for {} is not an engine of this version."),
        ([HELLO, HANG_UP], "The engine of {} has stopped."),
        ([HELLO, FRAME, HANG_UP], "The engine of {} has stopped."),
    ],
)
def test_strange_engine_is_named(home: Home, greeting: list[bytes], said: str) -> None:
    """What does not speak as an engine does is said in one sentence."""
    assert failure(home, FakeEngine(greeting)) == said.format(home.given)


def test_other_protocol_says_both_versions(home: Home) -> None:
    """An engine of another protocol is to be started anew."""
    said = failure(home, FakeEngine([line(Hello(PROTOCOL + 1, "9.0\x1b")), FRAME]))

    assert said.startswith("The running engine is version '9.0\\x1b' and speaks another protocol")


def test_mute_engine_is_not_waited_for_for_ever(home: Home) -> None:
    """An engine that says nothing is given up on."""
    said = failure(home, FakeEngine(reply=lambda _: []), patience=0.05)

    assert said == f"The engine of {home.given} did not answer within 0.05 s."


def test_endless_line_is_given_up(home: Home) -> None:
    """A line beyond the limit is no frame."""
    said = failure(home, FakeEngine([HELLO, b"x" * (FRAME_LIMIT + 70_000)]))

    assert said == f"What answers for {home.given} is not an engine of this version."


def test_nonsense_while_waiting_is_named(home: Home) -> None:
    """A watcher too learns that it is no engine it watches."""
    with (
        control(home, FakeEngine([HELLO, FRAME, b"nonsense\n"])),
        Control(home) as asked,
        pytest.raises(NoEngine, match="is not an engine of this version"),
    ):
        asked.wait(5)


@pytest.mark.parametrize("trap", ["open folder", "plain file"])
def test_socket_of_others_is_not_trusted(home: Home, trap: str) -> None:
    """Where others could have put the socket, nothing is said to it."""
    home.prepare()
    if trap == "open folder":
        home.run.chmod(0o777)
        with socket.socket(socket.AF_UNIX) as planted:
            planted.bind(str(home.control_socket))
    else:
        home.control_socket.touch()
    with pytest.raises(NoEngine) as caught:
        Control(home)

    assert caught.value.message == (
        f"{home.control_socket} was not put there by an engine of yours."
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_socket_of_another_user_is_not_trusted(home: Home) -> None:
    """A socket that belongs to someone else is not ours."""
    with control(home, FakeEngine()):
        os.chown(home.control_socket, 65534, 65534)
        with pytest.raises(NoEngine, match="was not put there by an engine of yours"):
            Control(home)


def test_system_without_such_sockets_says_so(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows has none in this Python; that is said, not guessed."""
    monkeypatch.delattr(socket, "AF_UNIX")

    with pytest.raises(NoEngine, match="not possible on Windows yet"):
        Control(home)
