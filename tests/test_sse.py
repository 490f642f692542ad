"""Bytes in, events out: any cut gives the same events, and no bytes make it raise."""

import itertools
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.sse import Event, SSEReader

RECORDED = (Path(__file__).parent / "recordings" / "message.sse").read_bytes()
NAMES = [name.decode() for name in re.findall(rb"^event: (.*)$", RECORDED, re.MULTILINE)]
DELTA = (
    b"event: content_block_delta\n"
    b'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}'
    b"\n\n"
)
STOP = b'event: message_stop\ndata: {"type":"message_stop"}\n\n'
WANT = ("message_start", "message_delta", "message_stop", "error")


def read(*pieces: bytes, reader: SSEReader | None = None) -> list[Event]:
    reader = reader or SSEReader()
    return [event for piece in pieces for event in reader.feed(piece)]


def reference(stream: bytes, limit: int | None = None) -> list[Event]:
    """The standard's rules told once more, in the plainest way, over the whole stream."""
    events, name, data = [], b"", list[bytes]()
    lines = re.split(rb"\r\n|\r|\n", stream.removeprefix(b"\xef\xbb\xbf"))
    for line in lines[:-1]:
        field, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if limit is not None and len(line) > limit:
            continue
        if not line:
            if data and (limit is None or sum(map(len, data)) <= limit):
                text = (name or b"message").decode("utf-8", "replace")
                events.append(Event(text, b"\n".join(data)))
            name, data = b"", []
        elif field == b"event":
            name = value
        elif field == b"data":
            data.append(value)
    return events


def test_a_recorded_stream_gives_its_events() -> None:
    """Names come in their order, data as they were written."""
    events = read(RECORDED)

    assert [event.name for event in events] == NAMES
    assert events[-1].data == b'{"type":"message_stop"}'


@pytest.mark.slow
@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_a_cut_anywhere_changes_nothing(newline: bytes) -> None:
    """Cut in two at every position, in each of the three line ends, the events are the same."""
    stream = RECORDED.replace(b"\n", newline)
    expected = read(RECORDED)

    for cut in range(len(stream) + 1):
        assert read(stream[:cut], stream[cut:]) == expected, cut


@pytest.mark.parametrize("newline", [b"\n", b"\r\n", b"\r"])
def test_byte_by_byte_changes_nothing(newline: bytes) -> None:
    """One byte at a time gives the same events."""
    stream = RECORDED.replace(b"\n", newline)

    assert read(*(stream[at : at + 1] for at in range(len(stream)))) == read(RECORDED)


@pytest.mark.slow
def test_only_wanted_events_are_returned_whatever_the_cut() -> None:
    """Skipped events are still recognised: the wanted ones and the count stay the same."""
    for cut in range(len(RECORDED) + 1):
        reader = SSEReader(WANT)
        events = read(RECORDED[:cut], RECORDED[cut:], reader=reader)

        assert [event.name for event in events] == [
            "message_start",
            "message_delta",
            "message_stop",
        ]
        assert reader.deltas == 2, cut
        assert reader.delta_bytes == 73, cut


def test_deltas_are_counted_with_their_text() -> None:
    """A skipped delta counts, and about its text's bytes do."""
    reader = SSEReader(WANT)

    read(STOP, DELTA, DELTA, reader=reader)

    assert (reader.deltas, reader.delta_bytes) == (2, 10)


def test_a_delta_too_short_for_text_counts_none() -> None:
    """An odd small delta is counted and carries no text."""
    reader = SSEReader(WANT)

    read(STOP, b"event: content_block_delta\ndata: {}\n\n", reader=reader)

    assert (reader.deltas, reader.delta_bytes) == (1, 0)


def test_deltas_can_be_wanted_too() -> None:
    """Who asks for deltas gets them."""
    events = read(STOP, DELTA, reader=SSEReader(["content_block_delta"]))

    assert [event.name for event in events] == ["content_block_delta"]


def test_a_second_event_line_holds_over_the_first() -> None:
    """What looks like a delta by its first line may be another event by a later one."""
    sly = b"event: content_block_delta\nevent: message_stop\ndata: {}\n\n"

    assert read(STOP, sly, reader=SSEReader(WANT))[1:] == [Event("message_stop", b"{}")]


@pytest.mark.parametrize(
    ("stream", "events"),
    [
        (b"data: a\n\n", [("message", b"a")]),
        (b"data:a\ndata: b\ndata\n\n", [("message", b"a\nb\n")]),
        (b"data:  two spaces\n\n", [("message", b" two spaces")]),
        (b": comment\n\ndata: a\n\n", [("message", b"a")]),
        (b"event: x\n\ndata: a\n\n", [("message", b"a")]),
        (b"event: \ndata: a\n\n", [("message", b"a")]),
        (b"event\ndata: a\n\n", [("message", b"a")]),
        (b"event: x\ndata: \n\n", [("x", b"")]),
        (b"id: 1\nretry: 5\nevent: x\ndata: a\n\n", [("x", b"a")]),
        (b"\xef\xbb\xbfdata: a\n\n", [("message", b"a")]),
        (b"\xef\xbb\xbf\xef\xbb\xbfdata: a\n\n", []),
        (b"data: a\n", []),
        (b"\n\n\n\ndata: a\n\n\n\n", [("message", b"a")]),
        (b"event: \xff\ndata: \xfe\n\n", [("�", b"\xfe")]),
        (b"event: x\ndata: a\n\nevent: y\ndata: b\nid: 2\n\n", [("x", b"a"), ("y", b"b")]),
    ],
)
def test_the_standards_corners(stream: bytes, events: list[tuple[str, bytes]]) -> None:
    """Comments, missing fields, spaces, marks and blank lines mean what the standard says."""
    assert read(stream) == [Event(name, data) for name, data in events]


@pytest.mark.parametrize(
    ("stream", "between"),
    [
        (b"", True),
        (DELTA, True),
        (DELTA + STOP, True),
        (DELTA.replace(b"\n", b"\r\n"), True),
        (DELTA.replace(b"\n", b"\r"), True),
        (DELTA[:-1], False),
        (DELTA[:30], False),
        (DELTA + b"e", False),
        (DELTA + b"event: x\n", False),
        (DELTA + b"data: x\n", False),
        (DELTA + b": comment\n", True),
        (b"\xef\xbb", False),
        (b"\xef\xbb\xbf", True),
    ],
)
def test_it_knows_whether_it_is_between_events(stream: bytes, between: bool) -> None:
    """An event may be appended only where none has begun."""
    reader = SSEReader(WANT)

    reader.feed(stream)

    assert reader.between_events is between


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_a_line_over_the_limit_is_dropped_and_nothing_else(size: int) -> None:
    """A huge line costs its own event only, however it arrives."""
    stream = b"event: x\ndata: " + b"a" * 200 + b"\n\n" + STOP
    pieces = [stream[at : at + size] for at in range(0, len(stream), size)]

    events = read(*pieces, reader=SSEReader(line_limit=100))

    assert events == [Event("message_stop", b'{"type":"message_stop"}')]


def test_an_event_of_too_many_lines_is_dropped() -> None:
    """Many small data lines do not get around the limit."""
    stream = b"data: aaaaaaaaaa\n" * 20 + b"\n" + STOP

    events = read(stream, reader=SSEReader(line_limit=100))

    assert [event.name for event in events] == ["message_stop"]


PIECES = st.sampled_from(
    [b"event: ", b"data: ", b"data", b": ", b":", b"\n", b"\r", b"\r\n", b"\n\n", b"x", b" ",
     b"\xef\xbb\xbf", b"content_block_delta", DELTA, STOP, b"event: content_block_delta\ndata: "]
)  # fmt: skip


@pytest.mark.slow
@given(st.lists(PIECES, max_size=14), st.lists(st.integers(0, 600), max_size=4))
def test_any_stream_cut_anyhow_gives_what_the_rules_say(
    parts: list[bytes], cuts: list[int]
) -> None:
    """Quick ways and line by line never differ from the plainest reading of the rules."""
    stream = b"".join(parts)
    edges = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    pieces = [stream[a:b] for a, b in itertools.pairwise(edges)]
    # A CR at the very end may be half of a line end: it ends its line all the same.
    expected = reference(stream)

    assert read(*pieces) == expected
    assert read(*pieces, reader=SSEReader(WANT)) == [e for e in expected if e.name in WANT]


@pytest.mark.slow
@given(st.lists(st.binary(max_size=60), max_size=6))
def test_no_bytes_make_it_raise(pieces: list[bytes]) -> None:
    """Whatever comes, the reader goes on and memory stays bounded."""
    reader = SSEReader(line_limit=50)

    read(*pieces, reader=reader)

    assert sum(map(len, reader._line)) <= 50
