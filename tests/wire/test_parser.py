"""What the parser makes of requests, wherever their bytes are split."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wire.bytes_and_events import (
    CHUNKED,
    GOOD,
    PLAIN,
    POST,
    SMALL,
    bytewise,
    merged,
    post,
    refusal,
    requests,
)
from trayapp.wire.parser import (
    END,
    Broken,
    RequestHead,
    RequestParser,
)


def test_head_of_a_plain_request() -> None:
    """A head has its names in lower case and its values, order and target as they came."""
    head, end = requests(PLAIN)

    assert head == RequestHead(
        method=b"GET",
        target=b"/v1/models?limit=5",
        headers=((b"host", b"localhost:7429"), (b"x-api-key", b"abc")),
        http10=False,
        keep_alive=True,
        length=None,
        chunked=False,
        expects_continue=False,
        fields={b"host": b"localhost:7429", b"x-api-key": b"abc"},
    )
    assert end is END


def test_body_by_length() -> None:
    """A body with a length is delivered between head and end."""
    head, body, end = requests(POST)

    assert isinstance(head, RequestHead)
    assert (head.length, head.chunked, body, end) == (11, False, b"hello world", END)


def test_body_by_chunks() -> None:
    """Chunks are unwrapped and their extensions dropped."""
    head, body, end = requests(CHUNKED)

    assert isinstance(head, RequestHead)
    assert (head.length, head.chunked, body, end) == (None, True, b"hello world", END)


def test_pipelined_requests() -> None:
    """Two requests in one feed give both, in order."""
    events = requests(POST + PLAIN)

    assert [getattr(event, "target", event) for event in events] == [
        b"/v1/messages",
        b"hello world",
        END,
        b"/v1/models?limit=5",
        END,
    ]


@pytest.mark.parametrize("data", GOOD)
def test_requests_split_at_every_position(data: bytes) -> None:
    """The events are the same wherever the bytes are cut in two."""
    whole = requests(data)

    assert all(requests(data[:at], data[at:]) == whole for at in range(len(data)))


@pytest.mark.parametrize("data", GOOD)
def test_requests_byte_by_byte(data: bytes) -> None:
    """The events are the same when the bytes come singly."""
    assert requests(*bytewise(data)) == requests(data)


@pytest.mark.slow
@given(data=st.sampled_from(GOOD), cuts=st.lists(st.integers(0, 400), max_size=12))
@settings(max_examples=150, deadline=None)
def test_requests_split_at_random(data: bytes, cuts: list[int]) -> None:
    """The events are the same however often the bytes are cut."""
    places = [0, *sorted(min(cut, len(data)) for cut in cuts), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(places)]

    assert requests(*pieces) == requests(data)


@pytest.mark.slow
@given(
    data=st.sampled_from(GOOD), at=st.integers(0, 400), byte=st.integers(0, 255), cut=st.integers(0)
)
@settings(max_examples=300, deadline=None)
def test_mutated_requests(data: bytes, at: int, byte: int, cut: int) -> None:
    """One wrong byte never raises, ends at most in one break, and reads alike when split."""
    at, cut = at % len(data), cut % len(data)
    bad = data[:at] + bytes([byte]) + data[at + 1 :]
    events = requests(bad)

    assert not any(isinstance(event, Broken) for event in events[:-1])
    assert requests(bad[:cut], bad[cut:]) == events


def test_memory_views_are_read() -> None:
    """A parser reads a view of a buffer that is overwritten later."""
    buffer = bytearray(PLAIN)
    events = RequestParser().feed(memoryview(buffer))
    buffer[:] = b"x" * len(buffer)

    assert merged(list(events)) == requests(PLAIN)


@pytest.mark.parametrize(
    ("head", "keeps"),
    [
        (b"GET / HTTP/1.1\r\n", True),
        (b"GET / HTTP/1.1\r\nConnection: close\r\n", False),
        (b"GET / HTTP/1.0\r\n", False),
        (b"GET / HTTP/1.0\r\nConnection: keep-alive\r\n", True),
    ],
)
def test_keep_alive(head: bytes, keeps: bool) -> None:
    """A connection is kept as version and Connection header say."""
    event = requests(head + b"\r\n")[0]

    assert isinstance(event, RequestHead)
    assert event.keep_alive is keeps
    assert event.http10 is (b"1.0" in head)


@pytest.mark.parametrize(
    ("value", "expects"), [(b"100-continue", True), (b"100-Continue", True), (b"201", False)]
)
def test_expectation(value: bytes, expects: bool) -> None:
    """Only 100-continue is an expectation."""
    head = requests(b"POST / HTTP/1.1\r\nExpect: " + value + b"\r\nContent-Length: 1\r\n\r\n")[0]

    assert isinstance(head, RequestHead)
    assert head.expects_continue is expects


@pytest.mark.parametrize(
    "lines",
    [
        b"CONNECT api.anthropic.com:443 HTTP/1.1\r\nHost: a\r\n",
        b"GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
        b"GET / HTTP/1.1\r\nUpgrade: h2c\r\n",
        b"POST / HTTP/1.1\r\nUpgrade: h2c\r\nConnection: upgrade\r\nContent-Length: 3\r\n",
    ],
)
def test_upgrades_stop_the_parser(lines: bytes) -> None:
    """A head that asks for another protocol is delivered with its flag, and nothing after it."""
    parser = RequestParser()
    events = parser.feed(lines + b"\r\nabc" + PLAIN)

    assert len(events) == 1
    assert isinstance(events[0], RequestHead)
    assert events[0].upgrade
    assert not events[0].keep_alive
    assert parser.feed(PLAIN) == []


def test_white_space_round_values() -> None:
    """White space round a value is not part of it, and an empty value is a value."""
    head = requests(b"GET / HTTP/1.1\r\nA: \t b c \t\r\nEmpty:\r\nSpaces:   \r\nZ: \xe9\r\n\r\n")[0]

    assert isinstance(head, RequestHead)
    assert head.headers == ((b"a", b"b c"), (b"empty", b""), (b"spaces", b""), (b"z", b"\xe9"))


@pytest.mark.parametrize("field", [b"Host", b"Authorization", b"X_Y"])
def test_repeated_fields_stay(field: bytes) -> None:
    """Repeated fields stay apart and in order: what they mean is the listener's to judge."""
    head = requests(b"GET / HTTP/1.1\r\n%b: a\r\nQ: q\r\n%b: b\r\n\r\n" % (field, field))[0]

    assert isinstance(head, RequestHead)
    name = field.lower()
    assert head.headers == ((name, b"a"), (b"q", b"q"), (name, b"b"))


@pytest.mark.parametrize("target", [b"http://evil.example/v1", b"*", b"//", b"/a%2f..;b"])
def test_targets_are_not_judged(target: bytes) -> None:
    """Any target that is one comes through as it is."""
    head = requests(b"OPTIONS %b HTTP/1.1\r\nHost: a\r\n\r\n" % target)[0]

    assert isinstance(head, RequestHead)
    assert head.target == target


def test_target_too_long() -> None:
    """A target over its limit is 414, one at the limit is fine."""
    line = b"GET /%b HTTP/1.1\r\n\r\n"

    assert isinstance(requests(line % (b"a" * 49), limits=SMALL)[0], RequestHead)
    assert refusal(line % (b"a" * 50), limits=SMALL) == (414, "target_size")
    assert refusal(*bytewise(line % (b"a" * 50)), limits=SMALL) == (414, "target_size")


def test_too_many_fields() -> None:
    """One field more than the limit is 431."""
    field = b"a: b\r\n"

    assert isinstance(
        requests(b"GET / HTTP/1.1\r\n" + field * 5 + b"\r\n", limits=SMALL)[0], RequestHead
    )
    assert refusal(b"GET / HTTP/1.1\r\n" + field * 6 + b"\r\n", limits=SMALL) == (431, "head_count")


def test_head_too_large() -> None:
    """A header section over its limit is 431, whether it comes at once or in pieces."""
    data = b"GET / HTTP/1.1\r\nA: %b\r\n\r\n" % (b"a" * 300)

    assert refusal(data, limits=SMALL) == (431, "head_size")
    assert refusal(*bytewise(data), limits=SMALL) == (431, "head_size")


def test_large_body_beside_a_small_head() -> None:
    """Bytes of a body in the same read do not count for the head."""
    data = post(b"Content-Length: 5000", body=b"x" * 5000)

    assert requests(data, limits=SMALL)[-1] is END


def test_head_without_end() -> None:
    """A header section that never ends is 431 before it is complete."""
    parser = RequestParser(SMALL)
    parser.feed(b"GET / HTTP/1.1\r\nA: ")
    said = [event for _ in range(20) for event in parser.feed(b" " * 1000)]

    assert [event.reason for event in said if isinstance(event, Broken)] == ["head_size"]


def test_chunk_extensions_are_bounded() -> None:
    """Extensions without end are a break, not work without end."""
    start = post(b"Transfer-Encoding: chunked", body=b"5")

    assert refusal(start, *[b";a=b" * 10] * 5, limits=SMALL) == (400, "chunk")


def test_tiny_chunks_are_bounded() -> None:
    """Framing that outweighs its content by far is a break."""
    start = post(b"Transfer-Encoding: chunked")

    assert refusal(start, *[b"1\r\na\r\n"] * 40, limits=SMALL) == (400, "chunk")


def test_small_chunks_are_fine() -> None:
    """Chunks of a few bytes pass in any number."""
    start = post(b"Transfer-Encoding: chunked")
    events = requests(start, *[b"8\r\nabcdefgh\r\n"] * 500, b"0\r\n\r\n", limits=SMALL)

    assert events[1:] == [b"abcdefgh" * 500, END]


def test_chunk_without_bytes_is_bounded() -> None:
    """After much content, a stretch of framing alone is still bounded."""
    start = post(b"Transfer-Encoding: chunked", body=b"3e8\r\n" + b"x" * 1000 + b"\r\n")
    stretch = [b"5", *[b";a=b" * 10] * 8]

    assert refusal(start, *stretch, limits=SMALL) == (400, "chunk")


def test_midway() -> None:
    """A parser knows whether it is in the middle of a head."""
    parser = RequestParser()
    seen = [parser.midway]
    for piece in (b"\r\n", b"GET / HT", b"TP/1.1\r\n", b"\r\n"):
        parser.feed(piece)
        seen.append(parser.midway)

    assert seen == [False, False, True, True, False]
