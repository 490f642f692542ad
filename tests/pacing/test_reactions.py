"""What each kind of refusal does, row by row."""

from typing import Any

import pytest

from tests.pacing.timeline import NOTHING, Timeline, quota, ticket
from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal, RefusalKind
from trayapp.pacing.headerless import Feeler
from trayapp.pacing.reactions import blame

FULL: dict[str, tuple[float, float]] = {
    "requests": (600, 599),
    "input_tokens": (60_000, 59_000),
    "output_tokens": (6000, 6000),
}


def rate(resource: str = "requests", after: float = 7.0, **seen: tuple[float, float]) -> Refusal:
    """A 429 for *resource* with these headers."""
    return Refusal(
        kind="rate",
        resource=resource,  # type: ignore[arg-type] # one of the three
        retry_after=after,
        quota=quota(None, **seen) if seen else NOTHING,
    )


def sent(*names: str, **more: Any) -> Timeline:
    """A timeline of wide limits in which *names* just went."""
    line = Timeline(requests=600, input_tokens=60_000, output_tokens=6000)
    line.offer(*names, **more)
    return line


def test_rate_refusal_holds_and_goes_again() -> None:
    """429 with retry-after 7: nothing goes for seven seconds, then the same request first."""
    line = sent("a")
    line.offer("b", at=0.5)
    again = line.refuse("a", rate(), at=1.0)
    line.offer("c")
    line.run(7.9)
    held = line.names()
    line.run(8.1)

    assert again
    assert held == ["a", "b"]
    assert line.names()[2] == "a"


def test_refusal_costs_nothing() -> None:
    """What was reserved is given back."""
    line = sent("a")
    line.schedule.pause()
    line.refuse("a", Refusal(kind="bare"))

    assert [bucket.level for bucket in line.pool.all] == [600, 60_000, 6000]


def test_refused_level_is_believed_whatever_our_doubts() -> None:
    """A bucket that refused holds what its header says."""
    line = sent("a", "b", "c", "d", stream=False)
    line.refuse("a", rate("output_tokens", output_tokens=(6000, 0)), at=0.1)

    assert line.pool.output.level <= 500


def test_count_above_capacity_lowers_nothing() -> None:
    """A header that shows more than the bucket holds does not lower it."""
    line = sent("a")
    line.refuse("a", rate(requests=(600, 5000)), at=0.0)

    assert line.pool.requests.level == 600


def test_probes_refused_in_a_row_wait_longer() -> None:
    """One, two, four seconds: the pause doubles while nothing but refusals comes."""
    line = sent("a")
    waits = []
    for _ in range(3):
        line.refuse("a", rate(after=1.0, requests=(600, 0)))
        waits.append(round(line.pool.gate.hold - line.now))
        line.run(line.now + 70.0)

    assert waits == [1, 2, 4]


def test_refusals_of_one_burst_are_one_event() -> None:
    """Four at once lengthen the pause no more than one."""
    line = sent("a", "b", "c", "d")
    for name in "abcd":
        line.refuse(name, rate(after=1.0, requests=(600, 0)), at=0.5)

    assert line.pool.refusals == 1


def test_missing_retry_after_means_a_second() -> None:
    """A rate refusal that names no time holds for one second."""
    line = sent("a")
    refusal = Refusal(kind="rate", resource="requests", quota=quota(requests=(600, 0)))
    line.refuse("a", refusal, at=1.0)

    assert line.pool.gate.hold == 2.0


def test_should_not_retry_is_obeyed() -> None:
    """`x-should-retry: false` gives the refusal to the caller."""
    line = sent("a", "b")
    mute = Refusal(kind="rate", resource="requests", retry_after=1.0, may_retry=False)
    bare = Refusal(kind="bare", may_retry=False)

    assert not line.refuse("a", mute)
    assert not line.refuse("b", bare)


def test_burst_refused_with_room_left_means_no_more_bursts() -> None:
    """Refused for requests although the header shows room: the bucket is smaller than its limit."""
    line = sent("a")
    line.refuse("a", rate(after=1.0, requests=(600, 300)))
    line.answer("a", head=quota(requests=(600, 300)), at=3.0)
    line.offer("b", "c", at=20.0)

    assert line.names() == ["a", "a", "b"]


def test_unexplained_refusal_means_others_use_the_quota() -> None:
    """We believed in a full bucket and it was empty."""
    line = sent("a")
    line.refuse("a", rate(requests=(600, 0)), at=1.0)

    assert line.pool.requests.shared == 601.0


def test_refusal_by_a_hair_is_our_own_timing() -> None:
    """We believed in the last request and were a moment early."""
    line = sent("a")
    line.pool.requests.take(598)
    line.refuse("a", rate(requests=(600, 0)))

    assert line.pool.requests.shared == 0.0


def test_refused_for_input_proves_a_need() -> None:
    """With 30,000 left a request estimated at 1,200 was refused: it needs more than that."""
    line = sent("a")
    line.pool.input.take(30_000)
    line.refuse("a", rate("input_tokens", after=4.0, input_tokens=(60_000, 30_000)))

    assert line.tickets["a"].proven == pytest.approx(33_000)
    assert line.pool.input.shared == 0.0


def test_proven_need_is_at_most_a_nearly_full_bucket() -> None:
    """A long retry-after may be about something else."""
    line = sent("a")
    line.refuse("a", rate("input_tokens", after=3000.0, input_tokens=(60_000, 30_000)))

    assert line.tickets["a"].proven == 57_000


def test_refused_by_a_full_bucket_can_never_go() -> None:
    """The request is larger than the limit: it is let down, not sent again and again."""
    line = sent("a")
    again = line.refuse("a", rate("input_tokens", input_tokens=(60_000, 59_000)))

    assert again
    assert line.faults() == [("a", "too_large")]
    assert line.dismissed[0].refusal is not None


def test_refused_for_input_below_the_estimate_means_others() -> None:
    """With 100 left anybody would have been refused: the level was not what we believed."""
    line = sent("a")
    line.refuse("a", rate("input_tokens", input_tokens=(60_000, 100)), at=1.0)

    assert line.tickets["a"].proven == 0.0
    assert line.pool.input.shared == 601.0


@pytest.mark.parametrize(
    ("seen", "tokens", "resource"),
    [
        ({"requests": (600, 0)}, True, "requests"),
        ({"requests": (600, 5), "output_tokens": (6000, 0)}, True, "output_tokens"),
        ({"requests": (600, 5), "input_tokens": (6000, 500)}, True, "input_tokens"),
        ({"requests": (600, 5), "input_tokens": (6000, 500)}, False, "requests"),
        ({}, True, "requests"),
    ],
)
def test_blame_follows_the_headers(
    seen: dict[str, tuple[float, float]], tokens: bool, resource: str
) -> None:
    """Where no message names a limit, the emptiest is meant."""
    refusal = Refusal(kind="rate", quota=quota(None, **seen))

    assert blame(ticket(tokens=tokens), refusal) == resource


def test_ramp_refusal_slows_the_pace() -> None:
    """`ramp_limit_exceeded` holds, then lets the pace double every minute from half."""
    line = sent("a")
    line.refuse("a", Refusal(kind="ramp", retry_after=2.0, quota=quota(requests=(600, 599))))
    line.answer("a", head=quota(requests=(600, 599)), at=9.0)
    line.offer(*"bcd", at=9.0)
    line.run(12.0)

    assert line.names() == ["a", "a", "b"]
    assert line.pool.requests.shared == 0.0


@pytest.mark.parametrize("kind", ["workspace", "fast"])
def test_other_limits_by_the_minute_are_held_alike(kind: RefusalKind) -> None:
    """A workspace's cap and fast mode's own limits hold for what they say."""
    line = sent("a")
    again = line.refuse("a", Refusal(kind=kind, resource="requests", retry_after=20.0))

    assert again
    assert line.pool.gate.hold == 20.0


def test_bare_refusal_backs_off_and_touches_no_mirror() -> None:
    """A 429 that says nothing: one, two, four seconds at most, and all levels stay."""
    line = sent("a")
    line.schedule._draw = lambda: 1.0
    holds = []
    for _ in range(3):
        line.refuse("a", Refusal(kind="bare"))
        holds.append(round(line.pool.gate.hold - line.now, 1))
        line.run(line.pool.gate.hold + 0.01)

    assert holds == [1.0, 2.0, 4.0]
    assert line.pool.requests.level == pytest.approx(599, abs=0.2)
    assert line.pool.requests.shared == 0.0


def test_bare_refusal_where_no_limits_are_shown_is_felt() -> None:
    """Without headers a 429 is the only thing that tells of a limit."""
    line = Timeline()
    line.offer(*"abcdef")
    line.answer("a", at=1.0)
    line.answer("b", at=2.0)
    line.refuse("c", Refusal(kind="bare"), at=3.0)

    assert line.pool.requests.active
    assert line.pool.requests.limit < 10


def test_retry_after_tells_the_depth_where_no_header_does() -> None:
    """Refused for eleven seconds: the bucket is ten seconds of refill below nothing."""
    line = Timeline()
    line.offer(*"abcdef")
    line.answer("a", at=1.0)
    line.answer("b", at=2.0)
    line.refuse("c", Refusal(kind="rate", resource="output_tokens", retry_after=11.0), at=3.0)
    output = line.pool.output

    assert output.level == pytest.approx(-10 * output.refill)


def test_felt_refusal_that_concludes_nothing_still_holds() -> None:
    """Nothing was accepted yet: only the pause counts."""
    line = Timeline()
    line.offer("a")
    line.pool.stop_assuming()
    line.pool.feeler = Feeler(0.0)
    line.tickets["a"].claim.heard = True  # type: ignore[union-attr] # it just went
    line.refuse("a", Refusal(kind="rate", resource="requests", retry_after=9.0), at=1.0)

    assert not line.pool.requests.active
    assert line.pool.gate.hold == 10.0


def test_overload_goes_again_while_the_budget_lasts() -> None:
    """529: eleven tries are paid for, the twelfth caller gets the answer."""
    line = sent("a")
    tries = 0
    while line.refuse("a", Refusal(kind="overloaded", status=529)):
        tries += 1
        line.offer("b")
        line.run(line.now + 0.1)
        if line.tickets["a"].state != "open":
            line.schedule.send_now(line.tickets["a"])
            line.ask()

    assert tries == 11


def test_overload_limits_what_is_in_flight() -> None:
    """A 529 with three others out: two may be out from then on."""
    line = sent("a", "b", "c", "d")
    line.refuse("a", Refusal(kind="overloaded", status=529), at=1.0)
    line.run(2.0)

    assert line.pool.ceiling.most == pytest.approx(2.8)
    assert line.names() == ["a", "b", "c", "d"]
    assert [one.reason for one in line.schedule.waiting(2.0)] == ["overloaded"]


def test_overload_honours_retry_after() -> None:
    """A 529 that names a time is waited out."""
    line = sent("a")
    line.refuse("a", Refusal(kind="overloaded", status=529, retry_after=12.0), at=1.0)

    assert line.pool.gate.hold == 13.0


def test_plain_500_goes_again_once() -> None:
    """A plain answer's 500 may be tried once more; what it took stays taken."""
    line = sent("a", stream=False)
    first = line.refuse("a", Refusal(kind="failed", status=500))
    line.run(1.0)
    second = line.refuse("a", Refusal(kind="failed", status=500))

    assert (first, second) == (True, False)
    assert line.pool.input.level < 60_000


@pytest.mark.parametrize(("status", "stream"), [(500, True), (502, False), (504, False)])
def test_other_failures_go_to_the_caller(status: int, stream: bool) -> None:
    """What may have been processed is not sent twice."""
    line = sent("a", stream=stream)

    assert not line.refuse("a", Refusal(kind="failed", status=status))


def test_spend_cap_stops_the_account() -> None:
    """Money is used up: who waits is let down at once, who comes too, for an hour."""
    line = Timeline(requests=600)
    line.offer("a", account="")
    line.schedule.pause()
    line.offer("b")
    line.offer("other", pool="other", account="someone")
    again = line.refuse("a", Refusal(kind="spend"), at=1.0)
    line.schedule.paused = False
    line.offer("c", at=3600.0)
    line.offer("d", at=3602.0)

    assert not again
    assert line.faults() == [("b", "spend"), ("c", "spend")]
    assert "d" in line.names()
    assert "other" in line.names()


def test_window_of_the_callers_own_login_is_passed_on() -> None:
    """A subscription's window is its owner's affair."""
    line = sent("a", own=True)
    again = line.refuse("a", Refusal(kind="window", wait=3600.0))
    line.offer("b")

    assert not again
    assert line.names() == ["a", "b"]


@pytest.mark.parametrize(("scoped", "others"), [(True, ["haiku"]), (False, [])])
def test_window_stops_its_model_or_all(scoped: bool, others: list[str]) -> None:
    """A model-scoped window leaves other models, a common one does not."""
    line = sent("a")
    line.refuse("a", Refusal(kind="window", wait=3600.0, model_scoped=scoped))
    line.offer("same")
    line.offer("haiku", pool="haiku")

    assert [name for name in line.names() if name != "a"] == others
    assert ("same", "window") in line.faults()


def test_fast_mode_that_is_not_paid_for_is_passed_on() -> None:
    """Nothing to wait for, nothing to stop."""
    line = sent("a")
    again = line.refuse("a", Refusal(kind="fast_disabled"))
    line.offer("b")

    assert not again
    assert line.names() == ["a", "b"]


def test_refusal_headers_teach_limits() -> None:
    """The first answer may be a 429; its headers count all the same."""
    line = Timeline()
    line.offer("a")
    refused: Quota = quota(None, **FULL)
    line.refuse("a", Refusal(kind="rate", resource="requests", retry_after=1.0, quota=refused))

    assert line.pool.known
    assert line.pool.requests.limit == 600
