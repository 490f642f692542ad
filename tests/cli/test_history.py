"""`sluice history`: from the home itself, or from the engine that has it."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest

from tests.fakes.control import FakeEngine, control, line
from tests.meter.library import outcome, reading
from trayapp.cli import main
from trayapp.clock import Clock
from trayapp.home import Home
from trayapp.meter.history import History
from trayapp.model.command import Answer, Ask
from trayapp.model.history import ListRequests, Page, Record, Sum, SumRequests, Sums

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
RECORD = Record(
    7, 1000, "slc_7", NOON, "ide", "normal", "messages", "answered", "ok", "claude-opus-5-5"
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in a folder of its own."""
    return Home.locate(str(tmp_path), {})


def filled(home: Home, count: int = 3) -> None:
    """Let *home* have *count* requests of this hour."""
    home.prepare()
    now = Clock().now() - dt.timedelta(seconds=5)
    rows = [outcome(id=f"slc_{number}", at=now) for number in range(count)]

    async def nothing(_: History) -> None:
        pass

    reading(home.meter_db, rows, nothing)


def told(home: Home, *words: str) -> int:
    """What `sluice history` ends with."""
    return main(["history", "--home", str(home.given), *words])


def test_people_get_a_table(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A head and a line for each request, newest first."""
    filled(home)

    code = told(home, "--since", "2h")

    head, *lines = capsys.readouterr().out.splitlines()
    assert (code, head.split()[:2], len(lines)) == (0, ["time", "tool"], 3)


def test_programs_get_json_lines(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """More than a page comes whole, each request once."""
    filled(home, 300)

    told(home, "--since", "2h", "--json")

    ids = [json.loads(each)["request_id"] for each in capsys.readouterr().out.splitlines()]
    assert ids == [f"slc_{number}" for number in reversed(range(300))]


def test_tables_get_csv(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """The first line names the columns."""
    filled(home)

    told(home, "--since", "2h", "--csv")

    head, *lines = capsys.readouterr().out.splitlines()
    assert (head.split(",")[2], len(lines)) == ("request_id", 3)


@pytest.mark.parametrize(
    ("form", "beginning"), [([], "tool"), (["--csv"], "key,"), (["--json"], '{"key":"Zed"')]
)
def test_sums_come_in_each_form(
    home: Home, capsys: pytest.CaptureFixture[str], form: list[str], beginning: str
) -> None:
    """By tool, in all and for programs."""
    filled(home)

    told(home, "--since", "2h", "--by", "tool", *form)

    assert capsys.readouterr().out.startswith(beginning)


def test_settings_that_cannot_be_read_hide_nothing(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """History is there to be read whatever state the settings are in."""
    filled(home)
    home.config_file.write_text("nonsense")

    assert told(home, "--by", "day") == 0
    assert "3" in capsys.readouterr().out


@pytest.mark.slow
def test_a_running_engine_is_asked(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Page after page, until it says that there are no more."""

    def reply(ask: Ask) -> list[bytes]:
        if isinstance(ask.ask, SumRequests):
            sums = Sums((Sum("ide", 2),), whole=False)
            return [line(Answer(ask.id, ok=True, value=msgspec.to_builtins(sums)))]
        assert isinstance(ask.ask, ListRequests)
        page = Page((RECORD,), next=None if ask.ask.before else (1000, 7))
        return [line(Answer(ask.id, ok=True, value=msgspec.to_builtins(page)))]

    with control(home, FakeEngine(reply=reply)), home.lock():
        rows = told(home, "--json")
        sums = told(home, "--by", "tool")

    said = capsys.readouterr()
    assert (rows, sums) == (0, 0)
    assert said.out.count('"slc_7"') == 2
    assert "shorter time" in said.err


@pytest.mark.slow
def test_a_refusal_is_passed_on(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """What the engine says is said."""

    def reply(ask: Ask) -> list[bytes]:
        return [line(Answer(ask.id, ok=False, message="The disk is full."))]

    with control(home, FakeEngine(reply=reply)), home.lock():
        code = told(home)

    assert code == 1
    assert "The disk is full." in capsys.readouterr().err
