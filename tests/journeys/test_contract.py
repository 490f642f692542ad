"""What other programs rely on: the fields of `status --json`, the exit codes, the flags."""

import json
import re

import pytest

from tests.journeys.conftest import EngineProcess, message

pytestmark = pytest.mark.slow

SNAPSHOT = {
    "version", "uptime_s", "paused", "base_url", "pools", "held", "held_total", "tools",
    "totals", "jobs", "problems",
}  # fmt: skip
POOL = {"id", "upstream", "organization", "model_class", "meters"}
METER = {
    "kind", "limit", "remaining", "utilization", "refill_per_s", "resets_at", "runs_out_at",
    "source", "measured_at", "age_s", "level",
}  # fmt: skip
TOOL = {"name", "kind", "requests", "input_tokens", "output_tokens", "cost_usd"}
TOTALS = {
    "requests", "cache_hits", "throttled", "overloaded", "errors", "saved_tokens", "saved_usd",
}  # fmt: skip
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")


def test_status_json_has_every_field_of_the_contract(engine: EngineProcess) -> None:
    """After one answer the whole Snapshot is there, under the names that were promised."""
    engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n"))

    status = json.loads(engine.cli("status", "--json").stdout)

    assert status.keys() >= SNAPSHOT
    assert status["base_url"] == engine.base_url
    assert status["paused"] is False
    assert status["totals"].keys() >= TOTALS
    assert status["tools"][0].keys() >= TOOL
    pool = status["pools"][0]
    assert pool.keys() >= POOL
    assert pool["meters"][0]["kind"] == "requests"
    meter = pool["meters"][0]
    assert meter.keys() >= METER
    assert (meter["limit"], meter["source"], meter["level"]) == (50, "measured", "healthy")
    assert 0 <= meter["utilization"] <= 1
    assert meter["age_s"] >= 0
    assert INSTANT.fullmatch(meter["measured_at"])
    assert INSTANT.fullmatch(meter["resets_at"])
    assert meter["runs_out_at"] is None


def test_what_is_not_known_is_null(engine: EngineProcess) -> None:
    """Before any answer there is no pool, no tool and no number that was made up."""
    status = json.loads(engine.cli("status", "--json").stdout)

    assert (status["pools"], status["tools"], status["held"]) == ([], [], [])
    assert status["held_total"] == 0
    assert status["problems"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [(("--port", "x"), 2), (("--nothing",), 2), (("--key-env", "NOT_SET_ANYWHERE"), 78)],
)
def test_wrong_words_have_their_exit_codes(
    engine: EngineProcess, words: tuple[str, ...], code: int
) -> None:
    """2 is a wrong command line, 78 a wrong setting."""
    assert engine.cli("serve", *words).returncode == code


def test_status_without_an_engine_is_69(engine: EngineProcess) -> None:
    """Where no engine answers, the exit code is 69 and the sentence names `sluice serve`."""
    engine.stop()

    shown = engine.cli("status")

    assert shown.returncode == 69
    assert "sluice serve" in shown.stderr


def test_every_verb_takes_home_before_and_after(engine: EngineProcess) -> None:
    """`--home` may stand anywhere on the line."""
    assert engine.cli("tool", "list", "--json").returncode == 0
