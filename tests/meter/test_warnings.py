"""What a person is warned of, rule by rule."""

import datetime as dt
from typing import Any

import pytest

from tests.meter.warnings_scene import NOON, alarms, hold, later, pool, rules
from trayapp.meter.budgets import Spent
from trayapp.meter.episodes import Alarm
from trayapp.meter.lately import Lately
from trayapp.meter.warnings import without
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import Level, Meter, Problem, ToolTotals, Totals


def test_where_nothing_is_wrong_nothing_is_said() -> None:
    """An engine that just began."""
    assert alarms() == []


@pytest.mark.parametrize(
    ("used", "level", "state"),
    [
        (0.5, "healthy", "calm"),
        (0.769, "healthy", "calm"),
        (0.77, "healthy", "kept"),
        (0.8, "warning", "raised"),
        (0.93, "critical", "raised"),
        (1.0, "depleted", "raised"),
    ],
)
def test_level(used: float, level: Level, state: str) -> None:
    """From 80 % on, and until three points below."""
    meter = Meter("requests", limit=50, remaining=50 * (1 - used), utilization=used, level=level)

    (alarm, _) = alarms(pools=(pool(meter),))

    assert (alarm.rule, alarm.state, alarm.pool, alarm.meter) == (
        "level", state, "pool", "requests",
    )  # fmt: skip
    assert alarm.level == ("warning" if level == "healthy" else level)
    assert (alarm.facts["used"], alarm.facts["limit"]) == (used, 50)


def test_what_is_not_known_has_no_level() -> None:
    """A window that was reset says nothing until its next reading."""
    assert alarms(pools=(pool(Meter("five_hour")),)) == []


@pytest.mark.parametrize(
    ("kind", "window_s", "seconds", "state"),
    [
        ("requests", None, 300, "raised"),
        ("requests", None, 301, "kept"),
        ("requests", None, 451, "calm"),
        ("five_hour", 18_000, 1800, "raised"),
        ("five_hour", 18_000, 2701, "calm"),
        ("seven_day", 604_800, 60_480, "raised"),
        ("1h", 600.0, 300, "raised"),
    ],
)
def test_slope(kind: str, window_s: float | None, seconds: float, state: str) -> None:
    """Five minutes ahead, and a tenth of a window."""
    meter = Meter(kind, utilization=0.5, window_s=window_s, runs_out_at=later(seconds))

    (_, alarm) = alarms(pools=(pool(meter),))

    assert (alarm.rule, alarm.state) == ("slope", state)
    assert alarm.facts["runs_out_at"] == later(seconds).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_what_has_run_out_does_not_run_out() -> None:
    """Its level says enough."""
    meter = Meter("requests", utilization=1.0, level="depleted", runs_out_at=later(5))

    assert rules(alarms(pools=(pool(meter),))) == [("level", "raised")]


def test_slope_of_money_is_told_once_and_not_by_pool() -> None:
    """All pools draw on one purse; its level is the budget's matter."""
    day = Meter("spend_day", limit=10.0, utilization=0.85, level="warning",
                window_s=86_400, runs_out_at=later(3600))  # fmt: skip

    found = alarms(pools=(pool(day),), spend=(day,))

    assert rules(found) == [("slope", "raised")]
    assert found[0].pool is None


@pytest.mark.parametrize(
    ("usd", "state", "level"),
    [(8.9, "calm", "warning"), (9.0, "raised", "critical"), (10.02, "raised", "depleted")],
)
def test_budget(usd: float, state: str, level: str) -> None:
    """From 90 % on, until it begins anew."""
    (alarm,) = alarms(spent=(Spent("day", usd, 10.0, later(3600), stops=True),))

    assert (alarm.rule, alarm.state, alarm.level, alarm.meter) == (
        "budget", state, level, "spend_day",
    )  # fmt: skip
    assert alarm.facts["budget"] == 10.0
    assert alarm.facts["stops"] == 1.0


def test_each_tools_budget_is_its_own() -> None:
    """The same period of another tool is another episode."""
    both = (
        Spent("day", 9.0, 10.0, later(3600)),
        Spent("day", 9.0, 10.0, later(3600), tool="rows"),
    )

    first, second = alarms(spent=both)
    assert first.key != second.key


def test_spend_cap_is_reached() -> None:
    """Upstream says so, whatever we counted."""
    problem = Problem("spend_cap", "…", NOON)

    (alarm,) = alarms(problems=(problem,))

    assert (alarm.rule, alarm.level) == ("spend_cap", "depleted")


@pytest.mark.parametrize(("usd", "found"), [(449.0, []), (450.0, [("spend_cap", "raised")])])
def test_spend_cap_is_near(usd: float, found: list[tuple[str, str]]) -> None:
    """At 90 % of what the plan lets be spent."""
    month = Meter("spend_month", used=usd, resets_at=later(3600))

    assert rules(alarms(spend=(month,), cap=500.0)) == found


@pytest.mark.parametrize(
    ("count", "found"),
    [(1, []), (2, [("storm", "kept")]), (3, [("storm", "kept")]), (4, [("storm", "raised")])],
)
def test_storm(count: int, found: list[tuple[str, str]]) -> None:
    """More than three refusals within a minute."""
    lately = Lately()
    for place in range(count):
        lately.refused(529 if place else 429, float(place))

    told = alarms(lately=lately, now=60.0)

    assert rules(told) == found
    assert all(alarm.facts["overloaded"] == count - 1 for alarm in told)


@pytest.mark.parametrize(
    ("waited", "found"),
    [(4.9, []), (5.0, [("long_hold", "kept")]), (10.0, [("long_hold", "raised")])],
)
def test_long_hold(waited: float, found: list[tuple[str, str]]) -> None:
    """Ten seconds of waiting; the longest is told."""
    told = alarms(held=(hold(1.0, tool="other"), hold(waited)))

    assert rules(told) == found
    assert all(
        (alarm.facts["tool"], alarm.facts["waited_s"], alarm.facts["goes_in_s"])
        == ("editor", waited, 20)
        for alarm in told
    )


def test_nobody_knows_when_it_goes() -> None:
    """Then it is not told."""
    (alarm,) = alarms(held=(hold(12.0, expected_at=None),))

    assert alarm.facts["goes_in_s"] is None


def test_who_waits_by_design_is_not_told_of() -> None:
    """Rows of a batch, and all where the user paused."""
    rows = ToolTotals("rows", "batch")
    waiting = (hold(60, tool="rows"), hold(60, cause="paused"), hold(60, reason="paused"))

    assert alarms(held=waiting, tools=(rows,)) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("key_refused", [("key", "raised")]),
        ("keyring", [("key", "raised")]),
        ("ledger", []),
    ],
)
def test_key(code: str, found: list[tuple[str, str]]) -> None:
    """The stored key cannot be used; other problems are told as problems."""
    problem = Problem(code, "…", NOON, {"key": "Work"})

    told = alarms(problems=(problem,))

    assert rules(told) == found
    assert all(alarm.facts["upstream"] == "Work" for alarm in told)


@pytest.mark.parametrize(
    ("extra", "found"), [(True, [("extra_usage", "raised")]), (False, []), (None, [])]
)
def test_extra_usage(extra: bool | None, found: list[tuple[str, str]]) -> None:
    """A login that pays for more."""
    assert rules(alarms(pools=(pool(extra_usage=extra),))) == found


def test_extra_usage_tells_how_far() -> None:
    """Where a header said it."""
    meters = (Meter("overage", utilization=0.4),)

    told = alarms(pools=(pool(*meters, extra_usage=True, organization=None),))

    assert [alarm.facts for alarm in told if alarm.rule == "extra_usage"] == [{"used": 0.4}]


def used_today(served: str = "claude-opus-5-5") -> Lately:
    """A day on which something was asked."""
    lately = Lately()
    lately.ended(
        Outcome("r", NOON, "editor", "normal", Route.MESSAGES, "claude-opus-5-5", served), 0.0
    )
    return lately


def test_other_model() -> None:
    """Asked one, answered another: a moment that is told."""
    (alarm,) = alarms(lately=used_today("claude-sonnet-5-5"))

    assert (alarm.rule, alarm.moment) == ("other_model", True)
    assert alarm.facts == {
        "tool": "editor", "asked": "claude-opus-5-5", "answered": "claude-sonnet-5-5",
    }  # fmt: skip


EVENING = NOON.replace(hour=18)
WINDOW = Meter("seven_day", utilization=0.3, window_s=604_800)
FIVE = Meter("five_hour", utilization=0.6, window_s=18_000)
DAY = Meter("spend_day", limit=10.0, used=2.0, utilization=0.2, window_s=86_400)


def calm(at: dt.datetime = EVENING, **fields: Any) -> list[Alarm]:
    """The day's line, where one is due."""
    lately = used_today()
    lately.peak = "requests", 0.7
    found = alarms(lately=lately, at=at, totals=Totals(requests=9), **fields)
    return [alarm for alarm in found if alarm.rule == "calm"]


def test_calm_line_comes_once_its_hour_has_come() -> None:
    """Before six in the evening there is none."""
    assert calm(NOON) == []
    (alarm,) = calm()

    assert (alarm.level, alarm.moment, alarm.subject) == ("healthy", True, "2026-11-21")


def test_a_day_without_use_has_no_line() -> None:
    """There is nothing to say."""
    assert alarms(at=EVENING) == []


@pytest.mark.parametrize(
    ("fields", "kind", "used"),
    [
        ({"spend": (DAY,), "pools": (pool(WINDOW),)}, "spend_day", 0.2),
        ({"pools": (pool(FIVE, WINDOW),)}, "seven_day", 0.3),
        ({"pools": (pool(Meter("requests", utilization=0.1)),)}, "requests", 0.7),
        ({"spend": (Meter("spend_day", used=2.0),)}, "requests", 0.7),
    ],
)
def test_calm_line_speaks_of_what_lasts_longest(
    fields: dict[str, Any], kind: str, used: float
) -> None:
    """Of the day's budget, else of the longest window, else of the day's busiest limit."""
    (alarm,) = calm(**fields)

    assert (alarm.facts["kind"], alarm.facts["used"]) == (kind, used)
    assert alarm.facts["requests"] == 9


def test_calm_line_without_any_meter_tells_requests_alone() -> None:
    """Nothing was ever measured."""
    lately = used_today()

    (alarm,) = alarms(lately=lately, at=EVENING)

    assert (alarm.facts["used"], alarm.facts["kind"]) == (None, None)


def test_a_rule_that_is_off_says_nothing() -> None:
    """The others go on."""
    both = [Alarm("storm"), Alarm("key")]

    assert [alarm.rule for alarm in without(both, ("storm",))] == ["key"]
