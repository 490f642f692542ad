"""What tokens cost, and which limits a model shares: the table, row by row."""

import datetime as dt

import msgspec
import pytest

from trayapp.meter.prices import Models, class_of, cost_usd, models
from trayapp.model.usage import Usage

NOW = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
M = 1_000_000

ROWS = [
    # model, input, output, 5-minute write, 1-hour write, read: USD per million
    ("claude-fable-5-2", 8, 40, 10, 16, 0.20),
    ("claude-mythos-5-2", 8, 40, 10, 16, 0.20),
    ("claude-fable-5-1", 10, 50, 12.5, 20, 0.25),
    ("claude-mythos-5-1", 10, 50, 12.5, 20, 0.25),
    ("claude-fable-5", 10, 50, 12.5, 20, 1.00),
    ("claude-mythos-5", 10, 50, 12.5, 20, 1.00),
    ("claude-opus-5-5", 4, 20, 5, 8, 0.20),
    ("claude-opus-5", 5, 25, 6.25, 10, 0.50),
    ("claude-opus-4-8", 5, 25, 6.25, 10, 0.50),
    ("claude-opus-4-7", 5, 25, 6.25, 10, 0.50),
    ("claude-opus-4-6", 5, 25, 6.25, 10, 0.50),
    ("claude-opus-4-5", 5, 25, 6.25, 10, 0.50),
    ("claude-opus-4-5-20251101", 5, 25, 6.25, 10, 0.50),
    ("claude-sonnet-5-5", 2, 10, 2.5, 4, 0.10),
    ("claude-sonnet-5", 2, 10, 2.5, 4, 0.20),
    ("claude-sonnet-4-6", 3, 15, 3.75, 6, 0.30),
    ("claude-sonnet-4-5", 3, 15, 3.75, 6, 0.30),
    ("claude-sonnet-4-5-20250929", 3, 15, 3.75, 6, 0.30),
    ("claude-haiku-4-5", 1, 5, 1.25, 2, 0.10),
    ("claude-haiku-4-5-20251001", 1, 5, 1.25, 2, 0.10),
]


def per_million(model: str, **usage: int) -> float | None:
    return cost_usd(model, msgspec.convert({"input_tokens": 0, **usage}, Usage), NOW)


@pytest.mark.parametrize(("model", "inp", "out", "write_5m", "write_1h", "read"), ROWS)
def test_the_price_of_a_million(
    model: str, inp: float, out: float, write_5m: float, write_1h: float, read: float
) -> None:
    """Each kind of token at its price."""
    assert per_million(model, input_tokens=M) == pytest.approx(inp)
    assert per_million(model, output_tokens=M) == pytest.approx(out)
    assert per_million(model, cache_creation_input_tokens=M) == pytest.approx(write_5m)
    assert per_million(model, cache_creation_input_tokens=M, cache_creation_1h=M) == pytest.approx(
        write_1h
    )
    assert per_million(model, cache_read_input_tokens=M) == pytest.approx(read)


def test_all_parts_add_up() -> None:
    """One answer's tokens of all kinds, and its searches."""
    usage = Usage(
        input_tokens=1000, output_tokens=500, cache_creation_input_tokens=3000,
        cache_creation_5m=1000, cache_creation_1h=2000, cache_read_input_tokens=10_000,
        web_search_requests=3,
    )  # fmt: skip
    expected = (1000 * 4 + 500 * 20 + 1000 * 5 + 2000 * 8 + 10_000 * 0.2) / M + 0.03

    assert cost_usd("claude-opus-5-5", usage, NOW) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("usage", "usd"),
    [
        (Usage(input_tokens=100_000, output_tokens=1000), 0.01 + 0.0005),
        (Usage(input_tokens=100_001, output_tokens=1000), 0.0500005 + 0.0025),
        (Usage(input_tokens=1, cache_read_input_tokens=100_000), 0.5e-6 + 0.005),
        (Usage(input_tokens=1, cache_creation_input_tokens=100_000), 0.5e-6 + 0.0625),
        (Usage(input_tokens=60_000, cache_read_input_tokens=40_000), 0.006 + 0.0004),
    ],
)
def test_haiku_5_5_has_a_cliff(usage: Usage, usd: float) -> None:
    """Over 100,000 tokens of prompt, cache reads and writes included, all is five times as dear."""
    assert cost_usd("claude-haiku-5-5", usage, NOW) == pytest.approx(usd)


@pytest.mark.parametrize(
    ("at", "usd"),
    [("2026-09-28T00:00:00Z", 0.20), ("2026-10-06T23:59:59Z", 0.20), ("2026-10-07T00:00:00Z", 0.10),
     ("2026-10-07T07:00:00+08:00", 0.20)],
)  # fmt: skip
def test_a_price_holds_from_its_utc_day_on(at: str, usd: float) -> None:
    """Sonnet 5.5's cache reads cost half from 2026-10-07 on."""
    usage = Usage(input_tokens=0, cache_read_input_tokens=M)

    assert cost_usd("claude-sonnet-5-5", usage, dt.datetime.fromisoformat(at)) == pytest.approx(usd)


def test_a_batch_costs_half() -> None:
    """Asked as a batch or told so by the answer, but searches at full price."""
    usage = Usage(input_tokens=M, web_search_requests=100)
    told = Usage(input_tokens=M, web_search_requests=100, service_tier="batch")

    assert cost_usd("claude-opus-5-5", usage, NOW, batch=True) == pytest.approx(2 + 1)
    assert cost_usd("claude-opus-5-5", told, NOW) == pytest.approx(2 + 1)


def test_us_inference_costs_a_tenth_more() -> None:
    """Where the answer says it was computed in the US only."""
    usage = Usage(input_tokens=M, inference_geo="us")

    assert cost_usd("claude-opus-5-5", usage, NOW) == pytest.approx(4.4)


def test_fast_mode_has_its_own_price() -> None:
    """Cache prices keep their ratio to input."""
    usage = Usage(input_tokens=M, output_tokens=M, cache_read_input_tokens=M, speed="fast")

    assert cost_usd("claude-opus-5-5", usage, NOW) == pytest.approx(8 + 40 + 0.4)


@pytest.mark.parametrize(
    ("model", "day", "usd"),
    [("claude-opus-4-8", 29, 10), ("claude-opus-4-8", 30, None), ("claude-sonnet-5-5", 21, None)],
)
def test_fast_mode_without_a_price_is_unknown(model: str, day: int, usd: float | None) -> None:
    """Where fast mode is not offered, or not any more, nothing is guessed."""
    at = dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC)

    assert cost_usd(model, Usage(input_tokens=M, speed="fast"), at) == usd


@pytest.mark.parametrize("model", ["gpt-6", "", "claude-opus-5-6", "claude-opus-4-1"])
def test_a_model_without_a_price_is_unknown(model: str) -> None:
    """Unknown and long retired models have no price, not one of nothing."""
    assert cost_usd(model, Usage(input_tokens=M), NOW) is None


def test_an_answer_without_counts_has_no_price() -> None:
    """Unknown usage is not free."""
    assert cost_usd("claude-opus-5-5", Usage(), NOW) is None


def test_half_known_counts_cost_what_is_known() -> None:
    """A stream cut before its end still costs its prompt."""
    assert cost_usd("claude-opus-5-5", Usage(input_tokens=M), NOW) == pytest.approx(4)


@pytest.mark.parametrize(
    ("model", "model_class"),
    [
        ("claude-fable-5", "fable-5.x"),
        ("claude-fable-5-1", "fable-5.x"),
        ("claude-fable-5-2", "fable-5.x"),
        ("claude-fable-5-9", "fable-5.x"),
        ("claude-mythos-5-2", "mythos-5.x"),
        ("claude-opus-5-5", "opus-5.5"),
        ("claude-opus-5-5-20261101", "opus-5.5"),
        ("claude-opus-5-5-latest", "opus-5.5"),
        ("claude-opus-5", "opus-5"),
        ("claude-opus-5-6", "claude-opus-5-6"),
        ("claude-opus-4-8", "opus-4.x"),
        ("claude-opus-4-5-20251101", "opus-4.x"),
        ("claude-opus-4-5@20251101", "opus-4.x"),
        ("claude-opus-4-9", "opus-4.x"),
        ("claude-opus-4-20250514", "opus-4.x"),
        ("claude-sonnet-5-5", "sonnet-5.5"),
        ("claude-sonnet-5", "sonnet-5"),
        ("claude-sonnet-4-6", "sonnet-4.x"),
        ("claude-haiku-5-5", "haiku-5.5"),
        ("claude-haiku-4-5", "haiku-4.5"),
        ("claude-3-5-haiku-latest", "haiku-3.5"),
        ("claude-mythos-preview", "claude-mythos-preview"),
        ("anthropic/claude-sonnet-5-5", "sonnet-5.5"),
        ("us.anthropic.claude-opus-4-5-20251101-v1:0", "opus-4.x"),
        ("qwen3:8b", "qwen3:8b"),
        ("", ""),
    ],
)
def test_models_share_limits_by_class(model: str, model_class: str) -> None:
    """By the table, by the longest family that fits, else a model stands alone."""
    assert class_of(model) == model_class


def test_a_class_is_looked_up_once() -> None:
    """The answer for an id is remembered."""
    table = models()

    assert table.class_of("claude-fable-5-8") is table.class_of("claude-fable-5-8")


def test_ids_from_callers_are_not_remembered_without_bound() -> None:
    """A caller that invents models fills no memory."""
    table = Models(
        {"factors": {"batch": 0.5, "us_geo": 1, "web_search": 0}, "class": [], "model": []}
    )

    for number in range(1500):
        table.class_of(f"model-{number}")

    assert len(table._known_classes) == 1000


def test_classes_have_names_for_people() -> None:
    """A class is called as the rate-limit page calls it, an unknown one by its id."""
    assert models().name_of_class("opus-4.x") == "Opus 4.x"
    assert models().name_of_class("qwen3:8b") == "qwen3:8b"


def test_every_model_is_in_a_class_of_the_table_or_retired() -> None:
    """No current model stands alone by a slip of the pen."""
    current = [model for model in models().by_id.values() if model.prices]

    assert {model.model_class for model in current} <= set(models().classes)


def test_ends_of_life_are_known() -> None:
    """Models that end say when, and those that ended have no prices."""
    by_id = models().by_id

    assert by_id["claude-sonnet-4-5"].retires == dt.date(2026, 11, 30)
    assert by_id["claude-opus-4-6"].retires_not_before == dt.date(2027, 2, 5)
    assert by_id["claude-opus-4-1"].retires == dt.date(2026, 8, 5)


def test_prices_bend_in_the_documented_way() -> None:
    """Writes cost 1.25 and 2 times the input, everywhere."""
    for model in models().by_id.values():
        for price in model.prices:
            assert price.write_5m == pytest.approx(price.input * 1.25), model.id
            assert price.write_1h == pytest.approx(price.input * 2), model.id


def test_the_table_is_read_from_the_resources() -> None:
    """A table read anew says the same as the one that is kept."""
    assert models.__wrapped__().by_id.keys() == models().by_id.keys()
