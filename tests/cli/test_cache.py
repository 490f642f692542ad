"""`sluice cache`, on a home of its own and through an engine."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.cache.shelf_life import Scene
from tests.fakes.control import FakeEngine, control, line
from trayapp.cli import main
from trayapp.home import Home
from trayapp.model.command import Answer, Ask, CacheStats, ClearCache

KEPT = {
    "entries": 1284, "bytes": 38_000_000, "limit_bytes": 512_000_000, "lifetime_s": 3600.0,
    "working": False, "damaged": 1, "dropped": 2,
}  # fmt: skip


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.locate(str(tmp_path / "h"), {})


def run(home: Home, *said: str) -> int:
    return main(["cache", *said, "--home", str(home.given)])


def reply(value: object) -> FakeEngine:
    """An engine that answers every question with this."""

    def answer(ask: Ask) -> list[bytes]:
        return [line(Answer(ask.id, ok=True, value=value))]

    return FakeEngine(reply=answer)


def fill(home: Home) -> None:
    """Keep one answer, as an engine that has ended by now."""

    async def keep() -> None:
        scene = Scene(home.cache)
        await scene.ask()
        await scene.finish()

    asyncio.run(keep())


def test_nothing_is_kept_at_first(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A home without a cache is said to be empty, and none is made."""
    code = run(home, "stats")

    assert (code, home.cache_db.exists()) == (0, False)
    assert capsys.readouterr().out == "0 answers, 0 bytes of 537 MB; each is kept for 1 h.\n"


@pytest.mark.slow
def test_what_is_kept_is_counted_and_cleared(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an engine the verb works on the file itself."""
    home.prepare()
    fill(home)
    run(home, "stats", "--json")
    stats = json.loads(capsys.readouterr().out)
    code = run(home, "clear")

    assert (stats["entries"], stats["working"], code) == (1, True, 0)
    assert capsys.readouterr().err == "The response cache is empty.\n"
    assert list(home.cache.iterdir()) == []


def test_damaged_file_is_said_to_be_off(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that cannot be read is nobody's end: the next engine makes it anew."""
    home.prepare()
    home.cache_db.write_bytes(b"x" * 5000)

    assert run(home, "stats") == 0
    assert "The response cache is off at present." in capsys.readouterr().out


def test_running_engine_is_asked(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Where an engine has the home it does what is asked, and says what went wrong."""
    home.prepare()
    with control(home, reply(KEPT)) as engine, home.lock():
        codes = [run(home, "stats"), run(home, "clear")]

    assert codes == [0, 0]
    assert [heard.ask for heard in engine.heard] == [CacheStats(), ClearCache()]
    assert capsys.readouterr().out.splitlines() == [
        "1,284 answers, 38 MB of 512 MB; each is kept for 1 h.",
        "The response cache is off at present.",
        "1 damaged on disk; they were asked for again.",
        "2 not kept, since the disk did not take them.",
    ]
