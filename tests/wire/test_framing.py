"""Heads and chunks as they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.wire.framing import (
    LAST_CHUNK,
    Delimiter,
    answer_head,
    chunk,
    request_head,
    response_head,
    rest_of_head,
)
from trayapp.wire.messages import RequestHead
from trayapp.wire.parser import END, RequestParser

FIELDS = ((b"host", b"api.anthropic.com"), (b"x-api-key", b"abc"))


def asked(method: bytes = b"GET", *, http10: bool = False) -> RequestHead:
    return RequestHead(method, b"/", (), http10, True, None, False, False)


def test_request_head() -> None:
    """A request's head is its line, its fields and an empty line."""
    head = request_head(b"POST", b"/v1/messages?beta=true", FIELDS)

    assert head == (
        b"POST /v1/messages?beta=true HTTP/1.1\r\nhost: api.anthropic.com\r\nx-api-key: abc\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("status", "line"),
    [
        (200, b"HTTP/1.1 200 OK"),
        (404, b"HTTP/1.1 404 Not Found"),
        (529, b"HTTP/1.1 529 Overloaded"),
        (599, b"HTTP/1.1 599 "),
    ],
)
def test_response_line(status: int, line: bytes) -> None:
    """A response's line has the known reason, else an empty one, and no Server field follows."""
    assert response_head(status, ()) == line + b"\r\n\r\n"


def test_given_reason() -> None:
    """A reason that is given is written."""
    assert response_head(200, (), reason=b"Fine").startswith(b"HTTP/1.1 200 Fine\r\n")


def test_rest_of_head() -> None:
    """The last lines of a head are its last fields and an empty line."""
    whole = request_head(b"GET", b"/", FIELDS)

    assert request_head(b"GET", b"/", FIELDS[:1])[:-2] + rest_of_head(FIELDS[1:]) == whole
    with pytest.raises(ValueError, match="line end"):
        rest_of_head([(b"x-api-key", b"a\r\nx: y")])


@pytest.mark.parametrize("bad", [b"a\r\nx: y", b"a\nb", b"a\rb", b"a\0b"])
def test_response_splitting(bad: bytes) -> None:
    """A line end or a NUL anywhere in a head is refused."""
    with pytest.raises(ValueError, match="line end"):
        response_head(200, [(b"x", bad)])
    with pytest.raises(ValueError, match="line end"):
        response_head(200, [(bad, b"x")])
    with pytest.raises(ValueError, match="line end"):
        response_head(200, (), reason=bad)
    with pytest.raises(ValueError, match="line end"):
        request_head(b"GET", b"/" + bad.replace(b" ", b""), ())


@pytest.mark.parametrize(("method", "target"), [(b"GET", b"/a b"), (b"G T", b"/"), (b"GET", b"")])
def test_request_line_in_three(method: bytes, target: bytes) -> None:
    """A space in method or target, or no target, is refused."""
    with pytest.raises(ValueError, match="no place"):
        request_head(method, target, ())


def test_chunks() -> None:
    """Chunks carry their size in hex, and no data is no chunk."""
    assert chunk(b"x" * 26) == b"1a\r\n" + b"x" * 26 + b"\r\n"
    assert chunk(b"") == b""


@pytest.mark.slow
@given(st.lists(st.binary(max_size=50), max_size=8))
def test_chunks_are_read_back(pieces: list[bytes]) -> None:
    """What is written in chunks is read as the same bytes."""
    head = request_head(b"POST", b"/", [(b"transfer-encoding", b"chunked")])
    wire = head + b"".join(map(chunk, pieces)) + LAST_CHUNK
    events = RequestParser().feed(wire)

    assert b"".join(event for event in events if isinstance(event, bytes)) == b"".join(pieces)
    assert events[-1] is END


@pytest.mark.parametrize(
    ("request_", "status", "length", "by"),
    [
        (asked(), 200, 5, Delimiter.LENGTH),
        (asked(), 200, None, Delimiter.CHUNKS),
        (asked(http10=True), 200, None, Delimiter.CLOSE),
        (asked(http10=True), 200, 5, Delimiter.LENGTH),
        (asked(b"HEAD"), 200, 5, Delimiter.NOTHING),
        (asked(b"HEAD"), 200, None, Delimiter.NOTHING),
        (asked(), 204, None, Delimiter.NOTHING),
        (asked(), 304, 5, Delimiter.NOTHING),
    ],
)
def test_delimiters(request_: RequestHead, status: int, length: int | None, by: Delimiter) -> None:
    """How a body ends follows from request, status and length."""
    assert answer_head(request_, status, (), length, closes=False)[1] is by


@pytest.mark.parametrize(
    ("request_", "status", "length", "closes", "fields"),
    [
        (asked(), 200, 5, False, b"content-length: 5\r\n"),
        (asked(), 200, None, False, b"transfer-encoding: chunked\r\n"),
        (asked(), 200, 0, True, b"content-length: 0\r\nconnection: close\r\n"),
        (asked(b"HEAD"), 200, 5, False, b"content-length: 5\r\n"),
        (asked(b"HEAD"), 200, None, False, b""),
        (asked(), 204, 0, False, b""),
        (asked(), 304, 7, False, b"content-length: 7\r\n"),
        (asked(http10=True), 200, 5, False, b"content-length: 5\r\nconnection: keep-alive\r\n"),
        (asked(http10=True), 200, None, False, b"connection: close\r\n"),
    ],
)
def test_framing_fields(
    request_: RequestHead, status: int, length: int | None, closes: bool, fields: bytes
) -> None:
    """The head announces the delimiter, and whether the connection ends with the body."""
    head, _by, closing = answer_head(request_, status, (), length, closes=closes)

    assert head.partition(b"\r\n")[2] == fields + b"\r\n"
    assert closing is (b"close" in fields)
