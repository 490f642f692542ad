"""The shape of `meter.db`: numbers and names, never a prompt or an answer that could be read.

`requests` is the history, one row a request. `hours` and `days`, by the local clock, are sums kept
as rows come, so that nothing is ever counted live; days outlive the rows. `limits` are what headers
taught, for the next start. `tools` are those that may enter, by the SHA-256 of their token; a
revoked one stays, to say when it was. `jobs` are batch jobs: numbers and names in the clear,
prompts and answers sealed.

Each step changes a schema that users have: it is never edited once released, only followed.
"""

from typing import Any

COUNTS = (
    "requests", "cache_hits", "throttled", "overloaded", "errors", "caller_gone",
    "input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
    "saved_tokens",
)  # fmt: skip
"""The columns of `hours` and `days` that are sums of whole numbers."""

REQUESTS = (
    "request_id", "at", "tool", "kind", "route", "model_asked", "model_served", "input_tokens",
    "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens", "cost_usd",
    "status", "outcome", "throttled", "overloaded", "cached", "held_ms", "first_byte_ms",
    "ttft_ms", "duration_ms", "service_tier", "speed", "upstream_request_id",
    "ended", "verdict", "refusal", "error_type", "own", "tries", "cache_creation_1h",
    "web_search_requests", "inference_geo", "hold_cause", "hold_limit", "hold_used", "hold_free",
    "expected_ms", "input_estimate", "output_estimate",
)  # fmt: skip
"""The columns of `requests` that a row is written with, in its order."""


def m001_history(db: Any) -> None:
    """Requests, the sums of days, and learned limits."""
    db["requests"].create(
        {
            "id": int, "request_id": str, "at": str, "tool": str, "kind": str, "route": str,
            "model_asked": str, "model_served": str,
            "input_tokens": int, "output_tokens": int, "cache_creation_input_tokens": int,
            "cache_read_input_tokens": int, "cost_usd": float,
            "status": int, "outcome": str, "throttled": int, "overloaded": int, "cached": int,
            "held_ms": float, "first_byte_ms": float, "ttft_ms": float, "duration_ms": float,
            "service_tier": str, "speed": str, "upstream_request_id": str,
        },
        pk="id",
    )  # fmt: skip
    db["requests"].create_index(["at"])
    db["days"].create(
        {
            "day": str, "tool": str, "model": str, "kind": str,
            **dict.fromkeys(COUNTS, int),
            "cost_usd": float, "saved_usd": float,
        },
        pk=("day", "tool", "model"),
        defaults={"saved_usd": 0.0, **dict.fromkeys(COUNTS, 0)},
    )  # fmt: skip
    db["limits"].create(
        {
            "upstream": str, "organization": str, "workspace": str, "model_class": str,
            "resource": str, "limit_a_minute": int, "measured_at": str,
        },
        pk=("upstream", "organization", "workspace", "model_class", "resource"),
    )  # fmt: skip


def m002_tools(db: Any) -> None:
    """Tools that may enter; a name is free again once its tool was revoked."""
    db["tools"].create(
        {
            "digest": str, "name": str, "kind": str, "cache": int,
            "created_at": str, "revoked_at": str,
        },
        pk="digest",
        not_null={"name", "kind", "cache", "created_at"},
    )  # fmt: skip
    db.execute("CREATE UNIQUE INDEX tools_active_name ON tools (name) WHERE revoked_at IS NULL")


def m003_activity(db: Any) -> None:
    """When a request ended, in a word how, and why it waited; sums of hours."""
    requests = db["requests"]
    for name in REQUESTS[REQUESTS.index("ended") :]:
        requests.add_column(name, _KINDS.get(name, float))
    db.execute("""UPDATE requests SET own = 0, tries = 0,
        ended = CAST(round((julianday(at) - 2440587.5) * 86400000 + coalesce(duration_ms, 0)) AS INT),
        verdict = CASE WHEN outcome = 'caller_gone' THEN 'caller_gone'
            WHEN cached THEN 'cached' WHEN throttled THEN 'throttled'
            WHEN overloaded THEN 'overloaded' WHEN outcome = 'ok' THEN 'answered'
            ELSE 'failed' END""")
    db.execute("DROP INDEX idx_requests_at")
    requests.create_index(["ended"])
    db["hours"].create(
        {
            "hour": str, "tool": str, "model": str, "kind": str, "cost_usd": float,
            **dict.fromkeys(COUNTS, int), "saved_usd": float,
        },
        pk=("hour", "tool", "model"),
        defaults={"saved_usd": 0.0, **dict.fromkeys(COUNTS, 0)},
    )  # fmt: skip
    db.execute(f"""INSERT INTO hours
        SELECT strftime('%Y-%m-%dT%H', ended / 1000, 'unixepoch', 'localtime') AS hour, tool,
            coalesce(model_served, model_asked) AS model, max(kind),
            sum(CASE WHEN NOT cached THEN cost_usd END), {_HOUR_SUMS}
        FROM requests WHERE route = 'messages' GROUP BY 1, 2, 3""")  # noqa: S608 - our names


_KINDS = {
    **dict.fromkeys(("ended", "own", "tries", "cache_creation_1h", "web_search_requests"), int),
    **dict.fromkeys(("verdict", "refusal", "error_type", "inference_geo", "hold_cause"), str),
}

_TOKENS = COUNTS[6:10]
_HOUR_SUMS = ", ".join(
    (
        "count(*), sum(cached), sum(throttled), sum(overloaded), sum(outcome = 'error')",
        "sum(outcome = 'caller_gone')",
        *(f"sum(CASE WHEN cached THEN 0 ELSE coalesce({name}, 0) END)" for name in _TOKENS),
        "sum(CASE WHEN cached THEN "
        + " + ".join(f"coalesce({name}, 0)" for name in _TOKENS)
        + " ELSE 0 END)",
        "sum(CASE WHEN cached THEN coalesce(cost_usd, 0) ELSE 0 END)",
    )
)
"""The columns of `COUNTS` and `saved_usd` as sums over `requests`, in their order."""


def m004_jobs(db: Any) -> None:
    """Batch jobs, their rows, and the Message Batches that rows went into; texts are sealed."""
    db["jobs"].create(
        {
            "id": str, "name": str, "mode": str, "model": str, "state": str, "spec": bytes,
            "created_at": str, "started_at": str, "ended_at": str, "reason": str,
            "rows": int, "done": int, "failed": int, "requests": int, "input_tokens": int,
            "output_tokens": int, "cost_usd": float, "predicted_end": str, "predicted_usd": float,
        },
        pk="id",
        not_null={"name", "mode", "model", "state", "spec", "created_at"},
        defaults=dict.fromkeys(
            ("rows", "done", "failed", "requests", "input_tokens", "output_tokens"), 0
        ),
    )  # fmt: skip
    db["job_rows"].create(
        {
            "job": str, "place": int, "state": str, "same_as": int, "size": int,
            "asked": bytes, "answered": bytes, "batch": int, "attempts": int, "alone": int,
            "input_tokens": int, "output_tokens": int, "cost_usd": float, "flags": int,
        },
        pk=("job", "place"),
        not_null={"state", "asked"},
        defaults={"attempts": 0, "alone": 0, "flags": 0},
    )  # fmt: skip
    db["job_rows"].create_index(["job", "state", "place"])
    db["job_batches"].create(
        {
            "job": str, "attempt": int, "state": str, "batch": str, "rows": int,
            "created_at": str,
        },
        pk=("job", "attempt"),
        not_null={"state", "rows", "created_at"},
    )  # fmt: skip


def m005_upstreams(db: Any) -> None:
    """Each tool is bound to an upstream by its name."""
    db.execute("ALTER TABLE tools ADD COLUMN upstream TEXT NOT NULL DEFAULT 'anthropic'")


STEPS = (m001_history, m002_tools, m003_activity, m004_jobs, m005_upstreams)
