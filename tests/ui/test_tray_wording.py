"""What the tray says, as tables."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from tests.fakes.translating import speaking
from trayapp.model.snapshot import Diagnostics, Meter, Pool, Snapshot
from trayapp.ui.gauge import Reading
from trayapp.ui.link import Link
from trayapp.ui.tray_wording import entry, tooltip

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
UP = Link("connected", NOON)
EN, ZH = speaking("en"), speaking("zh_CN")

OUTPUT = Meter(
    "output_tokens", limit=8000, remaining=1100, utilization=0.8625, source="measured",
    runs_out_at=NOON + dt.timedelta(minutes=6), level="warning",
)  # fmt: skip
WEEK = Meter("seven_day", utilization=0.68, source="measured")
REQUESTS = Meter("requests", limit=50, remaining=19, utilization=0.62, source="estimated")
BUDGET = Meter("spend_day", limit=10.0, remaining=6.58, utilization=0.342, source="estimated")
POOL = Pool("p", "u", None, "sonnet-5.5", (REQUESTS, OUTPUT, WEEK))
BUSY = replace(
    SNAPSHOT, pools=(POOL,), spend=(BUDGET,), held_total=2, diagnostics=Diagnostics(in_flight=6)
)


@pytest.mark.parametrize(
    ("meter", "english", "chinese"),
    [
        (OUTPUT, "Output tokens 86% used, out in about 6 min", "输出 token 已用 86%，约 6 分钟后用完"),
        (WEEK, "7 days 68% used, 32% left", "7 天 已用 68%，剩 32%"),
        (REQUESTS, "Requests ≈62% used, 19 of 50 left", "请求 已用 ≈62%，剩 19 / 50"),
        (BUDGET, "Spend today ≈34% used, $6.58 of $10.00 left", "今日花费 已用 ≈34%，剩 $6.58 / $10.00"),
    ],
)  # fmt: skip
def test_entries(meter: Meter, english: str, chinese: str) -> None:
    """A line of the menu says used, and when it runs out or what is left."""
    reading = Reading(POOL, meter)
    said = [entry(tr, reading, NOON).replace("\N{NO-BREAK SPACE}", " ") for tr in (EN, ZH)]

    assert said == [english, chinese]


def test_entry_names_its_pool_among_several() -> None:
    """Two pools have the same meters, and all money together has no pool."""
    of_pool = entry(EN, Reading(POOL, WEEK), NOON, several=True)
    of_all = entry(EN, Reading(None, BUDGET), NOON, several=True)

    assert of_pool == "Sonnet 5.5, 7 days 68% used, 32% left"
    assert of_all == "Spend today ≈34% used, $6.58 of $10.00 left"


def test_tooltip_has_four_lines() -> None:
    """What is going on, and the three tightest meters with their pools."""
    said = tooltip(EN, BUSY, UP, NOON).replace("\N{NO-BREAK SPACE}", " ").splitlines()

    assert said == [
        "Sluice: 6 in flight, 2 held",
        "Output tokens, Sonnet 5.5: 86% used, runs out in about 6 min",
        "7 days, Sonnet 5.5: 68% used, 32% left",
        "Requests, Sonnet 5.5: ≈62% used, 19 of 50 left",
    ]


def test_money_of_all_pools_has_no_pool() -> None:
    """A budget stands for everything."""
    said = tooltip(EN, replace(SNAPSHOT, spend=(BUDGET,)), UP, NOON)

    assert said.splitlines()[1] == "Spend today: ≈34% used, $6.58 of $10.00 left"


def test_past_forecast_is_not_said() -> None:
    """What should have run out by now is told by what is left."""
    late = NOON + dt.timedelta(minutes=7)

    assert entry(EN, Reading(POOL, OUTPUT), late) == "Output tokens 86% used, 1.1k of 8k left"


@pytest.mark.parametrize(
    ("snapshot", "link", "said"),
    [
        (None, Link("starting", NOON), "Sluice: the engine is starting"),
        (None, UP, "Sluice: the engine is starting"),
        (BUSY, Link("down", NOON), "Sluice: the engine is not running"),
        (BUSY, Link("down", NOON, why="It is x."), "Sluice: the engine is not running\nIt is x."),
        (BUSY, Link("restarting", NOON), "Sluice: the engine is restarting"),
        (replace(SNAPSHOT, paused=True), UP, "Sluice: paused, 0 in flight"),
    ],
)
def test_unusual_states(snapshot: Snapshot | None, link: Link, said: str) -> None:
    """Without an engine no meter is named, since none of them is true any more."""
    assert tooltip(EN, snapshot, link, NOON) == said


def test_chinese_tooltip() -> None:
    """It reads as Chinese, commas included."""
    assert tooltip(ZH, BUSY, UP, NOON).splitlines()[0] == "Sluice：6 个进行中，2 个等候"


def test_tools_that_get_no_answer_are_named() -> None:
    """While no engine runs; a running one strands nobody."""
    down, titles = Link("down", NOON), ("Claude Code", "opencode")

    assert tooltip(EN, BUSY, down, NOON, titles).splitlines() == [
        "Sluice: the engine is not running",
        "2 tools point here and get no answer: “Claude Code”, “opencode”.",
    ]
    assert "point here" not in tooltip(EN, BUSY, UP, NOON, titles)
