"""A Snapshot in which nothing is wrong, to be changed by a test, and what is warned of in it."""

import datetime as dt
from typing import Any

from trayapp.meter.budgets import Spent
from trayapp.meter.episodes import Alarm
from trayapp.meter.lately import Lately
from trayapp.meter.warnings import Scene, alarms_of
from trayapp.model.snapshot import Hold, Meter, Pool, Snapshot

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
CALM_AT = dt.time(18)


def later(seconds: float) -> dt.datetime:
    return NOON + dt.timedelta(seconds=seconds)


def pool(*meters: Meter, **fields: Any) -> Pool:
    given: dict[str, Any] = {
        "id": "pool", "upstream": "https://api.anthropic.com", "organization": "org",
        "model_class": "sonnet-5.5", "meters": meters,
    }  # fmt: skip
    return Pool(**(given | fields))


def hold(waited: float, **fields: Any) -> Hold:
    given: dict[str, Any] = {
        "id": "h", "tool": "editor", "model": "claude-sonnet-5-5", "since": later(-waited),
        "expected_at": later(20), "reason": "requests",
    }  # fmt: skip
    return Hold(**(given | fields))


def alarms(
    *,
    lately: Lately | None = None,
    spent: tuple[Spent, ...] = (),
    now: float = 0.0,
    at: dt.datetime = NOON,
    cap: float | None = None,
    **fields: Any,
) -> list[Alarm]:
    """What the rules say of a Snapshot with *fields*; those that are calm too."""
    snapshot = Snapshot("1", NOON, 0.0, paused=False, base_url="http://127.0.0.1:7429", **fields)
    return alarms_of(Scene(snapshot, lately or Lately(), spent, now, at, CALM_AT, cap))


def rules(found: list[Alarm]) -> list[tuple[str, str]]:
    """Rule and state of what is not calm."""
    return [(alarm.rule, alarm.state) for alarm in found if alarm.state != "calm"]
