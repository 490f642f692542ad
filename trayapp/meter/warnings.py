"""What a person is warned of: each rule looks at the Snapshot of one instant.

| rule | raised | kept until |
|---|---|---|
| level | a limit is used to 80 % | 77 % |
| slope | it runs out within five minutes; a window or month within a tenth of it | half as long again |
| budget | 90 % of a budget is spent | the next day or month |
| spend_cap | upstream answers nothing more for money; 90 % of the plan's cap is spent | it answers |
| storm | more than three 429s and 529s within a minute | one or none |
| long_hold | a person's or a program's request waits for ten seconds | none for five |
| key | the stored key is refused, or the keyring is shut | it works |
| extra_usage | a login pays extra | no more |
| other_model | another model answered than was asked for | - |
| calm | once a day: how much of the quota was used | - |
"""

import datetime as dt
from collections.abc import Iterable, Iterator

import msgspec

from trayapp.meter.budgets import Spent
from trayapp.meter.episodes import Alarm, Facts, State
from trayapp.meter.lately import Lately
from trayapp.model.level import WARNING_AT, level_of
from trayapp.model.snapshot import Hold, Level, Meter, Pool, Problem, Snapshot

POINTS = 0.03
"""What a meter has to fall below its threshold to count as calm."""
SOON = 300.0
PART = 0.1
"""Of a window or month: they run out too slowly for five minutes to be a warning."""
LONGER = 1.5
BUDGET_AT = 0.9
STORM, LULL = 3, 1
LONG_HOLD, SHORT_HOLD = 10.0, 5.0
KEY_PROBLEMS = frozenset({"keyring", "key_refused"})
SPEND_CAP = "spend_cap"


class Scene(msgspec.Struct, frozen=True):
    """All that the rules look at: the Snapshot, what no Snapshot shows, and the time."""

    snapshot: Snapshot
    lately: Lately
    spent: tuple[Spent, ...]
    now: float
    at: dt.datetime
    """In the user's zone."""
    calm_at: dt.time
    cap: float | None = None
    """What the plan lets be spent a month, where it is known."""


def alarms_of(scene: Scene) -> list[Alarm]:
    """Every condition that holds, nearly holds, or is known not to."""
    return [alarm for rule in RULES for alarm in rule(scene)]


def _meters(snapshot: Snapshot) -> Iterator[tuple[Pool | None, Meter]]:
    for pool in snapshot.pools:
        for meter in pool.meters:
            if not meter.kind.startswith("spend_"):
                yield pool, meter
    for meter in snapshot.spend:
        yield None, meter


def _facts(pool: Pool | None, meter: Meter) -> Facts:
    return {
        "used": meter.utilization,
        "left": meter.remaining,
        "limit": meter.limit,
        "model_class": pool.model_class if pool else None,
        "window_s": meter.window_s,
        "resets_at": _text(meter.resets_at),
    }


def _level(scene: Scene) -> Iterator[Alarm]:
    for pool, meter in _meters(scene.snapshot):
        used = meter.utilization
        if pool is None or used is None:
            continue
        state: State = "calm" if used < WARNING_AT - POINTS else "kept"
        if meter.level != "healthy":
            state = "raised"
        level: Level = "warning" if meter.level == "healthy" else meter.level
        yield Alarm("level", level, pool.id, meter.kind, _facts(pool, meter), state)


def _slope(scene: Scene) -> Iterator[Alarm]:
    for pool, meter in _meters(scene.snapshot):
        if meter.utilization is None:
            continue
        horizon = SOON if meter.window_s is None else max(SOON, PART * meter.window_s)
        state: State = "calm"
        if meter.runs_out_at is not None and meter.level != "depleted":
            left = (meter.runs_out_at - scene.at).total_seconds()
            state = "raised" if left <= horizon else "kept" if left <= LONGER * horizon else "calm"
        facts = _facts(pool, meter) | {
            "runs_out_at": _text(meter.runs_out_at),
            "runs_out_by": _text(meter.runs_out_by),
        }
        yield Alarm("slope", "warning", pool.id if pool else None, meter.kind, facts, state)


def _budget(scene: Scene) -> Iterator[Alarm]:
    for spent in scene.spent:
        facts: Facts = {
            "used": spent.used,
            "spent": spent.usd,
            "budget": spent.budget,
            "period": spent.period,
            "tool": spent.tool,
            "stops": float(spent.stops),
        }
        yield Alarm(
            "budget",
            level_of(spent.used),
            meter=f"spend_{spent.period}",
            facts=facts,
            state="raised" if spent.used >= BUDGET_AT else "calm",
            subject=spent.tool or "",
        )


def _spend_cap(scene: Scene) -> Iterator[Alarm]:
    month = next((each for each in scene.snapshot.spend if each.kind == "spend_month"), None)
    spent = month.used if month else None
    stopped = any(problem.code == SPEND_CAP for problem in scene.snapshot.problems)
    near = scene.cap is not None and spent is not None and spent >= BUDGET_AT * scene.cap
    if stopped or near:
        until = month.resets_at if month and not stopped else None
        facts: Facts = {"spent": spent, "cap": scene.cap, "until": _text(until)}
        yield Alarm("spend_cap", "depleted" if stopped else "critical", facts=facts)


def _storm(scene: Scene) -> Iterator[Alarm]:
    throttled, overloaded = scene.lately.refusals(scene.now)
    count = throttled + overloaded
    if count > LULL:
        facts: Facts = {"refusals": count, "throttled": throttled, "overloaded": overloaded}
        yield Alarm("storm", facts=facts, state="raised" if count > STORM else "kept")


def _long_hold(scene: Scene) -> Iterator[Alarm]:
    """Rows of a batch wait by design, and who paused knows it."""
    patient = {tool.name for tool in scene.snapshot.tools if tool.kind == "batch"}
    waiting = [
        hold
        for hold in scene.snapshot.held
        if hold.tool not in patient and hold.cause != "paused" and hold.reason != "paused"
    ]
    longest = min(waiting, key=lambda hold: hold.since, default=None)
    if longest is None or (waited := _waited(longest, scene.at)) < SHORT_HOLD:
        return
    goes = longest.expected_at
    facts: Facts = {
        "tool": longest.tool,
        "model": longest.model,
        "waited_s": round(waited),
        "goes_in_s": None if goes is None else round((goes - scene.at).total_seconds()),
        "reason": longest.reason,
    }
    yield Alarm("long_hold", facts=facts, state="raised" if waited >= LONG_HOLD else "kept")


def _waited(hold: Hold, at: dt.datetime) -> float:
    return (at - hold.since).total_seconds()


def _key(scene: Scene) -> Iterator[Alarm]:
    for problem in scene.snapshot.problems:
        if problem.code in KEY_PROBLEMS:
            facts: Facts = {"upstream": _upstream(problem)}
            yield Alarm("key", "critical", facts=facts, subject=problem.code)


def _upstream(problem: Problem) -> str | None:
    return problem.facts.get("key") or problem.facts.get("upstream")


def _extra_usage(scene: Scene) -> Iterator[Alarm]:
    for pool in scene.snapshot.pools:
        if pool.extra_usage:
            overage = next((each for each in pool.meters if each.kind == "overage"), None)
            facts: Facts = {"used": overage.utilization if overage else None}
            yield Alarm("extra_usage", facts=facts, subject=pool.organization or "")


def _other_model(scene: Scene) -> Iterator[Alarm]:
    for other in scene.lately.others(scene.now):
        facts: Facts = {"tool": other.tool, "asked": other.asked, "answered": other.answered}
        subject = f"{other.tool}/{other.asked}/{other.answered}"
        yield Alarm("other_model", facts=facts, subject=subject, moment=True)


def _calm(scene: Scene) -> Iterator[Alarm]:
    """Of the day's budget where there is one, else of the longest window, else of the busiest limit."""
    if scene.at.time() < scene.calm_at or not scene.lately.is_used:
        return
    kind, used = _share(scene)
    day = next((each for each in scene.snapshot.spend if each.kind == "spend_day"), None)
    facts: Facts = {
        "used": used,
        "kind": kind,
        "requests": scene.snapshot.totals.requests,
        "cost_usd": day.used if day else None,
    }
    yield Alarm("calm", "healthy", facts=facts, subject=scene.at.date().isoformat(), moment=True)


def _share(scene: Scene) -> tuple[str | None, float | None]:
    for meter in scene.snapshot.spend:
        if meter.kind == "spend_day" and meter.utilization is not None:
            return meter.kind, meter.utilization
    windows = [
        meter
        for pool in scene.snapshot.pools
        for meter in pool.meters
        if meter.window_s and meter.utilization is not None and meter.limit is None
    ]
    if windows:
        longest = max(windows, key=lambda meter: (meter.window_s or 0, meter.utilization or 0))
        return longest.kind, longest.utilization
    return scene.lately.peak or (None, None)


def _text(at: dt.datetime | None) -> str | None:
    return None if at is None else at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


RULES = (
    _level, _slope, _budget, _spend_cap, _storm, _long_hold, _key, _extra_usage, _other_model, _calm,
)  # fmt: skip


def without(alarms: Iterable[Alarm], off: tuple[str, ...]) -> list[Alarm]:
    """The *alarms* of rules that the user did not turn off."""
    return [alarm for alarm in alarms if alarm.rule not in off]
