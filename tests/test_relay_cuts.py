"""A recorded stream, cut and split at every place there is (R04, R05)."""

from pathlib import Path

import pytest

from tests.fakes.sink import FakeSink
from tests.fakes.travel import Travel
from tests.fakes.upstream import SSE, Scripted
from trayapp.relay import BROKEN_EVENT

STREAM = Path(__file__).with_name("recordings").joinpath("message.sse").read_bytes()


def carried(*pieces: bytes, whole: bool) -> FakeSink:
    """What the caller of a stream gets that comes in *pieces*, and ends *whole* or is cut."""
    return Travel(Scripted(headers=SSE, pieces=pieces, whole=whole)).carry()


def expected(cut: bytes) -> tuple[bytes, list[bool]]:
    """What a caller is to get of a stream that ends after *cut*."""
    if cut.rstrip(b"\n").endswith(b'message_stop"}') and cut.endswith(b"\n\n"):
        return cut, [True]
    between = not cut or cut.endswith(b"\n\n")
    return cut + (BROKEN_EVENT if between else b""), [False]


@pytest.mark.slow
def test_a_cut_at_any_byte_is_told_as_one() -> None:
    """Between events an error event is added, inside one nothing is, and no end is ever clean."""
    wrong = [
        at
        for whole in (True, False)
        for at in range(len(STREAM) + 1)
        for sink in [carried(STREAM[:at], whole=whole)]
        if (sink.body, sink.ends) != expected(STREAM[:at])
    ]

    assert wrong == []


@pytest.mark.slow
def test_a_split_at_any_byte_changes_nothing() -> None:
    """However a stream is cut into pieces, its bytes and its end are the same."""
    wrong = [
        at
        for at in range(1, len(STREAM))
        for sink in [carried(STREAM[:at], STREAM[at:], whole=True)]
        if (sink.body, sink.ends) != (STREAM, [True])
    ]

    assert wrong == []


def test_a_stream_of_single_bytes_is_the_same_stream() -> None:
    """The slowest stream there is arrives whole."""
    sink = carried(*(STREAM[at : at + 1] for at in range(len(STREAM))), whole=True)

    assert (sink.body, sink.ends) == (STREAM, [True])
