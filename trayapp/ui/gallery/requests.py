"""The requests of an invented day, as the engine would tell them."""

import datetime as dt
from typing import Any

import msgspec

from trayapp.model.command import Answer, Command
from trayapp.model.history import ListRequests, Page, Record, Sum, SumRequests, Sums, Verdict
from trayapp.ui.gallery.samples import NOW

SONNET, OPUS, HAIKU = "claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-5-5"


def _record(
    at: dt.datetime, tool: str, model: str, verdict: Verdict = "answered", **more: Any
) -> Record:
    """One that ended half a minute after *at*."""
    number = round((at - NOW).total_seconds()) + 100_000
    ended = round(at.timestamp() * 1000) + 30_000
    kind = "batch" if tool.startswith("Batch") else "interactive"
    outcome = "error" if verdict in {"refused", "failed"} else "ok"
    return Record(
        number, ended, f"{number:07x}", at, tool, kind, "messages", verdict, outcome, model, **more
    )


def _at(time: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-11-25T{time}+00:00")


RECORDS = (
    _record(
        _at("14:01:51"), "Claude Code", SONNET, model_served=SONNET, input_tokens=3_100,
        output_tokens=412, cache_read_input_tokens=38_000, cost_usd=0.014, held_ms=8_100,
        ttft_ms=900, tokens_per_s=71, hold_cause="output_tokens", hold_limit=8_000,
        hold_used=7_600, hold_free=420, expected_ms=9_000, input_estimate=3_000,
        output_estimate=450, prompt_cache_saved_usd=0.072, duration_ms=14_800, status=200,
        service_tier="standard", upstream_request_id="req_011CUexample",
    ),
    _record(
        _at("14:01:43"), "Zed", HAIKU, input_tokens=1_200, output_tokens=96, cost_usd=0.0004,
        ttft_ms=400, tokens_per_s=154, input_estimate=1_150, output_estimate=200, status=200,
    ),
    _record(
        _at("14:01:38"), "Batch “Reviews”", SONNET, input_tokens=214, output_tokens=58,
        cost_usd=0.001, held_ms=41_000, ttft_ms=600, tokens_per_s=83, hold_cause="turn", status=200,
    ),
    _record(
        _at("14:01:20"), "Claude Code", OPUS, "other_model", model_served=SONNET,
        input_tokens=12_000, output_tokens=1_100, cache_read_input_tokens=91_000, cost_usd=0.044,
        ttft_ms=1_400, tokens_per_s=64, prompt_cache_saved_usd=0.21, status=200,
    ),
    _record(
        _at("14:01:02"), "Zed", SONNET, "cached", input_tokens=840, output_tokens=310,
        cost_usd=0.005, ttft_ms=2, cached=True, status=200,
    ),
    _record(
        _at("14:00:37"), "Claude Code", SONNET, "throttled", input_tokens=2_800,
        output_tokens=240, cost_usd=0.012, held_ms=7_000, ttft_ms=800, tokens_per_s=70,
        hold_cause="throttled", tries=1, throttled=True, status=200,
    ),
    _record(
        _at("14:00:11"), "Batch “Reviews”", SONNET, input_tokens=221, output_tokens=61,
        cost_usd=0.001, held_ms=22_000, ttft_ms=600, tokens_per_s=80, hold_cause="turn", status=200,
    ),
    _record(
        _at("13:59:28"), "Script “nightly”", SONNET, "refused", refusal="too_large",
        input_estimate=52_000, hold_cause="input_tokens", hold_limit=40_000, status=429,
    ),
    _record(
        _at("13:58:52"), "Claude Code", SONNET, "failed", refusal="broke_off", status=502,
    ),
    _record(
        _at("13:58:30"), "Claude Code", SONNET, input_tokens=2_600, output_tokens=388,
        cache_read_input_tokens=36_000, cost_usd=0.013, ttft_ms=800, tokens_per_s=74, status=200,
    ),
)  # fmt: skip
HOURS = (
    ("00", 20, 6), ("01", 14, 3), ("02", 8, 2), ("06", 11, 3), ("07", 26, 9), ("08", 70, 25),
    ("09", 163, 52), ("10", 238, 70), ("11", 214, 64), ("12", 146, 46), ("13", 182, 55),
    ("14", 114, 37),
)  # fmt: skip


def told(command: Command) -> Answer:
    """What the history would say."""
    match command:
        case ListRequests(after=None):
            return _answer(Page(RECORDS))
        case SumRequests(by="hour"):
            return _answer(Sums(tuple(_hour(*hour) for hour in HOURS)))
        case SumRequests(by="tool"):
            return _answer(Sums(tuple(Sum(name, 9) for name in ("Claude Code", "Zed"))))
        case SumRequests(by="model"):
            return _answer(Sums(tuple(Sum(name, 9) for name in (SONNET, OPUS, HAIKU))))
        case _:
            return nothing(command)


def nothing(command: Command) -> Answer:
    """What an empty one would say."""
    return _answer(Sums() if isinstance(command, SumRequests) else Page())


def _hour(hour: str, entered: int, out: int) -> Sum:
    busy = hour == "10"
    return Sum(
        f"2026-11-25T{hour}", requests=(entered + out) // 3, cache_hits=23 if busy else 0,
        throttled=int(busy), errors=2 * busy, input_tokens=1_000 * entered,
        output_tokens=1_000 * out, cost_usd=(entered + out) / 460,
    )  # fmt: skip


def _answer(value: Page | Sums) -> Answer:
    return Answer(1, ok=True, value=msgspec.to_builtins(value))
