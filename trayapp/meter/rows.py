"""An outcome as the rows of `meter.db` that keep it: one of its own, and its part of the sums."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trayapp.clock import local_day
from trayapp.meter.schema import COUNTS
from trayapp.meter.tally import plus, tool_totals_of, totals_of
from trayapp.meter.verdicts import verdict_of
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.usage import Usage
from trayapp.model.why import Why

SUMS = (*COUNTS, "saved_usd")

_MESSAGES = Route.MESSAGES
_NO_USAGE, _NO_WHY = Usage(), Why()
_UTC_TEXT = len("2026-11-21T12:00:00.000")
_QUARTER = 900

Sums = dict[tuple[str, str, str], list[Any]]
"""By hour or day, tool and model: the kind, the cost, then the counts in the order of `SUMS`."""


def text_of(at: dt.datetime) -> str:
    """RFC 3339 UTC to the millisecond: sorts as it stands."""
    return at.astimezone(dt.UTC).isoformat(timespec="milliseconds")[:_UTC_TEXT] + "Z"


def ended_of(outcome: Outcome) -> float:
    """The second of the epoch in which *outcome* ended."""
    return outcome.at.timestamp() + (outcome.duration_ms or 0) / 1000


def request_row(outcome: Outcome) -> tuple[Any, ...]:
    """The row of *outcome*, in the order of `REQUESTS`."""
    usage, why = outcome.usage or _NO_USAGE, outcome.why or _NO_WHY
    return (
        outcome.id, text_of(outcome.at), outcome.tool, outcome.kind, outcome.route.value,
        outcome.model_asked, outcome.model_served, usage.input_tokens, usage.output_tokens,
        usage.cache_creation_input_tokens, usage.cache_read_input_tokens, outcome.cost_usd,
        outcome.status, outcome.outcome, outcome.throttled, outcome.overloaded, outcome.cached,
        outcome.held_ms, outcome.first_byte_ms, outcome.ttft_ms, outcome.duration_ms,
        usage.service_tier, usage.speed, outcome.upstream_request_id,
        int(ended_of(outcome) * 1000), verdict_of(outcome), outcome.refusal, outcome.error_type,
        outcome.own, why.tries, usage.cache_creation_1h, usage.web_search_requests,
        usage.inference_geo, why.cause, why.limit, why.used, why.free, why.expected_ms,
        why.input_estimate, why.output_estimate,
    )  # fmt: skip


def hour_sums(outcomes: Iterable[Outcome]) -> Sums:
    """What *outcomes* add to their hours, a tool and a model each; only messages count."""
    hours: dict[int, str] = {}
    sums: Sums = {}
    for outcome in outcomes:
        if outcome.route is _MESSAGES:
            key = (
                _hour_of(outcome, hours),
                outcome.tool,
                outcome.model_served or outcome.model_asked,
            )
            _fold(sums, key, _counts(outcome))
    return sums


def day_sums(hours: Mapping[tuple[str, str, str], list[Any]]) -> Sums:
    """The sums of *hours* by their days."""
    sums: Sums = {}
    for (hour, tool, model), values in hours.items():
        _fold(sums, (hour[:10], tool, model), values)
    return sums


def as_rows(sums: Sums) -> list[tuple[Any, ...]]:
    """*sums* as rows: their key, the kind, the cost, the counts."""
    return [(*key, *values) for key, values in sums.items()]


def hour_text(at: dt.datetime) -> str:
    """`2026-11-25T14`, by the local clock."""
    return at.astimezone().strftime("%Y-%m-%dT%H")


def _fold(sums: Sums, key: tuple[str, str, str], values: Sequence[Any]) -> None:
    known = sums.get(key)
    if known is None:
        sums[key] = [*values]
        return
    kind, cost, *counts = values
    added = (one + other for one, other in zip(known[2:], counts, strict=True))
    sums[key] = [kind, plus(known[1], cost), *added]


def _hour_of(outcome: Outcome, hours: dict[int, str]) -> str:
    """The hour in which *outcome* ended, on the day of the tally; *hours* remembers quarters.

    Every zone's midnight lies on a quarter hour, so that what is in one is in one hour and day.
    """
    ended = ended_of(outcome)
    quarter = int(ended // _QUARTER)
    if quarter not in hours:
        at = dt.datetime.fromtimestamp(ended, dt.UTC)
        hours[quarter] = f"{local_day(at):%Y-%m-%d}{hour_text(at)[10:]}"
    return hours[quarter]


def _counts(outcome: Outcome) -> tuple[Any, ...]:
    totals, tool = totals_of(outcome), tool_totals_of(outcome)
    used = _NO_USAGE if outcome.cached or outcome.usage is None else outcome.usage
    return (
        outcome.kind, tool.cost_usd,
        1, totals.cache_hits, totals.throttled, totals.overloaded, totals.errors,
        outcome.outcome == "caller_gone", tool.input_tokens, tool.output_tokens,
        used.cache_creation_input_tokens or 0, used.cache_read_input_tokens or 0,
        totals.saved_tokens, totals.saved_usd,
    )  # fmt: skip
