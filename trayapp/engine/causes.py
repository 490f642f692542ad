"""Why a request is held, as the Snapshot's few causes say it."""

from collections.abc import Mapping
from typing import get_args

from trayapp.model.quota import Resource
from trayapp.model.snapshot import Cause
from trayapp.pacing.ticket import Reason

_CAUSES: Mapping[Reason, Cause] = {
    "paused": "paused",
    "first_answer": "probe",
    "look": "probe",
    "burst": "spacing",
    "throttled": "throttled",
    "overloaded": "overloaded",
    "spend": "limit",
    "window": "limit",
    "in_flight": "concurrency",
    "turn": "turn",
}
_LIMITS = frozenset(get_args(Resource))


def cause_of(reason: Reason) -> tuple[Cause, str | None]:
    """Its cause, and the meter it waits for where the cause is a limit."""
    if reason in _LIMITS:
        return "limit", reason
    return _CAUSES[reason], None
