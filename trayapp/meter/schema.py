"""The shape of `meter.db`: numbers and names, never a prompt or an answer.

`requests` is the history, one row a request. `days` are sums kept as rows come, so that nothing
is ever counted live. `limits` are what headers taught, for the next start. `tools` are those
that may enter, by the SHA-256 of their token; a revoked one stays, to say when it was.

Each step changes a schema that users have: it is never edited once released, only followed.
"""

from typing import Any

COUNTS = (
    "requests", "cache_hits", "throttled", "overloaded", "errors", "caller_gone",
    "input_tokens", "output_tokens", "cache_creation_input_tokens", "cache_read_input_tokens",
    "saved_tokens",
)  # fmt: skip
"""The columns of `days` that are sums of whole numbers."""


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


STEPS = (m001_history, m002_tools)
