"""Who is stopped altogether, and until when."""

from trayapp.model.refusal import Refusal
from trayapp.pacing.pool import Pool
from trayapp.pacing.stops import Stop, Stops

SPENT = Stop(100.0, "spend", Refusal(kind="spend"))


def test_nobody_is_stopped_at_first() -> None:
    """No stop, no truth."""
    stops = Stops()

    assert not stops
    assert stops.of(Pool("pool", "org", 0.0), 0.0) is None


def test_account_stops_every_pool_of_it() -> None:
    """Money binds all models of an organization, and no other organization."""
    stops = Stops()
    stops.add_account("org", SPENT)

    assert stops
    assert stops.of(Pool("opus", "org", 0.0), 1.0) is SPENT
    assert stops.of(Pool("haiku", "org", 0.0), 1.0) is SPENT
    assert stops.of(Pool("opus", "other", 0.0), 1.0) is None


def test_pool_stops_alone() -> None:
    """A window of one model leaves the others."""
    stops = Stops()
    fable, haiku = Pool("fable", "org", 0.0), Pool("haiku", "org", 0.0)
    stops.add_pool(fable, SPENT)

    assert stops.of(fable, 1.0) is SPENT
    assert stops.of(haiku, 1.0) is None


def test_stop_ends_with_one_probe() -> None:
    """When its time has come one request looks first."""
    stops = Stops()
    pool = Pool("opus", "org", 0.0)
    pool.gate.allow = float("inf")
    stops.add_account("org", SPENT)

    assert stops.of(pool, 100.0) is None
    assert not stops
    assert pool.gate.allow == 1


def test_user_may_end_all_stops() -> None:
    """The user says it is over."""
    stops = Stops()
    stops.add_account("org", SPENT)
    stops.add_pool(Pool("opus", "org", 0.0), SPENT)
    stops.clear()

    assert not stops
