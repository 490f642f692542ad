"""Compressed answers are unpacked within bounds, whatever they are."""

import gzip
import os
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trayapp.meter import decoding
from trayapp.meter.decoding import Inflater, decoder_for

TEXT = b'{"usage":{"input_tokens":12}} ' * 40


def raw(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT),
    "deflate": zlib.compress(TEXT),
}


def made(encoding: str) -> Inflater:
    inflater = decoder_for(encoding)
    assert inflater is not None
    return inflater


@pytest.mark.parametrize("encoding", sorted(PACKED))
def test_a_body_cut_anywhere_unpacks_to_the_same(encoding: str) -> None:
    """The pieces' edges do not matter."""
    packed = PACKED[encoding]

    for cut in range(len(packed) + 1):
        inflater = made(encoding)
        assert inflater.feed(packed[:cut]) + inflater.feed(packed[cut:]) == TEXT


def test_deflate_without_its_wrapper_is_unpacked_too() -> None:
    """Some servers send deflate bare; the first bytes tell."""
    packed = raw(TEXT)
    inflater = made("deflate")

    assert b"".join(inflater.feed(packed[at : at + 1]) for at in range(len(packed))) == TEXT


def test_members_in_a_row_are_one_body() -> None:
    """A gzip body may be several members."""
    inflater = made("gzip")

    assert inflater.feed(gzip.compress(b"one ") + gzip.compress(b"two")) == b"one two"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_padding_after_the_end_is_ignored(encoding: str) -> None:
    """What follows the end of the body and is none is left."""
    inflater = made(encoding)

    assert inflater.feed(PACKED[encoding] + bytes(10)) == TEXT
    assert not inflater.gave_up


def test_damage_ends_the_unpacking() -> None:
    """A damaged body gives nothing more, and raises nothing."""
    inflater = made("gzip")
    inflater.feed(b"\x1f\x8b\x08nonsense that is no gzip")

    assert inflater.feed(PACKED["gzip"]) == b""
    assert inflater.gave_up


def test_a_bomb_is_not_unpacked() -> None:
    """A body that grows beyond two hundred times its size is given up."""
    bomb = gzip.compress(bytes(8 * 1024 * 1024))
    inflater = made("gzip")

    assert inflater.feed(bomb) == b""
    assert inflater.gave_up


def test_a_small_repetitive_answer_is_no_bomb() -> None:
    """Short answers may pack as well as they like."""
    inflater = made("gzip")

    assert len(inflater.feed(gzip.compress(bytes(200_000)))) == 200_000


def test_more_than_the_cap_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """However honest its ratio, a body has a largest size."""
    monkeypatch.setattr(decoding, "CAP", 1000)
    inflater = made("gzip")

    inflater.feed(gzip.compress(os.urandom(2000)))

    assert inflater.gave_up


@pytest.mark.parametrize("encoding", ["br", "zstd", "", "identity", "gzip, gzip", "compress"])
def test_other_encodings_are_not_ours(encoding: str) -> None:
    """What the standard library cannot unpack stays packed."""
    assert decoder_for(encoding) is None


@pytest.mark.slow
@given(st.lists(st.binary(max_size=40), max_size=5), st.sampled_from(["gzip", "deflate"]))
def test_no_bytes_make_it_raise(pieces: list[bytes], encoding: str) -> None:
    """Garbage gives something or nothing, and never an exception."""
    inflater = made(encoding)

    for piece in pieces:
        inflater.feed(PACKED[encoding][:7] + piece)
