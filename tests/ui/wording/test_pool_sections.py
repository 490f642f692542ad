"""A pool as the panel shows it."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter, Pool
from trayapp.ui.wording.pool_sections import order, section

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
AGO = NOW - dt.timedelta(seconds=3)

TOKENS = Meter("output_tokens", 8000, 8000, 0.0, source="estimated", measured_at=AGO)
REQUESTS = Meter("requests", 50, 50, 0.0, source="estimated", measured_at=AGO)
KEY = Pool("a", "anthropic", "org", "claude-sonnet-5-5", (TOKENS, REQUESTS), ("Work",), "Start")
HOURS = Meter("five_hour", utilization=0.4, source="measured", measured_at=AGO)
LOGIN = Pool("b", "anthropic", "org", "claude-opus-5-5", (HOURS,))


@pytest.mark.parametrize(
    ("pool", "title", "line"),
    [
        (KEY, "Sonnet 5.5", "Key “Work” · Start, per minute"),
        (replace(KEY, plan=None, keys=()), "Sonnet 5.5", "anthropic · per minute"),
        (replace(KEY, keys=(), upstream="", meters=()), "Sonnet 5.5", "Start, per minute"),
        (replace(KEY, keys=(), upstream="", plan=None, meters=()), "Sonnet 5.5", ""),
        (
            replace(KEY, keys=("Work", "CI"), plan=None),
            "Sonnet 5.5",
            "Keys “Work”, “CI” · one organization, shared limits · per minute",
        ),
        (LOGIN, "Opus 5.5 · login", "anthropic · all models"),
        (
            replace(LOGIN, plan="Max", meters=(Meter("seven_day_opus"),)),
            "Opus 5.5 · login",
            "anthropic · Max",
        ),
        (replace(KEY, states_limits=False, meters=()), "Sonnet 5.5", "This server states no limits"),
    ],
)  # fmt: skip
def test_heading(pool: Pool, title: str, line: str) -> None:
    """A pool is called by its model, and its second line says whose it is."""
    shown = section(EN, pool, NOW)

    assert (shown.title, shown.line) == (title, line)


def test_meters_have_their_order() -> None:
    """Requests come before tokens, and money is told elsewhere."""
    shown = section(EN, replace(KEY, meters=(TOKENS, Meter("spend_day"), REQUESTS)), NOW)

    assert [row.key for row in shown.rows] == ["requests", "output_tokens"]


def test_full_buckets_say_that_they_refilled() -> None:
    """Where all is full by the model alone, the last row says so."""
    shown = section(EN, KEY, NOW)
    used = section(EN, replace(KEY, meters=(TOKENS, replace(REQUESTS, utilization=0.2))), NOW)

    assert [row.caption for row in shown.rows] == ["", "Estimated: refilled since the last answer"]
    assert [row.caption for row in used.rows] == ["", ""]


def test_lost_engine_makes_all_stale() -> None:
    """Without an engine every meter is what it was."""
    shown = section(EN, KEY, NOW, lost=NOW)

    assert (shown.stale, shown.tone) == (True, "stale")
    assert shown.source.replace("\u00a0", " ") == "stale 3 s"


def test_line_of_the_hour_is_spoken_and_coloured() -> None:
    """The last hour has its range in words, and the colour of the worst meter."""
    tight = replace(KEY, meters=(replace(TOKENS, level="critical"),), history=(None, 0.2, 0.9))
    shown = section(EN, tight, NOW)

    assert (shown.tone, shown.history_spoken) == ("critical", "last hour: 20 to 90 percent used")


def test_pools_in_use_come_first() -> None:
    """Those that nobody used in the last hour stand below."""
    used = replace(LOGIN, last_used_at=AGO)
    old = replace(KEY, last_used_at=NOW - dt.timedelta(hours=2))

    assert order((KEY, used), NOW) == ("b", "a")
    assert order((old, used), NOW) == ("b", "a")
