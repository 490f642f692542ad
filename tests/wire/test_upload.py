"""A streamed request body, on a connection that only notes what it is told."""

from tests.wire.ends import Tap
from trayapp.wire.upload import Upload


class Wire:
    """A connection that keeps what is written."""

    def __init__(self) -> None:
        self.blocked = False
        self.written = b""
        self.done: list[str] = []

    def write(self, data: bytes) -> None:
        self.written += data

    def complete(self) -> None:
        self.done.append("complete")

    def abort(self) -> None:
        self.done.append("aborted")


def test_in_chunks() -> None:
    """Each piece is a chunk, and the end the last one."""
    wire = Wire()
    upload = Upload(wire, chunked=True)
    upload.feed(b"ab")
    upload.feed(b"")
    upload.end(True)

    assert wire.written == b"2\r\nab\r\n0\r\n\r\n"
    assert wire.done == ["complete"]


def test_by_length() -> None:
    """With a length the pieces go as they are."""
    wire = Wire()
    upload = Upload(wire, chunked=False)
    upload.feed(b"ab")
    upload.end(True)

    assert wire.written == b"ab"
    assert wire.done == ["complete"]


def test_cut() -> None:
    """A body that is cut takes its connection with it."""
    wire = Wire()
    Upload(wire, chunked=True).end(False)

    assert wire.written == b""
    assert wire.done == ["aborted"]


def test_flow() -> None:
    """A source that is set while upstream reads slowly is paused at once."""
    wire, quick, slow = Wire(), Tap(), Tap()
    upload = Upload(wire, chunked=True)
    upload.flow = quick
    wire.blocked = True
    upload.flow = slow
    kept = upload.flow
    upload.flow = None

    assert (quick.open, slow.open, kept) == (True, False, slow)
