"""Server-sent events: bytes in, events out, whatever the cuts; it never raises.

The rules are WHATWG HTML 9.2 (event streams): lines end in LF, CR or CRLF, one BOM may lead, a
line that starts with a colon is a comment, several `data` lines are joined by LF, a blank line
ends the event, and an event without data is none. `id` and `retry` mean nothing to us.

A stream of the Messages API is mostly `content_block_delta` events in one and the same form,
which nobody needs to read. So events nobody wants are recognised whole and skipped; everything
in another form goes line by line.
"""

from collections.abc import Iterable

import msgspec

LINE_LIMIT = 16 * 1024 * 1024
BOM = b"\xef\xbb\xbf"
DELTA = b"content_block_delta"
_DELTA_HEAD = b"event: content_block_delta\ndata: "
_DELTA_FRAME = len(
    _DELTA_HEAD
    + b'{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}'
)
_EVENT = b"event: "
_DATA = b"data: "


class Event(msgspec.Struct, frozen=True):
    """One event; *data* is undecoded, its lines joined by LF."""

    name: str
    data: bytes


class SSEReader:
    """Reads a stream of events fed in any pieces.

    With *want*, only events of these names are returned. `deltas` and `delta_bytes` count the
    `content_block_delta` events that went by and, about, the bytes of text they carried.
    A line of more than *line_limit* bytes is dropped, and an event of more than that too.
    """

    def __init__(self, want: Iterable[str] | None = None, *, line_limit: int = LINE_LIMIT) -> None:
        self.deltas = 0
        self.delta_bytes = 0
        self._want = None if want is None else frozenset(name.encode() for name in want)
        self._skip_deltas = self._want is not None and DELTA not in self._want
        self._limit = line_limit
        self._clean = False  # exactly between two events, nothing held: whole events may be skipped
        self._start: bytes | None = b""  # until the first bytes have shown whether a BOM leads
        self._line: list[bytes] = []
        self._line_size = 0
        self._after_cr = False
        self._name = b""
        self._data: list[bytes] = []
        self._data_size = 0

    @property
    def between_events(self) -> bool:
        """Whether an event may be appended here without being taken for part of another."""
        return not (self._line_size or self._name or self._data or self._start)

    def feed(self, data: bytes) -> list[Event]:
        """Return the events that *data* completes."""
        if (
            self._clean
            and self._skip_deltas
            and data.startswith(_DELTA_HEAD)
            and data.endswith(b"\n\n")
            and data.count(b"\n") == 3
            and b"\r" not in data
        ):
            self._count_delta(len(data) - 2)
            return []
        events: list[Event] = []
        if self._start is not None:
            data = self._strip_bom(data)
        if not self._clean and data:
            data = self._to_boundary(data, events)
        if self._clean and data:
            self._read_whole(data, events)
        return events

    def _strip_bom(self, data: bytes) -> bytes:
        start = (self._start or b"") + data
        if len(start) < len(BOM) and BOM.startswith(start):
            self._start = start
            return b""
        self._start = None
        self._clean = True
        return start.removeprefix(BOM)

    def _to_boundary(self, data: bytes, events: list[Event]) -> bytes:
        """Go line by line until the end of the event that was begun; return what follows."""
        cut = data.find(b"\n\n") + 2
        if cut < 2:
            self._read_lines(data, events)
            return b""
        self._read_lines(data[:cut], events)
        return data[cut:]

    def _read_whole(self, data: bytes, events: list[Event]) -> None:
        """Read events that lie in *data* whole; what is begun, or has CRs, goes line by line."""
        if b"\r" in data:
            self._read_lines(data, events)
            return
        blocks = data.split(b"\n\n")
        rest = blocks.pop()
        for at, block in enumerate(blocks):
            if self._skip_deltas and block.startswith(_DELTA_HEAD) and block.count(b"\n") == 1:
                self._count_delta(len(block))
            elif not self._read_block(block, events):
                # What follows may begin in the middle of an odd run of line ends.
                self._read_lines(b"\n\n".join([*blocks[at:], rest]), events)
                return
        if rest:
            self._read_lines(rest, events)

    def _read_block(self, block: bytes, events: list[Event]) -> bool:
        """Read one event in the usual form, two lines, and say whether it was in that form."""
        end = block.find(b"\n")
        if not block.startswith(_EVENT) or not block.startswith(_DATA, end + 1):
            return False
        if block.find(b"\n", end + 1) >= 0 or len(block) > self._limit:
            return False
        self._emit(block[len(_EVENT) : end] or b"message", block[end + 1 + len(_DATA) :], events)
        return True

    def _read_lines(self, data: bytes, events: list[Event]) -> None:
        if self._after_cr:
            self._after_cr = False
            data = data.removeprefix(b"\n")
        lines = data.splitlines()
        unfinished = b"" if data.endswith((b"\n", b"\r")) or not lines else lines.pop()
        for line in lines:
            self._read_line(line, events)
        self._after_cr = data.endswith(b"\r")
        if unfinished:
            self._hold(unfinished)
        self._clean = self.between_events and not self._after_cr

    def _hold(self, piece: bytes) -> None:
        self._line_size += len(piece)
        if self._line_size <= self._limit:
            self._line.append(piece)
        else:
            self._line.clear()

    def _read_line(self, line: bytes, events: list[Event]) -> None:
        if self._line_size:
            self._hold(line)
            line = b"".join(self._line)
            size, self._line_size = self._line_size, 0
            self._line.clear()
        else:
            size = len(line)
        if size > self._limit:
            return
        if not line:
            self._dispatch(events)
            return
        name, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if name == b"data":
            self._data_size += len(value)
            if self._data_size <= self._limit:
                self._data.append(value)
            else:
                self._data[:] = [b""]
        elif name == b"event":
            self._name = value

    def _dispatch(self, events: list[Event]) -> None:
        if self._data and self._data_size <= self._limit:
            self._emit(self._name or b"message", b"\n".join(self._data), events)
        self._name = b""
        self._data.clear()
        self._data_size = 0

    def _emit(self, name: bytes, data: bytes, events: list[Event]) -> None:
        if name == DELTA:
            self._count_delta(len(data) + len(_DELTA_HEAD))
        if self._want is None or name in self._want:
            events.append(Event(name.decode("utf-8", "replace"), data))

    def _count_delta(self, size: int) -> None:
        """Count a delta of *size* bytes, without its blank line."""
        self.deltas += 1
        if size > _DELTA_FRAME:
            self.delta_bytes += size - _DELTA_FRAME
