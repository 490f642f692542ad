"""What the parser refuses: the table of malformed requests."""

import pytest

from tests.wire.bytes_and_events import PLAIN, post, requests
from trayapp.wire.parser import (
    Broken,
    RequestHead,
    RequestParser,
)

BAD = [
    # the rows of the table: line ends
    (b"GET / HTTP/1.1\nHost: a\n\n", 400, "syntax"),
    (b"GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400, None),
    (post(b"Transfer-Encoding: chunked", body=b"3\nabc\r\n0\r\n\r\n"), 400, "chunk"),
    (post(b"Transfer-Encoding: chunked", body=b"3\r\nabc0\r\n\r\n"), 400, None),
    (post(b"X: a\rb"), 400, None),
    # content-length
    (post(b"Content-Length: 3", b"Transfer-Encoding: chunked"), 400, None),
    (post(b"Transfer-Encoding: chunked", b"Content-Length: 3"), 400, None),
    (post(b"Content-Length: 5", b"Content-Length: 5"), 400, "length"),
    (post(b"Content-Length: 5", b"Content-Length: 6"), 400, "length"),
    (post(b"Content-Length: 5, 5"), 400, "length"),
    (post(b"Content-Length: +5"), 400, "length"),
    (post(b"Content-Length: -5"), 400, "length"),
    (post(b"Content-Length: 0x5"), 400, "length"),
    (post(b"Content-Length: 5_0"), 400, "length"),
    (post(b"Content-Length: \xd9\xa5"), 400, "length"),
    (post(b"Content-Length:"), 400, "length"),
    (post(b"Content-Length: 9223372036854775808"), 400, "length"),
    (post(b"Content-Length: 18446744073709551616"), 400, "length"),
    # transfer-encoding
    (post(b"Transfer-Encoding: chunked, chunked"), 400, "encoding"),
    (post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: chunked"), 400, "encoding"),
    (post(b"Transfer-Encoding: gzip, chunked"), 501, "coding"),
    (post(b"Transfer-Encoding: gzip", b"Transfer-Encoding: chunked"), 501, "coding"),
    (post(b"Transfer-Encoding: gzip"), 501, "coding"),
    (post(b"Transfer-Encoding: xchunked"), 501, "coding"),
    (post(b"Transfer-Encoding: identity"), 501, "coding"),
    (post(b"Transfer-Encoding:"), 400, None),
    (post(b"Transfer-Encoding: chunked\x0b"), None, None),
    (post(b"Transfer-Encoding : chunked"), 400, None),
    (b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 501, "coding"),
    (post(b"Transfer-Encoding: chunked", body=b"0x2\r\nab\r\n0\r\n\r\n"), 400, "chunk"),
    (post(b"Transfer-Encoding: chunked", body=b"-2\r\nab\r\n0\r\n\r\n"), 400, "chunk"),
    (post(b"Transfer-Encoding: chunked", body=b"fffffffffffffffff\r\n"), 400, "chunk"),
    # header fields
    (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400, "header"),
    (b"GET / HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400, None),
    (b"GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400, None),
    (b"GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 400, "header"),
    (b"GET / HTTP/1.1\r\nX\0: a\r\n\r\n", 400, "header"),
    (b"GET / HTTP/1.1\r\nX(: a\r\n\r\n", 400, "header"),
    (b"GET / HTTP/1.1\r\nX\r\n\r\n", 400, None),
    (b"GET / HTTP/1.1\r\n: a\r\n\r\n", 400, None),
    # the request line
    (b"GET / HTTP/9.9\r\n\r\n", 505, "version"),
    (b"GET / HTTP/2.0\r\n\r\n", 505, "version"),
    (b"GET / HTTP/0.9\r\n\r\n", 505, "version"),
    (b"GET / HTTP/1.2\r\n\r\n", 505, "version"),
    (b"GET /\r\n\r\n", 505, "version"),
    (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", None, None),
    (b"get / HTTP/1.1\r\n\r\n", 400, "method"),
    (b"BREW / HTTP/1.1\r\n\r\n", 400, "method"),
    (b"GET /\xe9 HTTP/1.1\r\n\r\n", 400, "target"),
    (b"GET / a HTTP/1.1\r\n\r\n", 400, None),
    (b"GET / SPDY/1.1\r\n\r\n", 400, "syntax"),
    (b"\x16\x03\x01\x02\x00\x01\x00", 400, "method"),
    # trailers
    (post(b"Transfer-Encoding: chunked", body=b"0\r\nAuthorization: a\r\n\r\n"), 400, "trailer"),
    (
        post(b"Transfer-Encoding: chunked", body=b"1\r\na\r\n0\r\nA: b\r\nC: d\r\n\r\n"),
        400,
        "trailer",
    ),
]


@pytest.mark.parametrize(("data", "status", "reason"), BAD)
def test_malformed_requests(data: bytes, status: int | None, reason: str | None) -> None:
    """Each malformed request ends in one break with its status, and nothing after it is parsed."""
    parser = RequestParser()
    events = parser.feed(data + PLAIN)
    broken = events[-1]

    assert isinstance(broken, Broken)
    assert broken.status == (status or broken.status)
    assert broken.reason == (reason or broken.reason)
    assert sum(isinstance(event, RequestHead) for event in events) <= 1
    assert parser.feed(PLAIN) == []


@pytest.mark.parametrize("data", [row[0] for row in BAD])
def test_malformed_requests_split_at_every_position(data: bytes) -> None:
    """A malformed request breaks alike wherever its bytes are cut."""
    whole = requests(data + PLAIN)

    assert all(requests(data[:at], data[at:] + PLAIN) == whole for at in range(len(data)))


def test_messages_never_echo() -> None:
    """What a break says contains nothing of the input."""
    canary = b"sk-ant-canary"
    last = requests(b"GET / HTTP/1.1\r\n" + canary + b"\0: " + canary + b"\r\n\r\n")[-1]

    assert isinstance(last, Broken)
    assert "canary" not in last.message
