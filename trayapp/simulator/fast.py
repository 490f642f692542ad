"""Fast mode: `speed: "fast"` on the models that have it, with limits of its own."""

import datetime as dt

from trayapp.model.exchange import Headers
from trayapp.simulator.catalog import Model
from trayapp.simulator.errors import ApiError
from trayapp.simulator.headers import family
from trayapp.simulator.pools import Limits, Pool
from trayapp.simulator.prompt import Json

BETA = "fast-mode-2026-02-01"
FASTER = 2.5
"""How many times as fast its tokens come."""
SHARE = 10
"""Its limits are a tenth of the usual ones; the true numbers are not published."""
SUFFIX = " fast"

_FAST = frozenset({
    ("fable", (5, 2)), ("mythos", (5, 2)), ("opus", (5, 5)), ("opus", (5, 0)), ("opus", (4, 8)),
})  # fmt: skip
_NEEDS_BETA = frozenset({(5, 0), (4, 8)})
_SLOWED = ("opus", (4, 6))
"""Takes the word and goes at standard speed."""


def speed_of(body: Json, model: Model, betas: frozenset[str]) -> str:
    """`fast` or `standard`; raises `ApiError` 400 where *model* is not to be had fast."""
    speed = body.get("speed")
    if speed not in {None, "standard", "fast"}:
        raise ApiError(400, "speed: must be standard or fast")
    if speed != "fast" or (model.line, model.version) == _SLOWED:
        return "standard"
    if (model.line, model.version) not in _FAST:
        raise ApiError(400, f"speed: {model.id} has no fast mode")
    if model.version in _NEEDS_BETA and BETA not in betas:
        raise ApiError(400, "speed: Extra inputs are not permitted")
    return "fast"


def limits_of(usual: Limits) -> Limits:
    """The limits of fast mode, where those of the model are *usual*."""
    return Limits(
        requests=max(usual.requests // SHARE, 1),
        input_tokens=max(usual.input_tokens // SHARE, 1),
        output_tokens=max(usual.output_tokens // SHARE, 1),
    )


def fast_headers(pool: Pool, at: dt.datetime, speed: float) -> Headers:
    """The levels of fast mode; they come instead of the usual families."""
    told = (("input-tokens", pool.input_tokens), ("output-tokens", pool.output_tokens))
    return tuple(
        (f"anthropic-fast-{name}-{field}".encode(), value.encode())
        for name, bucket in told
        for field, value in family((bucket,), 1000, at, speed)
    )
