"""How the limits fit together."""

import msgspec
import pytest

from trayapp.wire.limits import Limits


def test_limits_are_frozen() -> None:
    """Limits do not change under a connection."""
    with pytest.raises(AttributeError):
        Limits().ahead = 3  # type: ignore[misc] # that is the point


def test_limits_fit_together() -> None:
    """A target fits in a head, idle connections die before any silence, and lingering is short."""
    limits = Limits()

    assert limits.target < limits.head_bytes
    assert limits.pool_age < limits.idle_time < limits.silence
    assert limits.linger_time < limits.head_time
    assert msgspec.structs.replace(limits, ahead=1).ahead == 1


def test_a_road_that_may_be_dead_is_asked_within_seconds() -> None:
    """Only how often the system asks changes, not what a body or an answer may take (R30)."""
    limits = Limits()
    urgent = limits.urgent()

    assert urgent.keepalive_idle + urgent.keepalive_interval * urgent.keepalive_count <= 5
    assert urgent.user_timeout < 5
    assert urgent.silence == limits.silence
