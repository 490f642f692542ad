"""A request body: held, taken, refused, and how slowly it may come."""

import pytest

from tests.wire.ends import Clumsy, Taker
from trayapp.model.errors import NotServing, Refused
from trayapp.wire.body import Body, Pace, too_slow
from trayapp.wire.limits import Limits
from trayapp.wire.messages import CHUNK_OVERHEAD


def test_held_until_taken() -> None:
    """Bytes that nobody has asked for are held, and taken as one."""
    body = Body(None)
    body.feed(b"ab")
    body.feed(b"cd")
    body.claim(10)
    body.finish()

    assert body.take() == b"abcd"
    assert body.take() == b""


def test_one_piece_is_not_copied() -> None:
    """A body in one piece is that piece."""
    body, piece = Body(4), b"abcd" * 100
    body.feed(piece)

    assert body.take() is piece


@pytest.mark.parametrize(("size", "over"), [(10, False), (11, True)])
def test_over(size: int, over: bool) -> None:
    """More than the hold, unasked for, is over; once asked for nothing is."""
    body = Body(None)
    body.feed(b"x" * size)
    before = body.over(10)
    body.claim(100)

    assert (before, body.over(10)) == (over, False)


def test_poured() -> None:
    """A receiver gets what was held, then what comes, then the end."""
    body, taker = Body(None), Taker()
    body.feed(b"ab")
    body.claim(10, taker)
    body.feed(b"cd")
    body.finish()

    assert (taker.data, taker.whole) == (b"abcd", True)


def test_poured_when_complete() -> None:
    """A body that is complete already is poured at once."""
    body, taker = Body(2), Taker()
    body.feed(b"ab")
    body.finish()
    body.claim(10, taker)

    assert (taker.data, taker.whole) == (b"ab", True)


@pytest.mark.parametrize(("length", "held"), [(11, b""), (None, b"x" * 11)])
def test_known_to_be_too_large(length: int | None, held: bytes) -> None:
    """A body that is announced or held above the limit is refused at once."""
    body, taker = Body(length), Taker()
    body.feed(held)

    with pytest.raises(Refused) as caught:
        body.claim(10, taker)
    assert (caught.value.status, caught.value.kind) == (413, "request_too_large")
    assert (taker.data, taker.whole) == (b"", False)
    assert body.settled


def test_too_large_at_the_byte() -> None:
    """The first byte too many is the refusal, and later bytes are dropped."""
    body, taker, told = Body(None), Taker(), []
    body.claim(4, taker)
    body.notify = lambda: told.append(body.failure)
    body.feed(b"abcd")
    body.feed(b"e")
    body.feed(b"f")
    body.finish()

    assert isinstance(body.failure, Refused)
    assert (taker.data, taker.whole) == (b"abcd", False)
    assert told == [body.failure]
    assert not body.complete


def test_limit_is_allowed() -> None:
    """A body of exactly the limit passes."""
    body = Body(4)
    body.claim(4)
    body.feed(b"abcd")
    body.finish()

    assert body.take() == b"abcd"


def test_broken() -> None:
    """A break of the parser is a refusal with its status and reason."""
    body = Body(None)
    body.break_off(CHUNK_OVERHEAD)

    with pytest.raises(Refused) as caught:
        body.claim(10)
    assert (caught.value.status, caught.value.reason) == (400, "chunk")


def test_first_failure_stands() -> None:
    """What comes after the end or after a failure changes nothing."""
    complete, failed = Body(None), Body(None)
    complete.finish()
    complete.fail(ConnectionResetError())
    failed.fail(ConnectionResetError())
    failed.break_off(CHUNK_OVERHEAD)

    assert complete.failure is None
    assert isinstance(failed.failure, ConnectionResetError)


def test_bug_of_a_receiver() -> None:
    """A receiver that raises fails its own body, and is told of the end."""
    body, taker = Body(None), Clumsy()
    body.claim(10, taker)
    body.feed(b"ab")
    body.feed(b"cd")

    assert isinstance(body.failure, LookupError)
    assert taker.whole is False


def test_pace_of_a_trickle() -> None:
    """A byte a second is late when the grace is over."""
    pace = Pace(0.0, Limits(), total=False)

    assert [second for second in range(1, 12) if pace.is_late(float(second), second)] == [11]


def test_pace_at_the_rate() -> None:
    """A body at the least rate is never late, however long it takes."""
    pace = Pace(0.0, Limits(), total=False)

    assert not any(pace.is_late(float(second), 1024 * second) for second in range(1, 1000))


def test_pace_after_a_burst() -> None:
    """A burst buys no more than the grace."""
    pace = Pace(0.0, Limits(), total=False)

    assert not pace.is_late(1.0, 10**9)
    assert not pace.is_late(10.9, 10**9)
    assert pace.is_late(11.0, 10**9)


def test_pace_in_total() -> None:
    """A body that is collected as a whole has an end, whatever its rate."""
    pace = Pace(0.0, Limits(), total=True)
    late = [second for second in range(1, 200) if pace.is_late(float(second), second * 10**6)]

    assert late[0] == 120


def test_pace_excused() -> None:
    """While the wait is our own, nobody is late."""
    pace = Pace(0.0, Limits(), total=False)
    pace.excuse(100.0)

    assert not pace.is_late(109.0, 0)
    assert pace.is_late(110.0, 0)


def test_a_trickle_is_refused_as_slow() -> None:
    """The refusal of a slow body is a 408 in the API's own terms."""
    refused = too_slow()

    assert (refused.status, refused.kind, refused.reason) == (408, "timeout_error", "slow_body")


def test_bytes_that_are_held_are_told_of() -> None:
    """Whoever counts memory hears of what was here before and of what comes."""
    body, grown = Body(None), list[int]()
    body.feed(b"ab")
    body.claim(10, grows=grown.append)
    body.feed(b"cde")
    body.finish()

    assert (grown, body.take()) == ([2, 3], b"abcde")


def test_a_body_without_room_is_given_up() -> None:
    """Where memory is full the body fails with the reason, and nothing of it stays."""

    def full(size: int) -> None:
        if size:
            raise NotServing("full")

    body = Body(None)
    body.claim(10, grows=full)
    body.feed(b"ab")
    body.feed(b"cd")

    assert (str(body.failure), body.held) == ("full", [])
