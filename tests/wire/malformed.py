"""A corpus of requests that are wrong in one place each, by what is wrong with them.

Each is a whole connection's bytes. Of `REFUSED` nothing may reach upstream; `TOLERATED` is what
llhttp lets through in more than one spelling and what is sent on in ours.
"""

from collections.abc import Iterator

from tests.wire.inside import HOST, TOKEN

KEY = b"x-api-key: " + TOKEN
JSON = b"content-type: application/json"
CHUNKED = b"transfer-encoding: chunked"
LINE = b"POST /v1/messages HTTP/1.1"
BODY = b"hello"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"
CONTROLS = [bytes([code]) for code in (*range(32), 127)]


def head(*fields: bytes, line: bytes = LINE, end: bytes = b"\r\n") -> bytes:
    """A head with what every good one has, and *fields*."""
    return end.join([line, HOST, KEY, JSON, *fields, b"", b""])


def sized(*fields: bytes, line: bytes = LINE, body: bytes = BODY) -> bytes:
    """A request with its length."""
    return head(*fields, b"content-length: %d" % len(body), line=line) + body


def chunked(body: bytes, *fields: bytes) -> bytes:
    """A request in chunks."""
    return head(*fields, CHUNKED) + body


def _lines() -> Iterator[tuple[str, bytes]]:
    """Request lines."""
    lines: list[bytes] = [
        b"", b" ", b"POST", b"POST ", b"POST /v1/messages", b"POST /v1/messages ",
        b"POST /v1/messages HTTP", b"POST /v1/messages HTTP/", b"POST /v1/messages HTTP/1",
        b"POST /v1/messages HTTP/1.", b"POST /v1/messages HTTP/.1", b"POST /v1/messages HTTP/1.1.1",
        b"POST /v1/messages HTTP/1,1", b"POST /v1/messages HTTP/1.1 ", b"POST /v1/messages HTTP/01.1",
        b"POST /v1/messages HTTP/1.01", b"POST /v1/messages HTTP/1.2", b"POST /v1/messages HTTP/1.9",
        b"POST /v1/messages HTTP/2", b"POST /v1/messages HTTP/2.0", b"POST /v1/messages HTTP/3.0",
        b"POST /v1/messages HTTP/0.9", b"POST /v1/messages HTTP/11.1", b"POST /v1/messages HTTP/-1.1",
        b"POST /v1/messages HTTP /1.1", b"POST /v1/messages HTTP/ 1.1", b"POST /v1/messages Http/1.1",
        b"POST /v1/messages http/1.1", b"POST /v1/messages HTTPS/1.1", b"POST /v1/messages HTP/1.1",
        b"POST /v1/messages ICY/1.1", b"POST /v1/messages x HTTP/1.1",
        b"POST HTTP/1.1", b"POST  HTTP/1.1", b"/v1/messages HTTP/1.1", b" POST /v1/messages HTTP/1.1",
        b"\tPOST /v1/messages HTTP/1.1", b"POST\t/v1/messages HTTP/1.1", b"POST /v1/messages\tHTTP/1.1",
        b"POST\x0b/v1/messages HTTP/1.1", b"POST\xa0/v1/messages HTTP/1.1", b"Post /v1/messages HTTP/1.1",
        b"post /v1/messages HTTP/1.1", b"POS /v1/messages HTTP/1.1", b"POSTS /v1/messages HTTP/1.1",
        b"POST: /v1/messages HTTP/1.1", b'"POST" /v1/messages HTTP/1.1', b"P@ST /v1/messages HTTP/1.1",
        b"PO\xd0\xa1T /v1/messages HTTP/1.1", b"GETPOST /v1/messages HTTP/1.1",
        b"HTTP/1.1 200 OK", b"\xef\xbb\xbfPOST /v1/messages HTTP/1.1",
        b"POST v1/messages HTTP/1.1", b"POST ? HTTP/1.1", b"POST # HTTP/1.1", b"POST * HTTP/1.1",
        b"POST http:/v1/messages HTTP/1.1", b"POST http:// HTTP/1.1", b"POST http://127.0.0.1:7429/v1/messages HTTP/1.1",
        b"POST //127.0.0.1:7429/v1/messages HTTP/1.1", b"CONNECT /v1/messages HTTP/1.1",
        b"CONNECT 127.0.0.1:7429 HTTP/1.1", b"PRI * HTTP/2.0", b"TRACE /v1/messages HTTP/1.1",
        b"OPTIONS * HTTP/1.1", b"SOURCE /v1/messages HTTP/1.1", b"M-SEARCH * HTTP/1.1",
        b"DESCRIBE rtsp://x HTTP/1.1", b"POST /v1/messages HTTP/1.1\0", b"POST /v1/messages#x HTTP/1.1",
        b"POST /v1/messages/../files HTTP/1.1", b"POST /v1/messages;a=b HTTP/1.1",
        b"POST /v1\\messages HTTP/1.1", b"POST /v1/%2e%2e/x HTTP/1.1", b"POST /v1/a%2fb HTTP/1.1",
        b"POST /v1/a%00 HTTP/1.1", b"POST /v1/a%0a HTTP/1.1", b"POST /v1/a%zz HTTP/1.1",
        b"POST /v1/a% HTTP/1.1", b"POST /v1//messages HTTP/1.1", b"POST / HTTP/1.1",
        b"POST /v1/\xc3\xa9 HTTP/1.1", b"POST /v1/messages?\xff HTTP/1.1",
    ]  # fmt: skip
    yield from ((f"line {line.decode('latin-1')!r}", sized(line=line)) for line in lines)
    for code in CONTROLS:
        line = b"POST /v1/mess" + code + b"ages HTTP/1.1"
        yield f"target with {code!r}", sized(line=line)
        if code not in {b"\r", b"\n"}:
            yield f"method with {code!r}", sized(line=b"PO" + code + b"ST /v1/messages HTTP/1.1")


def _ends() -> Iterator[tuple[str, bytes]]:
    """Line ends."""
    good = sized()
    yield "LF everywhere", good.replace(b"\r\n", b"\n")
    yield "CR everywhere", good.replace(b"\r\n", b"\r")
    yield "LF CR everywhere", good.replace(b"\r\n", b"\n\r")
    yield "CR CR LF everywhere", good.replace(b"\r\n", b"\r\r\n")
    parts = good.split(b"\r\n")
    for at in range(1, len(parts)):
        before, after = b"\r\n".join(parts[:at]), b"\r\n".join(parts[at:])
        yield f"LF at line {at}", before + b"\n" + after
        if at < len(parts) - 1:
            yield f"CR at line {at}", before + b"\r" + after
            yield f"CR CR LF at line {at}", before + b"\r\r\n" + after
            yield f"NUL before the end of line {at}", before + b"\0\r\n" + after
            yield f"fold after line {at}", before + b"\r\n folded\r\n" + after
            yield f"fold with a tab after line {at}", before + b"\r\n\tfolded\r\n" + after
            yield f"empty fold after line {at}", before + b"\r\n \r\n" + after


def _fields() -> Iterator[tuple[str, bytes]]:
    """Header fields."""
    for code in CONTROLS:
        if code not in {b"\t", b"\r", b"\n"}:
            yield f"value with {code!r}", sized(b"x-a: b" + code + b"c")
        if code not in {b"\r", b"\n"}:
            yield f"name with {code!r}", sized(b"x-a" + code + b"b: c")
    for mark in b'(),/;<=>?@[\\]{}" ':
        yield f"name with {chr(mark)!r}", sized(b"x" + bytes([mark]) + b"y: z")
    for field in (
        b"no-colon", b": no-name", b" : no-name", b"x-a : b", b"x-a\t: b", b" x-a: b", b"\tx-a: b",
        b"\xc3\xa9: x", b"x-\xff: y", b"x-a\r: b", b"x-a: b\rc: d", b"x-a: b\nc: d",
        b"\0: x", b"x-a: \0",
        b"host: 127.0.0.1:7429", b"Host: evil", b"HOST: evil",
        b"content-encoding: gzip", b"content-encoding: br", b"Content-Encoding: identity, gzip",
        b"upgrade: websocket", b"upgrade: h2c", b"upgrade:", b"origin: null", b"origin:",
        b"referer: x", b"sec-fetch-site: none", b"access-control-request-method: POST",
        b"authorization: Bearer sk-ant-sluice-other", b"x-api-key: sk-ant-sluice-other",
    ):  # fmt: skip
        yield f"field {field!r}", sized(field)


def _lengths() -> Iterator[tuple[str, bytes]]:
    """Content-Length, and its quarrels with Transfer-Encoding."""
    for value in (
        b"", b"-1", b"-0", b"+5", b"5,5", b"5, 5", b"5;5", b"5 5", b"5\x0b", b"5\x0c", b"0x5", b"0X5",
        b"5h", b"5.0", b"5e0", b"5_0", b"1_0", b"five", b'"5"', b"'5'", b"(5)", b"5\0", b"5,", b",5",
        b"\xd9\xa5", b"\xef\xbc\x95", b"\xc2\xb2", b"5\xa0", b"9223372036854775808",
        b"18446744073709551615", b"18446744073709551616", b"18446744073709551621",
        b"99999999999999999999999999", b"NaN", b"Infinity", b"-9223372036854775808", b"null", b"%35",
    ):  # fmt: skip
        yield f"length {value!r}", head(b"content-length: " + value) + BODY
    for first in (b"5", b"6", b"0", b"", b"x"):
        pair = (b"content-length: 5", b"content-length: " + first)
        yield f"lengths 5 and {first!r}", head(*pair) + BODY
        yield f"lengths {first!r} and 5", head(*pair[::-1]) + BODY
    for length in (b"5", b"0", b"10", b"x", b""):
        pair = (b"content-length: " + length, CHUNKED)
        yield f"length {length!r}, then chunks", head(*pair) + CHUNKS
        yield f"chunks, then length {length!r}", head(*pair[::-1]) + CHUNKS
    yield "length over the limit", head(b"content-length: 33554433")
    for name in (b"content-length ", b"content-length\t", b" content-length", b"content length"):
        yield f"length named {name!r}", head(name + b": 5") + BODY


def _codings() -> Iterator[tuple[str, bytes]]:
    """Transfer-Encoding."""
    for value in (
        b"", b"identity", b"gzip", b"deflate", b"compress", b"x", b"xchunked", b"chunkedx", b"chunke",
        b"chunked, identity", b"identity, chunked", b"gzip, chunked", b"chunked, gzip", b"gzip,chunked",
        b"chunked, chunked", b"chunked,", b",chunked", b", chunked", b"chunked;", b"chunked;q=1",
        b"chunked; a=b", b'"chunked"', b"'chunked'", b"chunked\x0b", b"\x0bchunked", b"chunked\x0c",
        b"\x0cchunked", b"chunked\0", b"\0chunked", b"chunked\xa0", b"\xa0chunked", b"chu nked",
        b"ch\xc3\xbcnked", b"chunked\xc2\xad", b"c hunked", b"chunked chunked", b"chunked\x01",
    ):  # fmt: skip
        yield f"coding {value!r}", head(b"transfer-encoding: " + value) + CHUNKS
    for pair in (
        (CHUNKED, CHUNKED),
        (CHUNKED, b"transfer-encoding: identity"),
        (b"transfer-encoding: identity", CHUNKED),
        (b"transfer-encoding: gzip", CHUNKED),
        (b"transfer-encoding: x", CHUNKED),
        (CHUNKED, b"transfer-encoding:"),
    ):
        yield f"codings {pair!r}", head(*pair) + CHUNKS
    for name in (
        b"transfer-encoding ",
        b"transfer-encoding\t",
        b" transfer-encoding",
        b"transfer encoding",
    ):
        yield f"coding named {name!r}", head(name + b": chunked") + CHUNKS
    yield "chunks in 1.0", head(CHUNKED, line=b"POST /v1/messages HTTP/1.0") + CHUNKS


def _chunks() -> Iterator[tuple[str, bytes]]:
    """Chunked bodies."""
    for size in (
        b"", b" ", b"0x5", b"0X5", b"5h", b"+5", b"-5", b" 5", b"\t5", b"5.", b"5,", b"5_", b"g", b"\xd9\xa5",
        b"\xef\xbc\x95", b"5\0", b"\x005", b"5\x0b", b"10000000000000005", b"fffffffffffffffff",
        b"8000000000000000", b"ffffffffffffffff", b"-1", b"00000000000000000x", b"5 5", b'"5"', b"%35",
    ):  # fmt: skip
        yield f"chunk size {size!r}", chunked(size + b"\r\nhello\r\n0\r\n\r\n")
    for body in (
        b"5\nhello\r\n0\r\n\r\n", b"5\r\nhello\n0\r\n\r\n", b"5\r\nhello\r\n0\n\r\n",
        b"5\r\nhello\r\n0\r\n\n", b"5\n\rhello\r\n0\r\n\r\n", b"5\rhello\r\n0\r\n\r\n",
        b"5\r\nhello\r0\r\n\r\n", b"5\r\nhello\r\r\n0\r\n\r\n", b"5\r\nhello0\r\n\r\n",
        b"5\r\nhello!\r\n0\r\n\r\n", b"4\r\nhello\r\n0\r\n\r\n", b"6\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n\r\n0\r\n\r\n", b"5\r\n\r\nhello\r\n0\r\n\r\n", b"5;a\nhello\r\n0\r\n\r\n",
        b"5;\0\r\nhello\r\n0\r\n\r\n", b"5;a=\x01\r\nhello\r\n0\r\n\r\n",
        b"5\r\nhello\r\n0\r\nx: y\r\n\r\n", b"5\r\nhello\r\n0\r\nhost: evil\r\n\r\n",
        b"5\r\nhello\r\n0\r\nx-api-key: " + TOKEN + b"\r\n\r\n", b"5\r\nhello\r\n0\r\n x\r\n\r\n",
        b"5\r\nhello\r\n0\r\ncontent-length: 5\r\n\r\n", b"5\r\nhello\r\n0\r\n: x\r\n\r\n",
        b"5\r\nhello\r\n0\r\nx\r\n\r\n", b"5\r\nhello\r\n0\r\n" + b"a: b\r\n" * 300 + b"\r\n",
        b"1;" + b"a" * 600_000 + b"\r\nx\r\n0\r\n\r\n", b"1;a\r\nx\r\n" * 80_000,
    ):  # fmt: skip
        yield f"chunks {body[:60]!r}", chunked(body)


def _sizes() -> Iterator[tuple[str, bytes]]:
    """More than there is room for."""
    yield "a target of 17 KB", sized(line=b"POST /v1/messages?" + b"a" * 17_000 + b" HTTP/1.1")
    yield "a head of 70 KB", sized(b"x: " + b"a" * 70_000)
    yield "a name of 70 KB", sized(b"a" * 70_000 + b": b")
    yield "201 fields", sized(*(b"x: y",) * 201)
    yield "ten thousand fields", sized(*(b"x: y",) * 10_000)
    yield "a long method", sized(line=b"P" * 10_000 + b" /v1/messages HTTP/1.1")
    yield "a long version", sized(line=b"POST /v1/messages HTTP/1." + b"1" * 10_000)


REFUSED = dict(
    pair
    for group in (_lines, _ends, _fields, _lengths, _codings, _chunks, _sizes)
    for pair in group()
)

TOLERATED: dict[str, tuple[bytes, bytes]] = {
    "two spaces in the line": (sized(line=b"POST  /v1/messages HTTP/1.1"), BODY),
    "three spaces behind the target": (sized(line=b"POST /v1/messages   HTTP/1.1"), BODY),
    "an empty line before": (b"\r\n" + sized(), BODY),
    "two empty lines before": (b"\r\n\r\n" + sized(), BODY),
    "no space behind a colon": (sized(b"x-a:b"), BODY),
    "much space behind a colon": (sized(b"x-a: \t  b \t "), BODY),
    "an empty value": (sized(b"x-a:"), BODY),
    "a field of other letters": (sized(b"x-a: \xc3\xa9\xff"), BODY),
    "a name of every sign": (sized(b"x!#$%&'*+-.^_`|~9: b"), BODY),
    "large letters": (sized(b"X-UPPER: b").replace(b"content-length", b"CONTENT-LENGTH"), BODY),
    "a length with zeros before": (head(b"content-length: 005") + BODY, BODY),
    "a length with space round it": (head(b"content-length: \t5\t ") + BODY, BODY),
    "a size with zeros before": (chunked(b"00005\r\nhello\r\n0\r\n\r\n"), BODY),
    "a last size of many zeros": (chunked(b"5\r\nhello\r\n000\r\n\r\n"), BODY),
    "large hexadecimal": (chunked(b"B\r\nhello world\r\n0\r\n\r\n"), b"hello world"),
    "an extension": (chunked(b'5;a=b;c="d"\r\nhello\r\n0;x\r\n\r\n'), BODY),
    "many chunks": (chunked(b"1\r\nh\r\n4\r\nello\r\n0\r\n\r\n"), BODY),
    "no body at all": (chunked(b"0\r\n\r\n"), b""),
    "CHUNKED": (head(b"Transfer-Encoding: CHUNKED") + CHUNKS, BODY),
    "a query with odd signs": (sized(line=b"POST /v1/messages?a=%0d%0a&b=/../ HTTP/1.1"), BODY),
    "RTSP, which is read as 1.0": (sized(line=b"POST /v1/messages RTSP/1.0"), BODY),
    "1.0": (sized(line=b"POST /v1/messages HTTP/1.0"), BODY),
}
"""Each with the body that upstream gets."""
