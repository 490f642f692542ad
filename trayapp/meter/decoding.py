"""Compressed answers, unpacked for the meter only, and never further than is safe."""

import zlib

CAP = 64 * 1024 * 1024
"""Bytes of one answer that are unpacked at most."""
RATIO = 200
"""A body that grows further than this when unpacked is an attack, not an answer."""
FLOOR = 256 * 1024
"""Bytes that may come out whatever the ratio: short repetitive answers pack well."""

_GZIP_WINDOW = 31
_ZLIB_WINDOW = 15
_RAW_WINDOW = -15


def decoder_for(encoding: str) -> "Inflater | None":
    """What unpacks *encoding* (a Content-Encoding); None for one that is not ours to unpack."""
    if encoding in {"gzip", "x-gzip"}:
        return Inflater(_GZIP_WINDOW)
    if encoding == "deflate":
        return Inflater(None)
    return None


class Inflater:
    """Unpacks gzip or deflate as it comes; gives up for good on damage or on a bomb."""

    def __init__(self, window: int | None) -> None:
        self.gave_up = False
        self._window = window  # None: deflate, which may be zlib or raw; the first bytes tell
        self._start = b""
        self._inflate = zlib.decompressobj(window or _ZLIB_WINDOW)
        self._taken = 0
        self._given = 0

    def feed(self, data: bytes) -> bytes:
        """Return what *data* unpacks to; nothing any more once this gave up."""
        self._taken += len(data)
        if self._window is None:
            data = self._start = self._start + data
            if len(data) < 2:
                return b""
            self._window = _deflate_window(data)
            self._inflate = zlib.decompressobj(self._window)
        try:
            return self._unpack(data)
        except zlib.error:
            self.gave_up = True
            return b""

    def _unpack(self, data: bytes) -> bytes:
        allowed = min(CAP, max(FLOOR, RATIO * self._taken))
        pieces: list[bytes] = []
        while data and not self.gave_up:
            if self._inflate.eof:
                if self._window != _GZIP_WINDOW or not data.startswith(b"\x1f"):
                    break  # padding, as some servers send
                self._inflate = zlib.decompressobj(_GZIP_WINDOW)  # a further member
            piece = self._inflate.decompress(data, allowed - self._given + 1)
            pieces.append(piece)
            self._given += len(piece)
            self.gave_up = self._given > allowed
            data = self._inflate.unconsumed_tail or self._inflate.unused_data
        return b"" if self.gave_up else b"".join(pieces)


def _deflate_window(start: bytes) -> int:
    """Whether deflate came in its zlib wrapper (RFC 1950, 2.2) or, as some send it, bare."""
    wrapped = start[0] & 0x0F == 8 and (start[0] << 8 | start[1]) % 31 == 0
    return _ZLIB_WINDOW if wrapped else _RAW_WINDOW
