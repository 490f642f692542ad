"""Sample traffic of invented tools."""

import itertools
import json
import random
import socket
import threading
from collections.abc import Iterator

import pytest

from trayapp.cli.traffic import HABITS, Habit, Traffic, samples

ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}"


def first(habit: Habit, number: int, seed: int = 1) -> list[tuple[dict[str, object], float]]:
    dice = random.Random(seed)
    taken = itertools.islice(samples(habit, dice), number)
    return [(json.loads(sample.body), sample.pause) for sample in taken]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_samples_are_valid_requests(habit: Habit) -> None:
    """Each asks for a model with a limit and one message, streamed where the tool streams."""
    for body, _ in first(habit, 20):
        assert (body["model"], body["stream"], body["max_tokens"]) == (
            habit.model, habit.stream, 1024,
        )  # fmt: skip
        assert "Tell me about " in str(body["messages"])


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_tools_rest_between_bursts(habit: Habit) -> None:
    """After a burst of short pauses there is a long one, so that the rate stays bounded."""
    pauses = [pause for _, pause in first(habit, 3 * habit.burst)]
    rests = [pause for pause in pauses if pause >= habit.rest[0]]

    assert pauses[habit.burst - 1] in rests
    assert len(rests) == 3
    assert max(pauses) <= habit.rest[1]


def test_same_seed_asks_the_same() -> None:
    """A demo can be repeated."""
    assert first(HABITS[0], 9) == first(HABITS[0], 9) != first(HABITS[0], 9, seed=2)


def test_now_and_then_a_fault_is_asked_for() -> None:
    """A few requests ask the simulated API to be overloaded."""
    taken = itertools.islice(samples(HABITS[0], random.Random(1)), 500)
    faults = [sample.headers for sample in taken if sample.headers]

    assert 0 < len(faults) < 50
    assert faults[0] == {"x-simulate": "status=529,times=1"}


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.name)
def test_something_is_asked_twice(habit: Habit) -> None:
    """A repeat is what a cache can answer; everything else is asked once."""
    asked = [str(body["messages"]) for body, _ in first(habit, 9)]

    assert len(set(asked)) == 6
    assert asked[2] == asked[1]


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        yield server


def start(server: socket.socket) -> Traffic:
    port = server.getsockname()[1]
    tokens = {habit.name: f"token of {habit.name}" for habit in HABITS}
    traffic = Traffic(f"http://127.0.0.1:{port}", tokens, seed=1)
    traffic.start()
    return traffic


def test_each_tool_asks_with_its_token(server: socket.socket) -> None:
    """Four tools ask at once, each with a connection and a token of its own."""
    traffic = start(server)
    heard = []
    for _ in HABITS:
        connection, _ = server.accept()
        with connection:
            heard.append(connection.recv(65536))
            traffic.stop()
            connection.sendall(ANSWER)
    traffic.join(5)

    assert all(head.startswith(b"POST /v1/messages HTTP/1.1\r\n") for head in heard)
    assert {habit.name for habit in HABITS for head in heard
            if f"x-api-key: token of {habit.name}\r\n".encode() in head} == {
        habit.name for habit in HABITS
    }  # fmt: skip


def test_broken_answers_end_no_tool(server: socket.socket) -> None:
    """A relay that goes away in the middle is no error of the traffic, which ends when asked."""
    before = threading.active_count()
    traffic = start(server)
    for number, _ in enumerate(HABITS):
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall([b"", b"nonsense", ANSWER[:-1], ANSWER[:20]][number])
    traffic.stop()
    traffic.join(5)

    assert threading.active_count() == before
