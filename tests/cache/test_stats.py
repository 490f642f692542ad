"""How much is kept, as it is told."""

from trayapp.cache.stats import Stats


def test_nothing_is_kept_at_first() -> None:
    """Counts begin at nothing, and all is well."""
    assert Stats() == Stats(entries=0, bytes=0, working=True, damaged=0, dropped=0)
