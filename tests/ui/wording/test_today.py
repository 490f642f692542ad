"""What the day cost, saved, and who used it."""

import datetime as dt

from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter, ToolTotals, Totals
from trayapp.ui.wording import today

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
DAY = Meter("spend_day", 10.0, 6.58, 0.342, used=3.42)
MONTH = Meter(
    "spend_month", 200.0, 72.0, 0.64, used=128.0, window_s=2_592_000,
    resets_at=NOW + dt.timedelta(days=6),
)  # fmt: skip


def test_month_is_a_line_below_the_day() -> None:
    """A healthy month is said in words, a low one has a row of its own."""
    calm = replace(SNAPSHOT, spend=(DAY, MONTH))
    low = replace(SNAPSHOT, spend=(DAY, replace(MONTH, level="critical")))

    assert [row.key for row in today.spend(EN, calm, NOW)] == ["spend_day"]
    assert today.captions(EN, calm, NOW) == ("This month $128 of $200, 16 points under pace",)
    assert [row.key for row in today.spend(EN, low, NOW)] == ["spend_day", "spend_month"]
    assert today.captions(EN, low, NOW) == ()


def test_month_without_a_budget() -> None:
    """Without a budget there is only what was spent."""
    free = replace(SNAPSHOT, spend=(Meter("spend_month", used=128.0),))
    dayless = replace(SNAPSHOT, spend=(replace(MONTH, window_s=None),))

    assert today.captions(EN, free, NOW) == ("This month $128",)
    assert today.captions(EN, dayless, NOW) == ("This month $128 of $200",)


def test_what_the_cache_saved() -> None:
    """Cached answers are counted with what they would have cost."""
    saved = replace(SNAPSHOT, totals=Totals(cache_hits=1, saved_tokens=184_000, saved_usd=0.71))

    assert today.captions(EN, saved, NOW) == ("Saved today $0.71: 1 cached answer, 184k tokens",)


def test_busiest_tools_are_shown() -> None:
    """Five at most, and in words how many more there are."""
    tools = tuple(ToolTotals(f"tool {n}", "normal", n, 900, 300, None) for n in range(1, 8))
    lines, more = today.tools(EN, replace(SNAPSHOT, tools=tools))

    assert [line.name for line in lines] == ["tool 7", "tool 6", "tool 5", "tool 4", "tool 3"]
    assert (more, lines[0].tokens, lines[0].cost) == ("and 2 more", "1.2k", "–")
    assert lines[0].spoken == "tool 7: normal, 7 requests, 1,200 tokens, –."


def test_few_tools_need_no_more() -> None:
    """Nothing is said where all are shown."""
    one = replace(SNAPSHOT, tools=(ToolTotals("Zed", "batch", 1, 1, 1, 0.5),))

    assert today.tools(EN, one)[1] == ""
