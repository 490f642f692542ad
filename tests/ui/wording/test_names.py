"""What things are called, as tables."""

import pytest

from tests.fakes.translating import speaking
from trayapp.ui.wording import names

EN, CN = speaking("en"), speaking("zh_CN")


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        ("requests", "Requests", "请求"), ("output_tokens", "Output tokens", "输出 token"),
        ("five_hour", "5 hours", "5 小时"), ("seven_day", "7 days", "7 天"),
        ("seven_day_opus", "7 days, Opus", "7 天，Opus"),
        ("seven_day_overage_included", "7 days, this model", "7 天，此模型"),
        ("overage", "Extra usage", "额外用量"), ("spend_month", "Spend this month", "本月花费"),
        ("30d", "30 days", "30 天"), ("1h_fast", "1 hour, Fast", "1 小时，Fast"),
        ("new_thing", "New thing", "New thing"),
    ],
)  # fmt: skip
def test_meters(kind: str, english: str, chinese: str) -> None:
    """Meters have names; windows that are new keep the API's."""
    assert names.meter(EN, kind) == english
    assert names.meter(CN, kind) == chinese


@pytest.mark.parametrize(
    ("kind", "said"),
    [("output_tokens", "output tokens"), ("five_hour", "the 5-hour window"), ("30d", "30 days")],
)
def test_resources(kind: str, said: str) -> None:
    """Inside a sentence a limit is said small."""
    assert names.resource(EN, kind) == said


def test_kinds_of_tools() -> None:
    """A tool's kind is one word."""
    assert [names.tool_kind(CN, kind) for kind in ("interactive", "normal", "batch")] == [
        "交互", "普通", "批量",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("identity", "said"),
    [
        ("claude-sonnet-5-5", "Sonnet 5.5"), ("sonnet-5.5", "Sonnet 5.5"), ("opus-4.x", "Opus 4.x"),
        ("claude-opus-5", "Opus 5"), ("claude-sonnet-4-20250514", "Sonnet 4"),
        ("claude-haiku-5-5-latest", "Haiku 5.5"), ("llama3.3:70b", "llama3.3:70b"),
    ],
)  # fmt: skip
def test_models(identity: str, said: str) -> None:
    """A Claude is said by its name; what is not one is said as it is."""
    assert names.model(identity) == said


def test_order_of_meters() -> None:
    """Minutes come first, then windows, extra usage, money."""
    kinds = [
        "spend_month",
        "overage",
        "seven_day_opus",
        "seven_day",
        "requests",
        "spend_day",
        "output_tokens",
    ]

    assert sorted(kinds, key=names.place) == [
        "requests", "output_tokens", "seven_day", "seven_day_opus", "overage", "spend_day", "spend_month",
    ]  # fmt: skip
