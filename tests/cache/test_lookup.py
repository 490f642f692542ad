"""How a caller is told what the cache did (RFC 9211)."""

from trayapp.cache.lookup import COLLAPSED, HIT, MISS, STORED, Lookup, bypass


def test_bypass_says_why() -> None:
    """A request that is none of the cache's business says so, and why."""
    assert bypass("tools") == Lookup(b"sluice; fwd=bypass; detail=tools")


def test_words_are_those_of_the_rfc() -> None:
    """Other programs read these words."""
    assert (HIT, MISS + STORED, MISS + COLLAPSED) == (
        b"sluice; hit",
        b"sluice; fwd=miss; stored",
        b"sluice; fwd=miss; collapsed",
    )
