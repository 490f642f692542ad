"""What the tests of this room share."""

import pytest

from trayapp.cache import cache as module


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine makes no miss: a test of the cache's own limits sets them shorter."""
    monkeypatch.setattr(module, "LOOKUP_S", 10.0)
    monkeypatch.setattr(module, "OPENING_S", 10.0)
