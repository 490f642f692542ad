"""How one request ended: what the tally counts and the ledger keeps. Never a prompt or answer."""

import datetime as dt
from typing import Literal

import msgspec

from trayapp.model.exchange import DEFAULT_NAME, Kind, Route
from trayapp.model.usage import Usage
from trayapp.model.why import Why

Ending = Literal["ok", "error", "caller_gone"]


class Outcome(msgspec.Struct, frozen=True):
    """One request's end; times are milliseconds, counted from its arrival unless said otherwise.

    *outcome* is `ok` for a whole 2xx, `caller_gone` where the caller hung up first, else `error`.
    """

    id: str
    at: dt.datetime
    """When it arrived, UTC."""
    tool: str
    kind: Kind
    route: Route
    model_asked: str = ""
    model_served: str | None = None
    usage: Usage | None = None
    cost_usd: float | None = None
    status: int | None = None
    """As the caller was answered; None where it left before."""
    outcome: Ending = "ok"
    held_ms: float = 0.0
    """The part of the time that we made it wait."""
    first_byte_ms: float | None = None
    ttft_ms: float | None = None
    """To the first token of a stream."""
    duration_ms: float | None = None
    throttled: bool = False
    overloaded: bool = False
    own: bool = False
    """The caller's own credential was used, not the stored key."""
    upstream: str = DEFAULT_NAME
    """Where it went, by name."""
    cached: bool = False
    """Answered from the response cache; `usage` and `cost_usd` are then what that saved."""
    upstream_request_id: str | None = None
    refusal: str | None = None
    """The code of our own sentence, where the caller was answered by us."""
    error_type: str | None = None
    """What upstream called its refusal or its broken answer."""
    why: Why | None = None
