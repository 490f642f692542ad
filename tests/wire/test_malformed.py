"""Malformed and mutated traffic, both ways: nothing is half understood, and nothing is changed."""

import asyncio
import itertools
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wire.inside import OK, Talk, read_strictly, talk
from tests.wire.malformed import (
    BODY,
    CHUNKED,
    CHUNKS,
    JSON,
    KEY,
    REFUSED,
    TOLERATED,
    chunked,
    head,
    sized,
)
from trayapp.wire.messages import END, Broken, ResponseHead
from trayapp.wire.parser import ResponseParser

NEXT = sized(body=b"the next")


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    """One loop for all of a file."""
    with asyncio.Runner() as made:
        yield made


def test_the_corpus_is_large() -> None:
    """A few hundred ways to be wrong, each under a name of its own."""
    assert len(REFUSED) > 400


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_request_reaches_nobody(runner: asyncio.Runner, name: str) -> None:
    """It is answered once at most, nothing of it or behind it goes upstream, and nothing breaks."""
    done = talk(runner, REFUSED[name] + NEXT)

    assert done.sent == []
    assert done.bugs == []
    assert len(done.statuses) <= 1
    assert all(status >= 400 for status in done.statuses)
    assert len(done.refused) == len(done.statuses)


SPLIT = [name for name, data in REFUSED.items() if len(data) < 400][::9]


@pytest.mark.parametrize("name", SPLIT)
def test_cutting_it_up_changes_nothing(runner: asyncio.Runner, name: str) -> None:
    """A malformed request that comes byte by byte ends like one that comes whole."""
    data = REFUSED[name]
    whole = talk(runner, data)
    pieces = talk(runner, *(data[at : at + 1] for at in range(len(data))))

    assert (pieces.statuses, pieces.sent, pieces.bugs) == (whole.statuses, [], [])


@pytest.mark.parametrize("name", TOLERATED)
def test_an_odd_spelling_is_sent_on_in_ours(runner: asyncio.Runner, name: str) -> None:
    """What can be read in one way only is served, and upstream gets it in one spelling."""
    data, body = TOLERATED[name]

    done = talk(runner, data)

    assert done.statuses == [200]
    assert [sent.body for sent in done.sent] == [body]


WHOLE = {
    "by length": (sized(), BODY),
    "in chunks": (chunked(b"2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n"), BODY),
    "without a body": (sized(body=b""), b""),
    "streamed": (
        head(b"content-length: 5", line=b"POST /v1/messages/batches HTTP/1.1") + BODY,
        BODY,
    ),
    "streamed in chunks": (
        head(CHUNKED, line=b"POST /v1/messages/batches HTTP/1.1") + CHUNKS,
        BODY,
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_good_requests_may_be_cut_anywhere(runner: asyncio.Runner, name: str) -> None:
    """Wherever a request is cut in two, upstream gets the same, and so does the caller."""
    data, body = WHOLE[name]
    whole = talk(runner, data)
    assert (whole.statuses, [sent.body for sent in whole.sent]) == ([200], [body])

    for at in range(1, len(data)):
        cut = talk(runner, data[:at], data[at:])
        assert (cut.shown, cut.bugs) == (whole.shown, [])
        assert [(each.headers, each.body) for each in cut.sent] == [
            (each.headers, each.body) for each in whole.sent
        ]


@pytest.mark.parametrize("name", WHOLE)
def test_a_caller_that_leaves_midway_sent_nothing_whole(runner: asyncio.Runner, name: str) -> None:
    """Of a request that ends too soon upstream never gets a whole one."""
    data, _ = WHOLE[name]

    for at in range(1, len(data)):
        done = talk(runner, data[:at])
        assert (done.sent, done.bugs) == ([], [])


# --- Mutations of requests --------------------------------------------------------------------

PARTS = [b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b",", b";", b"0", b"5", b"0x", b"chunked",
         b"content-length: 5\r\n", CHUNKED + b"\r\n", b"host: evil\r\n", b"0\r\n\r\n", b"\xff",
         b"POST /v1/messages HTTP/1.1\r\n", b"%0d%0a", b"HTTP/1.1", b"upgrade: x\r\n"]  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, good: list[bytes]) -> bytes:
    """One of *good* after a few cuts, insertions, repetitions and changes of bytes."""
    data = draw(st.sampled_from(good))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(data)))
        size = draw(st.integers(0, 12))
        how = draw(st.sampled_from(["insert", "remove", "repeat", "replace"]))
        part = draw(st.sampled_from(PARTS) | st.binary(min_size=1, max_size=4))
        if how == "insert":
            data = data[:at] + part + data[at:]
        elif how == "remove":
            data = data[:at] + data[at + size :]
        elif how == "repeat":
            data = data[: at + size] + data[at:]
        else:
            data = data[:at] + part + data[at + len(part) :]
    return data


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """*data* cut at *cuts*."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[a:b] for a, b in itertools.pairwise(places)]


CUTS = st.lists(st.integers(0, 400), max_size=4)
GOOD = [data for data, _ in WHOLE.values()]
RUNNER = asyncio.Runner()


@pytest.fixture(scope="module", autouse=True)
def _one_loop() -> Iterator[None]:
    """Hypothesis runs many examples in one test, so their loop is the module's."""
    with RUNNER:
        yield


def well_kept(done: Talk) -> None:
    """What holds whatever came in: no bug, no more sent than served, no header made of a body."""
    assert done.bugs == []
    assert len(done.sent) <= len(done.statuses) + 1
    for sent in done.sent:
        assert sent.values(b"host") == [b"api.anthropic.com"]
        credentials = sent.values(b"x-api-key") + sent.values(b"authorization")
        assert len(credentials) == 1
        assert b"sk-ant-sluice-" not in b"".join(sent.values(b"x-api-key"))


@pytest.mark.slow
@given(mutated(GOOD), CUTS)
@settings(max_examples=600, deadline=None)
def test_mutated_requests_are_refused_or_whole(data: bytes, cuts: list[int]) -> None:
    """Upstream sees nothing, or well-formed requests; how the bytes were cut changes neither."""
    whole = talk(RUNNER, data)
    cut = talk(RUNNER, *pieces(data, cuts))

    well_kept(whole)
    well_kept(cut)
    assert [each.body for each in cut.sent] == [each.body for each in whole.sent]
    assert cut.statuses == whole.statuses


@pytest.mark.slow
@given(st.binary(max_size=80), CUTS, st.booleans(), st.sampled_from([b"messages", b"files"]))
@settings(max_examples=300, deadline=None)
def test_any_body_arrives_as_it_was(
    body: bytes, cuts: list[int], in_chunks: bool, route: bytes
) -> None:
    """Whatever its bytes, a body reaches upstream unchanged, by length and in chunks."""
    media = JSON if route == b"messages" else b"content-type: multipart/form-data; boundary=x"
    frame = CHUNKED if in_chunks else b"content-length: %d" % len(body)
    line = b"POST /v1/" + route + b" HTTP/1.1"
    first = b"\r\n".join([line, b"host: localhost:7429", KEY, media, frame, b"", b""])
    if in_chunks:
        framed = b"".join(b"%x\r\n%b\r\n" % (len(one), one) for one in pieces(body, cuts) if one)
        data = first + framed + b"0\r\n\r\n"
    else:
        data = first + body

    done = talk(RUNNER, *pieces(data, cuts))

    assert (done.statuses, done.bugs) == ([200], [])
    assert [sent.body for sent in done.sent] == [body]


# --- Answers ----------------------------------------------------------------------------------

STREAM = (
    b'event: message_start\ndata: {"type":"message_start","message":{"id":"m","usage":'
    b'{"input_tokens":1}}}\n\nevent: message_stop\ndata: {"type":"message_stop"}\n\n'
)
EVENTS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n"


def in_chunks(body: bytes, size: int) -> bytes:
    """*body* in chunks of *size*."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


ANSWERS = {
    "by length": (OK, b'{"id":"msg_1"}'),
    "in chunks": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n" + in_chunks(b"hello world", 4),
        b"hello world",
    ),
    "until the close": (b"HTTP/1.1 200 OK\r\nx-a: b\r\n\r\nhello world", b"hello world"),
    "a stream": (EVENTS + b"transfer-encoding: chunked\r\n\r\n" + in_chunks(STREAM, 33), STREAM),
    "an error": (b"HTTP/1.1 400 Bad\r\ncontent-length: 5\r\n\r\nwrong", b"wrong"),
    "nothing": (b"HTTP/1.1 204 No Content\r\nx-a: b\r\n\r\n", b""),
    "after hints": (b"HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n" + OK, b'{"id":"msg_1"}'),
}


def body_of(shown: bytes) -> bytes:
    """The body of the caller's one answer, unpacked from its framing as far as it came."""
    first, _, rest = shown.partition(b"\r\n\r\n")
    if b"transfer-encoding: chunked" not in first:
        return rest
    body = b""
    while found := re.match(rb"([0-9a-f]+)\r\n", rest):
        size, rest = int(found[1], 16), rest[found.end() :]
        body += rest[:size]
        rest = rest[size + 2 :]
    return body


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_may_be_cut_anywhere(runner: asyncio.Runner, name: str) -> None:
    """Wherever upstream's bytes are cut, the caller gets the same body, whole."""
    data, body = ANSWERS[name]

    for at in range(len(data)):
        done = talk(
            runner, sized(), answer=[each for each in (data[:at], data[at:]) if each] + [b""]
        )
        assert done.bugs == []
        assert len(done.statuses) == 1
        assert body_of(done.shown) == body


@pytest.mark.parametrize("name", ["by length", "in chunks", "a stream", "an error"])
def test_a_cut_answer_is_never_whole(runner: asyncio.Runner, name: str) -> None:
    """Wherever upstream stops, the caller sees 502 or a cut; a stream is whole by its own last event."""
    data, body = ANSWERS[name]

    for at in range(len(data)):
        done = talk(runner, sized(), answer=[data[:at], b""] if at else [b""])
        assert done.bugs == []
        if done.statuses == [502] or body_of(done.shown) == STREAM:
            continue
        shown = body_of(done.shown)
        assert body.startswith(shown.partition(b"event: error")[0])
        assert not done.shown.endswith(b"0\r\n\r\n")
        assert b"content-length" not in done.shown or len(shown) < len(body)


def expected(data: bytes) -> tuple[int | None, bytes]:
    """Status and body of *data* as the parser alone reads it; None where there is no head."""
    parser = ResponseParser()
    parser.expect(b"POST")
    status, body = None, b""
    for event in [*parser.feed(data), *parser.eof()]:
        if isinstance(event, ResponseHead):
            status = event.status
        elif isinstance(event, bytes):
            body += event
        elif event is END or isinstance(event, Broken):
            break
    return status, body


@pytest.mark.slow
@given(mutated([data for data, _ in ANSWERS.values()]), CUTS)
@settings(max_examples=600, deadline=None)
def test_mutated_answers_pass_as_they_are_or_fail(data: bytes, cuts: list[int]) -> None:
    """What the parser takes from upstream is what the caller gets, and the meter never raises."""
    done = talk(RUNNER, sized(), answer=[*(each for each in pieces(data, cuts) if each), b""])
    status, body = expected(data)

    well_kept(done)
    assert len(done.statuses) == 1
    assert done.statuses[0] in {status, 502}
    shown = body_of(done.shown)
    if done.statuses[0] != 502:
        assert body.startswith(shown.partition(b"event: error")[0])


@pytest.mark.slow
@given(st.binary(max_size=200), CUTS)
@settings(max_examples=200, deadline=None)
def test_any_stream_of_bytes_passes_the_meter(data: bytes, cuts: list[int]) -> None:
    """Whatever an event stream holds, the caller gets it byte for byte and the tap stays quiet."""
    framed = EVENTS + b"content-length: %d\r\n\r\n" % len(data) + data

    done = talk(RUNNER, sized(), answer=[each for each in pieces(framed, cuts) if each])

    assert done.bugs == []
    assert body_of(done.shown).partition(b'event: error\ndata: {"type":"error"')[0] == data


def test_the_strict_reader_is_strict() -> None:
    """The judge of these tests takes what we write and nothing else."""
    good = b"POST /v1/x HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\n\r\nx"

    assert read_strictly(good) is not None
    assert read_strictly(good[:-1]) is None
    for bad in (
        good.replace(b"host", b"Host"),
        good.replace(b"\r\nhost: a", b""),
        good.replace(b"length: 1", b"length: 01"),
        good.replace(b"POST ", b"POST  "),
        good.replace(b"content-length: 1", b"content-length: 1\r\ntransfer-encoding: chunked"),
    ):
        with pytest.raises(AssertionError):
            read_strictly(bad)
