"""What `x-simulate` asks to go wrong."""

import pytest

from trayapp.simulator.errors import ApiError
from trayapp.simulator.faults import NONE, Fault, fault_of


@pytest.mark.parametrize(
    ("header", "fault"),
    [
        (None, NONE),
        ("status=529", Fault(status=529)),
        ("status=429,retry-after=3", Fault(status=429, retry_after=3)),
        ("status=429, retry-after=3", Fault(status=429, retry_after=3)),
        ("cut=0", Fault(cut=0)),
        ("cut=4", Fault(cut=4)),
        ("stall=0.25", Fault(stall=0.25)),
        ("stall=2,error-event", Fault(stall=2.0, error_event=True)),
        ("error-event", Fault(error_event=True)),
    ],
)
def test_each_fault_is_read(header: str | None, fault: Fault) -> None:
    """Words and numbers, set apart by commas, make a fault."""
    assert fault_of(header) == fault


@pytest.mark.parametrize(
    "header",
    [
        "",
        "fire",
        "status",
        "status=200",
        "status=600",
        "status=4e2",
        "cut=-1",
        "cut=1.5",
        "stall=inf",
        "stall=.",
        "error-event=1",
        "stall=" + "9" * 400,
    ],
)
def test_an_unknown_fault_is_refused(header: str) -> None:
    """What is not understood is a 400, never silently nothing."""
    with pytest.raises(ApiError, match="x-simulate"):
        fault_of(header)


def test_a_status_becomes_a_refusal() -> None:
    """A fault with a status answers with that status and its retry-after."""
    refusal = Fault(status=429, retry_after=3).refusal()

    assert refusal is not None
    assert (refusal.status, refusal.retry_after) == (429, 3)


def test_without_a_status_nothing_is_refused() -> None:
    """Other faults happen later, in the answer."""
    assert NONE.refusal() is None
