"""Bytes of a file into text: which encoding they are in, said and not only guessed."""

import re

import msgspec

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8 with a byte order mark"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_LOOKED_AT = 4096
_MANY_NULS = 0.2
"""Of the bytes at odd or even places: ASCII in UTF-16 has a NUL in every second one."""
_PAIRED = 0.9
"""Of the high bytes: Chinese in GB 18030 has them in pairs, Western text nearly always alone."""
_HIGH = re.compile(rb"[\x80-\xff]+")


class Decoded(msgspec.Struct, frozen=True):
    """The text, and what people call its encoding; *guessed* where no mark and no rule proved it."""

    text: str
    encoding: str
    guessed: bool = False


def decoded(data: bytes) -> Decoded:
    """The text of *data*; it never fails, since any bytes are Windows-1252 at worst."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(codec, "replace"), name)
    unmarked = _unmarked_utf16(data[:_LOOKED_AT])
    if unmarked is not None:
        return Decoded(data.decode(unmarked, "replace"), "UTF-16", guessed=True)
    try:
        return Decoded(data.decode("utf-8"), "UTF-8")
    except UnicodeDecodeError:
        return _legacy(data)


def _unmarked_utf16(head: bytes) -> str | None:
    pairs = len(head) // 2
    if not pairs:
        return None
    if head[1::2].count(0) > _MANY_NULS * pairs and not head[0::2].count(0):
        return "utf-16-le"
    if head[0::2].count(0) > _MANY_NULS * pairs and not head[1::2].count(0):
        return "utf-16-be"
    return None


def _legacy(data: bytes) -> Decoded:
    """One of the encodings that Windows wrote before UTF-8."""
    runs = [len(run) for run in _HIGH.findall(data)]
    paired = sum(length - length % 2 for length in runs)
    if paired >= _PAIRED * sum(runs):
        try:
            return Decoded(data.decode("gb18030"), "GB 18030", guessed=True)
        except UnicodeDecodeError:
            pass
    try:
        return Decoded(data.decode("cp1252"), "Windows-1252", guessed=True)
    except UnicodeDecodeError:  # five bytes mean nothing there
        return Decoded(data.decode("latin-1"), "Latin-1", guessed=True)
