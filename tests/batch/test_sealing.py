"""What lies on disk opens for its own place and key alone."""

import pytest

from trayapp.batch.sealing import NONCE_BYTES, Seal, Unreadable

NONCE = bytes(NONCE_BYTES)


def test_what_was_sealed_opens_again() -> None:
    """Nothing of the text can be read in between."""
    sealed = Seal(b"secret").seal("job/1", "中文 prompt".encode(), NONCE)

    assert b"prompt" not in sealed
    assert Seal(b"secret").open("job/1", sealed).decode() == "中文 prompt"


@pytest.mark.parametrize(
    ("key", "place", "cut"),
    [(b"other", "job/1", 0), (b"secret", "job/2", 0), (b"secret", "job/1", 20)],
)
def test_another_key_place_or_content_does_not_open(key: bytes, place: str, cut: int) -> None:
    """A row cannot be moved to another place, and damage is told."""
    sealed = Seal(b"secret").seal("job/1", b"prompt", NONCE)

    with pytest.raises(Unreadable):
        Seal(key).open(place, sealed[cut:])
