"""Pools with a clock: answers are told at a second, and drawn at another."""

import datetime as dt

from trayapp.meter.pools import Pools
from trayapp.model.quota import Allowance, Quota, Utilization
from trayapp.model.snapshot import Meter, Pool

API = "https://api.anthropic.com"
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
WORK, HOME = "a" * 64, "b" * 64


def quota(
    organization: str | None = "org", workspace: str | None = "w", remaining: int = 900
) -> Quota:
    return Quota(organization, workspace, (Allowance("requests", 1000, remaining, 6.0),))


def login(
    *windows: str, used: float = 0.5, organization: str | None = "org", resets_in: float = 3600
) -> Quota:
    resets_at = NOON + dt.timedelta(seconds=resets_in)
    told = tuple(Utilization(name, used, resets_at, "allowed") for name in windows)
    return Quota(organization, None, (), told)


class Seen:
    """Pools with a clock: answers are told at a second, and drawn at another."""

    def __init__(self) -> None:
        self.pools = Pools()

    def learn(
        self, told: Quota, key: str = WORK, model: str = "claude-opus-5-5", at: float = 0
    ) -> None:
        self.pools.learn(key, API, model, told, 100 + at, NOON + dt.timedelta(seconds=at))

    def draw(self, at: float = 0, spend: tuple[Meter, ...] = ()) -> tuple[Pool, ...]:
        return self.pools.snapshot(100 + at, NOON + dt.timedelta(seconds=at), spend)

    def ids(self) -> list[str]:
        return sorted(pool.id.partition("/")[2] for pool in self.draw())

    def left(self, at: float = 0) -> list[float | None]:
        return [meter.remaining for pool in self.draw(at) for meter in pool.meters]
