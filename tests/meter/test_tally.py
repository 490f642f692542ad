"""Outcomes become the day's totals; the day ends at local midnight."""

import datetime as dt
from typing import Any

import pytest

from trayapp.meter.tally import Tally, Today, added, plus
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.snapshot import ToolTotals, Totals
from trayapp.model.usage import Usage

ZONE = dt.timezone(dt.timedelta(hours=8))
DAY = dt.datetime(2026, 11, 21, tzinfo=ZONE)
NOON = dt.datetime(2026, 11, 21, 4, 0, tzinfo=dt.UTC)


def day_of(at: dt.datetime) -> dt.datetime:
    return at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)


@pytest.fixture
def tally() -> Tally:
    return Tally(NOON, day_of=day_of)


def outcome(**fields: Any) -> Outcome:
    told: dict[str, Any] = {
        "id": "r", "at": NOON, "tool": "editor", "kind": "normal", "route": Route.MESSAGES,
        "usage": Usage(input_tokens=10, output_tokens=5, cache_read_input_tokens=100),
        "cost_usd": 0.5, "status": 200, **fields,
    }  # fmt: skip
    return Outcome(**told)


def test_an_answer_counts_for_its_tool_and_the_day(tally: Tally) -> None:
    """Requests, tokens as the API spells them, and money."""
    tally.record(outcome(), NOON)

    assert tally.today(NOON) == (
        (ToolTotals("editor", "normal", 1, 10, 5, 0.5),),
        Totals(requests=1),
    )
    assert tally.spent == (0.5, 0.5)


def test_answers_add_up(tally: Tally) -> None:
    """Tools stand in the order of their names, each with its own sums."""
    tally.record(outcome(tool="script"), NOON)
    tally.record(outcome(), NOON)
    tally.record(outcome(kind="batch", cost_usd=None, usage=None), NOON)

    assert tally.today(NOON)[0] == (
        ToolTotals("editor", "batch", 2, 10, 5, 0.5),
        ToolTotals("script", "normal", 1, 10, 5, 0.5),
    )


@pytest.mark.parametrize(
    ("fields", "totals"),
    [
        ({"outcome": "error", "status": 500}, Totals(requests=1, errors=1)),
        ({"outcome": "error", "throttled": True}, Totals(requests=1, errors=1, throttled=1)),
        ({"throttled": True}, Totals(requests=1, throttled=1)),
        ({"outcome": "error", "overloaded": True}, Totals(requests=1, errors=1, overloaded=1)),
        ({"outcome": "caller_gone", "status": None}, Totals(requests=1)),
        ({"cached": True}, Totals(requests=1, cache_hits=1, saved_tokens=115, saved_usd=0.5)),
        ({"cached": True, "cost_usd": None, "usage": Usage(cache_creation_input_tokens=3)},
         Totals(requests=1, cache_hits=1, saved_tokens=3)),
        ({"cached": True, "usage": None}, Totals(requests=1, cache_hits=1)),
    ],
)  # fmt: skip
def test_each_ending_counts_where_it_belongs(
    tally: Tally, fields: dict[str, Any], totals: Totals
) -> None:
    """Errors, throttling, overload and hits are told apart; hanging up is no error."""
    tally.record(outcome(**fields), NOON)

    assert tally.today(NOON)[1] == totals


def test_an_answer_out_of_the_cache_used_nothing(tally: Tally) -> None:
    """The tool asked once more, and neither tokens nor money went."""
    tally.record(outcome(cached=True), NOON)

    assert tally.today(NOON)[0] == (ToolTotals("editor", "normal", 1, 0, 0, None),)
    assert tally.spent == (None, None)


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.MESSAGES])
def test_only_messages_count(tally: Tally, route: Route) -> None:
    """Counting tokens, listing models and the like are no messages."""
    tally.record(outcome(route=route), NOON)

    assert tally.today(NOON) == ((), Totals())


def test_the_day_ends_at_local_midnight(tally: Tally) -> None:
    """One second before, the day goes on; at midnight it begins anew, and the month goes on."""
    midnight = DAY + dt.timedelta(days=1)
    tally.record(outcome(), midnight - dt.timedelta(seconds=1))
    assert tally.today(midnight - dt.timedelta(seconds=1))[1].requests == 1

    assert tally.today(midnight) == ((), Totals())
    assert tally.spent == (None, 0.5)


def test_the_month_ends_with_its_last_day(tally: Tally) -> None:
    """Money of the month begins anew with the month."""
    tally.record(outcome(), NOON)

    tally.roll(dt.datetime(2026, 12, 1, tzinfo=ZONE))

    assert tally.spent == (None, None)


def test_a_clock_set_back_keeps_the_day(tally: Tally) -> None:
    """A correction of the wall clock loses nothing."""
    tally.record(outcome(), NOON)

    tally.record(outcome(), NOON - dt.timedelta(days=3))

    assert tally.today(NOON)[1].requests == 2


def test_it_knows_what_each_tool_spent(tally: Tally) -> None:
    """Today and this month; of others, and of what has no price, nothing is known."""
    tally.restore(Today(DAY, tools_month={"editor": 4.0}))
    tally.record(outcome(), NOON)
    tally.record(outcome(tool="local", cost_usd=None), NOON)

    assert tally.spent_by("editor") == (0.5, 4.5)
    assert tally.spent_by("local") == (None, None)
    assert tally.spent_by("other") == (None, None)


def test_a_tools_month_ends_with_the_month(tally: Tally) -> None:
    """Its day ends earlier."""
    tally.record(outcome(), NOON)
    tally.roll(DAY + dt.timedelta(days=1))
    tomorrow = tally.spent_by("editor")
    tally.roll(dt.datetime(2026, 12, 1, tzinfo=ZONE))

    assert tomorrow == (None, 0.5)
    assert tally.spent_by("editor") == (None, None)


def test_it_knows_when_day_and_month_began(tally: Tally) -> None:
    """Both are local midnights."""
    assert tally.begins == (
        dt.datetime.fromisoformat("2026-11-21T00:00+08:00"),
        dt.datetime.fromisoformat("2026-11-01T00:00+08:00"),
    )


@pytest.mark.parametrize(
    ("now", "day_ends", "month_ends"),
    [
        ("2026-11-21T12:00+08:00", "2026-11-22T00:00+08:00", "2026-12-01T00:00+08:00"),
        ("2026-12-31T23:00+08:00", "2027-01-01T00:00+08:00", "2027-01-01T00:00+08:00"),
        ("2027-01-31T00:00+08:00", "2027-02-01T00:00+08:00", "2027-02-01T00:00+08:00"),
        ("2028-02-29T10:00+08:00", "2028-03-01T00:00+08:00", "2028-03-01T00:00+08:00"),
    ],
)
def test_it_knows_when_day_and_month_end(now: str, day_ends: str, month_ends: str) -> None:
    """The ends are local midnights, over years and leap days."""
    tally = Tally(dt.datetime.fromisoformat(now), day_of=day_of)

    assert tally.ends == (
        dt.datetime.fromisoformat(day_ends),
        dt.datetime.fromisoformat(month_ends),
    )


def test_an_earlier_run_of_the_day_is_added(tally: Tally) -> None:
    """After a restart the day goes on where it was, with what has come meanwhile."""
    tally.record(outcome(), NOON)
    earlier = Today(
        DAY,
        Totals(requests=4, errors=1),
        (ToolTotals("editor", "normal", 3, 30, 15, 1.5), ToolTotals("script", "batch", 1)),
        1.5,
        20.0,
    )

    tally.restore(earlier)

    assert tally.today(NOON) == (
        (ToolTotals("editor", "normal", 4, 40, 20, 2.0), ToolTotals("script", "batch", 1)),
        Totals(requests=5, errors=1),
    )
    assert tally.spent == (2.0, 20.5)


def test_yesterday_is_not_added_but_its_month_is(tally: Tally) -> None:
    """What was counted on another day of the month is only money of the month."""
    tally.restore(Today(DAY - dt.timedelta(days=1), Totals(requests=4), (), 1.0, 20.0))

    assert tally.today(NOON) == ((), Totals())
    assert tally.spent == (None, 20.0)


def test_another_month_is_not_added(tally: Tally) -> None:
    """What was counted in another month is nothing here."""
    tally.restore(Today(DAY - dt.timedelta(days=40), Totals(requests=4), (), 1.0, 20.0))

    assert tally.spent == (None, None)


def test_totals_add_field_by_field() -> None:
    """No field is forgotten in a sum."""
    one = Totals(1, 2, 3, 4, 5, 6, 7.0)

    assert added(one, one) == Totals(2, 4, 6, 8, 10, 12, 14.0)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [(None, None, None), (1.0, None, 1.0), (None, 2.0, 2.0), (1.0, 2.0, 3.0)],
)
def test_unknown_money_adds_nothing(
    one: float | None, other: float | None, both: float | None
) -> None:
    """Unknown and something is something; unknown twice stays unknown."""
    assert plus(one, other) == both
