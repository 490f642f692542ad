"""Sample traffic for the demo: a few invented tools that ask at a bounded rate."""

import http.client
import itertools
import json
import random
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from trayapp.model.exchange import Kind

_TOPICS = (
    "how a lock on a canal works", "the tides at a river's mouth", "why bread rises",
    "a walk along a mill race", "the gears of a watch", "the oldest bridge of a town",
)  # fmt: skip
AGAIN = 3
"""Every third request is the same as the one before it."""
_READ = 1 << 14
_PATIENCE = 30.0


class Habit(msgspec.Struct, frozen=True):
    """An invented tool: its name and kind, and what it asks for.

    It asks *burst* times with a short *pause* in between (seconds, from and to), then rests.
    """

    name: str
    kind: Kind
    model: str
    stream: bool
    burst: int
    pause: tuple[float, float]
    rest: tuple[float, float]
    words: int
    """About how long its prompts are."""


_SONNET, _HAIKU = "claude-sonnet-5-5", "claude-haiku-4-5-20251001"

HABITS = (
    Habit("Editor", "interactive", _SONNET, True, 5, (0.2, 0.8), (8.0, 14.0), 260),
    Habit("Review script", "normal", _SONNET, False, 3, (0.2, 0.5), (6.0, 12.0), 420),
    Habit("Chat window", "interactive", _HAIKU, True, 2, (1.0, 3.0), (4.0, 9.0), 60),
    Habit("Nightly job", "batch", _HAIKU, False, 8, (0.1, 0.2), (10.0, 16.0), 120),
)


class Sample(msgspec.Struct, frozen=True):
    """One request, and the seconds to wait after it."""

    body: bytes
    headers: dict[str, str]
    pause: float


def samples(habit: Habit, dice: random.Random) -> Iterator[Sample]:
    """What a tool of this *habit* asks, one after the other, for ever."""
    question = ""
    for number in itertools.count(1):
        # What was asked a moment ago is asked again now and then, as scripts do.
        if number % AGAIN:
            asked = f"Tell me about {dice.choice(_TOPICS)}, part {number}. "
            question = asked + "word " * habit.words
        body = {
            "model": habit.model,
            "max_tokens": 1024,
            "stream": habit.stream,
            "messages": [{"role": "user", "content": question}],
        }
        # Soon, and now and then, the simulated API is overloaded once, as the real one is.
        overloaded = number == habit.burst or dice.random() < 0.03
        headers = {"x-simulate": "status=529,times=1"} if overloaded else {}
        pause = habit.pause if number % habit.burst else habit.rest
        yield Sample(json.dumps(body).encode(), headers, dice.uniform(*pause))


class Traffic:
    """One thread a tool, each with one connection; never more than a request at a time each."""

    def __init__(self, base_url: str, tokens: dict[str, str], seed: int) -> None:
        self._host = urlsplit(base_url).netloc
        self._stopped = threading.Event()
        self._threads = [
            threading.Thread(
                target=self._work,
                args=(habit, tokens[habit.name], random.Random(f"{seed} {habit.name}")),  # noqa: S311 - no secret
                name=f"traffic of {habit.name}",
                daemon=True,  # a stuck read must not keep the demo from ending
            )
            for habit in HABITS
        ]

    def start(self) -> None:
        """Begin to ask."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Ask nothing new; what is under way ends with the engine."""
        self._stopped.set()

    def join(self, patience: float) -> None:
        """Wait for the threads, *patience* seconds each at most."""
        for thread in self._threads:
            thread.join(patience)

    def _work(self, habit: Habit, token: str, dice: random.Random) -> None:
        connection = http.client.HTTPConnection(self._host, timeout=_PATIENCE)
        try:
            for sample in samples(habit, dice):
                try:
                    _ask(connection, sample, token)
                except (OSError, http.client.HTTPException):
                    connection.close()  # opened anew by the next request
                if self._stopped.wait(sample.pause):
                    return
        finally:
            connection.close()


def _ask(connection: http.client.HTTPConnection, sample: Sample, token: str) -> None:
    headers = {
        "x-api-key": token,
        "anthropic-version": "2023-06-01",
        "content-type": "application/json",
        "user-agent": "sluice-demo",
    }
    connection.request("POST", "/v1/messages", sample.body, headers | sample.headers)
    response = connection.getresponse()
    while response.read(_READ):
        pass
