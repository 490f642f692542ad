"""Pools by name, what is remembered, and merging."""

import pytest

from tests.pacing.timeline import quota, ticket
from trayapp.pacing.pools import Habit, Learned, Pools
from trayapp.pacing.ticket import NEVER


def test_pool_is_made_once() -> None:
    """The same name leads to the same pool."""
    pools = Pools()
    first = pools.get("pool", "org", 0.0)

    assert pools.get("pool", "org", 5.0) is first
    assert pools.find("pool") is first
    assert pools.find("other") is None


def test_estimate_is_per_tool_and_model() -> None:
    """Tokenizers differ by model, habits by tool."""
    pools = Pools()

    assert pools.estimate("a", "m") is pools.estimate("a", "m")
    assert pools.estimate("a", "m") is not pools.estimate("a", "n")


def test_too_many_models_share_an_estimate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names of models come from callers: what is learned by name is bounded."""
    monkeypatch.setattr("trayapp.pacing.pools.MOST_ESTIMATES", 1)
    pools = Pools()
    first = pools.estimate("a", "m")

    assert pools.estimate("a", "n") is pools.estimate("a", "o")
    assert pools.estimate("a", "m") is first
    assert pools.habits() == []


def test_limits_of_another_day_let_eight_go() -> None:
    """Remembered limits are believed, but few may go before a header confirms them."""
    pools = Pools()
    pools.remember(Learned("pool", "org", {"requests": 600.0}, shared_for=30.0), 5.0)
    pool = pools.get("pool", "org", 5.0)

    assert (pool.requests.limit, pool.gate.allow, pool.known) == (600.0, 8, True)
    assert pool.requests.shared == 35.0
    assert not pool.input.active


def test_memory_never_overrides_a_header() -> None:
    """What is known in this run holds."""
    pools = Pools()
    pools.state("pool", "org", {"requests": 50.0}, 0.0)
    pools.remember(Learned("pool", "org", {"requests": 600.0}), 5.0)

    assert pools.get("pool", "org", 5.0).requests.limit == 50.0


def test_stated_limits_hold_as_given() -> None:
    """The user's own figures need no probe."""
    pools = Pools()
    pools.state("pool", "org", {"requests": 50.0, "output_tokens": 9000.0}, 0.0)

    assert pools.get("pool", "org", 0.0).gate.allow == NEVER


def test_learned_limits_come_back() -> None:
    """What one run tells the next one takes."""
    pools = Pools()
    pools.state("pool", "org", {"requests": 50.0, "output_tokens": 9000.0}, 0.0)
    pools.get("new", "org", 0.0)
    told = pools.learned(5.0)

    assert told == [
        Learned("pool", "org", {"requests": 50.0, "output_tokens": 9000.0}, shared_for=15.0)
    ]


def test_remembered_pool_alone_is_not_shared_for_long() -> None:
    """A quota that was ours alone begins like a new one."""
    pools = Pools()
    pools.remember(Learned("pool", "org", {"requests": 600.0}), 5.0)

    assert pools.get("pool", "org", 5.0).shared == 25.0


def test_habits_come_back() -> None:
    """Only tools that had an answer are worth remembering."""
    pools = Pools()
    pools.estimate("quiet", "m")
    pools.estimate("tool", "m").learn_answer(200, 4.0)
    habits = pools.habits()
    later = Pools()
    later.recall(habits)

    assert habits == [Habit("tool", "m", 1.0, 0.12, 200.0, 4.0)]
    assert later.estimate("tool", "m").speed == 50.0


def test_first_pool_of_an_organization_just_gets_its_name() -> None:
    """Nothing has to be moved; both names lead there."""
    pools = Pools()
    pool = pools.get("digest", "digest", 0.0)

    assert pools.merge("digest", "org", 1.0) is None
    assert pools.get("org", "org", 1.0) is pool
    assert pool.name == "org"
    assert pools.all() == [pool]


def test_second_key_joins_the_pool() -> None:
    """A provisional pool's open requests are counted in the real one, and its name leads there."""
    pools = Pools()
    real = pools.get("org", "org", 0.0)
    old = pools.get("digest", "digest", 0.0)
    old.take(ticket(tokens=False), 0.0)

    assert pools.merge("digest", "org", 1.0) is old
    assert pools.get("digest", "digest", 1.0) is real
    assert len(real.open) == 1


def test_what_was_heard_today_stands_before_another_day() -> None:
    """Where an answer spoke and only remembered limits stand in its way, its level is kept."""
    pools = Pools()
    pools.remember(Learned("org", "org", {"requests": 600.0}), 0.0)
    old = pools.get("digest", "digest", 0.0)
    old.adopt(quota(None, requests=(600, 3)), 0.5)
    old.requests.take(597.0)

    assert pools.merge("digest", "org", 1.0) is None
    assert pools.get("org", "org", 1.0) is pools.get("digest", "digest", 1.0) is old
    assert (old.name, old.requests.level, pools.all()) == ("org", 3.0, [old])


def test_a_pool_that_is_drawn_on_is_never_given_up() -> None:
    """Who already goes by remembered limits keeps its claims, and takes the other's over."""
    pools = Pools()
    pools.remember(Learned("org", "org", {"requests": 600.0}), 0.0)
    real = pools.get("org", "org", 0.0)
    real.take(ticket(), 0.0)
    old = pools.get("digest", "digest", 0.0)
    old.adopt(quota(None, requests=(600, 3)), 0.5)

    assert pools.merge("digest", "org", 1.0) is old
    assert pools.get("digest", "digest", 1.0) is real


def test_merging_twice_changes_nothing() -> None:
    """A name that leads there already, or to nothing, is no work."""
    pools = Pools()
    pools.get("digest", "digest", 0.0)
    pools.merge("digest", "org", 1.0)

    assert pools.merge("digest", "org", 2.0) is None
    assert pools.merge("unknown", "org", 2.0) is None
