"""What holds a whole pool: pauses, probing, scouting, bursts, calm starts, ramps."""

import pytest

from trayapp.pacing.gate import Gate
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import NEVER


def opened(limit: float = 600.0) -> Pool:
    """A pool with ten requests a second, heard and not shared."""
    pool = Pool("pool", "", 0.0)
    pool.requests.adopt(limit, 0.0)
    pool.settle_limits()
    pool.gate.allow = NEVER
    pool.requests.shared = pool.input.shared = pool.output.shared = 0.0
    return pool


def send(gate: Gate, times: int, now: float) -> None:
    """So many requests go at once."""
    for _ in range(times):
        gate.sent(now)


def test_open_gate_holds_nobody() -> None:
    """Nothing to wait for."""
    pool = opened()

    assert pool.gate.wait(pool, 1.0) == 0.0


def test_stated_pause_holds_for_its_reason() -> None:
    """A 429 said seven seconds; a shorter pause afterwards changes nothing."""
    pool = opened()
    pool.gate.hold_for("throttled", 7.0, 1.0)
    pool.gate.hold_for("overloaded", 2.0, 1.0)

    assert pool.gate.wait(pool, 2.0) == 6.0
    assert pool.gate.why == "throttled"
    assert pool.gate.wait(pool, 8.0) == 0.0


def test_one_probe_then_silence_lets_one_more_go() -> None:
    """With known limits and one probe unheard, the second goes after three seconds, the third after six."""
    pool = opened()
    pool.gate.probe(1, 0.0)
    send(pool.gate, 1, 0.0)
    first = pool.gate.wait(pool, 1.0)
    second = pool.gate.wait(pool, 3.0)
    send(pool.gate, 1, 3.0)
    third = pool.gate.wait(pool, 3.0)

    assert (first, second, third) == (2.0, 0.0, 3.0)
    assert pool.gate.why == "first_answer"
    assert pool.gate.wait(pool, 6.0) == 0.0


def test_unknown_limits_open_after_three_seconds() -> None:
    """Then the smallest plan's limits are the only bound."""
    pool = Pool("pool", "", 0.0)
    send(pool.gate, 1, 0.0)
    held = pool.gate.wait(pool, 2.9)
    send(pool.gate, 1, 3.0)

    assert held == pytest.approx(0.1)
    assert pool.gate.wait(pool, 3.0) == 0.0


def test_shared_quota_is_scouted() -> None:
    """With no header for five seconds, one request goes every five seconds."""
    pool = opened()
    pool.share(1000.0)
    pool.gate.heard(0.0)
    pool.gate.sent(10.0)

    assert pool.gate.wait(pool, 12.0) == 3.0
    assert pool.gate.why == "look"
    assert pool.gate.wait(pool, 15.0) == 0.0


def test_own_quota_is_not_scouted() -> None:
    """Alone, silence is no reason to wait."""
    pool = opened()
    pool.gate.heard(0.0)
    pool.gate.sent(10.0)

    assert pool.gate.wait(pool, 12.0) == 0.0


def test_sixteen_go_at_once_then_four_times_the_refill() -> None:
    """After the burst one goes every fortieth of a second."""
    pool = opened()
    pool.gate.wait(pool, 1.0)
    send(pool.gate, 16, 1.0)

    assert pool.gate.wait(pool, 1.0) == pytest.approx(1 / 40)
    assert pool.gate.why == "burst"
    assert pool.gate.wait(pool, 1.026) == 0.0


def test_burst_is_saved_up_only_to_sixteen() -> None:
    """A quiet hour allows no larger burst."""
    pool = opened()
    assert pool.gate.wait(pool, 3600.0) == 0.0
    send(pool.gate, 16, 3600.0)

    assert pool.gate.wait(pool, 3600.0) > 0


def test_refused_bursts_end_bursts() -> None:
    """Where the request bucket is smaller than its limit, one goes after the other."""
    pool = opened()
    pool.gate.go_singly()
    pool.gate.wait(pool, 1.0)
    send(pool.gate, 1, 1.0)

    assert pool.gate.wait(pool, 1.0) == pytest.approx(0.1)


def test_calm_start_spaces_all_but_four() -> None:
    """After the first header and a wake: four at once, then one every twentieth of a second."""
    pool = opened()
    pool.gate.calm_down(10.0)
    send(pool.gate, 3, 10.0)
    fourth = pool.gate.wait(pool, 10.0)
    send(pool.gate, 1, 10.0)
    fifth = pool.gate.wait(pool, 10.0)

    assert fourth == 0.0
    assert fifth == pytest.approx(0.05)
    assert pool.gate.why == "burst"
    assert pool.gate.wait(pool, 10.06) == 0.0
    assert pool.gate.wait(pool, 16.0) == 0.0


def test_calm_start_is_no_slower_than_twice_the_refill() -> None:
    """With a hundred a second allowed, fifty milliseconds would be too long."""
    pool = opened(6000.0)
    pool.gate.calm_down(10.0)
    send(pool.gate, 4, 10.0)

    assert pool.gate.wait(pool, 10.0) == pytest.approx(0.005)


def test_nothing_is_spaced_where_nothing_limits_requests() -> None:
    """A subscription shows no requests a minute."""
    pool = opened()
    pool.requests.active = False
    send(pool.gate, 100, 1.0)

    assert pool.gate.wait(pool, 1.0) == 0.0


def test_ramp_refusal_halves_the_pace() -> None:
    """Ten a second for minutes, then five."""
    pool = opened()
    for tenth in range(6000):
        pool.gate.sent(tenth / 10)
    pool.gate.slow_down(600.0)

    assert pool.gate.wait(pool, 600.0) == pytest.approx(0.2, abs=0.01)


def test_ramp_doubles_every_minute_until_it_binds_no_more() -> None:
    """From the least pace of 0.2 a second: 0.4 after one minute, free after eight."""
    pool = opened()
    pool.gate.slow_down(0.0)
    at_once = pool.gate.wait(pool, 0.0)
    later = opened()
    later.gate.slow_down(0.0)
    later.gate.wait(later, 60.0)
    send(later.gate, 16, 60.0)
    in_a_minute = later.gate.wait(later, 60.0)

    assert at_once == pytest.approx(5.0)
    assert in_a_minute == pytest.approx(2.5)
    assert later.gate.wait(later, 600.0) == 0.0
    send(later.gate, 16, 600.0)
    assert later.gate.wait(later, 600.0) == pytest.approx(1 / 40)


def test_ramp_ends_where_nothing_else_limits() -> None:
    """Without a request limit the pace is free again after twenty doublings."""
    pool = opened()
    pool.requests.active = False
    pool.gate.slow_down(0.0)
    pool.gate.wait(pool, 1300.0)
    send(pool.gate, 100, 1300.0)

    assert pool.gate.wait(pool, 1300.0) == 0.0


def test_wake_ends_a_pause_and_probes() -> None:
    """What retry-after said before a sleep is past; one request looks."""
    pool = opened()
    pool.gate.hold_for("throttled", 100.0, 0.0)
    pool.gate.reopen(10.0)
    first = pool.gate.wait(pool, 10.0)
    pool.gate.sent(10.0)

    assert first == 0.0
    assert pool.gate.wait(pool, 10.0) == 3.0
