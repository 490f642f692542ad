"""Organizations by credential, each with its pools: who asks decides whose limits are drawn on."""

import hashlib
from collections.abc import Callable

import msgspec

from trayapp.simulator.errors import ApiError
from trayapp.simulator.pools import Limits, Pool, Turnstile

SEPARATOR = b"#"
"""Credentials that differ only after it are keys of one organization."""


class PoolState(msgspec.Struct, frozen=True):
    """The true levels of a pool: what a meter is compared with."""

    organization: str
    model_class: str
    limits: Limits
    requests: float
    input_tokens: float
    output_tokens: float
    open: int


class Organization:
    """One organization: its ids, a pool for each model class, and the limits beside them."""

    def __init__(
        self, digest: str, limits: Callable[[str], Limits], requests: Callable[[str], int]
    ) -> None:
        self.id = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
        self.workspace = f"wrkspc_01{digest[32:54]}"
        self._limits = limits
        self._requests = requests
        self._pools: dict[str, Pool] = {}
        self._beside: dict[str, Turnstile] = {}

    def pool(self, model_class: str, now: float) -> Pool:
        """The pool of *model_class*, full when it is first drawn on."""
        if model_class not in self._pools:
            self._pools[model_class] = Pool(self._limits(model_class), now)
        return self._pools[model_class]

    def beside(self, endpoint: str, now: float) -> Turnstile:
        """The limit of an endpoint that has its own."""
        if endpoint not in self._beside:
            self._beside[endpoint] = Turnstile(self._requests(endpoint), now)
        return self._beside[endpoint]

    def states(self, now: float) -> list[PoolState]:
        """The true level of every pool at *now*."""
        return [self._state(name, pool, now) for name, pool in self._pools.items()]

    def _state(self, name: str, pool: Pool, now: float) -> PoolState:
        pool.advance(now)
        return PoolState(
            organization=self.id,
            model_class=name,
            limits=pool.limits,
            requests=pool.requests.level,
            input_tokens=pool.input_tokens.level,
            output_tokens=pool.output_tokens.level,
            open=pool.open,
        )


class Accounts:
    """All organizations seen.

    *limits* tells a model class's limits, *requests* those of an endpoint with its own.
    """

    def __init__(self, limits: Callable[[str], Limits], requests: Callable[[str], int]) -> None:
        self._limits = limits
        self._requests = requests
        self._known: dict[str, Organization] = {}

    def of(self, credential: bytes) -> Organization:
        """The organization *credential* belongs to; any credential at all has one."""
        owner = credential.partition(SEPARATOR)[0]
        digest = hashlib.sha256(owner).hexdigest()
        if digest not in self._known:
            self._known[digest] = Organization(digest, self._limits, self._requests)
        return self._known[digest]

    def states(self, now: float) -> list[PoolState]:
        """The true levels of all pools at *now*."""
        return [state for owner in self._known.values() for state in owner.states(now)]


def credential_of(api_key: bytes | None, authorization: bytes | None) -> bytes:
    """The credential of a request, `x-api-key` first; raises `ApiError` 401 without one."""
    if api_key:
        return api_key
    form, _, value = (authorization or b"").partition(b" ")
    if form.lower() == b"bearer" and value.strip():
        return value.strip()
    raise ApiError(401, "A credential is required, as x-api-key or as a Bearer authorization.")
