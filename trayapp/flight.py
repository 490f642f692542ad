"""One answer of upstream's and the callers who wait for it: each gets all of it, from its start.

What has come is held, so that who joins late misses nothing and who reads slowly holds nobody:
a slow reader is fed from where it was. Upstream is asked to wait only when all are slow. What is
held has a bound; beyond it only what somebody still lacks is held, nobody may join any more, and
a reader that has fallen too far behind the others is cut off.
"""

from collections.abc import Callable

from trayapp.meter.book import Entry
from trayapp.model.exchange import Flow, Headers, Sink

HELD = 16 * 1024 * 1024
"""Bytes of one answer that are held; the longest stream of today's models takes about as many."""
ALL_HELD = 128 * 1024 * 1024
"""Bytes of all answers together; beyond, each holds no more than `LEAST`."""
LEAST = 1024 * 1024
SLAB = 64 * 1024
"""Bytes that a reader who is behind gets at once, before it is asked again whether it is ready."""

_ITS_OWN = frozenset({b"x-sluice-request-id", b"cache-status"})


class Weight:
    """Bytes that all flights hold together."""

    def __init__(self) -> None:
        self.bytes = 0


class Passenger:
    """A caller on a flight: to its connection, it is the source that can be asked to wait."""

    __slots__ = ("_flight", "_ours", "at", "landed", "over", "paused", "sink")

    def __init__(
        self, flight: "Flight", sink: Sink, landed: Callable[[], None], ours: Headers | None = None
    ) -> None:
        self.sink = sink
        self.at = 0
        """Pieces it was given."""
        self.paused = self.over = False
        self.landed = landed
        self._flight = flight
        self._ours = ours

    def start(self, status: int, headers: Headers, length: int | None, *, waits: bool) -> None:
        """Give it the head; one that joined gets its own names in it."""
        if self._ours is not None:
            shared = [field for field in headers if field[0] not in _ITS_OWN]
            headers = (*shared, *self._ours)
        self.sink.start(status, headers, length, waits=waits)

    def end(self, *, whole: bool) -> None:
        """Give it no more."""
        self.over = True
        self.sink.end(whole)
        self.landed()

    def pause(self) -> None:
        """Its connection has enough for now."""
        self.paused = True
        self._flight.settle()

    def resume(self) -> None:
        """Its connection takes more."""
        self.paused = False
        self._flight.serve(self)
        self._flight.settle()


class Flight:
    """Takes an answer as a caller's connection would, for all its passengers."""

    def __init__(self, began: float, shared: Entry, weight: Weight) -> None:
        self.shared = shared
        """What the books note of the answer; each caller's own entry takes it over."""
        self.began = began
        """When the first who asked arrived."""
        self.pieces: list[bytes] = []
        self.status = 0
        """0 until the head has come."""
        self.headers: Headers = ()
        self.whole: bool | None = None
        """How the answer ended, None until then."""
        self.complete = True
        """All that came is held: one may join."""
        self.failure: Exception | None = None
        """Instead of an answer."""
        self.passengers: dict[Passenger, None] = {}
        self._weight = weight
        self._gone = 0
        self._size = 0
        self._length: int | None = None
        self._source: Flow | None = None
        self._waits = self._paid = False

    @property
    def over(self) -> bool:
        """Nothing more comes."""
        return self.whole is not None or self.failure is not None

    # -- the callers

    def board(self, passenger: Passenger) -> None:
        """Take *passenger* along, from the answer's start."""
        self.passengers[passenger] = None
        if self.status:
            passenger.start(self.status, self.headers, self._length, waits=True)
            passenger.sink.flow = passenger
            self.serve(passenger)
            passenger.sink.flush()
            self.settle()

    def leave(self, passenger: Passenger) -> bool:
        """Let *passenger* go, served or not; true for the one who pays for the answer.

        That is the first to leave once it has ended, else the last.
        """
        self.passengers.pop(passenger, None)
        pays = not self._paid and (self.over or not self.passengers)
        self._paid = self._paid or pays
        if not self.passengers:
            self._weight.bytes -= self._size
            self._size = 0
        else:
            self.settle()
        return pays

    def fail(self, failure: Exception) -> None:
        """There is no answer, or no more of it: all are told *failure*."""
        if not self.over:
            self.failure = failure
            for each in self._waiting():
                each.over = True
                each.landed()

    # -- the answer

    def start(
        self, status: int, headers: Headers, length: int | None, *, waits: bool = False
    ) -> None:
        """Take the head."""
        self.status, self.headers, self._length = status, headers, length
        for each in self._waiting():
            each.start(status, headers, length, waits=waits)

    @property
    def flow(self) -> Flow | None:
        """Where the answer comes from."""
        return self._source

    @flow.setter
    def flow(self, source: Flow | None) -> None:
        self._source = source
        for each in self._waiting():
            each.sink.flow = each

    def feed(self, data: bytes) -> None:
        """Take the next bytes."""
        if not self.passengers:
            return  # the last one has just left
        self.pieces.append(data)
        self._size += len(data)
        self._weight.bytes += len(data)
        for each in self._waiting():
            self.serve(each)
        if self._size > LEAST or not self.complete:
            self._make_room()

    def flush(self) -> None:
        """Let a head that waits go."""
        for each in self._waiting():
            each.sink.flush()

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """Take the end."""
        if not self.over:
            self.whole = whole
            for each in self._waiting():
                self.serve(each)

    # -- who has what

    def serve(self, passenger: Passenger) -> None:
        """Give *passenger* what it lacks, as far as it is ready."""
        end = self._gone + len(self.pieces)
        while passenger.at < end and not passenger.paused and not passenger.over:
            self._give(passenger)
        if self.whole is not None and passenger.at == end and not passenger.over:
            passenger.end(whole=self.whole)

    def settle(self) -> None:
        """Let upstream wait while all who are still served are slow."""
        served = self._waiting()
        waits = bool(served) and all(each.paused for each in served)
        if self._source is not None and waits is not self._waits and not self.over:
            self._waits = waits
            (self._source.pause if waits else self._source.resume)()

    def _give(self, passenger: Passenger) -> None:
        first = last = passenger.at - self._gone
        size = 0
        while last < len(self.pieces) and size < SLAB:
            size += len(self.pieces[last])
            last += 1
        passenger.at += last - first
        passenger.sink.feed(
            self.pieces[first] if last == first + 1 else b"".join(self.pieces[first:last])
        )

    def _waiting(self) -> list[Passenger]:
        return [each for each in self.passengers if not each.over]

    def _make_room(self) -> None:
        most = HELD if self._weight.bytes <= ALL_HELD else LEAST
        if self.complete and self._size <= most:
            return
        self.complete = False
        served = sorted(self._waiting(), key=lambda each: each.at)
        self._drop(served)
        while self._size > most and len(served) > 1:
            served.pop(0).end(whole=False)
            self._drop(served)

    def _drop(self, served: list[Passenger]) -> None:
        """Hold only what the slowest of *served* still lacks."""
        count = min((each.at - self._gone for each in served), default=len(self.pieces))
        size = sum(map(len, self.pieces[:count]))
        del self.pieces[:count]
        self._gone += count
        self._size -= size
        self._weight.bytes -= size
