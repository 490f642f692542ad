"""Child processes that end when their parent wants them to."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from trayapp.cli.children import Child, ChildError, Stop

Spawn = Callable[[str], Child]


@pytest.fixture
def stop() -> Stop:
    return Stop()


@pytest.fixture
def spawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: Stop) -> Iterator[Spawn]:
    """Starts a shell script in place of our own command; none outlives its test."""
    children: list[Child] = []

    def start(script: str) -> Child:
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(program))
        children.append(Child(["serve"], tmp_path / "log", {"PATH": os.environ["PATH"]}))
        return children[-1]

    yield start
    stop.wishes = 2
    for child in children:
        child.stop(stop)


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_ready_line_is_read(spawn: Spawn, stop: Stop) -> None:
    """What the child prints first is its ready line; what follows never blocks it."""
    child = spawn('echo \'{"event":"ready","pid":1}\'; head -c 300000 /dev/zero; exec sleep 60')

    assert child.ready(stop) == {"event": "ready", "pid": 1}
    child.check()


def test_stopped_child_is_gone(spawn: Spawn, stop: Stop) -> None:
    """A child that ends when asked is waited for."""
    child = spawn("echo '{}'; exec sleep 60")
    child.ready(stop)
    child.stop(stop)

    assert is_gone(child.pid)


def test_stopping_twice_is_harmless(spawn: Spawn, stop: Stop) -> None:
    """A child that is gone can be stopped again."""
    child = spawn("echo '{}'")
    child.ready(stop)
    child.stop(stop)
    child.stop(stop)

    assert is_gone(child.pid)


@pytest.mark.parametrize(("script", "is_done"), [("exit 0", True), ("exit 3", False)])
def test_child_that_its_user_ended_is_done(
    spawn: Spawn, stop: Stop, script: str, *, is_done: bool
) -> None:
    """Quitting the tray of a demo is a good end, a crash is none."""
    child = spawn(f"echo '{{}}'; {script}")
    child.ready(stop)
    child.stop(stop)

    assert child.is_done is is_done


@pytest.mark.parametrize("wishes", [0, 2])
def test_stubborn_child_is_killed(spawn: Spawn, stop: Stop, wishes: int) -> None:
    """A child that ignores the request is killed after a while, or at a second wish."""
    child = spawn("trap '' TERM; echo '{}'; while :; do sleep 0.02; done")
    child.ready(stop)
    stop.wishes = wishes
    child.stop(stop, patience=60 if wishes else 0.1)

    assert is_gone(child.pid)


def test_death_is_told_with_the_last_words(spawn: Spawn, stop: Stop) -> None:
    """A child that fails is named with its code and what it said last."""
    child = spawn("for n in 1 2 3 4; do echo line $n >&2; done; exit 78")
    with pytest.raises(ChildError) as caught:
        child.ready(stop)

    assert caught.value.message == (
        "The process of `serve` ended with 78: line 2 / line 3 / line 4"
    )


def test_silent_death_is_told(spawn: Spawn, stop: Stop) -> None:
    """A child that says nothing is named with its code alone."""
    child = spawn("exit 3")
    with pytest.raises(ChildError, match=r"The process of `serve` ended with 3$"):
        child.ready(stop)


def test_other_words_are_no_ready_line(spawn: Spawn, stop: Stop) -> None:
    """A child that says something else is not the one we meant."""
    child = spawn("echo hello; exec sleep 60")
    with pytest.raises(ChildError, match="said something else"):
        child.ready(stop)


def test_slow_child_is_given_up(spawn: Spawn, stop: Stop) -> None:
    """A child that never gets ready is not waited for."""
    child = spawn("exec sleep 60")
    with pytest.raises(ChildError, match=r"`serve` did not get ready within 0\.1 s"):
        child.ready(stop, patience=0.1)


def test_wish_to_stop_ends_the_waiting(spawn: Spawn, stop: Stop) -> None:
    """A Ctrl-C while a child starts is heard at once."""
    child = spawn("exec sleep 60")
    stop.wishes = 1

    assert child.ready(stop) == {}


def test_child_has_a_group_of_its_own(spawn: Spawn, stop: Stop) -> None:
    """A Ctrl-C in the terminal reaches the parent alone."""
    child = spawn("echo '{}'; exec sleep 60")
    child.ready(stop)

    assert os.getpgid(child.pid) == child.pid != os.getpgid(0)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_are_counted(stop: Stop, number: signal.Signals) -> None:
    """Signals become wishes for as long as asked, and mean what they meant before afterwards."""
    before = signal.getsignal(number)
    with stop.on_signals():
        os.kill(os.getpid(), number)
        os.kill(os.getpid(), number)

    assert stop
    assert stop.wishes == 2
    assert signal.getsignal(number) == before
