"""Bytes that parsers are fed in tests, and what came of them."""

from trayapp.wire.limits import Limits
from trayapp.wire.messages import Broken
from trayapp.wire.parser import RequestParser, ResponseParser

SMALL = Limits(target=50, head_bytes=300, head_count=5, chunk_overhead=100, interim=2)

PLAIN = b"GET /v1/models?limit=5 HTTP/1.1\r\nHost: localhost:7429\r\nX-Api-Key: abc\r\n\r\n"
POST = b"POST /v1/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\nhello world"
CHUNKED = (
    b"POST /v1/files HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
    b"5;name=value\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"
)
GOOD = [PLAIN, POST, CHUNKED, POST + PLAIN + CHUNKED + POST, b"\r\n\r\n" + PLAIN + b"\r\n" + POST]


def merged(events: list[object]) -> list[object]:
    """Neighbouring body pieces as one: where they are cut says nothing."""
    out: list[object] = []
    for event in events:
        if isinstance(event, bytes) and out and isinstance(out[-1], bytes):
            out[-1] += event
        else:
            out.append(event)
    return out


def requests(*pieces: bytes, limits: Limits | None = None) -> list[object]:
    parser = RequestParser(limits or Limits())
    return merged([event for piece in pieces for event in parser.feed(piece)])


def responses(
    *pieces: bytes, method: bytes = b"POST", limits: Limits | None = None
) -> list[object]:
    parser = ResponseParser(limits or Limits())
    parser.expect(method)
    return merged([event for piece in pieces for event in parser.feed(piece)])


def bytewise(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


def refusal(*pieces: bytes, limits: Limits | None = None) -> tuple[int, str]:
    """Status and reason of the break that ends *pieces*."""
    last = requests(*pieces, limits=limits)[-1]
    assert isinstance(last, Broken)
    return last.status, last.reason


def post(*fields: bytes, body: bytes = b"") -> bytes:
    return b"\r\n".join([b"POST / HTTP/1.1", b"Host: a", *fields, b"", body])
