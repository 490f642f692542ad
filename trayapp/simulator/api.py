"""The front door of the simulated API: who asks, what goes wrong, what each answer's head says."""

import datetime as dt
import gzip
import hashlib
from collections import Counter

import msgspec

from trayapp.model.exchange import Headers
from trayapp.simulator.accounts import Accounts, Member, PoolState, credential_of
from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.catalog import Catalog
from trayapp.simulator.dice import Ids
from trayapp.simulator.endpoints import CHAT, Endpoints, Outcome, version_of
from trayapp.simulator.errors import ApiError, body_of, openai_body_of
from trayapp.simulator.faults import Mishaps
from trayapp.simulator.headers import http_date
from trayapp.simulator.messages import JSON, Answering, Asked, ThrottledError
from trayapp.simulator.plans import Plan
from trayapp.simulator.settings import Settings
from trayapp.simulator.timeline import Timeline
from trayapp.simulator.windows import check_login

STATE = "/simulator/state"
"""Answers the true state to anyone: for tests that run the simulator as a process."""
HELLO = "/api/hello"

_EDGE: Headers = (
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains; preload"),
    (b"set-cookie", b"_edge=simulated; Path=/; HttpOnly; Secure"),
    (b"cf-cache-status", b"DYNAMIC"),
)
"""What the network in front of the real API adds, and a relay has no reason to pass on."""


class State(msgspec.Struct, frozen=True):
    """The truth, for tests: levels, answers begun by status, and callers that left early."""

    pools: tuple[PoolState, ...]
    statuses: dict[int, int]
    hung_up: int


class Api:
    """Everything behind the socket; the time comes in as simulated seconds and wall clock."""

    def __init__(
        self, settings: Settings, *, models: bytes, plans: bytes, timeline: Timeline
    ) -> None:
        plan = Plan(plans, settings)
        self._settings = settings
        self._ids = Ids(settings.seed)
        self._accounts = Accounts(plan.limits, plan.requests, settings)
        self._mishaps = Mishaps(settings.fault, settings.every)
        self._endpoints = Endpoints(settings, Catalog(models), self._ids, timeline)
        self._statuses: Counter[int] = Counter()
        self._hung_up = 0

    def state(self, now: float) -> State:
        """The true levels and counts at *now*."""
        return State(tuple(self._accounts.states(now)), dict(self._statuses), self._hung_up)

    def handle(self, call: Call, now: float, at: dt.datetime) -> Outcome:
        """Answer *call*: at once, or with a speech that the shell gives its time.

        An `Answering` is to be followed by `head` when its head goes out, and by `end`.
        """
        if call.path == STATE:
            return Reply(200, msgspec.json.encode(self.state(now)))
        request = self._ids.new("req")
        member = None
        try:
            member = self._member(call)
            outcome = self._answer(call, member, now, at)
        except ApiError as error:
            outcome = self._refusal(call, error, request, now, at)
        head = _head(request, member)
        if isinstance(outcome, Reply):
            self._statuses[outcome.status] += 1
            outcome = self._packed(call, outcome)
            head = (_date(at), *head)
        return msgspec.structs.replace(outcome, head=(*outcome.head, *head))

    def head(self, answering: Answering, now: float, at: dt.datetime) -> Headers:
        """The head of an answer that goes out *now*, with the date and levels of this moment."""
        self._statuses[200] += 1
        answering.pool.advance(now)
        limits = answering.levels.headers(now, at)
        return (_date(at), *answering.head, *limits)

    def end(self, answering: Answering, now: float, *, left: bool) -> None:
        """The answer was spoken, or its caller *left*: what was not written is not charged."""
        self._hung_up += left
        answering.pool.end(answering.speech, now)

    def _member(self, call: Call) -> Member:
        if call.path == HELLO:
            raise ApiError(404, "Not found")
        return self._accounts.member(_credential(call))

    def _answer(self, call: Call, member: Member, now: float, at: dt.datetime) -> Outcome:
        owner, betas = member.owner, _betas(call)
        if owner.windows is not None:
            check_login(betas)
        said = call.headers.get("x-simulate")
        request = f"{call.path} {said} ".encode() + _credential(call) + call.body
        fault = self._mishaps.of(said, hashlib.sha256(request).digest())
        if refusal := fault.refusal(at):
            raise refusal
        if call.headers.get("content-encoding", "identity") != "identity":
            code = "request_body_encoding_unsupported"
            raise ApiError(400, "content-encoding: is not supported", code=code)
        version = version_of(call)
        packs = self._packs(call)
        asked = Asked(
            owner=owner, now=now, at=at, version=version, fault=fault, gzip=packs, betas=betas
        )
        return self._endpoints.route(call, asked)

    def _refusal(
        self, call: Call, error: ApiError, request: str, now: float, at: dt.datetime
    ) -> Reply:
        body = openai_body_of(error) if call.path == CHAT else body_of(error, request)
        head = error.headers()
        if isinstance(error, ThrottledError):
            head += error.levels.headers(now, at)
        return Reply(error.status, body, head=head)

    def _packs(self, call: Call) -> bool:
        return self._settings.gzip and "gzip" in call.headers.get("accept-encoding", "")

    def _packed(self, call: Call, reply: Reply) -> Reply:
        head = ((b"content-type", reply.content_type.encode()), *reply.head)
        body = reply.body
        if reply.content_type == JSON and self._packs(call):
            body = gzip.compress(body, mtime=0)
            head = (*head, (b"content-encoding", b"gzip"))
        return msgspec.structs.replace(reply, body=body, head=head)


def _credential(call: Call) -> bytes:
    return credential_of(
        _latin(call.headers.get("x-api-key")), _latin(call.headers.get("authorization"))
    )


def _betas(call: Call) -> frozenset[str]:
    named = call.headers.get("anthropic-beta", "").split(",")
    return frozenset(beta.strip() for beta in named)


def _latin(value: str | None) -> bytes | None:
    return None if value is None else value.encode("latin-1")


def _date(at: dt.datetime) -> tuple[bytes, bytes]:
    return b"date", http_date(at)


def _head(request: str, member: Member | None) -> Headers:
    head: Headers = ((b"request-id", request.encode()), *_EDGE)
    if member is None:
        return head
    ids: Headers = (
        (b"anthropic-organization-id", member.owner.id.encode()),
        (b"anthropic-workspace-id", member.workspace.encode()),
    )
    return (*head, *ids)
