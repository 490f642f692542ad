"""What the parser makes of responses."""

import pytest

from tests.wire.bytes_and_events import PLAIN, SMALL, bytewise, merged, responses
from trayapp.wire.messages import RequestEvent, ResponseEvent
from trayapp.wire.parser import END, Broken, RequestParser, ResponseHead, ResponseParser

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nRequest-Id: req_1\r\n\r\nhi"
STREAM = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"5\r\nevent\r\n2;x\r\n: \r\n0\r\nTrailer: a\r\nOther: b\r\n\r\n"
)
INTERIM = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"
ANSWERS = [OK, STREAM, INTERIM + OK, b"HTTP/1.1 204 No Content\r\n\r\n", b"HTTP/1.1 304\r\n\r\n"]


def test_head_of_a_response() -> None:
    """A response's head has status, reason, fields and length."""
    head, body, end = responses(OK)

    assert head == ResponseHead(
        status=200,
        reason=b"OK",
        headers=((b"content-length", b"2"), (b"request-id", b"req_1")),
        keep_alive=True,
        length=2,
        chunked=False,
        fields={b"content-length": b"2", b"request-id": b"req_1"},
    )
    assert (body, end) == (b"hi", END)


def test_chunked_response() -> None:
    """Chunks are unwrapped, and trailers dropped without a trace."""
    head, body, end = responses(STREAM)

    assert isinstance(head, ResponseHead)
    assert head.headers == ((b"transfer-encoding", b"chunked"),)
    assert (head.chunked, body, end) == (True, b"event: ", END)


def test_trailers_never_reach_the_next_head() -> None:
    """The last trailer of one response is no field of the next."""
    parser = ResponseParser()
    parser.expect(b"GET")
    parser.feed(STREAM)
    parser.expect(b"GET")
    head = parser.feed(OK)[0]

    assert isinstance(head, ResponseHead)
    assert head.headers == ((b"content-length", b"2"), (b"request-id", b"req_1"))


def test_interim_responses_are_passed_over() -> None:
    """1xx responses are as if they had not been sent."""
    assert responses(INTERIM + OK) == responses(OK)


@pytest.mark.parametrize("data", ANSWERS)
def test_responses_split_at_every_position(data: bytes) -> None:
    """The events are the same wherever the bytes are cut, or byte by byte."""
    whole = responses(data)

    assert all(responses(data[:at], data[at:]) == whole for at in range(len(data)))
    assert responses(*bytewise(data)) == whole


@pytest.mark.parametrize("status", [b"204 No Content", b"304 Not Modified"])
def test_responses_without_a_body(status: bytes) -> None:
    """204 and 304 have no body, whatever length they announce."""
    head, end = responses(b"HTTP/1.1 " + status + b"\r\nContent-Length: 5\r\n\r\n")

    assert isinstance(head, ResponseHead)
    assert head.keep_alive
    assert end is END


def test_response_to_head() -> None:
    """A response to HEAD ends with its head, and its connection is not kept."""
    head, end = responses(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", method=b"HEAD")

    assert isinstance(head, ResponseHead)
    assert (head.length, head.keep_alive, end) == (5, False, END)


def finished(*pieces: bytes) -> list[object]:
    parser = ResponseParser()
    parser.expect(b"GET")
    said: list[object] = [event for piece in pieces for event in parser.feed(piece)]
    return merged([*said, *parser.eof(), *parser.eof()])


def test_body_until_close() -> None:
    """Without length or chunks a body ends with the connection."""
    head, body, end = finished(b"HTTP/1.1 200 OK\r\n\r\nabc", b"def")

    assert isinstance(head, ResponseHead)
    assert (head.keep_alive, head.length, body, end) == (False, None, b"abcdef", END)


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 200 O",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n",
    ],
)
def test_cut_responses(data: bytes) -> None:
    """A close in the middle of a response is a break, told once."""
    last = finished(data)[-1]

    assert isinstance(last, Broken)
    assert last.reason == "cut"


@pytest.mark.parametrize("data", [b"", OK, b"HTTP/9.9 200 OK\r\n\r\n"])
def test_close_between_responses(data: bytes) -> None:
    """A close before, after or behind a broken response says nothing more."""
    assert finished(data) == responses(data, method=b"GET")


BAD_ANSWERS = [
    (b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", "switched"),
    (b"HTTP/1.1 101 Switching\r\n\r\n", "switched"),
    (b"HTTP/1.1 099 Odd\r\n\r\n", "switched"),
    (b"HTTP/1.1 100 Continue\r\n\r\n" * 3, "interim"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi", "length"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775808\r\n\r\n", "length"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", "coding"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n", "length"),
    (b"HTTP/2.0 200 OK\r\n\r\n", "version"),
    (b"ICY 200 OK\r\n\r\n", "syntax"),
    (b"HTTP/1.1 200 OK\r\nX: a\rb\r\n\r\n", None),
    (b"HTTP/1.1 200 \rX: a\r\n\r\n", None),
    (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 6 + b"\r\n", "head_count"),
    (b"HTTP/1.1 200 OK\r\nA: " + b"a" * 300 + b"\r\n\r\n", "head_size"),
    (OK + b"extra", "unasked"),
]


@pytest.mark.parametrize(("data", "reason"), BAD_ANSWERS)
def test_malformed_responses(data: bytes, reason: str | None) -> None:
    """Each malformed response ends in one break, and is a bad gateway to the caller."""
    events = responses(data, limits=SMALL)
    broken = events[-1]

    assert isinstance(broken, Broken)
    assert broken.status == 502
    assert broken.reason == (reason or broken.reason)
    assert not any(isinstance(event, Broken) for event in events[:-1])


def test_bytes_that_nobody_asked_for() -> None:
    """A response before any request is a break."""
    assert [getattr(event, "reason", "") for event in ResponseParser().feed(OK)] == ["unasked"]


def test_broken_response_parser_is_done() -> None:
    """After a break a response parser says nothing more."""
    parser = ResponseParser()
    parser.feed(OK)

    assert parser.feed(OK) == []


def test_event_types() -> None:
    """Both unions are what the parsers deliver."""
    request: list[RequestEvent] = RequestParser().feed(PLAIN)
    response: list[ResponseEvent] = ResponseParser().feed(b"")

    assert len(request) == 2
    assert response == []
