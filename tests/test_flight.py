"""One answer and the callers who wait for it."""

from collections.abc import Callable

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from tests.fakes.sink import FakeSink
from tests.fakes.upstream import FakeFlow
from trayapp import flight
from trayapp.flight import Flight, Passenger, Weight
from trayapp.meter.book import Book
from trayapp.model.errors import Unreachable
from trayapp.model.exchange import Headers

HEAD: Headers = (
    (b"content-type", b"x"),
    (b"x-sluice-request-id", b"slc_1"),
    (b"cache-status", b"sluice; fwd=miss; stored"),
)
OURS: Headers = ((b"x-sluice-request-id", b"slc_2"), (b"cache-status", b"sluice; collapsed"))


class Scene:
    """A flight, what it weighs, and the callers on it."""

    def __init__(self) -> None:
        self.weight = Weight()
        book = Book(FakeClock(), record=lambda _: None, learn=lambda *_: None)
        self.flight = Flight(0.0, book.entry(a_request()), self.weight)
        self.source = FakeFlow()
        self.landed: list[FakeSink] = []

    def board(self, ours: Headers | None = None) -> tuple[Passenger, FakeSink]:
        """One more caller."""
        sink = FakeSink()
        passenger = Passenger(self.flight, sink, self._landed(sink), ours)
        self.flight.board(passenger)
        return passenger, sink

    def _landed(self, sink: FakeSink) -> Callable[[], None]:
        return lambda: self.landed.append(sink)

    def begin(self, *pieces: bytes) -> None:
        """The answer's head, its source and its first *pieces*."""
        self.flight.start(200, HEAD, None, waits=True)
        self.flight.flow = self.source
        self.flight.flush()
        for piece in pieces:
            self.flight.feed(piece)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test reaches with a few bytes."""
    monkeypatch.setattr(flight, "HELD", 100)
    monkeypatch.setattr(flight, "LEAST", 20)
    monkeypatch.setattr(flight, "SLAB", 10)


def test_answer_passes_as_it_comes() -> None:
    """A caller alone gets head, pieces and end as they come, and the head as it is."""
    scene = Scene()
    _, sink = scene.board()
    scene.begin(b"one", b"two")
    body = sink.body
    scene.flight.end(whole=True)

    assert (sink.status, sink.headers, body) == (200, dict(HEAD), b"onetwo")
    assert (sink.ends, scene.landed, scene.flight.over) == ([True], [sink], True)


def test_source_is_the_answers() -> None:
    """Where the answer comes from can be asked, as of any caller's connection."""
    scene = Scene()
    scene.board()
    scene.begin()

    assert scene.flight.flow is scene.source


def test_late_caller_gets_the_answer_from_its_start() -> None:
    """Who joins gets all that came so far, under its own names."""
    scene = Scene()
    scene.board()
    scene.begin(b"one", b"two")
    _, sink = scene.board(OURS)
    scene.flight.feed(b"three")
    scene.flight.end(whole=True)

    assert (sink.body, sink.ends) == (b"onetwothree", [True])
    assert sink.headers == {b"content-type": b"x", **dict(OURS)}


def test_caller_who_joins_before_the_head_gets_it_with_the_others() -> None:
    """The head goes to all who are there, to each with its own names."""
    scene = Scene()
    scene.board()
    _, sink = scene.board(OURS)
    scene.begin()

    assert (sink.status, sink.headers[b"x-sluice-request-id"]) == (200, b"slc_2")


def test_cut_answer_is_cut_for_all() -> None:
    """An answer that breaks off does so for each, and only once."""
    scene = Scene()
    sinks = [scene.board()[1], scene.board(OURS)[1]]
    scene.begin(b"one")
    scene.flight.end(whole=False)
    scene.flight.end(whole=True)
    scene.flight.fail(Unreachable("Too late."))

    assert [sink.ends for sink in sinks] == [[False], [False]]
    assert (scene.flight.whole, scene.flight.failure) == (False, None)


def test_failure_lands_everyone() -> None:
    """Where there is no answer everyone is told, and none is made up."""
    scene = Scene()
    sinks = [scene.board()[1], scene.board(OURS)[1]]
    scene.flight.fail(Unreachable("No connection."))
    scene.flight.fail(Unreachable("Another."))

    assert scene.landed == sinks
    assert [sink.status for sink in sinks] == [None, None]
    assert isinstance(scene.flight.failure, Unreachable)
    assert scene.flight.failure.message == "No connection."


def test_slow_caller_holds_nobody() -> None:
    """It gets what it lacks when it is ready, while the other gets all at once."""
    scene = Scene()
    slow, slow_sink = scene.board()
    _, quick_sink = scene.board(OURS)
    scene.begin(b"one")
    slow.pause()
    scene.flight.feed(b"two")
    scene.flight.end(whole=True)
    seen = slow_sink.body
    slow.resume()

    assert (quick_sink.body, quick_sink.ends, seen) == (b"onetwo", [True], b"one")
    assert (slow_sink.body, slow_sink.ends) == (b"onetwo", [True])
    assert scene.source.pauses == 0


def test_upstream_waits_while_all_are_slow() -> None:
    """A caller alone holds upstream, as without a flight; so do all of them together."""
    scene = Scene()
    one, _ = scene.board()
    other, _ = scene.board(OURS)
    one.pause()  # before there is a source
    scene.begin(b"x")
    first = scene.source.pauses
    other.pause()
    both = scene.source.pauses
    other.resume()
    other.pause()
    scene.flight.leave(one)

    assert (first, both, scene.source.pauses) == (0, 1, 2)


def test_leaving_of_the_quick_one_lets_upstream_wait() -> None:
    """Who is left decides whether upstream waits."""
    scene = Scene()
    slow, _ = scene.board()
    quick, _ = scene.board(OURS)
    scene.begin()
    slow.pause()
    scene.flight.leave(quick)

    assert scene.source.pauses == 1


def test_catching_up_goes_in_slabs(small: None) -> None:
    """Who is far behind gets a little at a time, and stops where its connection has enough."""
    scene = Scene()
    slow, sink = scene.board()
    scene.board(OURS)
    scene.begin()
    slow.pause()
    for _ in range(6):
        scene.flight.feed(b"4444")
    full: list[int] = []

    def feed(data: bytes) -> None:
        full.append(len(data))
        slow.pause()

    sink.feed = feed  # type: ignore[method-assign]
    slow.resume()

    assert full == [12]


def test_one_pays_for_the_answer() -> None:
    """The first to leave after the end pays; a caller that hung up before does not."""
    scene = Scene()
    gone, _ = scene.board()
    one, _ = scene.board(OURS)
    other, _ = scene.board(OURS)
    scene.begin(b"x")
    paid = [scene.flight.leave(gone)]
    scene.flight.end(whole=True)
    paid += [scene.flight.leave(one), scene.flight.leave(other)]

    assert paid == [False, True, False]


def test_last_to_hang_up_pays() -> None:
    """Where nobody stays to the end, the last who was there pays for what was used."""
    scene = Scene()
    one, _ = scene.board()
    other, _ = scene.board(OURS)

    assert [scene.flight.leave(one), scene.flight.leave(other)] == [False, True]


def test_nothing_is_held_for_nobody() -> None:
    """What a flight held weighs nothing once all have left, and what still comes is let go."""
    scene = Scene()
    one, _ = scene.board()
    scene.begin(b"123")
    before = scene.weight.bytes
    scene.flight.leave(one)
    scene.flight.feed(b"456")

    assert (before, scene.weight.bytes, scene.flight.pieces) == (3, 0, [b"123"])


def test_answer_beyond_its_bound_is_not_held(small: None) -> None:
    """Where all have read it, nothing of a large answer is held, and nobody may join."""
    scene = Scene()
    _, sink = scene.board()
    scene.begin(*[b"0123456789"] * 12)
    held = list(scene.flight.pieces)
    scene.flight.end(whole=True)

    assert (held, scene.flight.complete, scene.weight.bytes) == ([], False, 0)
    assert (len(sink.body), sink.ends) == (120, [True])


def test_reader_too_far_behind_is_cut_off(small: None) -> None:
    """A slow caller of a large answer is cut where it lags too far, and the other has all."""
    scene = Scene()
    slow, slow_sink = scene.board()
    _, quick_sink = scene.board(OURS)
    scene.begin(b"0123456789")
    slow.pause()
    for _ in range(11):
        scene.flight.feed(b"0123456789")
    scene.flight.end(whole=True)
    slow.resume()

    assert (slow_sink.body, slow_sink.ends) == (b"0123456789", [False])
    assert (len(quick_sink.body), quick_sink.ends) == (120, [True])


def test_slow_caller_alone_is_never_cut_off(small: None) -> None:
    """It holds upstream, and what still arrived before upstream stopped is held for it."""
    scene = Scene()
    slow, sink = scene.board()
    scene.begin()
    slow.pause()
    for _ in range(12):
        scene.flight.feed(b"0123456789")
    scene.flight.end(whole=True)
    slow.resume()

    assert (scene.source.pauses, len(sink.body), sink.ends) == (1, 120, [True])


def test_many_answers_together_are_held_less(small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where all flights hold much, each holds hardly more than somebody lacks."""
    monkeypatch.setattr(flight, "ALL_HELD", 50)
    scene = Scene()
    scene.board()
    scene.weight.bytes = 40
    scene.begin(b"0123456789", b"0123456789", b"0")

    assert (scene.flight.complete, scene.weight.bytes) == (False, 40)
