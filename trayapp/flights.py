"""Identical requests in flight share one answer.

A flight owns its task: the first caller's leaving does not end it for the others, the last one's
does.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from trayapp.cache.lookup import COLLAPSED, MISS
from trayapp.flight import Flight, Passenger, Weight
from trayapp.meter.book import Entry
from trayapp.model.errors import NotServing
from trayapp.model.exchange import Headers, Request, Sink
from trayapp.pacing.arrival import tries_of

TOGETHER_S = 2.0
"""How long after the first an identical request is taken for the same wish, asked at once.

Later it is someone who wants another answer, unless the client says that it tries again.
"""

Start = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]
Key = tuple[bytes, bool]
Lead = Callable[[Flight], Coroutine[Any, Any, None]]
"""Gets the answer that a flight is for."""


class Flights:
    """All answers that are on their way for whoever asks the same; *start* runs their tasks."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._weight = Weight()
        self._flights: dict[Key, Flight] = {}
        self._tasks: dict[Flight, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        return len(self._tasks)

    async def carry(
        self, key: bytes, request: Request, sink: Sink, entry: Entry, *, lead: Lead, alone: bool
    ) -> None:
        """Give *sink* the answer to *request*, of a flight that is under way or begun by *lead*.

        *alone* asks for an answer of its own. Raises what the flight failed with.
        """
        name = None if alone else (key, request.stream)
        flight = self._flights.get(name) if name is not None else None
        ours: Headers | None = None
        if flight is None or not _may_join(flight, request):
            flight = self._begin(name, request, entry, lead)
        else:
            request.cache_status = MISS + COLLAPSED
            status = b"cache-status", request.cache_status
            ours = (b"x-sluice-request-id", request.id.encode()), status
        landed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        passenger = Passenger(flight, sink, lambda: _keep(landed), ours)
        try:
            flight.board(passenger)
            await landed
        finally:
            pays = flight.leave(passenger)
            entry.adopt(flight.shared, pays=pays, whole=flight.whole is True)
            if not flight.passengers:
                self._end(name, flight)
        if flight.failure is not None:
            raise flight.failure

    def _begin(self, name: Key | None, request: Request, entry: Entry, lead: Lead) -> Flight:
        flight = Flight(request.arrived, entry.another(), self._weight)
        if name is not None:
            self._flights[name] = flight
        self._tasks[flight] = self._start(self._fly(name, flight, lead), "flight")
        return flight

    async def _fly(self, name: Key | None, flight: Flight, lead: Lead) -> None:
        try:
            await lead(flight)
        except Exception as error:  # noqa: BLE001 - it is raised to each caller
            flight.fail(error)
        finally:
            if not flight.over:
                flight.fail(NotServing("Sluice is stopping.", retry_after=2))
            self._forget(name, flight)
            self._tasks.pop(flight, None)
            if not flight.passengers:
                flight.shared.close()

    def _end(self, name: Key | None, flight: Flight) -> None:
        """Nobody waits any more; an answer that has ended is still to be counted and kept."""
        self._forget(name, flight)
        task = self._tasks.get(flight)
        if task is None:
            flight.shared.close()
        elif not flight.over:
            task.cancel()

    def _forget(self, name: Key | None, flight: Flight) -> None:
        if name is not None and self._flights.get(name) is flight:
            del self._flights[name]


def _keep(promise: "asyncio.Future[None]") -> None:
    if not promise.done():
        promise.set_result(None)


def _may_join(flight: Flight, request: Request) -> bool:
    if not flight.complete or flight.over:
        return False
    if request.arrived - flight.began <= TOGETHER_S:
        return True
    return tries_of(dict(request.headers)) > 0
