"""Organizations by credential, each with its pools: who asks decides whose limits are drawn on."""

import hashlib
from collections.abc import Callable

import msgspec

from trayapp.simulator import fast
from trayapp.simulator.budgets import Ramp, SpendCap
from trayapp.simulator.errors import ApiError
from trayapp.simulator.pools import Limits, Pool, Turnstile
from trayapp.simulator.settings import Settings
from trayapp.simulator.windows import LOGIN, Windows

SEPARATOR = b"#"
"""Credentials that differ only after it are keys of one organization."""
WORKSPACE = b"@"
"""What stands between it and the separator names the key's workspace."""
UNLIMITED = Limits(10**9, 10**12, 10**12)
"""A login has no limits a minute; its windows are what it draws on."""


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
        self,
        digest: str,
        limits: Callable[[str], Limits],
        requests: Callable[[str], int],
        settings: Settings,
        *,
        login: bool = False,
    ) -> None:
        self.id = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
        self.windows = Windows(settings.window_tokens, settings.speed) if login else None
        self.cap = SpendCap(settings.spend_usd)
        self.ramp = Ramp(settings.ramp)
        self._limits = limits
        self._requests = requests
        self._pools: dict[str, Pool] = {}
        self._beside: dict[str, Turnstile] = {}

    def pool(self, model_class: str, now: float) -> Pool:
        """The pool of *model_class*, full when it is first drawn on."""
        if model_class not in self._pools:
            self._pools[model_class] = Pool(self._limits_of(model_class), now)
        return self._pools[model_class]

    def _limits_of(self, model_class: str) -> Limits:
        if self.windows is not None:
            return UNLIMITED
        usual = self._limits(model_class.removesuffix(fast.SUFFIX))
        return fast.limits_of(usual) if model_class.endswith(fast.SUFFIX) else usual

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


class Member(msgspec.Struct, frozen=True):
    """Who asks: an organization, and the workspace of its key."""

    owner: Organization
    workspace: str


class Accounts:
    """All organizations seen.

    *limits* tells a model class's limits, *requests* those of an endpoint with its own.
    """

    def __init__(
        self,
        limits: Callable[[str], Limits],
        requests: Callable[[str], int],
        settings: Settings | None = None,
    ) -> None:
        self._limits = limits
        self._requests = requests
        self._settings = settings or Settings()
        self._known: dict[str, Organization] = {}

    def of(self, credential: bytes) -> Organization:
        """The organization *credential* belongs to; any credential at all has one."""
        owner = credential.partition(SEPARATOR)[0].partition(WORKSPACE)[0]
        digest = hashlib.sha256(owner).hexdigest()
        if digest not in self._known:
            self._known[digest] = Organization(
                digest,
                self._limits,
                self._requests,
                self._settings,
                login=owner.startswith(LOGIN),
            )
        return self._known[digest]

    def member(self, credential: bytes) -> Member:
        """Who asks by *credential*: `KEY`, `KEY@WORKSPACE`, `KEY@WORKSPACE#OTHER_KEY`."""
        place = hashlib.sha256(credential.partition(SEPARATOR)[0]).hexdigest()
        return Member(self.of(credential), f"wrkspc_01{place[32:54]}")

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
