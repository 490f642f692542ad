"""What becomes of a row whose call failed."""

import pytest

from trayapp.batch.errands import Failed
from trayapp.batch.verdicts import MOST_TRIES, stands_still, verdict_on

CASES = {
    "no answer": (Failed(1, "m"), 1, "again"),
    "no answer four times": (Failed(1, "m"), MOST_TRIES, "failed"),
    "an error inside a stream": (Failed(1, "m", 200), 1, "again"),
    "server error": (Failed(1, "m", 500), 1, "again"),
    "server error again and again": (Failed(1, "m", 500), MOST_TRIES, "failed"),
    "offline": (Failed(1, "m", 502), 50, "again"),
    "overloaded": (Failed(1, "m", 529), 50, "again"),
    "held too long": (Failed(1, "m", 429, retry_after=7), 50, "again"),
    "never can go": (Failed(1, "m", 429, final=True, ours=True), 1, "failed"),
    "no money": (Failed(1, "m", 429, final=True), 1, "stand"),
    "no key": (Failed(1, "m", 503, final=True, ours=True), 1, "stand"),
    "key refused": (Failed(1, "m", 401), 1, "stand"),
    "not allowed": (Failed(1, "m", 403), 1, "stand"),
    "bad request": (Failed(1, "m", 400), 1, "failed"),
    "too large": (Failed(1, "m", 413), 1, "failed"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_failure_is_judged(case: str) -> None:
    """What may be paid twice is tried a few times, what is free until it works."""
    failed, tries, kind = CASES[case]

    assert verdict_on(failed, tries).kind == kind


def test_waits_grow_and_obey_upstream() -> None:
    """Never sooner than upstream asked, never longer than a minute of our own."""
    assert verdict_on(Failed(1, "m", 529), 1).after == 1.0
    assert verdict_on(Failed(1, "m", 529), 3).after == 4.0
    assert verdict_on(Failed(1, "m", 529), 40).after == 60.0
    assert verdict_on(Failed(1, "m", 429, retry_after=90), 1).after == 90.0


def test_a_job_whose_first_rows_all_fail_stands() -> None:
    """Ten thousand rows to a model that does not exist are not sent one by one."""
    assert stands_still(5, 0)
    assert not stands_still(4, 0)
    assert not stands_still(50, 1)
