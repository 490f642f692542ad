"""Limits that are drawn on together, as the last headers told them and time has moved them.

A pool is an upstream, an organization, a workspace and a model class. Until an answer names the
organization, a pool stands for its credential alone; then it is merged, so that two keys of one
organization are one pool. Windows of a login (five hours, seven days) are shared by all its
models and kept with the account; windows of some models only are kept with their pool.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec

from trayapp.meter import levels
from trayapp.meter.prices import class_of
from trayapp.model.level import MEASURED_FOR
from trayapp.model.quota import Belief, Quota, Resource
from trayapp.model.snapshot import Meter, Pool

ORDER = ("requests", "input_tokens", "output_tokens", "five_hour", "seven_day")
"""Meters stand in this order, other windows after them, spend last."""

ACCOUNT_WINDOWS = frozenset({"five_hour", "seven_day", "overage"})
_IDENTITIES = 1000
CLASSES = 200
"""Of one account; model ids come from callers, and gateways may answer to any of them."""

_K = TypeVar("_K")
_V = TypeVar("_V", levels.Bucket, levels.Window)


class Identity(msgspec.Struct, frozen=True):
    """Whose limits: *owner* is the organization, or a credential's digest until it is known."""

    upstream: str
    owner: str
    workspace: str | None = None
    provisional: bool = False


class Learned(msgspec.Struct, frozen=True):
    """A limit as once measured: what outlives a restart, a level does not."""

    upstream: str
    organization: str
    workspace: str | None
    model_class: str
    resource: Resource
    limit: int
    measured_at: dt.datetime


Beliefs = Callable[[Identity, str], Mapping[Resource, Belief]]
"""What pacing believes of a pool's limits; nothing where it never drew on it."""


def _none(_identity: Identity, _model_class: str) -> Mapping[Resource, Belief]:
    return {}


class _Account:
    """All that is known of one identity: a pool's buckets by class, and windows."""

    def __init__(self) -> None:
        self.windows: dict[str, levels.Window] = {}
        self.classes: dict[str, _Class] = {}
        self.extra_usage: bool | None = None

    def class_named(self, name: str) -> "_Class":
        """The class *name*, made where it is not known; then the one not heard of for longest makes room."""
        found = self.classes.get(name)
        if found is None:
            if len(self.classes) >= CLASSES:
                del self.classes[min(self.classes, key=lambda each: self.classes[each].measured)]
            found = self.classes[name] = _Class()
        return found

    def absorb(self, other: "_Account") -> None:
        """Take over what *other* learnt; the later measurement holds."""
        self.extra_usage = self.extra_usage if other.extra_usage is None else other.extra_usage
        _newest(self.windows, other.windows)
        for name, theirs in other.classes.items():
            ours = self.class_named(name)
            _newest(ours.buckets, theirs.buckets)
            _newest(ours.windows, theirs.windows)
            ours.is_login = ours.is_login or theirs.is_login


class _Class:
    def __init__(self) -> None:
        self.buckets: dict[Resource, levels.Bucket] = {}
        self.windows: dict[str, levels.Window] = {}
        self.is_login = False

    @property
    def measured(self) -> float:
        """When it was last heard of, in monotonic seconds."""
        heard = [bucket.measured for bucket in self.buckets.values()]
        heard += [window.measured for window in self.windows.values()]
        return max(heard, default=float("-inf"))


class Pools:
    """Every pool that was seen. Only answers of `/v1/messages` are shown to it."""

    def __init__(self) -> None:
        self._identities: dict[tuple[str, str], Identity] = {}
        self._accounts: dict[Identity, _Account] = {}

    def learn(
        self,
        credential: str,
        upstream: str,
        model: str,
        quota: Quota,
        now: float,
        at: dt.datetime,
    ) -> None:
        """Take in one answer's *quota*: *now* in monotonic seconds and *at* are when its head came.

        *credential* is a digest, never the credential.
        """
        identity = self._identify(credential, upstream, quota)
        if not quota.allowances and not quota.windows:
            return
        account = self._accounts.setdefault(identity, _Account())
        pool = account.class_named(class_of(model))
        for allowance in quota.allowances:
            pool.buckets[allowance.resource] = levels.Bucket(
                allowance.limit, allowance.remaining, now, at
            )
        if quota.windows:
            # While nothing extra is paid the header is left out.
            account.extra_usage = bool(quota.overage_in_use)
        for window in quota.windows:
            pool.is_login = True
            place = account.windows if window.window in ACCOUNT_WINDOWS else pool.windows
            place[window.window] = levels.Window(window, now, at)

    def identity_of(self, credential: str, upstream: str) -> Identity:
        """Whose limits *credential* draws on, as far as is known."""
        known = self._identities.get((upstream, credential))
        return known or Identity(upstream, credential, None, provisional=True)

    def _identify(self, credential: str, upstream: str, quota: Quota) -> Identity:
        old = self.identity_of(credential, upstream)
        if quota.organization is None:
            return old
        same = old.owner == quota.organization
        # An answer that names no workspace does not take the credential out of the known one.
        workspace = quota.workspace or (old.workspace if same else None)
        new = Identity(upstream, quota.organization, workspace)
        if new == old:
            return old
        if len(self._identities) >= _IDENTITIES:  # logins change their token every few hours
            del self._identities[next(iter(self._identities))]
        self._identities[upstream, credential] = new
        if old.provisional or (same and old.workspace is None):
            self._merge(old, new)
        return new

    def _merge(self, old: Identity, new: Identity) -> None:
        if (account := self._accounts.pop(old, None)) is None:
            return
        self._accounts.setdefault(new, _Account()).absorb(account)

    def snapshot(
        self,
        now: float,
        at: dt.datetime,
        spend: tuple[Meter, ...] = (),
        *,
        beliefs: Beliefs = _none,
        silent: Iterable[tuple[Identity, str]] = (),
    ) -> tuple[Pool, ...]:
        """Every pool as it stands at *now* (monotonic) and *at*; *spend* goes with those of keys.

        *beliefs* are what pacing knows of a pool's limits, *silent* pools that drew no word on
        limits. Ages are left open: they are computed when shown, so that an idle Snapshot is the
        same.
        """
        found = {
            (identity, name): _meters(account, pool, beliefs(identity, name), now, at)
            + (() if pool.is_login else spend)
            for identity, account in self._accounts.items()
            for name, pool in account.classes.items()
        }
        for identity, name in silent:
            if (identity, name) not in found:
                own = tuple(
                    levels.believed_meter(resource, belief, at)
                    for resource, belief in beliefs(identity, name).items()
                )
                found[identity, name] = own + spend
        return tuple(
            Pool(
                id=pool_id(identity, name),
                upstream=identity.upstream,
                organization=None if identity.provisional else identity.owner,
                model_class=name,
                meters=meters,
                states_limits=not any(map(_is_counted_only, meters)),
                extra_usage=self._pays_extra(identity),
            )
            for (identity, name), meters in found.items()
        )

    def _pays_extra(self, identity: Identity) -> bool | None:
        account = self._accounts.get(identity)
        return account.extra_usage if account else None

    def is_login(self, identity: Identity) -> bool:
        """Whether *identity* is a subscription's login, whose requests cost no money of their own."""
        account = self._accounts.get(identity)
        return account is not None and account.extra_usage is False

    def learned(self) -> tuple[Learned, ...]:
        """The limits worth keeping over a restart."""
        return tuple(
            Learned(
                identity.upstream, identity.owner, identity.workspace, name, resource,
                bucket.limit, bucket.measured_at,
            )
            for identity, account in self._accounts.items()
            if not identity.provisional
            for name, pool in account.classes.items()
            for resource, bucket in pool.buckets.items()
        )  # fmt: skip

    def restore(self, kept: Iterable[Learned], now: float) -> None:
        """Start from limits of an earlier run; how much is left of them is not known."""
        for row in kept:
            identity = Identity(row.upstream, row.organization, row.workspace)
            account = self._accounts.setdefault(identity, _Account())
            pool = account.class_named(row.model_class)
            stale = now - MEASURED_FOR - 1
            bucket = levels.Bucket(row.limit, None, stale, row.measured_at)
            pool.buckets.setdefault(row.resource, bucket)


def _meters(
    account: _Account,
    pool: _Class,
    beliefs: Mapping[Resource, Belief],
    now: float,
    at: dt.datetime,
) -> tuple[Meter, ...]:
    meters = [
        bucket.meter(resource, now, at, beliefs.get(resource))
        for resource, bucket in pool.buckets.items()
    ]
    windows = {**account.windows, **pool.windows} if pool.is_login else {}
    meters += [window.meter(now, at) for window in windows.values()]
    return tuple(sorted(meters, key=_place))


def _is_counted_only(meter: Meter) -> bool:
    """Requests of an upstream that names no limit for them."""
    return meter.kind == "requests" and meter.limit is None


def _place(meter: Meter) -> tuple[int, str]:
    return (ORDER.index(meter.kind) if meter.kind in ORDER else len(ORDER), meter.kind)


def pool_id(identity: Identity, model_class: str) -> str:
    """What a pool goes by in the Snapshot."""
    host = identity.upstream.partition("://")[2] or identity.upstream
    owner = f"key-{identity.owner[:12]}" if identity.provisional else identity.owner
    return "/".join((host, owner, identity.workspace or "default", model_class))


def _newest(ours: dict[_K, _V], theirs: dict[_K, _V]) -> None:
    for key, value in theirs.items():
        if key not in ours or ours[key].measured < value.measured:
            ours[key] = value
