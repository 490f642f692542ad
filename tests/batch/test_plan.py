"""Plans: requests, tokens, money, the end and what it is limited by."""

import datetime as dt

import pytest

from trayapp.batch.plan import GUARD_S, Limit, Need, Pace, need_of, seconds_for, ways
from trayapp.meter.prices import models
from trayapp.model.jobs import PlanJob, Way

SONNET, HAIKU = "claude-sonnet-5-5", "claude-haiku-5-5"
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
PACE = Pace(
    (
        Limit("requests", 50.0, 50 / 60),
        Limit("input_tokens", 40_000.0, 40_000 / 60, 500.0),
        Limit("output_tokens", 8_000.0, 8_000 / 60, 500.0),
    ),
    tokens_per_byte=0.25,
    duration_s=2.0,
)


def planned(asked: PlanJob, smaller: str | None = HAIKU) -> list[Way]:
    paces = {SONNET: PACE, HAIKU: Pace((), assumed=True), "unheard-of": PACE}
    return list(ways(asked, paces, smaller, models().cost_usd, NOW))


def test_every_way_is_compared() -> None:
    """One by one, merged by five, ten and the chosen number, in batches, and with a smaller model."""
    found = planned(PlanJob(SONNET, (100,) * 97, per_call=20))

    assert [(way.mode, way.model, way.per_call, way.requests) for way in found] == [
        ("single", SONNET, 1, 97),
        ("merged", SONNET, 5, 20),
        ("merged", SONNET, 10, 10),
        ("merged", SONNET, 20, 5),
        ("batches", SONNET, 1, 1),
        ("single", HAIKU, 1, 97),
    ]
    assert [way.assumed for way in found] == [False] * 5 + [True]


def test_batches_cost_half_and_end_within_a_day() -> None:
    """No minute is promised for what takes up to a day."""
    single, *_, batch = planned(PlanJob(SONNET, (100,) * 10), None)

    assert batch.mode == "batches"
    assert (batch.ends_at, batch.limited_by) == (None, "batch")
    assert single.cost_usd is not None
    assert batch.cost_usd == pytest.approx(single.cost_usd / 2)


def test_merging_shares_the_system_prompt() -> None:
    """A long system prompt is paid once a call, not once a row."""
    single, merged, *_ = planned(PlanJob(SONNET, (100,) * 100, system_size=4000))

    assert merged.input_tokens < single.input_tokens / 3


def test_a_chosen_length_bounds_what_is_expected() -> None:
    """An answer cannot be longer than its `max_tokens`."""
    assert (
        need_of(PlanJob(SONNET, (1,), length="report", max_tokens=50), 1, 0.25).output_tokens == 50
    )


def test_a_counted_sample_takes_the_place_of_what_was_learned() -> None:
    """Tokens a byte as the API counted them."""
    learned, counted = (
        planned(PlanJob(SONNET, (1000,) * 10, tokens_per_byte=share))[0] for share in (None, 0.5)
    )

    assert counted.input_tokens == 2 * learned.input_tokens


def test_prices_that_nobody_knows_are_none() -> None:
    """Unknown is not free."""
    assert planned(PlanJob("unheard-of", (10,)), None)[0].cost_usd is None


def test_long_prompts_are_priced_one_by_one() -> None:
    """Haiku 5.5 costs five times as much for a call whose prompt is over 100,000 tokens."""
    paces = {HAIKU: PACE}
    sizes = (800_000, 4_000)
    way = ways(PlanJob(HAIKU, sizes, max_tokens=1), paces, None, models().cost_usd, NOW)[0]

    assert way.cost_usd == pytest.approx((200_000 * 0.5 + 1_000 * 0.1) / 1e6, rel=0.01)


@pytest.mark.parametrize(
    ("need", "seconds", "by"),
    [
        (Need(500, 10_000, 10_000), 540.0, "requests"),
        (Need(60, 120_000, 1_000), 120.75, "input_tokens"),
        (Need(60, 10_000, 32_000), 183.75, "output_tokens"),
        (Need(50, 10_000, 1_000), (50 - 16) / (4 * 50 / 60), "requests"),
    ],
)
def test_the_slowest_limit_is_named(need: Need, seconds: float, by: str) -> None:
    """What is there goes first; the rest comes with the refill, and the last answer takes its time."""
    found, limited_by = seconds_for(need, PACE)

    assert limited_by == by
    assert found == pytest.approx(seconds + 2.0, abs=GUARD_S + 0.01)


def test_without_limits_the_answers_take_their_time() -> None:
    """Four hundred are out at once."""
    assert seconds_for(Need(4000, 1, 1), Pace((), duration_s=2.0)) == (22.0, "answer")


def test_tools_and_other_jobs_come_off_first() -> None:
    """Tools take of the refill; of another job's rows as many go before as it has itself."""
    busy = Pace(PACE.limits, present={"requests": 25 / 60}, duration_s=0.0)
    shared = Pace(PACE.limits, ahead={"requests": 1000.0}, duration_s=0.0)

    assert seconds_for(Need(100, 1, 1), busy)[0] == pytest.approx(120.0, abs=GUARD_S + 0.01)
    assert seconds_for(Need(100, 1, 1), shared)[0] == pytest.approx(180.0, abs=GUARD_S + 0.01)


def test_tools_never_take_everything_for_ever() -> None:
    """A burst of a tool does not put the end off to another day."""
    busy = Pace(PACE.limits, present={"requests": 99.0}, duration_s=0.0)

    assert seconds_for(Need(100, 1, 1), busy)[0] == pytest.approx(1200.0, abs=GUARD_S + 0.01)


def test_no_rows_take_nothing() -> None:
    """An empty field is planned like any other."""
    assert [way.requests for way in planned(PlanJob(SONNET, ()))] == [0] * 5
