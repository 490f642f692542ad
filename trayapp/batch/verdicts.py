"""What becomes of a row whose call failed: again after a while, failed, or the whole job stands."""

from typing import Literal

import msgspec

from trayapp.batch.errands import Failed

MOST_TRIES = 4
"""Of a row whose calls may have been paid each time."""
LONGEST_S = 60.0
_SURE = frozenset({502, 503, 529})
"""Nothing was answered and as good as surely nothing paid: tried until it works."""
_UNSURE = frozenset({408, 409, 500, 504, 520, 521, 522, 523, 524})


class Verdict(msgspec.Struct, frozen=True):
    """*again* in *after* seconds; *failed* for this row; *stand* for the job, *reason* says why."""

    kind: Literal["again", "failed", "stand"]
    after: float = 0.0
    reason: str = ""


def verdict_on(failed: Failed, tries: int) -> Verdict:
    """Judge the failure of a row that was tried *tries* times, this one included."""
    wait = max(failed.retry_after or 0.0, min(0.5 * 2.0**tries, LONGEST_S))
    status = failed.status
    if status is None or status in _UNSURE or (status == 200 and not failed.final):
        if tries < MOST_TRIES:
            return Verdict("again", wait)
        return Verdict("failed", reason=failed.message)
    if status in {401, 403} or (status in {429, 503} and failed.final and not _is_of_row(failed)):
        return Verdict("stand", reason=failed.message)
    if status in _SURE or (status == 429 and not failed.final):
        return Verdict("again", wait)
    return Verdict("failed", reason=failed.message)


def _is_of_row(failed: Failed) -> bool:
    """A 429 of ours that is final is about one request: it is too large ever to go."""
    return failed.ours and failed.status == 429


def stands_still(failures: int, answered: int) -> bool:
    """Whether so many failures in a row, and nothing else yet, are the job's fault, not the rows'."""
    return not answered and failures >= 5
