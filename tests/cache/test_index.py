"""Certainly not, by the first 64 bits."""

from tests.cache.asked import KEY
from trayapp.cache.index import Index


def test_index_knows_what_was_added() -> None:
    """A key is worth a lookup from its adding to its dropping."""
    index = Index([KEY])
    other = bytes(32)
    index.add([other])
    index.drop([KEY])

    assert (index.may_hold(KEY), index.may_hold(other), len(index)) == (False, True, 1)


def test_index_goes_by_a_prefix() -> None:
    """Two keys that begin alike cost a lookup, which then tells them apart."""
    assert Index([KEY]).may_hold(KEY[:8] + bytes(24))
