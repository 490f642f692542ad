"""Joins the pacer to the rest: names pools, merges those that prove to be one, shows who waits."""

import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Mapping
from typing import Protocol

from trayapp.clock import Timekeeper
from trayapp.engine.causes import cause_of
from trayapp.meter.pools import Identity, Learned, Pools
from trayapp.meter.prices import models
from trayapp.model.command import CancelHold, Pause, Resume, SendNow
from trayapp.model.errors import Refused
from trayapp.model.exchange import DEFAULT_NAME, Request, Route
from trayapp.model.quota import Quota, Resource
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Hold
from trayapp.pacing import pools as pacing
from trayapp.pacing.pacer import Pacer, Timer
from trayapp.pacing.pool import Pool
from trayapp.pacing.pools import Habit
from trayapp.pacing.schedule import Schedule

SHOWN = 100
"""Held requests that a Snapshot lists."""
FOREIGN_CLASSES = 200
"""Model names nobody knows that get a pool of their own; names come from callers."""
STRANGERS = 1000
"""Credentials without a known organization that get pools of their own; they come from callers."""


class Upstreams(Protocol):
    """What is asked of `roads.Roads`."""

    def url_of(self, name: str) -> str:
        """Return where the upstream *name* is."""


class Turns:
    """The pacer of all upstreams, by the names that the meter's pools give.

    *stated* are the limits that the user states, by an upstream's name.
    """

    def __init__(
        self,
        pools: Pools,
        upstreams: Upstreams,
        clock: Timekeeper,
        timer: Timer,
        *,
        stated: Mapping[str, Mapping[Resource, float]] | None = None,
        longest_hold: float | None = None,
    ) -> None:
        self.pacer = Pacer(
            Schedule(random.random), clock, timer, self._place, _class_name, longest_hold
        )
        self._stated = stated or {}
        self._pools = pools
        self._upstreams = upstreams
        self._clock = clock
        self._foreign: set[str] = set()
        self._strangers: set[str] = set()
        self._digests: dict[int, tuple[Secret, str]] = {}
        self._kept: dict[str, Secret] = {}
        self._bound: dict[str, str] = {}
        self._spoken: set[str] = set()
        """Pools by name: their upstream's name, and those of which headers told the limits."""
        self._drawers: dict[tuple[str, str], set[str]] = {}
        self._places: dict[str, tuple[Identity, str]] = {}

    def learn(self, request: Request, quota: Quota) -> None:
        """Take what an answer said of limits to the meter, and merge what proves to be one pool."""
        digest, upstream = self._digest(request), self._upstreams.url_of(request.caller.upstream)
        before = self._pools.identity_of(digest, upstream)
        now, at = self._clock.monotonic(), self._clock.now()
        self._pools.learn(digest, upstream, request.model, quota, now, at)
        after = self._pools.identity_of(digest, upstream)
        if quota.allowances:
            self._spoken.add(f"{_account_of(after)}/{self._class_of(request.model)}")
        if not request.caller.own:
            drawn = self._drawers.setdefault((upstream, after.owner), set())
            drawn.add(request.caller.upstream)
        same = before.owner == after.owner
        if after != before and (before.provisional or (same and before.workspace is None)):
            self._strangers.discard(before.owner)
            self._merge(_account_of(before), _account_of(after), after.owner, now)

    def _merge(self, before: str, after: str, owner: str, now: float) -> None:
        old, new = f"{before}/", f"{after}/"
        schedule = self.pacer.schedule
        for pool in schedule.pools.all():
            if pool.name.startswith(old):
                schedule.merge(pool.name, new + pool.name.removeprefix(old), owner, now)
        for name in tuple(self._places):
            if name.startswith(old):
                del self._places[name]
        self.pacer.pump()

    def remember(self, kept: Iterable[Learned], habits: list[Habit]) -> None:
        """Start from what earlier runs learned: limits to be confirmed, and what tools are like."""
        schedule, now = self.pacer.schedule, self._clock.monotonic()
        limits: dict[tuple[str, str], dict[Resource, float]] = {}
        for row in kept:
            name = f"{row.organization}/{row.workspace or ''}/{row.model_class}"
            limits.setdefault((name, row.organization), {})[row.resource] = row.limit
        for (name, account), known in limits.items():
            schedule.pools.remember(pacing.Learned(name, account, known), now)
        schedule.pools.recall(habits)

    def is_login(self, request: Request) -> bool:
        """Tell whether *request* goes by a subscription's login, as far as is known."""
        upstream = self._upstreams.url_of(request.caller.upstream)
        return self._pools.is_login(self._pools.identity_of(self._digest(request), upstream))

    def state(self, stated: Mapping[str, Mapping[Resource, float]]) -> None:
        """Take the limits that the user states now; pools that tell their own keep those."""
        self._stated = stated
        pools, now = self.pacer.schedule.pools, self._clock.monotonic()
        for name, (identity, _) in self._places.items():
            limits = stated.get(self._bound.get(name, ""), {})
            if limits and pools.find(name) is not None and name not in self._spoken:
                pools.state(name, identity.owner, dict(limits), now)
        self.pacer.pump()

    def hold_for(self, seconds: float | None) -> None:
        """Hold requests that come from now on no longer than *seconds*."""
        self.pacer.longest_hold = seconds

    def keys_of(self, upstream: str, owner: str) -> tuple[str, ...]:
        """Return the names of the stored keys that draw on an organization's limits."""
        return tuple(sorted(self._drawers.get((upstream, owner), ())))

    def find(self, identity: Identity, model_class: str) -> Pool | None:
        """Return what the pacer keeps of one pool, None where nothing ever drew on it."""
        return self.pacer.schedule.pools.find(f"{_account_of(identity)}/{model_class}")

    def silent(self) -> list[tuple[Identity, str]]:
        """Return the pools whose limits no header told, where some are stated or felt."""
        pools = self.pacer.schedule.pools
        return [
            place
            for name, place in self._places.items()
            if (pool := pools.find(name)) is not None and (pool.known or pool.feeler is not None)
        ]

    def held(self) -> tuple[tuple[Hold, ...], int]:
        """Return the first of those who wait, as the Snapshot shows them, and how many there are."""
        schedule = self.pacer.schedule
        if not schedule.held.count:
            return (), 0
        now, at = self._clock.monotonic(), self._clock.now()

        def instant(moment: float) -> dt.datetime:
            return at + dt.timedelta(seconds=moment - now)

        waiting = ((each, *cause_of(each.reason)) for each in self.pacer.waiting(SHOWN))
        shown = tuple(
            Hold(
                id=each.ticket.id,
                tool=each.ticket.tool,
                model=each.ticket.model,
                since=instant(each.ticket.arrived),
                expected_at=None if each.expected_at is None else instant(each.expected_at),
                reason=each.reason,
                cause=cause,
                limit_kind=limit,
            )
            for each, cause, limit in waiting
        )
        return shown, schedule.held.count

    def do(self, command: Pause | Resume | SendNow | CancelHold) -> None:
        """Do what the user asks of those who wait; raises `Refused` where nobody has the id."""
        done = True
        match command:
            case Pause():
                self.pacer.pause()
            case Resume():
                self.pacer.resume()
            case SendNow(id=held):
                done = self.pacer.send_now(held)
            case CancelHold(id=held):
                done = self.pacer.cancel(held)
        if not done:
            message = "No held request has this id; it may have gone."
            raise Refused(404, "not_found_error", message, "hold")

    def stored_pool(self, model: str) -> Pool | None:
        """The pool that the stored key draws on with *model*, once anybody did."""
        key = self._kept.get(DEFAULT_NAME)
        if key is None:
            return None
        upstream = self._upstreams.url_of(DEFAULT_NAME)
        identity = self._pools.identity_of(_digest_of(DEFAULT_NAME, key), upstream)
        return self.pacer.schedule.pools.find(f"{_account_of(identity)}/{self._class_of(model)}")

    def _place(self, request: Request) -> tuple[str, str]:
        upstream = self._upstreams.url_of(request.caller.upstream)
        identity = self._pools.identity_of(self._digest(request), upstream)
        if identity.provisional and self._is_one_too_many(identity.owner):
            identity = Identity(upstream, "others", provisional=True)
        account = _account_of(identity)
        if request.route is Route.COUNT_TOKENS:
            return f"{account}/count_tokens", identity.owner
        model_class = self._class_of(request.model)
        name = f"{account}/{model_class}"
        self._places[name] = identity, model_class
        self._bound[name] = request.caller.upstream
        stated = self._stated.get(request.caller.upstream)
        if stated and self.pacer.schedule.pools.find(name) is None:
            now = self._clock.monotonic()
            self.pacer.schedule.pools.state(name, identity.owner, dict(stated), now)
        return name, identity.owner

    def _is_one_too_many(self, digest: str) -> bool:
        if digest in self._strangers:
            return False
        if len(self._strangers) >= STRANGERS:
            return True
        self._strangers.add(digest)
        return False

    def _class_of(self, model: str) -> str:
        table = models()
        name = table.class_of(model)
        if name in table.classes or name in self._foreign:
            return name
        if len(self._foreign) >= FOREIGN_CLASSES:
            return "other"
        self._foreign.add(name)
        return name

    def _digest(self, request: Request) -> str:
        credential = request.credential
        known = self._digests.get(id(credential))
        if known is not None and known[0] is credential:
            return known[1]
        return _digest_of(request.caller.upstream, credential)

    def keep(self, name: str, credential: Secret) -> None:
        """Remember the digest of a stored key, which every request of a tool carries."""
        self._kept[name] = credential
        self._digests = {
            id(each): (each, _digest_of(upstream, each)) for upstream, each in self._kept.items()
        }


def _digest_of(upstream: str, credential: Secret) -> str:
    """What a credential goes by; the same one at two upstreams draws on two limits, none on any."""
    there = b"" if upstream == DEFAULT_NAME else f"@{upstream}".encode()
    return hashlib.sha256(credential.reveal() + there).hexdigest()


def _account_of(identity: Identity) -> str:
    return f"{identity.owner}/{identity.workspace or ''}"


def _class_name(model: str) -> str:
    table = models()
    return table.name_of_class(table.class_of(model))
