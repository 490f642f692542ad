"""All meters at an instant: what headers, the pacer, prices and the past say of them."""

import datetime as dt
from collections.abc import Mapping

from msgspec.structs import replace

from trayapp.clock import Timekeeper
from trayapp.engine.turns import Turns
from trayapp.meter.budgets import Budgets
from trayapp.meter.levels import spend_meter
from trayapp.meter.plans import plan_of
from trayapp.meter.pools import Identity, Pools, pool_id
from trayapp.meter.tally import Tally
from trayapp.meter.trends import Trends, Use
from trayapp.model.quota import Belief, Resource
from trayapp.model.snapshot import Meter, Pool
from trayapp.pacing.belief import beliefs_of


class Meters:
    """Draws every pool and all money as they stand, and remembers how they moved."""

    def __init__(
        self, clock: Timekeeper, pools: Pools, turns: Turns, tally: Tally, budgets: Budgets
    ) -> None:
        self.cap: float | None = None
        """USD that the organization's plan lets be spent a month, where its limits tell the plan."""
        self._clock = clock
        self._pools = pools
        self._turns = turns
        self._tally = tally
        self._budgets = budgets
        self._trends = Trends()
        self._uses: dict[str, Use] = {}
        self._throttled: dict[str, float | None] = {}

    def drawn(self) -> tuple[tuple[Pool, ...], tuple[Meter, ...]]:
        """Return every pool, and the money of all."""
        self._turns.pacer.look()
        now, at = self._clock.monotonic(), self._clock.now()
        self._uses, self._throttled = {}, {}
        spend = self._spend(at)
        found = self._pools.snapshot(
            now, at, spend, beliefs=self._beliefs, silent=self._turns.silent()
        )
        pools = tuple(self._followed(pool, now, at) for pool in found)
        used = max((use.at for use in self._uses.values() if use.at is not None), default=None)
        told = {meter.kind: meter for meter in self._trends.spend(spend, used, now, at)}
        priced = tuple(
            replace(pool, meters=tuple(told.get(meter.kind, meter) for meter in pool.meters))
            for pool in pools
        )
        return priced, tuple(told.values())

    def _beliefs(self, identity: Identity, model_class: str) -> Mapping[Resource, Belief]:
        """Return what the pacer believes of a pool; what else it knows is kept for a moment."""
        pool = self._turns.find(identity, model_class)
        if pool is None:
            return {}
        beliefs = beliefs_of(pool, self._clock.monotonic())
        name = pool_id(identity, model_class)
        sent = pool.gate.last_sent
        spent = {resource: belief.spent for resource, belief in beliefs.items()}
        self._uses[name] = Use(sent if sent > float("-inf") else None, spent)
        self._throttled[name] = pool.throttled
        return beliefs

    def _followed(self, pool: Pool, now: float, at: dt.datetime) -> Pool:
        told = self._trends.pool(pool, self._uses.get(pool.id, Use()), now, at)
        told = replace(told, keys=self._turns.keys_of(pool.upstream, pool.organization or ""))
        plan = plan_of(pool.model_class, pool.meters)
        if plan is not None:
            self.cap = plan.spend_cap
            told = replace(told, plan=plan.name)
        throttled = self._throttled.get(pool.id)
        if throttled is None:
            return told
        return replace(told, throttled_at=at - dt.timedelta(seconds=round(now - throttled)))

    def _spend(self, at: dt.datetime) -> tuple[Meter, ...]:
        self._tally.roll(at)
        (day, month), (day_begins, month_begins) = self._tally.spent, self._tally.begins
        day_ends, month_ends = self._tally.ends
        own = self._budgets.preferences
        most = min((each for each in (own.month, self.cap) if each is not None), default=None)
        return (
            spend_meter("spend_day", day, own.day, day_begins, day_ends),
            spend_meter("spend_month", month, most, month_begins, month_ends),
        )
