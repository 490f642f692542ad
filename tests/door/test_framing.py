"""Two readings of one request are how requests are smuggled: whatever is in doubt is refused."""

import gzip
import json

import pytest

from tests.door.front import BODY, Front, stopwatch

pytestmark = pytest.mark.slow

SMUGGLED = b"GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"
CHUNKED = b"transfer-encoding: chunked"
ONE = b"5\r\nhello\r\n0\r\n\r\n"


def framed(front: Front, *fields: bytes, body: bytes = ONE, line: bytes | None = None) -> bytes:
    """A message whose framing is all of its own, and one hidden behind it."""
    head = [
        line or b"POST /v1/messages HTTP/1.1",
        front.host,
        front.key,
        b"content-type: application/json",
        *fields,
        b"",
        body,
    ]
    return b"\r\n".join(head) + SMUGGLED


DOUBTFUL: dict[str, tuple[tuple[bytes, ...], bytes]] = {
    # A26, two framings
    "length and chunks": ((b"content-length: 5", CHUNKED), ONE),
    "chunks and length": ((CHUNKED, b"content-length: 5"), ONE),
    "no length and chunks": ((b"content-length: 0", CHUNKED), ONE),
    "chunks and a bad length": ((CHUNKED, b"content-length: x"), ONE),
    # A27, lengths
    "twice the same": ((b"content-length: 5", b"content-length: 5"), b"hello"),
    "twice, different": ((b"content-length: 5", b"content-length: 6"), b"hello"),
    "a list": ((b"content-length: 5, 5",), b"hello"),
    "a plus": ((b"content-length: +5",), b"hello"),
    "hexadecimal": ((b"content-length: 0x5",), b"hello"),
    "an underscore": ((b"content-length: 5_0",), b"hello"),
    "a space inside": ((b"content-length: 5 0",), b"hello"),
    "Arabic digits": ((b"content-length: \xd9\xa5",), b"hello"),
    "full-width digits": ((b"content-length: \xef\xbc\x95",), b"hello"),
    "2^64": ((b"content-length: 18446744073709551616",), b"hello"),
    "2^64 + 5": ((b"content-length: 18446744073709551621",), b"hello"),
    "2^63": ((b"content-length: 9223372036854775808",), b"hello"),
    "negative": ((b"content-length: -5",), b"hello"),
    "a fraction": ((b"content-length: 5.0",), b"hello"),
    "an exponent": ((b"content-length: 5e0",), b"hello"),
    "quoted": ((b'content-length: "5"',), b"hello"),
    "empty": ((b"content-length:",), b"hello"),
    "a semicolon": ((b"content-length: 5;5",), b"hello"),
    "a vertical tab": ((b"content-length: 5\x0b",), b"hello"),
    # A28, codings
    "gzip, chunked": ((b"transfer-encoding: gzip, chunked",), ONE),
    "chunked, gzip": ((b"transfer-encoding: chunked, gzip",), ONE),
    "chunked twice": ((b"transfer-encoding: chunked, chunked",), ONE),
    "two codings": ((b"transfer-encoding: identity", CHUNKED), ONE),
    "chunked in two fields": ((CHUNKED, CHUNKED), ONE),
    "xchunked": ((b"transfer-encoding: xchunked",), ONE),
    "chunkedx": ((b"transfer-encoding: chunkedx",), ONE),
    "a vertical tab behind": ((b"transfer-encoding: chunked\x0b",), ONE),
    "a form feed before": ((b"transfer-encoding: \x0cchunked",), ONE),
    "a NUL behind": ((b"transfer-encoding: chunked\0",), ONE),
    "a comma behind": ((b"transfer-encoding: chunked,",), ONE),
    "a parameter": ((b"transfer-encoding: chunked;q=1",), ONE),
    "quoted coding": ((b'transfer-encoding: "chunked"',), ONE),
    "no coding": ((b"transfer-encoding:",), ONE),
    "identity": ((b"transfer-encoding: identity",), ONE),
    "a space before the colon": ((b"transfer-encoding : chunked",), ONE),
    "folded": ((b"transfer-encoding:\r\n chunked",), ONE),
    "folded behind": ((b"x: y\r\n transfer-encoding: chunked",), ONE),
    # A29, line ends, names, chunks, trailers
    "bare LF in the head": ((b"x: y\nz: a",), b""),
    "bare LF ends the head": ((b"content-length: 5\n\n",), b"hello"),
    "bare CR in a value": ((b"x: y\rz: a",), b""),
    "NUL in a value": ((b"x: y\0z",), b""),
    "NUL in a name": ((b"x\0y: z",), b""),
    "space before a colon": ((b"x : y",), b""),
    "tab before a colon": ((b"x\t: y",), b""),
    "space before a name": ((b" x: y",), b""),
    "no colon": ((b"x",), b""),
    "no name": ((b": y",), b""),
    "a name that is no token": ((b"x(y): z",), b""),
    "a name of other letters": ((b"\xc3\xa9: z",), b""),
    "a control in a value": ((b"x: \x01",), b""),
    "DEL in a value": ((b"x: \x7f",), b""),
    "chunk size 0x5": ((CHUNKED,), b"0x5\r\nhello\r\n0\r\n\r\n"),
    "chunk size +5": ((CHUNKED,), b"+5\r\nhello\r\n0\r\n\r\n"),
    "chunk size -1": ((CHUNKED,), b"-1\r\nhello\r\n0\r\n\r\n"),
    "chunk size of no digits": ((CHUNKED,), b"\r\nhello\r\n0\r\n\r\n"),
    "chunk size of other digits": ((CHUNKED,), b"\xd9\xa5\r\nhello\r\n0\r\n\r\n"),
    "chunk size over 2^64": ((CHUNKED,), b"10000000000000005\r\nhello\r\n0\r\n\r\n"),
    "space before a chunk size": ((CHUNKED,), b" 5\r\nhello\r\n0\r\n\r\n"),
    "chunk without its end": ((CHUNKED,), b"5\r\nhello0\r\n\r\n"),
    "chunk longer than told": ((CHUNKED,), b"3\r\nhello\r\n0\r\n\r\n"),
    "bare LF behind a size": ((CHUNKED,), b"5\nhello\r\n0\r\n\r\n"),
    "bare LF behind a chunk": ((CHUNKED,), b"5\r\nhello\n0\r\n\r\n"),
    "bare LF at the end": ((CHUNKED,), b"5\r\nhello\r\n0\n\n"),
    "bare CR behind a size": ((CHUNKED,), b"5\rhello\r\n0\r\n\r\n"),
    "LF inside an extension": ((CHUNKED,), b"5;a=b\nhello\r\n0\r\n\r\n"),
    "a credential as trailer": ((CHUNKED,), b"5\r\nhello\r\n0\r\nauthorization: Bearer x\r\n\r\n"),
    "a length as trailer": ((CHUNKED,), b"5\r\nhello\r\n0\r\ncontent-length: 5\r\n\r\n"),
    "a Host as trailer": ((CHUNKED,), b"5\r\nhello\r\n0\r\nhost: evil\r\n\r\n"),
    "a thousand trailers": ((CHUNKED,), b"5\r\nhello\r\n0\r\n" + b"a: b\r\n" * 1000 + b"\r\n"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_framing_in_doubt_is_refused(front: Front, name: str) -> None:
    """Where two parsers could disagree, it is 400 or 501, closed, and nothing goes on (A26-A29)."""
    fields, body = DOUBTFUL[name]

    answered = front.refused(framed(front, *fields, body=body))

    assert answered.status in {400, 501}
    assert answered.raw.count(b"HTTP/1.1 ") == 1


LINES = [
    b"POST /v1/messages HTTP/1.2",
    b"POST /v1/messages HTTP/2.0",
    b"POST /v1/messages HTTP/0.9",
    b"POST /v1/messages HTTP/11",
    b"POST /v1/messages HTTP/1.1 x",
    b"POST /v1/messages http/1.1",
    b"POST /v1/messages",
    b"POST\t/v1/messages HTTP/1.1",
    b"POST /v1/mes sages HTTP/1.1",
    b" POST /v1/messages HTTP/1.1",
    b"post /v1/messages HTTP/1.1",
    b"BREW /v1/messages HTTP/1.1",
    b"PO\0ST /v1/messages HTTP/1.1",
    b"POST /v1/messages\0 HTTP/1.1",
    b"POST /v1/\xc3\xa9 HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"EHLO localhost",
    b"*1\r\n$4\r\nPING",
]


@pytest.mark.parametrize("line", LINES)
def test_what_is_no_request_line_is_refused(front: Front, line: bytes) -> None:
    """Other versions, other protocols, and lines with too much or too little are refused (A29)."""
    answered = front.refused(framed(front, b"content-length: 5", body=b"hello", line=line))

    assert answered.status in {400, 404, 505}


def test_a_name_with_an_underscore_is_no_other_name(front: Front) -> None:
    """`x_api_key` would be `x-api-key` to CGI, so it goes no further than a second key would (A29)."""
    fields = (b"x_api_key: sk-ant-api03-other", b"content_length: 1", b"connection: close")

    assert front.served(front.good(*fields)).status == 200
    assert front.upstream.seen[-1].values(b"x_api_key") == []
    assert front.upstream.seen[-1].body == BODY


def test_a_million_chunk_extensions_are_refused_soon(front: Front) -> None:
    """Framing that outweighs its content is given up, at little cost (A29)."""
    body = b"1" + b";a=b" * 1_000_000
    at = stopwatch()

    answered = front.refused(framed(front, CHUNKED, body=body))

    assert answered.error == (400, "invalid_request_error")
    assert stopwatch() - at < 2.0


def test_a_line_end_in_a_value_of_json_stays_in_it(front: Front) -> None:
    """A model name that would split a header goes upstream as JSON, and into no header (A30)."""
    hostile = "claude\r\nx-injected: yes\r\n\r\nHTTP/1.1 200 OK"
    body = json.dumps({"model": hostile, "messages": []}).encode()

    answered = front.served(front.good(b"connection: close", body=body))

    assert answered.status == 200
    assert front.upstream.seen[-1].body == body
    assert not front.upstream.seen[-1].values(b"x-injected")
    assert b"x-injected" not in answered.raw


@pytest.mark.parametrize("coding", [b"gzip", b"br", b"zstd", b"deflate", b"gzip, identity", b"x"])
def test_a_packed_body_is_refused_before_it_is_read(front: Front, coding: bytes) -> None:
    """A compressed request is 415, and its bomb is never opened (A31)."""
    bomb = gzip.compress(bytes(2_000_000))
    request = front.good(b"content-encoding: " + coding, body=b"", length=len(bomb) + 10_000_000)

    answered = front.refused(request + bomb, patience=1.0)

    assert answered.error == (415, "invalid_request_error")


# --- Sizes ----------------------------------------------------------------------------------

MEGABYTE = 1024 * 1024


@pytest.mark.parametrize("length", [32 * MEGABYTE + 1, 100 * MEGABYTE, 2**62])
def test_too_large_is_said_before_it_is_read(front: Front, length: int) -> None:
    """A length over the route's limit is 413 from the head alone (R21)."""
    answered = front.refused(front.good(body=b"", length=length), patience=1.0)

    assert answered.error == (413, "request_too_large")


def test_too_large_is_said_instead_of_go_on(front: Front) -> None:
    """With `Expect: 100-continue` the answer is 413, and no 100 before it (R21)."""
    request = front.good(b"expect: 100-continue", body=b"", length=33 * MEGABYTE)

    answered = front.refused(request, patience=1.0)

    assert answered.raw.startswith(b"HTTP/1.1 413 ")


def test_who_asks_to_go_on_is_let(front: Front) -> None:
    """A good request that waits for 100 gets it, then its answer."""
    with front.engine.connect() as sock:
        sock.sendall(front.good(b"expect: 100-continue", b"connection: close", body=b"", length=2))
        sock.settimeout(3)
        assert sock.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        sock.sendall(b"{}")

        assert front.read(sock).startswith(b"HTTP/1.1 200 ")


def test_endless_chunks_end_at_the_limit(own: Front) -> None:
    """Chunks beyond the limit are 413 where they pass it, and the caller gets to read it (R21)."""
    chunk = b"100000\r\n" + bytes(MEGABYTE) + b"\r\n"
    with own.engine.connect() as sock:
        sock.sendall(framed(own, CHUNKED, body=b"").removesuffix(SMUGGLED))
        for _ in range(40):
            sock.sendall(chunk)

        answered = own.read(sock)

    assert answered.startswith(b"HTTP/1.1 413 ")
    assert own.upstream.raw == b""
    assert own.refusals() == {"body_size": 1}


HEADS = {
    "one large field": (b"x: " + b"a" * 70_000,),
    "many fields": tuple(b"x-%d: a" % number for number in range(250)),
    "a million empty ones": (b"a:\r\n" * 50_000 + b"b: c",),
    "a long name": (b"a" * 70_000 + b": x",),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_large_head_is_refused(front: Front, name: str) -> None:
    """A header section over its size or count is 431."""
    assert front.refused(front.good(*HEADS[name])).status == 431


def test_a_long_target_is_refused(front: Front) -> None:
    """A target over 16 KB is 414."""
    line = b"POST /v1/messages?" + b"a" * 20_000 + b" HTTP/1.1"

    assert front.refused(front.good(line=line)).status == 414
