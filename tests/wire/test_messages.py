"""The words parsers say."""

import pytest

from trayapp.wire.messages import (
    END,
    KNOWN_NAMES,
    Broken,
    End,
    Names,
    ResponseEvent,
    ResponseHead,
    cause,
    joined,
)

HEAD = ResponseHead(200, b"OK", (), True, None, True)


@pytest.mark.parametrize(
    ("text", "status", "reason"),
    [
        ("Invalid HTTP version", 505, "version"),
        ("Content-Length overflow", 400, "length"),
        ("Request has invalid `Transfer-Encoding`", 400, "encoding"),
        ("Invalid character in chunk size", 400, "chunk"),
        ("Invalid method encountered", 400, "method"),
        ("Unexpected char in url path", 400, "target"),
        ("Invalid header token", 400, "header"),
        ("anything else", 400, "syntax"),
    ],
)
def test_causes(text: str, status: int, reason: str) -> None:
    """Whatever the parser's words, the break is one of a closed set and a fixed sentence."""
    broken = cause(text)

    assert (broken.status, broken.reason) == (status, reason)
    assert text not in broken.message


def test_breaks_are_values() -> None:
    """Breaks compare by what they say, and `END` is the only one of its type."""
    assert Broken(400, "a", "b") == Broken(400, "a", "b")
    assert list(End) == [END]


def test_names_are_spelt_in_lower_case() -> None:
    """However a name is spelt, it is one name, and the same object each time."""
    names = Names()
    first = names[b"Content-Type"]

    assert first == b"content-type"
    assert names[b"Content-Type"] is first


def test_names_known_are_bounded() -> None:
    """Names come from outside: neither long ones nor any number of them are kept."""
    names = Names()
    for number in range(KNOWN_NAMES + 1):
        assert names[b"X-%d" % number] == b"x-%d" % number
    assert names[b"X" * 65] == b"x" * 65

    assert len(names) == KNOWN_NAMES
    assert b"X" * 65 not in names


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([], []),
        ([HEAD, b"ab", END], [HEAD, b"ab", END]),
        ([b"a", b"b", b"c"], [b"a", b"b", b"c"]),
        ([b"a", b"b", b"c", b"d"], [b"abcd"]),
        ([HEAD, b"a", b"b", END], [HEAD, b"ab", END]),
        ([b"a", b"b", END, HEAD, b"c", b"d"], [b"ab", END, HEAD, b"cd"]),
    ],
)
def test_pieces_that_came_together(
    events: list[ResponseEvent], expected: list[ResponseEvent]
) -> None:
    """Many pieces of one body are one piece; heads and ends stay where they are."""
    assert joined(events) == expected
