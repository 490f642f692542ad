"""Which answers are fit to be kept, and how they are written down."""

import gzip

import msgspec
import pytest

from tests.cache.asked import STREAM, kept, message
from trayapp.cache.kept import ENTRY_LIMIT, Kept, kept_of, packed, unpacked
from trayapp.meter.tap import UsageTap
from trayapp.model.exchange import Headers
from trayapp.model.usage import Usage

JSON: Headers = ((b"content-type", b"application/json"),)
SSE: Headers = ((b"content-type", b"text/event-stream; charset=utf-8"),)
ERROR = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'
STOP = STREAM[STREAM.index(b"event: message_stop") :]


def judged(
    *pieces: bytes, status: int = 200, headers: Headers = JSON, whole: bool = True
) -> Kept | None:
    """What is kept of an answer that came in *pieces*, as the meter heard it."""
    tap = UsageTap(headers)
    for piece in pieces:
        tap.feed(piece)
    tap.end(whole)
    return kept_of(status, headers, pieces, tap, 5.0)


def test_whole_answer_is_kept_as_it_came() -> None:
    """A plain answer is kept byte for byte, with what it cost."""
    found = judged(message()[:20], message()[20:])

    assert found == Kept(False, message(), "claude-sonnet-5-5", Usage(12, 3), 5.0)


def test_whole_stream_is_kept_as_it_came() -> None:
    """A stream with its stop is kept byte for byte."""
    found = judged(STREAM[:99], STREAM[99:], headers=SSE)

    assert found is not None
    assert (found.stream, found.body) == (True, STREAM)


UNFIT: dict[str, Kept | None] = {
    "an error": judged(b'{"type":"error","error":{"type":"api_error"}}', status=500),
    "an error that says 200": judged(b'{"type":"error","error":{"type":"api_error"}}'),
    "a cut answer": judged(message(), whole=False),
    "half of an answer": judged(message()[:-5]),
    "no answer at all": judged(b"<html>"),
    "no message": judged(b'{"stop_reason":"end_turn","model":"m"}'),
    "a refusal": judged(message(stop_reason="refusal")),
    "a pause": judged(message(stop_reason="pause_turn")),
    "a reason nobody knows": judged(message(stop_reason="new")),
    "no reason": judged(message(stop_reason=None)),
    "a stream without its stop": judged(STREAM.removesuffix(STOP), headers=SSE),
    "a stream with an error": judged(STREAM.removesuffix(STOP), ERROR, STOP, headers=SSE),
    "an error after the stop": judged(STREAM, ERROR, headers=SSE),
    "a stream that goes on": judged(STREAM, b"event: mess", headers=SSE),
    "a stream without its start": judged(STOP, headers=SSE),
    "a packed answer": judged(
        gzip.compress(message()), headers=(*JSON, (b"content-encoding", b"gzip"))
    ),
    "an unreadable packing": judged(message(), headers=(*JSON, (b"content-encoding", b"br"))),
    "too large an answer": judged(message(content=[{"type": "text", "text": "x" * ENTRY_LIMIT}])),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_not_whole_valid_and_final_is_not_kept(name: str) -> None:
    """Partial, broken, refused and unread answers are never kept (A41)."""
    assert UNFIT[name] is None


def test_plain_encoding_may_be_named() -> None:
    """An answer that says it is not packed is kept like any other."""
    assert judged(message(), headers=(*JSON, (b"content-encoding", b"identity"))) is not None


def test_what_was_packed_is_unpacked() -> None:
    """An answer comes back from its bytes; from others nothing does."""
    assert unpacked(packed(kept(stream=True))) == kept(stream=True)
    assert unpacked(msgspec.msgpack.encode([1, 2])) is None
    assert unpacked(packed(kept())[:-1]) is None


@pytest.mark.parametrize(
    ("now", "fresh"), [(99.0, True), (160.0, False), (100.0, True), (159.0, True), (30.0, False)]
)
def test_answers_expire(now: float, fresh: bool) -> None:
    """An answer is fresh for its lifetime; a clock set back a little does no harm, much does."""
    assert kept(at=100.0).is_fresh(now, 60.0) is fresh
    assert kept(at=100.0).age(now) == now - 100.0
