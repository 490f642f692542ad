"""From how much of a limit is used to its level, and how long a reading counts as measured."""

from trayapp.model.snapshot import Level

MEASURED_FOR = 60.0
"""Seconds for which a reading counts as measured; later it is an estimate."""
WARNING_AT = 0.8
CRITICAL_AT = 0.9


def level_of(used: float) -> Level:
    """The level of a meter of which the fraction *used* is spent."""
    if used >= 1:
        return "depleted"
    if used >= CRITICAL_AT:
        return "critical"
    return "warning" if used >= WARNING_AT else "healthy"
