"""Who is stopped altogether, and until when: limits on money, used-up windows.

A stop ends what a hold cannot wait for: its requests are answered at once with what upstream said.
"""

import msgspec

from trayapp.model.refusal import Refusal
from trayapp.pacing.pool import Pool
from trayapp.pacing.ticket import Fault


class Stop(msgspec.Struct, frozen=True):
    """Until when (monotonic seconds), for what, and the refusal that said so."""

    until: float
    fault: Fault
    refusal: Refusal


class Stops:
    """Stops by account and by pool."""

    def __init__(self) -> None:
        self._accounts: dict[str, Stop] = {}
        self._pools: dict[Pool, Stop] = {}

    def __bool__(self) -> bool:
        return bool(self._accounts or self._pools)

    def add_account(self, account: str, stop: Stop) -> None:
        """Stop every pool of *account*."""
        self._accounts[account] = stop

    def add_pool(self, pool: Pool, stop: Stop) -> None:
        """Stop one pool."""
        self._pools[pool] = stop

    def of(self, pool: Pool, now: float) -> Stop | None:
        """What stops *pool* at this moment; once it is over, one probe goes first."""
        stop = self._accounts.get(pool.account) or self._pools.get(pool)
        if stop is None or now < stop.until:
            return stop
        self._accounts.pop(pool.account, None)
        self._pools.pop(pool, None)
        pool.gate.probe(1, now)
        return None

    def clear(self) -> None:
        """Forget all stops: the user says it is over."""
        self._accounts.clear()
        self._pools.clear()
