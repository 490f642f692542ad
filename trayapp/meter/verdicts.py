"""How a request ended, in one word that history can be searched by."""

from trayapp.meter.prices import models
from trayapp.model.history import Verdict
from trayapp.model.outcome import Outcome

_ROAD = frozenset({"unreachable", "timed_out", "broke_off", "failed", "bug"})
"""Codes of sentences that tell of a failure; every other one is a refusal of ours."""


def verdict_of(outcome: Outcome) -> Verdict:
    """The word for *outcome*: what went wrong first, then what was not as asked."""
    if outcome.outcome == "caller_gone":
        return "caller_gone"
    if outcome.outcome == "error":
        return _fault_of(outcome)
    if outcome.cached:
        return "cached"
    if is_other_model(outcome.model_asked, outcome.model_served):
        return "other_model"
    if outcome.throttled:
        return "throttled"
    return "overloaded" if outcome.overloaded else "answered"


def _fault_of(outcome: Outcome) -> Verdict:
    if outcome.refusal is not None:
        return "failed" if outcome.refusal in _ROAD else "refused"
    if outcome.status == 429:
        return "throttled"
    return "overloaded" if outcome.overloaded else "failed"


def is_other_model(asked: str, served: str | None) -> bool:
    """Whether *served* is another model than *asked*; an alias or a date makes no other one."""
    if not served or not asked or served == asked:
        return False
    table = models()
    known = table.find(asked)
    if known is not None:
        return table.find(served) is not known
    return not served.startswith(asked)
