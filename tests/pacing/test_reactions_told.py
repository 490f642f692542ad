"""What a refusal leaves for those who draw the pool."""

import pytest

from tests.pacing.timeline import Timeline
from trayapp.model.refusal import Refusal


@pytest.mark.parametrize(
    ("refusal", "throttled"),
    [
        (Refusal(kind="bare"), 1.0),
        (Refusal(kind="overloaded", status=529), 1.0),
        (Refusal(kind="spend", status=400), None),
        (Refusal(kind="failed", status=500), None),
    ],
)
def test_pool_remembers_when_it_was_throttled(refusal: Refusal, throttled: float | None) -> None:
    """A 429 or a 529 counts, nothing else does."""
    line = Timeline(requests=600)
    line.offer("a")
    line.refuse("a", refusal, at=1.0)

    assert line.pool.throttled == throttled
