"""What `x-simulate` asks to go wrong."""

import pytest

from tests.simulator.conftest import WALL
from trayapp.simulator.errors import ApiError
from trayapp.simulator.faults import KINDS, NONE, Fault, Mishaps, fault_of


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
        ("status=529,times=2", Fault(status=529, times=2)),
        ("ramp,retry-after=4", Fault(kind="ramp", retry_after=4)),
        ("spend", Fault(kind="spend")),
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
        "ramp=1",
        "times=x",
        "stall=" + "9" * 400,
    ],
)
def test_an_unknown_fault_is_refused(header: str) -> None:
    """What is not understood is a 400, never silently nothing."""
    with pytest.raises(ApiError, match="x-simulate"):
        fault_of(header)


def test_a_status_becomes_a_refusal() -> None:
    """A fault with a status answers with that status and its retry-after."""
    refusal = Fault(status=429, retry_after=3).refusal(WALL)

    assert refusal is not None
    assert (refusal.status, refusal.retry_after) == (429, 3)


def test_without_a_status_nothing_is_refused() -> None:
    """Other faults happen later, in the answer."""
    assert NONE.refusal(WALL) is None


@pytest.mark.parametrize(
    ("kind", "status", "code", "words", "retry_after"),
    [
        ("ramp", 429, "ramp_limit_exceeded", "grew too fast", 10),
        ("spend", 429, "enforced_spend_limit_reached", "2026-06-01 at 00:00 UTC", None),
        ("workspace", 429, None, "workspace API usage limits", 30),
        ("budget", 400, None, "You have reached your specified API usage limits", None),
        ("credit", 400, None, "Your credit balance is too low", None),
    ],
)
def test_each_kind_has_the_body_of_the_real_one(
    kind: str, status: int, code: str | None, words: str, retry_after: int | None
) -> None:
    """Clients branch on these; a cap of the month has no retry-after, since waiting is useless."""
    refusal = fault_of(kind).refusal(WALL)

    assert refusal is not None
    assert kind in KINDS
    assert (refusal.status, refusal.code, refusal.retry_after) == (status, code, retry_after)
    assert words in refusal.message


def test_a_request_fails_so_many_times_and_then_goes_through() -> None:
    """That is how retry code is tested: the same request succeeds in the end, and may fail anew."""
    mishaps = Mishaps(None, 1)

    asked = [mishaps.of("status=529,times=2", b"one").status for _ in range(4)]
    other = mishaps.of("status=529,times=2", b"two").status

    assert asked == [529, 529, None, 529]
    assert other == 529


def test_many_requests_are_not_remembered_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that never comes again costs no memory in the end."""
    monkeypatch.setattr("trayapp.simulator.faults.ROOM", 2)
    mishaps = Mishaps(None, 1)

    for number in range(5):
        mishaps.of("status=529,times=9", b"%d" % number)

    assert len(mishaps._failed) <= 2


def test_every_so_many_th_request_fails() -> None:
    """For tools that cannot send a header; one that can decides for itself."""
    mishaps = Mishaps("status=529", 3)

    plain = [mishaps.of(None, b"") for _ in range(6)]
    asked = mishaps.of("stall=1", b"")

    assert [each.status for each in plain] == [None, None, 529, None, None, 529]
    assert asked == Fault(stall=1.0)
