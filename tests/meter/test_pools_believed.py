"""Pools show what pacing believes of them, also those that no header spoke of."""

from collections.abc import Callable
from typing import cast

import pytest
from msgspec.structs import replace

from tests.meter.pools_seen import API, HOME, NOON, Seen, login, quota
from trayapp.meter.pools import Identity, Pools
from trayapp.model.quota import Belief, Quota, Resource
from trayapp.model.snapshot import Meter


def believed(**left: float) -> Callable[[Identity, str], dict[Resource, Belief]]:
    """Pacing that believes so much to be left of a thousand, in every pool."""
    found = {name: Belief(limit=1000, left=amount) for name, amount in left.items()}
    return lambda _identity, _name: cast("dict[Resource, Belief]", found)


def test_minute_meters_show_what_pacing_believes() -> None:
    """What was sent since the last header is used in the meter as well."""
    seen = Seen()
    seen.learn(quota(remaining=900))

    (pool,) = seen.pools.snapshot(100, NOON, beliefs=believed(requests=850))

    assert [meter.remaining for meter in pool.meters] == [850]


def test_a_pool_that_no_header_spoke_of_is_shown_all_the_same() -> None:
    """Its limits are those that the user states."""
    place = (Identity(API, "org", "w"), "opus-5.5")
    (pool,) = Pools().snapshot(
        100, NOON, (Meter("spend_day"),), beliefs=believed(requests=850), silent=[place]
    )

    assert (pool.id, pool.states_limits) == ("api.anthropic.com/org/w/opus-5.5", True)
    assert [(meter.kind, meter.source) for meter in pool.meters] == [
        ("requests", "configured"), ("spend_day", "configured"),
    ]  # fmt: skip


def test_a_pool_whose_headers_spoke_is_shown_once() -> None:
    """Told limits hold over stated ones."""
    seen = Seen()
    seen.learn(quota())
    place = (Identity(API, "org", "w"), "opus-5.5")

    (pool,) = seen.pools.snapshot(100, NOON, silent=[place])

    assert [meter.source for meter in pool.meters] == ["measured"]


def test_an_upstream_may_state_no_limits() -> None:
    """Then requests are counted, and nothing is measured against anything."""
    place = (Identity(API, "org", "w"), "opus-5.5")
    (pool,) = Pools().snapshot(
        100, NOON, beliefs=lambda _identity, _name: {"requests": Belief(recent=4)}, silent=[place]
    )

    assert not pool.states_limits
    assert pool.meters == (Meter("requests", used=4, source="estimated"),)


@pytest.mark.parametrize(("paying", "told"), [(True, True), (False, False), (None, False)])
def test_a_login_may_pay_for_extra_use(paying: bool | None, told: bool) -> None:
    """While it does, the header says so; while not, it may be left out."""
    seen = Seen()
    seen.learn(replace(login("five_hour"), overage_in_use=paying))
    identity = Identity(API, "org")

    (pool,) = seen.draw()
    assert pool.extra_usage is told
    assert seen.pools.is_login(identity) is not told


def test_a_key_is_no_login() -> None:
    """Nor is an account that nobody heard of."""
    seen = Seen()
    seen.learn(quota())

    (pool,) = seen.draw()
    assert pool.extra_usage is None
    assert not seen.pools.is_login(Identity(API, "org", "w"))
    assert not seen.pools.is_login(Identity(API, "other"))


def test_extra_use_survives_a_merge() -> None:
    """What was learned before the organization was known stays known."""
    seen = Seen()
    seen.learn(replace(login("five_hour", organization=None), overage_in_use=True))
    seen.learn(Quota("org", None))
    assert [pool.extra_usage for pool in seen.draw()] == [True]

    seen.learn(quota(None), HOME)
    seen.learn(quota(workspace=None), HOME)

    assert {pool.extra_usage for pool in seen.draw()} == {True}
