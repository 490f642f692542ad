"""What each way to run a job would take: requests, tokens, money, and when it would be done.

The end is that of the token buckets as pacing keeps them, copied and run dry: a limit that has
*level* now and refills at so much a second is through with its need after
`(need - level) / refill`; the slowest limit is the one that is named. What the interactive tools
use at present, and what running jobs still need, comes off first. Nothing here grows with the
number of rows but one sum, so that ten thousand are planned between two keystrokes.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

import msgspec

from trayapp.batch import calls, merge
from trayapp.model.jobs import LimitedBy, Mode, PlanJob, Way
from trayapp.model.quota import Resource
from trayapp.model.usage import Usage

FRAME = 110
"""Bytes of a body beside its texts."""
ITEM = 24
"""Bytes that a row takes more among others."""
ITEM_OUT = 7
"""Tokens that an answer takes more among others: its id, quotes, a comma."""
LEAST_SHARE = 0.05
"""Of a refill: what the tools use at present will not stay so for ever."""
BURST, BURST_FACTOR = 16, 4.0
"""How many go at once, and how much faster than the refill the others follow (rule 12 of pacing)."""
GUARD_S = 0.3
AT_ONCE = 400
"""Calls that are out at most."""
MERGES = (5, 10)

SAMPLE = 10_000
"""Tokens that are priced to learn what one costs."""
LONG = 100_000
"""Tokens of a prompt above which some models cost more, for the whole call."""


class Limit(msgspec.Struct, frozen=True):
    """One limit now: how much of it is there, and how much comes a second."""

    resource: Resource
    level: float
    refill: float
    rounding: float = 0.0


class Pace(msgspec.Struct, frozen=True):
    """How fast one model's calls go: its limits, who else draws on them, what its answers are like.

    *present* is what other tools take a second, *ahead* what running jobs still need.
    """

    limits: tuple[Limit, ...]
    tokens_per_byte: float = 0.3
    duration_s: float = 7.0
    present: dict[Resource, float] = {}
    ahead: dict[Resource, float] = {}
    assumed: bool = False


class Need(msgspec.Struct, frozen=True):
    """What all the calls of a way take together."""

    requests: int
    input_tokens: float
    output_tokens: float

    def of(self, resource: Resource) -> float:
        """The amount of one resource."""
        amount: float = getattr(self, resource)
        return amount


class CostOf(Protocol):
    """Prices a usage; None where no price is known."""

    def __call__(
        self, model_id: str, usage: Usage, at: dt.datetime, *, batch: bool
    ) -> float | None:
        """USD."""


def ways(
    asked: PlanJob, paces: dict[str, Pace], smaller: str | None, cost: CostOf, now: dt.datetime
) -> tuple[Way, ...]:
    """Every way to run the rows of *asked*; *paces* by model, *smaller* a cheaper model."""
    merges = sorted({*MERGES, asked.per_call} - {1})
    kinds: list[tuple[Mode, str, int]] = [("single", asked.model, 1)]
    kinds += [("merged", asked.model, count) for count in merges]
    kinds.append(("batches", asked.model, 1))
    if smaller is not None:
        kinds.append(("single", smaller, 1))
    return tuple(
        _way(asked, mode, model, per_call, paces[model], cost, now)
        for mode, model, per_call in kinds
    )


def need_of(asked: PlanJob, per_call: int, tokens_per_byte: float) -> Need:
    """What the rows take, so many a call."""
    rows = len(asked.sizes)
    requests = -(-rows // per_call)
    size = sum(asked.sizes) + requests * (asked.system_size + FRAME)
    expected: float = calls.EXPECTED[asked.length]
    if asked.max_tokens is not None:
        expected = min(expected, asked.max_tokens)
    output = rows * expected
    if per_call > 1:
        size += rows * ITEM + requests * len(merge.INSTRUCTION)
        output += rows * ITEM_OUT
    return Need(requests, size * tokens_per_byte, output)


def seconds_for(need: Need, pace: Pace) -> tuple[float, LimitedBy]:
    """How long *need* takes from now on, and which limit it is."""
    longest = need.requests * pace.duration_s / AT_ONCE
    by: LimitedBy = "answer"
    for limit in pace.limits:
        refill = max(limit.refill - pace.present.get(limit.resource, 0.0),
                     LEAST_SHARE * limit.refill)  # fmt: skip
        mine = need.of(limit.resource)
        # Jobs take turns: of what others still need, as much goes first as this one takes itself.
        amount = mine + min(pace.ahead.get(limit.resource, 0.0), mine)
        wait = (amount - limit.level + limit.rounding) / refill + GUARD_S
        if limit.resource == "requests":
            wait = max(wait, (mine - BURST) / (BURST_FACTOR * limit.refill))
        if wait > longest:
            longest, by = wait, limit.resource
    return longest + pace.duration_s, by


def _way(
    asked: PlanJob, mode: Mode, model: str, per_call: int, pace: Pace, cost: CostOf,
    now: dt.datetime,
) -> Way:  # fmt: skip
    ratio = asked.tokens_per_byte or pace.tokens_per_byte
    need = need_of(asked, per_call, ratio)
    price = _Price(model, cost, now, batch=mode == "batches")
    usd = price.of(need, [size * ratio for size in asked.sizes] if _has_long(asked, ratio) else [])
    way = Way(
        mode=mode, model=model, per_call=per_call, requests=need.requests,
        input_tokens=round(need.input_tokens), output_tokens=round(need.output_tokens),
        cost_usd=usd, assumed=pace.assumed,
    )  # fmt: skip
    if mode == "batches":
        return msgspec.structs.replace(
            way, requests=-(-need.requests // 10_000), limited_by="batch"
        )
    seconds, by = seconds_for(need, pace)
    ends_at = now + dt.timedelta(seconds=seconds)
    return msgspec.structs.replace(way, ends_at=ends_at, limited_by=by)


def _has_long(asked: PlanJob, ratio: float) -> bool:
    return max(asked.sizes, default=0) * ratio > LONG


class _Price:
    """What a model's tokens cost at a moment, priced once and not row by row."""

    def __init__(self, model: str, cost: CostOf, now: dt.datetime, *, batch: bool) -> None:
        self._model = model
        self._cost = cost
        self._now = now
        self._batch = batch

    def _of(self, tokens_in: float, tokens_out: float) -> float | None:
        usage = Usage(round(tokens_in), round(tokens_out))
        return self._cost(self._model, usage, self._now, batch=self._batch)

    def of(self, need: Need, prompts: Sequence[float]) -> float | None:
        """USD of *need*; *prompts* (tokens each) are looked at one by one where some are long."""
        a_token_in, a_token_out = self._of(SAMPLE, 0), self._of(0, SAMPLE)
        if a_token_in is None or a_token_out is None:
            return None
        usd = (need.input_tokens * a_token_in + need.output_tokens * a_token_out) / SAMPLE
        output = need.output_tokens / max(need.requests, 1)
        for prompt in prompts:
            if prompt > LONG:
                short = (prompt * a_token_in + output * a_token_out) / SAMPLE
                usd += (self._of(prompt, output) or short) - short
        return float(usd)
