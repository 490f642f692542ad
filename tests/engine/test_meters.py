"""All meters at an instant: what headers, the pacer, prices and the past say of them."""

import datetime as dt

from tests.engine.turns_desk import ORG, Desk, play, said
from tests.fakes.clock import START
from trayapp.engine.meters import Meters
from trayapp.meter.budgets import Budgets
from trayapp.meter.tally import Tally
from trayapp.model.exchange import Caller, Route
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import BudgetPreferences
from trayapp.model.refusal import Refusal
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Pool


def meters_of(desk: Desk) -> tuple[Meters, Tally]:
    """Meters at a desk, and the tally they draw money from."""
    tally = Tally(desk.clock.now())
    return Meters(
        desk.clock, desk.meter, desk.turns, tally, Budgets(BudgetPreferences(), tally)
    ), tally


def only(meters: Meters) -> Pool:
    """The one pool there is."""
    (pool,) = meters.drawn()[0]
    return pool


def test_what_went_is_in_the_meter_before_a_header_tells() -> None:
    """The meter shows what the pacer believes: a request that went is used."""

    async def scene(desk: Desk) -> None:
        meters, _ = meters_of(desk)
        desk.learn(said(left=60))
        await desk.come("a")
        pacing = desk.turns.pacer.schedule.pools.all()[0]
        desk.turns.pacer.schedule.pools.state(pacing.name, ORG, {"requests": 60.0}, 0.0)
        pacing.requests.level = 41.0

        pool = only(meters)
        assert pool.meters[0].remaining == 41
        assert pool.last_used_at == START

    play(scene)


def test_a_pool_tells_when_it_was_throttled() -> None:
    """The last 429 or 529, by the wall clock."""

    async def scene(desk: Desk) -> None:
        meters, _ = meters_of(desk)
        desk.learn(said())
        await desk.come("a")
        before = only(meters).throttled_at
        slot = next(iter(desk.turns.pacer._slots.values()))
        slot.again(Refusal("bare"))
        desk.clock.advance(30)

        assert before is None
        assert only(meters).throttled_at == START

    play(scene)


def test_a_pool_that_was_only_learned_is_drawn_as_its_headers_told() -> None:
    """Another process may have used it; nothing of ours ever drew on it."""

    async def scene(desk: Desk) -> None:
        meters, _ = meters_of(desk)
        desk.learn(said(left=30))

        pool = only(meters)
        assert pool.meters[0].remaining == 30
        assert pool.last_used_at is None

    play(scene)


def test_money_is_the_same_in_every_pool_and_beside_them() -> None:
    """All pools draw on one purse."""

    async def scene(desk: Desk) -> None:
        meters, tally = meters_of(desk)
        desk.learn(said())
        outcome = Outcome("r", START, "editor", "normal", Route.MESSAGES, cost_usd=0.5)
        tally.record(outcome, START)
        pools, spend = meters.drawn()

        assert [meter.used for meter in spend] == [0.5, 0.5]
        assert pools[0].meters[-2:] == spend

    play(scene)


def test_a_new_day_has_nothing_spent() -> None:
    """Also where no request came since midnight."""

    async def scene(desk: Desk) -> None:
        meters, tally = meters_of(desk)
        outcome = Outcome("r", START, "editor", "normal", Route.MESSAGES, cost_usd=0.5)
        tally.record(outcome, START)
        desk.clock.advance(dt.timedelta(days=1).total_seconds())

        assert [meter.used for meter in meters.drawn()[1]] == [None, 0.5]

    play(scene)


def test_a_pool_names_the_keys_that_draw_on_it() -> None:
    """Two keys of one organization are one pool, which says so."""

    async def scene(desk: Desk) -> None:
        meters, _ = meters_of(desk)
        desk.learn(said())
        again = Caller("b", upstream="again")
        desk.learn(said(), credential=Secret(b"sk-ant-other"), caller=again)

        assert only(meters).keys == ("again", "anthropic")

    play(scene)
