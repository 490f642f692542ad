"""The one note: which of all matters is told, and what helps."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter, Pool, Problem
from trayapp.ui.link import Link
from trayapp.ui.matter import Matter
from trayapp.ui.wording.matters import matter

EN, CN = speaking("en"), speaking("zh_CN")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
UP = Link("connected", NOW)
WINDOWS = ("panel", "connect", "settings")


def at(**units: float) -> dt.datetime:
    return NOW + dt.timedelta(**units)


def pool(*meters: Meter) -> Pool:
    return Pool("a", "anthropic", None, "claude-sonnet-5-5", meters)


def told(found: Matter | None) -> Matter:
    assert found is not None
    return found


def soft(text: str) -> str:
    return text.replace("\u00a0", " ")


TOKENS = Meter("output_tokens", 8000, 1100, 0.86, runs_out_at=at(minutes=6), level="warning")


def test_nothing_is_the_matter() -> None:
    """A calm engine has no note, nor has one that was not heard yet."""
    assert matter(EN, SNAPSHOT, UP, NOW, WINDOWS) is None
    assert matter(EN, None, Link("starting", NOW), NOW, WINDOWS) is None


def test_engine_that_is_down() -> None:
    """It says since when, why, what it means for tools, and how to start it."""
    link = Link("down", at(minutes=-4), attempt=5, tries=5, why="Its disk is full.")

    shown = told(matter(EN, SNAPSHOT, link, NOW, WINDOWS, ("Zed",)))

    assert shown.title == "The engine is not running"
    assert shown.body == (
        "It stopped at 13:58 and 5 restarts failed. Its disk is full."
        " 1 tool points here and gets no answer: “Zed”."
    )
    assert [offer.name for offer in shown.offers] == ["start", "connect"]


def test_engine_that_never_restarted() -> None:
    """What was not tried is not said, and no window is offered that is not there."""
    shown = told(matter(EN, None, Link("down", at(minutes=-4)), NOW, (), ("Zed",)))

    assert shown.body == "It stopped at 13:58."
    assert [offer.name for offer in shown.offers] == ["start"]


def test_engine_that_restarts() -> None:
    """A countdown with a button, or neither while it is being tried."""
    waits = Link("restarting", NOW, attempt=2, tries=5, next_at=at(seconds=4))
    tries = replace(waits, next_at=None)

    first = told(matter(EN, None, waits, NOW, WINDOWS))
    second = told(matter(EN, None, tries, NOW, WINDOWS))

    assert soft(first.title) == "Engine restarting, try 2 of 5 in 4 s"
    assert (second.title, second.offers) == ("Engine restarting, try 2 of 5", ())


def test_worst_problem_comes_first() -> None:
    """The spend cap stands above the rest, which are counted."""
    problems = tuple(Problem(code, code, NOW) for code in ("odd", "keyring", "spend_cap"))

    shown = told(matter(EN, replace(SNAPSHOT, problems=problems), UP, NOW, WINDOWS))

    assert shown.title == "The organization’s spend cap is reached"
    assert (shown.tone, shown.more) == ("depleted", "and 2 more")


@pytest.mark.parametrize(("windows", "offers"), [(WINDOWS, ["settings"]), ((), [])])
def test_problem_that_settings_help(windows: tuple[str, ...], offers: list[str]) -> None:
    """A button leads to Settings where there is such a window."""
    refused = replace(SNAPSHOT, problems=(Problem("key_refused", "Not accepted.", NOW),))

    shown = told(matter(EN, refused, UP, NOW, windows))

    assert [offer.name for offer in shown.offers] == offers


def test_unknown_problem_is_told_in_its_own_words() -> None:
    """English has the engine's sentence, other languages ours where there is one."""
    odd = replace(SNAPSHOT, problems=(Problem("odd", "Do this.", NOW),))
    offline = replace(SNAPSHOT, problems=(Problem("offline", "No name.", NOW),))

    assert told(matter(EN, odd, UP, NOW, ())).body == "Since 14:02: Do this."
    assert told(matter(EN, offline, UP, NOW, ())).body == "Since 14:02: No name."
    assert "请求会立即报错" in told(matter(CN, offline, UP, NOW, ())).body


def test_pause_is_told_with_who_waits() -> None:
    """It is the user's own doing, and has its own colour."""
    waits = told(matter(EN, replace(SNAPSHOT, paused=True, held_total=3), UP, NOW, ()))
    none = told(matter(EN, replace(SNAPSHOT, paused=True), UP, NOW, ()))

    assert (waits.tone, waits.body) == ("paused", "3 requests wait until you resume.")
    assert none.body == "New requests will wait."


def test_soonest_forecast_is_told() -> None:
    """What runs out first is the title, with its pool below."""
    later = Meter("five_hour", utilization=0.95, runs_out_at=at(hours=1), level="critical")
    both = replace(SNAPSHOT, pools=(pool(later, TOKENS, Meter("spend_day", runs_out_at=NOW)),))

    shown = told(matter(EN, both, UP, NOW, ()))

    assert soft(shown.title) == "Output tokens run out in about 6 min"
    assert (shown.body, shown.more) == (
        "Sonnet 5.5, at the pace of now".replace("Sonnet 5.5", "Sonnet 5.5 · login"),
        "and 1 more",
    )


def test_window_runs_out() -> None:
    """A window is one thing, and critical where it nearly is used up."""
    hours = Meter("five_hour", utilization=0.95, runs_out_at=at(hours=1), level="critical")

    shown = told(matter(EN, replace(SNAPSHOT, pools=(pool(hours),)), UP, NOW, ()))

    assert soft(shown.title) == "5 hours: runs out in about 1 h"
    assert shown.tone == "critical"


@pytest.mark.parametrize(
    ("resets", "body"),
    [(None, "Sonnet 5.5 · login"), (at(hours=2), "Sonnet 5.5 · login, open again 16:02")],
)
def test_window_that_is_used_up(resets: dt.datetime | None, body: str) -> None:
    """It says when it is open again, where that is known."""
    gone = Meter("five_hour", utilization=1.0, resets_at=resets, level="depleted")

    shown = told(matter(EN, replace(SNAPSHOT, pools=(pool(gone),)), UP, NOW, ()))

    assert (shown.title, shown.body) == ("5 hours used up", body)


def test_offline_forecasts_nothing() -> None:
    """Without a connection nothing is used, so nothing runs out."""
    off = replace(SNAPSHOT, pools=(pool(TOKENS),), problems=(Problem("offline", "Gone.", NOW),))

    shown = told(matter(EN, off, UP, NOW, ()))

    assert (shown.title, shown.more) == ("No connection to the API", "")
