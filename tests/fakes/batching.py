"""A worker without a process, before an API that remembers what it was asked and paid for."""

import asyncio
import datetime as dt
from collections.abc import Callable
from typing import Any

import msgspec

from trayapp.batch.errands import (
    Abort,
    Ask,
    Batches,
    BatchIs,
    Count,
    Done,
    Errand,
    Fetch,
    Line,
    Look,
    Said,
    Since,
    Submit,
    Up,
)
from trayapp.engine.jobs_worker import Heard, Make
from trayapp.model.usage import Usage

AT = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
USED = Usage(input_tokens=10, output_tokens=5)


class FakeApi:
    """What upstream knows: it outlives every worker and every engine of a test."""

    def __init__(self) -> None:
        self.paid: list[str] = []
        """Prompts that were answered, each as often as it was paid."""
        self.asked: list[Any] = []
        self.batches: dict[str, list[str]] = {}
        self.ended = True
        self.aborted: list[str] = []
        self.outcomes: dict[str, str] = {}
        """Of rows in batches, by the end of their custom id, that do not succeed."""
        self.said: Callable[[Any], Up | str] = lambda body: f"re: {body['messages'][0]['content']}"

    def answer(self, errand: Errand) -> list[Up]:
        """All that is told of *errand*, from its first line to its end."""
        number = errand.id
        match errand:
            case Ask(body=raw):
                return [self._ask(number, msgspec.json.decode(raw))]
            case Submit(body=raw):
                requests = msgspec.json.decode(raw)["requests"]
                name = f"msgbatch_{len(self.batches) + 1}"
                self.batches[name] = [request["custom_id"] for request in requests]
                self.paid += [request["params"]["messages"][0]["content"] for request in requests]
                return [self._batch(number, name)]
            case Look(batch=name) | Abort(batch=name):
                self.aborted += [name] if isinstance(errand, Abort) else []
                return [self._batch(number, name)]
            case Since():
                found = tuple(self._batch(number, name) for name in reversed(self.batches))
                return [Batches(number, found)]
            case Fetch(batch=name, most=most):
                lines = [self._line(number, custom) for custom in reversed(self.batches[name])]
                return [*lines[:most], Done(number)]
            case Count(body=raw):
                return [Done(number, len(raw) // 4)]
            case _:
                raise AssertionError("unreachable")

    def _ask(self, number: int, body: Any) -> Up:
        self.asked.append(body)
        said = self.said(body)
        if isinstance(said, str):
            self.paid.append(body["messages"][0]["content"])
            return Said(number, said, "claude-sonnet-5-5", "end_turn", USED)
        return msgspec.structs.replace(said, id=number)

    def _batch(self, number: int, name: str) -> BatchIs:
        status = "ended" if self.ended else "in_progress"
        return BatchIs(number, name, status, len(self.batches[name]), AT.isoformat())

    def _line(self, number: int, custom: str) -> Line:
        outcome = self.outcomes.get(custom.rpartition("-")[2], "succeeded")
        said = Said(number, f"re: {custom}", "claude-sonnet-5-5", "end_turn", USED)
        good = outcome == "succeeded"
        return Line(number, custom, outcome, said if good else None, "" if good else "no")


class FakeWorker:
    """Satisfies what jobs ask of `engine.jobs_worker.Worker`; *turns* of the loop an errand takes."""

    def __init__(self, api: FakeApi, turns: Callable[[], int] = lambda: 1) -> None:
        self.api = api
        self.deaths = 0
        self.called = asyncio.Event()
        self.heard: dict[int, Heard] = {}
        self.lost: Callable[[Errand], bool] = lambda _: False
        """Errands that are done and whose result nobody is told."""
        self._turns = turns
        self._number = 0

    def call(self, make: Make, heard: Heard) -> int:
        self._number += 1
        self.called.set()
        self.heard[self._number] = heard
        self._soon(self._turns(), make(self._number))
        return self._number

    async def ask(self, make: Make, take: Callable[[Line], None] = lambda _: None) -> Up | None:
        future: asyncio.Future[Up | None] = asyncio.get_running_loop().create_future()

        def heard(up: Up | None) -> None:
            if isinstance(up, Line):
                take(up)
            elif not future.done():
                future.set_result(up)

        self.call(make, heard)
        return await future

    def drop(self, number: int) -> None:
        self.heard.pop(number, None)

    def die(self) -> None:
        """End with all that is out."""
        self.deaths += 1
        heard, self.heard = self.heard, {}
        for each in heard.values():
            each(None)

    def _soon(self, turns: int, errand: Errand) -> None:
        loop = asyncio.get_running_loop()
        if turns > 0:
            loop.call_soon(self._soon, turns - 1, errand)
        elif errand.id in self.heard:
            told = self.api.answer(errand)
            if self.lost(errand):
                self.heard[errand.id](None)
                return
            for up in told:
                heard = self.heard.get(errand.id)
                if heard is not None:
                    heard(up)
            self.heard.pop(errand.id, None)
