"""Encodings: what a file is in, and that we say so."""

import pytest

from trayapp.batch.source_text import decoded

TEXT = "Größe: 中文, emoji 😀"
WESTERN = "The naïve café costs 5 € – “good value”, says Zoë"
CHINESE = "质量很好,发货很快。再来一件!"

CASES = {
    "plain": (TEXT.encode(), TEXT, "UTF-8", False),
    "marked": (b"\xef\xbb\xbf" + TEXT.encode(), TEXT, "UTF-8 with a byte order mark", False),
    "little": (b"\xff\xfe" + TEXT.encode("utf-16-le"), TEXT, "UTF-16", False),
    "big": (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT, "UTF-16", False),
    "little without a mark": ("review\nfine".encode("utf-16-le"), "review\nfine", "UTF-16", True),
    "big without a mark": ("review\nfine".encode("utf-16-be"), "review\nfine", "UTF-16", True),
    "western windows": (WESTERN.encode("cp1252"), WESTERN, "Windows-1252", True),
    "chinese windows": (CHINESE.encode("gbk"), CHINESE, "GB 18030", True),
    "pairs that are none": (b"ab \xff\xff", "ab ÿÿ", "Windows-1252", True),
    "nothing means": (b"caf\xe9 \x81", "café \x81", "Latin-1", True),
    "empty": (b"", "", "UTF-8", False),
    "one byte": (b"a", "a", "UTF-8", False),
}


@pytest.mark.parametrize("case", CASES)
def test_an_encoding_is_found_and_said(case: str) -> None:
    """A mark or UTF-8's own rules prove it; what Windows wrote before is guessed, and told so."""
    data, text, name, guessed = CASES[case]

    found = decoded(data)

    assert (found.text, found.encoding, found.guessed) == (text, name, guessed)
