"""One request, on a connection that only notes what it is told: its answer."""

import asyncio

import pytest

from tests.wire.ends import Taker, Tap, turn
from tests.wire.note import made


def test_reply() -> None:
    """A whole answer is one write, with its length."""
    exchange, wire = made()
    exchange.reply(200, [(b"content-type", b"a/b")], b"hello")

    assert wire.written == [
        b"HTTP/1.1 200 OK\r\ncontent-type: a/b\r\ncontent-length: 5\r\n\r\nhello"
    ]
    assert wire.finished == (False, True)


def test_large_reply() -> None:
    """A large body is not copied behind its head."""
    body = b"x" * 70000
    exchange, wire = made()
    exchange.reply(200, (), body)

    assert wire.written[1] is body


def test_reply_to_head() -> None:
    """The answer to HEAD tells the length and sends no body."""
    exchange, wire = made(b"HEAD")
    exchange.reply(200, (), b"hello")

    assert wire.output == b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n"


@pytest.mark.parametrize(
    ("keep", "body", "closing", "finished"),
    [
        (True, b"", False, (False, True)),
        (False, b"", False, (True, True)),
        (True, None, False, (True, False)),
        (True, b"", True, (True, True)),
    ],
)
def test_closing_replies(
    keep: bool, body: bytes | None, closing: bool, finished: tuple[bool, bool]
) -> None:
    """An answer closes where the caller or we will, or where the request is not read."""
    exchange, wire = made(keep=keep, body=body)
    wire.closing = closing
    exchange.reply(200, (), b"")

    assert wire.finished == finished
    assert (b"connection: close" in wire.output) is finished[0]


def test_refuse() -> None:
    """A refusal closes, whatever the caller wanted."""
    exchange, wire = made(body=None)
    exchange.refuse(403, (), b"no")

    assert wire.output.endswith(b"connection: close\r\n\r\nno")
    assert wire.finished == (True, False)


async def test_answer_before_the_body() -> None:
    """Who still takes the body when the answer has ended learns that no more comes."""
    exchange, _ = made(body=None)
    taker = Taker()
    pouring = asyncio.get_running_loop().create_task(exchange.pour(taker, 10))
    await turn()
    exchange.reply(413, (), b"")

    with pytest.raises(ConnectionAbortedError):
        await pouring
    assert taker.whole is False


def test_stream_with_length() -> None:
    """The head shares the first piece's write, and further pieces go as they are."""
    exchange, wire = made()
    exchange.start(200, (), 4)
    exchange.feed(b"ab")
    exchange.feed(b"")
    exchange.feed(b"cd")
    exchange.end(True)

    assert wire.written == [b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nab", b"cd"]
    assert wire.finished == (False, True)


def test_stream_in_chunks() -> None:
    """Without a length each piece is a chunk, and the end is the last one."""
    exchange, wire = made()
    exchange.start(200, (), None)
    exchange.feed(b"ab")
    exchange.end(True)

    assert wire.written == [
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n",
        b"0\r\n\r\n",
    ]


def test_head_alone() -> None:
    """A head without a piece goes out at the end of this turn of the loop, once."""
    exchange, wire = made()
    exchange.start(200, (), None)
    before = list(wire.written)
    for callback in [*wire.later, *wire.later]:
        callback()

    assert before == []
    assert wire.written == [b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"]


def test_head_that_waits() -> None:
    """A head may wait for its first piece beyond this turn of the loop, until it is flushed."""
    exchange, wire = made()
    exchange.start(200, (), 2, waits=True)
    before = (list(wire.later), list(wire.written))
    exchange.flush()
    exchange.flush()
    exchange.feed(b"ab")

    assert before == ([], [])
    assert wire.written == [b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n", b"ab"]


def test_empty_stream() -> None:
    """A stream without a piece is a head and its end."""
    exchange, wire = made()
    exchange.start(200, (), None)
    exchange.end(True)
    exchange.end(True)

    assert wire.output == b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"


def test_stream_to_an_old_caller() -> None:
    """HTTP/1.0 gets the bytes bare, and the close as their end."""
    exchange, wire = made(http10=True)
    exchange.start(200, (), None)
    exchange.feed(b"ab")
    exchange.end(True)

    assert wire.output == b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nab"
    assert wire.finished == (True, True)


def test_stream_to_head() -> None:
    """HEAD gets no body, streamed or not."""
    exchange, wire = made(b"HEAD")
    exchange.start(200, (), 2)
    exchange.feed(b"ab")
    exchange.end(True)

    assert wire.output == b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n"
    assert wire.finished == (False, True)


def test_cut_in_chunks() -> None:
    """A cut answer closes without the last chunk."""
    exchange, wire = made()
    exchange.start(200, (), None)
    exchange.feed(b"ab")
    exchange.end(False)

    assert not wire.output.endswith(b"0\r\n\r\n")
    assert wire.finished == (True, True)


def test_cut_by_length() -> None:
    """An answer that claims to be whole and is too short is cut."""
    exchange, wire = made()
    exchange.start(200, (), 4)
    exchange.feed(b"ab")
    exchange.end(True)

    assert wire.finished == (True, True)


def test_cut_for_an_old_caller() -> None:
    """Where the close is the end, a cut has to be an abort."""
    exchange, wire = made(http10=True)
    exchange.start(200, (), None)
    exchange.end(False)

    assert wire.aborted
    assert wire.finished is None


def test_cut_before_the_head() -> None:
    """An answer that never began is cut by an abort."""
    exchange, wire = made()
    exchange.end(False)

    assert wire.aborted


def test_too_many_bytes() -> None:
    """More bytes than announced are a bug, and never reach the caller."""
    exchange, wire = made()
    exchange.start(200, (), 1)

    with pytest.raises(RuntimeError, match="announced"):
        exchange.feed(b"ab")
    assert wire.written == []


def test_two_heads() -> None:
    """An answer begins once."""
    exchange, _ = made()
    exchange.start(200, (), 1)

    with pytest.raises(RuntimeError, match="begun"):
        exchange.reply(500, (), b"")


def test_flow() -> None:
    """A source that is set while the caller reads slowly is paused at once."""
    exchange, wire = made()
    quick, slow = Tap(), Tap()
    exchange.flow = quick
    wire.writable = False
    exchange.flow = slow
    kept = exchange.flow
    exchange.flow = None

    assert (quick.open, slow.open, kept) == (True, False, slow)


def test_repr() -> None:
    """An exchange shows how far it is, and nothing of its content."""
    exchange, _ = made(body=b"secret")
    shown = [repr(exchange)]
    exchange.start(200, (), 0)
    shown.append(repr(exchange))
    exchange.end(True)
    shown.append(repr(exchange))

    assert shown == [
        "<Exchange open, 6 bytes in>",
        "<Exchange started, 6 bytes in>",
        "<Exchange ended, 6 bytes in>",
    ]
