"""`sluice status` before a fake engine."""

import io
import json
import os
import signal
import threading
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT, FakeEngine, control, line
from trayapp.cli import main
from trayapp.home import Home
from trayapp.model.command import PROTOCOL, Hello, SnapshotFrame
from trayapp.model.snapshot import Meter, Pool, Snapshot

METER = Meter("requests", limit=50, remaining=41, utilization=0.18, source="measured",
              measured_at=SNAPSHOT.started_at)  # fmt: skip
BUSY = replace(
    SNAPSHOT, pools=(Pool("p", "https://api.anthropic.com", None, "sonnet-5.5", (METER,)),)
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def engine(*snapshots: Snapshot | None) -> FakeEngine:
    """An engine that shows these one after the other; at None it hangs up."""
    frames = [line(SnapshotFrame(each)) if each else b"" for each in snapshots]
    return FakeEngine([line(Hello(PROTOCOL, "0.1.0")), *frames])


def test_json_is_the_snapshot_of_now(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON value, with ages as they are when it is printed, and null where unknown."""
    with control(home, engine(BUSY)):
        code = main(["status", "--json", "--home", str(home.given)])

    told = json.loads(capsys.readouterr().out)
    meter = told["pools"][0]["meters"][0]
    assert code == 0
    assert told["started_at"] == "2026-11-21T12:00:00Z"
    assert told["uptime_s"] == meter["age_s"]
    assert (meter["limit"], meter["resets_at"]) == (50, None)
    assert set(told) >= {
        "version", "uptime_s", "paused", "base_url", "pools", "held", "held_total", "tools",
        "totals", "jobs", "problems",
    }  # fmt: skip


def test_text_shows_the_meters(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a flag it is text for people."""
    with control(home, engine(BUSY)):
        code = main(["--home", str(home.given), "status"])

    assert code == 0
    assert "Requests         [####------------------]  ≈18% used" in capsys.readouterr().out


def test_line_is_one_line(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """`--line` is for a shell's prompt."""
    with control(home, engine(BUSY)):
        main(["status", "--line", "--home", str(home.given)])

    assert capsys.readouterr().out == "Requests ≈18% used (sonnet-5.5)\n"


def test_without_an_engine_it_exits_with_69(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Where none runs, it says what starts one, and makes no folders."""
    assert main(["status", "--home", str(home.given)]) == 69
    assert capsys.readouterr().err == (
        f"sluice: No engine answers for {home.given}; start one with: sluice serve\n"
    )
    assert home.given
    assert not home.given.exists()


def test_watch_prints_what_is_new(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a terminal each change is a line, and the end of the engine ends it with 69."""
    paused = replace(SNAPSHOT, paused=True)
    with control(home, engine(SNAPSHOT, SNAPSHOT, paused, None)):
        code = main(["status", "--watch", "--home", str(home.given)])

    said = capsys.readouterr()
    changes, _, whole = said.out.partition("\n\n")
    assert changes == "No limit known yet\nPaused · No limit known yet"
    assert whole.startswith("Sluice ")
    assert (code, said.err) == (69, f"sluice: The engine of {home.given} has stopped.\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watch_ends_by_signal(
    home: Home, capsys: pytest.CaptureFixture[str], number: signal.Signals
) -> None:
    """Ctrl-C is how watching ends, so it is no failure; being asked to end is none either."""
    before = {each: signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)}
    timer = threading.Timer(0.05, os.kill, (os.getpid(), number))
    with control(home, engine(SNAPSHOT)):
        timer.start()
        code = main(["status", "--watch", "--home", str(home.given)])
    timer.join()
    for each, handler in before.items():
        signal.signal(each, handler)

    assert code == 0
    assert capsys.readouterr().out.startswith("No limit known yet\n\nSluice ")


def test_reader_that_leaves_is_no_traceback(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """`sluice status | true` ends quietly."""
    read, write = os.pipe()
    os.close(read)
    with control(home, engine(BUSY)), os.fdopen(write, "w") as pipe:
        monkeypatch.setattr("sys.stdout", pipe)
        code = main(["status", "--home", str(home.given)])
        monkeypatch.undo()

    assert code == 0


def test_old_terminal_gets_what_it_can_show(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a terminal has no such letter it shows a question mark."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", out)
    with control(home, engine(BUSY)):
        code = main(["status", "--line", "--home", str(home.given)])

    monkeypatch.undo()
    out.seek(0)
    assert (code, out.read()) == (0, "Requests ?18% used (sonnet-5.5)\n")
