"""What is sealed opens only as it went."""

from tests.cache.asked import KEY, SECRET
from trayapp.cache.sealing import NONCE_BYTES, Seal, derived

NONCE = bytes(NONCE_BYTES)


def test_what_was_sealed_comes_back() -> None:
    """The same data key and name open what they sealed, and nothing of it shows."""
    sealed = Seal(SECRET).seal(KEY, b"an answer", NONCE)

    assert b"answer" not in sealed
    assert Seal(SECRET).unseal(KEY, sealed) == b"an answer"


def test_no_flipped_bit_goes_unseen() -> None:
    """Whichever bit of it is flipped, it does not open."""
    seal = Seal(SECRET)
    sealed = seal.seal(KEY, b"an answer", NONCE)
    flipped = [
        bytes([*sealed[:at], sealed[at] ^ 1 << bit, *sealed[at + 1 :]])
        for at in range(len(sealed))
        for bit in range(8)
    ]

    assert [seal.unseal(KEY, each) for each in flipped] == [None] * len(flipped)


def test_another_name_or_key_does_not_open() -> None:
    """An answer under another's name, or sealed elsewhere, is none; so is one that was cut."""
    sealed = Seal(SECRET).seal(KEY, b"an answer", NONCE)

    assert Seal(SECRET).unseal(bytes(32), sealed) is None
    assert Seal(bytes(32)).unseal(KEY, sealed) is None
    assert Seal(SECRET).unseal(KEY, sealed[:20]) is None
    assert Seal(bytes(32)).mark != Seal(SECRET).mark


def test_each_purpose_has_a_key_of_its_own() -> None:
    """Keys for different purposes tell nothing of each other."""
    assert len({SECRET, derived(SECRET, b"one"), derived(SECRET, b"two")}) == 3
