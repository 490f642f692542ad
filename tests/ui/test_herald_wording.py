"""What notifications say, as tables."""

import datetime as dt

import pytest

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Level, Notice, Rule
from trayapp.ui.herald_wording import MISCONFIGURED, TAKEN, of_engine, of_notice
from trayapp.ui.link import Link

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
SOON, LATER = (NOON + dt.timedelta(minutes=minutes) for minutes in (6, 9))
EN, ZH, TW = speaking("en"), speaking("zh_CN"), speaking("zh_TW")
SONNET = {"model_class": "sonnet-5.5"}

Facts = dict[str, float | str | None]


def notice(
    rule: Rule, facts: Facts, meter: str | None = None, *, level: Level = "warning",
    is_over: bool = False,
) -> Notice:  # fmt: skip
    ended = NOON if is_over else None
    return Notice(1, rule, level, NOON, None, meter, ended, facts)


def plain(words: tuple[str, str]) -> str:
    return " | ".join(words).replace("\N{NO-BREAK SPACE}", " ")


BEGUN = [
    ("level", "requests", {"used": 0.8, "left": 10, "limit": 50, **SONNET},
     "Requests 80% used | Sonnet 5.5: 10 of 50 a minute left"),
    ("level", "seven_day", {"used": 0.9, "resets_at": SOON.isoformat()},
     "7 days 90% used | 10% left, resets 12:06"),
    ("level", "five_hour", {"used": None}, "5 hours 0% used | 100% left"),
    ("slope", "output_tokens", {"used": 0.86, "runs_out_at": SOON.isoformat(), **SONNET},
     "Output tokens run out in about 6 min | Sonnet 5.5: 86% used"),
    ("slope", "seven_day",
     {"used": 0.5, "runs_out_at": SOON.isoformat(), "runs_out_by": LATER.isoformat()},
     "7 days: runs out in 6 to 9 min | 50% used"),
    ("budget", None, {"used": 0.904, "spent": 9.04, "budget": 10.0, "period": "day"},
     "90% of today’s budget spent | $9.04 of $10.00"),
    ("budget", None,
     {"used": 1.0, "spent": 51, "budget": 50, "period": "month", "tool": "ci", "stops": 1.0},
     "100% of this month’s budget spent | “ci”: $51.00 of $50.00, requests are refused"),
    ("storm", None, {"refusals": 4.0, "throttled": 4.0},
     "Throttled 4 times in a minute | Sluice slows down by itself."),
    ("storm", None, {"refusals": 5.0, "throttled": 0.0},
     "Overloaded 5 times in a minute | Sluice slows down by itself."),
    ("spend_cap", None, {"spent": 400, "cap": 500},
     "The organization’s spend cap is near | $400.00 of $500.00"),
    ("long_hold", None, {"tool": "Claude Code", "waited_s": 10.0, "goes_in_s": 20.0},
     "“Claude Code” has waited 10 s | Goes in about 20 s"),
    ("long_hold", None, {"tool": "ci", "waited_s": 10.0}, "“ci” has waited 10 s | "),
    ("key", None, {}, "The stored key cannot be used | “sluice key list” says why."),
    ("extra_usage", None, {}, "Extra usage is on | This login now costs money."),
    ("other_model", None, {"asked": "claude-opus-5-5", "answered": "claude-sonnet-5-5"},
     "Opus 5.5 asked, Sonnet 5.5 answered | "),
    ("other_model", None, {"asked": "claude-opus-5-5", "answered": "<b>me</b>"},
     "Opus 5.5 asked, another model answered | "),
    ("calm", None, {"used": 0.3}, "Quota used today: 30% | "),
    ("calm", None, {"used": None, "requests": 12.0}, "Requests today: 12 | "),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "meter", "facts", "said"), BEGUN)
def test_what_begins(rule: Rule, meter: str | None, facts: Facts, said: str) -> None:
    """A title that stands alone, and one line with the numbers."""
    assert plain(of_notice(EN, notice(rule, facts, meter), NOON)) == said


def test_cap_that_is_reached() -> None:
    """Nothing helps but to raise it."""
    told = plain(of_notice(EN, notice("spend_cap", {}, level="depleted"), NOON))

    assert told == (
        "The organization’s spend cap is reached"
        " | Nothing more is answered for money; trying again does not help."
    )


@pytest.mark.parametrize(
    ("rule", "meter", "facts", "said"),
    [
        ("slope", "output_tokens", {"used": 0.22, "held": 0.0},
         "Output tokens are back | 22% used, nothing is held"),
        ("level", "five_hour", {"used": 0.0, "held": 3.0},
         "5 hours: open again | 0% used, 3 held"),
        ("budget", None, {}, "A new budget has begun | "),
        ("spend_cap", None, {}, "The spend cap no longer stops requests | "),
        ("storm", None, {}, "No longer throttled | "),
        ("long_hold", None, {}, "Nobody waits for long any more | "),
        ("key", None, {}, "The stored key works again | "),
        ("extra_usage", None, {}, "Extra usage is off | "),
    ],
)  # fmt: skip
def test_what_is_over(rule: Rule, meter: str | None, facts: Facts, said: str) -> None:
    """A recovery is told in the words of what is back."""
    assert plain(of_notice(EN, notice(rule, facts, meter, is_over=True), NOON)) == said


@pytest.mark.parametrize(
    ("link", "said"),
    [
        (Link("connected", NOON),
         ("The engine was started again"
          " | Tools reconnect by themselves; answers under way were cut off.")),
        (Link("restarting", NOON, attempt=2, tries=5),
         "Engine restarting, try 2 of 5 | Tools reconnect by themselves."),
        (Link("down", NOON, attempt=5),
         "The engine is not running | It stopped at 12:00. 5 restarts failed."),
        (Link("down", NOON, code=1), "The engine is not running | It stopped at 12:00."),
        (Link("down", NOON, code=TAKEN),
         ("The engine is not running"
          " | Another program uses its port or its folder; Sluice tries again by itself.")),
        (Link("down", NOON, code=MISCONFIGURED),
         ("The engine is not running"
          " | Its settings have a mistake; “sluice doctor” says where.")),
    ],
)  # fmt: skip
def test_engine(link: Link, said: str) -> None:
    """Its own words stay in its log: they may name files."""
    assert plain(of_engine(EN, link, NOON)) == said


def test_chinese() -> None:
    """Both Chinese have words of their own for every sentence."""
    begun = notice("slope", {"used": 0.86, "runs_out_at": SOON.isoformat()}, "output_tokens")
    said = [plain(of_notice(tr, begun, NOON)) for tr in (ZH, TW)]
    over = plain(of_notice(ZH, notice("level", {"used": 0.2}, "requests", is_over=True), NOON))

    assert said[0] == "输出 token 约 6 分钟后用完 | 已用 86%"
    assert said[1].endswith("後用完 | 已用 86%")
    assert over == "请求 已恢复 | 已用 20%，没有请求等候"
