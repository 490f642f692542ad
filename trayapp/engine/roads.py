"""The roads to all upstreams: which one a request takes, and what becomes of one that changes."""

import os
from collections.abc import Callable, Mapping

import msgspec

from trayapp.model.errors import NotServing
from trayapp.model.exchange import Request
from trayapp.model.preferences import NetworkPreferences, Preferences, UpstreamPreferences
from trayapp.upstream.addresses import Origin, origin_of
from trayapp.upstream.client import Destination, Sending, Upstream
from trayapp.upstream.dial import Dialer, proxy_of
from trayapp.wire.limits import Limits
from trayapp.wire.pool import Pool
from trayapp.wire.sweep import Sweep

Ours = Callable[[], frozenset[tuple[str, int]]]


class Plan(msgspec.Struct, frozen=True):
    """All upstreams by name, and the network between; what changes of it makes roads anew."""

    upstreams: Mapping[str, UpstreamPreferences]
    network: NetworkPreferences


def plan_of(preferences: Preferences) -> Plan:
    """Return what of the settings the roads live by."""
    return Plan(preferences.named(), preferences.network)


class Road(msgspec.Struct, frozen=True):
    """A road as it was laid: what it was laid for, where it leads, its connections."""

    wanted: UpstreamPreferences
    network: NetworkPreferences
    origin: Origin
    pool: Pool
    upstream: Upstream


class Roads:
    """Every upstream's road by name."""

    def __init__(self, limits: Limits, sweep: Sweep, ours: Ours) -> None:
        self._limits = limits
        self._sweep = sweep
        self._ours = ours
        self._roads: dict[str, Road] = {}
        self._left: list[Pool] = []
        """Pools of roads that are not taken any more, while a request is still on one."""

    def lay(self, plan: Plan) -> None:
        """Lay what is new or changed; raises `Misconfigured` and leaves all as it was.

        A request that is under way ends on the road it began on.
        """
        roads = {
            name: self._kept(name, wanted, plan.network) or self._laid(wanted, plan.network)
            for name, wanted in plan.upstreams.items()
        }
        left = [road.pool for name, road in self._roads.items() if roads.get(name) is not road]
        for pool in left:
            pool.drop_idle()
        self._left = [pool for pool in (*self._left, *left) if pool.made]
        self._roads = roads

    def send(self, request: Request) -> Sending:
        """Return the answer's lifetime, on the road of the request's upstream."""
        road = self._roads.get(request.caller.upstream)
        if road is None:
            raise NotServing(
                "The upstream this tool was bound to is not in the settings any more."
                " Connect the tool again."
            )
        return road.upstream.send(request)

    def url_of(self, name: str) -> str:
        """Return the URL of an upstream; of one that is gone, its name."""
        road = self._roads.get(name)
        return road.origin.url if road else name

    def wake(self) -> None:
        """Look after every connection: the machine slept, the network may be another."""
        for pool in self._pools():
            pool.wake()

    def close(self) -> None:
        """Close what is idle; what is in use closes when it is given back."""
        for pool in self._pools():
            pool.close()

    def _pools(self) -> list[Pool]:
        return [*self._left, *(road.pool for road in self._roads.values())]

    def _kept(
        self, name: str, wanted: UpstreamPreferences, network: NetworkPreferences
    ) -> Road | None:
        road = self._roads.get(name)
        same = (
            road is not None
            and (road.wanted.url, road.wanted.allow_loopback) == (wanted.url, wanted.allow_loopback)
            and road.network == network
        )
        return road if same else None

    def _laid(self, wanted: UpstreamPreferences, network: NetworkPreferences) -> Road:
        origin = origin_of(wanted.url, allow_loopback=wanted.allow_loopback)
        dialer = Dialer(
            origin,
            allow_loopback=wanted.allow_loopback,
            ours=self._ours,
            proxy=proxy_of(network.proxy) if network.proxy else None,
            ca_file=network.ca_file,
            unused_proxy=network.proxy is None and has_proxy_variable(),
        )
        pool = Pool(dialer, limits=self._limits, sweep=self._sweep)
        destination = Destination(origin.url, origin, takes_own=True)
        return Road(wanted, network, origin, pool, Upstream(destination, pool))


def has_proxy_variable() -> bool:
    """Whether the environment names a proxy, which is never used unasked."""
    return any(os.environ.get(name) for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"))
