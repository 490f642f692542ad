"""Where one level ends and the next begins."""

import pytest

from trayapp.model.level import level_of
from trayapp.model.snapshot import Level


@pytest.mark.parametrize(
    ("used", "level"),
    [(0.0, "healthy"), (0.79, "healthy"), (0.8, "warning"), (0.9, "critical"), (1.0, "depleted")],
)
def test_levels(used: float, level: Level) -> None:
    """The thresholds are 0.8, 0.9 and all."""
    assert level_of(used) == level
