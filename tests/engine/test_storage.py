"""`meter.db` under the engine: whatever happens to the file, requests go on."""

import asyncio
import datetime as dt
import random
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.meter.library import outcome, reading
from trayapp.backup import Backup
from trayapp.db import Database, NotOpen, offline
from trayapp.engine import storage as file
from trayapp.engine.problems import Problems
from trayapp.engine.storage import BACKUP, NEWER, RESTORED, WRITING, Storage
from trayapp.engine.stored import Unusable
from trayapp.meter import roll, tools
from trayapp.meter.history import History
from trayapp.meter.ledger import SCHEMA, Ledger
from trayapp.model.command import AddTool
from trayapp.model.history import Filter, ListRequests, SumRequests

IDE = "a" * 64
KNOWN = (roll.Listed(IDE, "ide", "normal", True, "2026-11-21T12:00:00Z"),)
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


class Scene:
    """A storage over a file, with all that it tells."""

    def __init__(self, path: Path) -> None:
        self.clock = FakeClock()
        self.problems = Problems(self.clock.now, lambda: None)
        self.database = Database(path, SCHEMA)
        self.storage = Storage(
            self.database, self.clock, self.problems, known=lambda: KNOWN,
            kept_from=lambda: LONG_AGO,
        )  # fmt: skip
        self.ledger = Ledger(
            self.database, failed=self.storage.failed, recovered=self.storage.recovered
        )
        self.history = History(self.database)

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems.all()]

    async def count(self) -> int:
        """How many requests the history tells, whatever was damaged."""
        asked = SumRequests(Filter(), "day")
        sums = await self.storage.ask(self.history.sums(asked, LONG_AGO))
        return sum(row.requests for row in sums.rows)

    async def until(self, reached: Callable[[], bool]) -> None:
        """Let the storage work until it is so."""
        async with asyncio.timeout(10):
            while not reached():  # noqa: ASYNC110 - the file's thread sets no event of ours
                await asyncio.sleep(0)


def play(path: Path, scene: Callable[[Scene], Awaitable[None]], *, tend: bool = False) -> Scene:
    """Open the storage of *path*, let *scene* happen, and close."""

    async def run() -> Scene:
        told = Scene(path)
        await told.storage.open()
        tending = asyncio.get_running_loop().create_task(told.storage.tend()) if tend else None
        try:
            await scene(told)
        finally:
            if tending is not None:
                told.storage.stop()
                tending.cancel()
            await told.ledger.close()
            await told.database.close()
        return told

    return asyncio.run(asyncio.wait_for(run(), 30))


async def nothing(_: object) -> None:
    """Only open and close."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A history of three requests, with a tool."""
    path = tmp_path / "meter.db"
    reading(path, [outcome(id=f"r{number}") for number in range(3)], nothing)
    with offline(path, SCHEMA) as connection:
        tools.add(connection, AddTool("ide", "normal", True, IDE))
    return path


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is waited for."""
    monkeypatch.setattr(file, "SETTLED_S", 0.0)
    monkeypatch.setattr(file, "AGAIN_S", 0.001)


def spoil(path: Path) -> None:
    """Leave nothing of the file."""
    path.write_bytes(b"no database at all" * 1000)


def test_a_sound_file_is_no_problem(path: Path) -> None:
    """It is opened and told nothing of."""

    async def scene(told: Scene) -> None:
        assert await told.count() == 3

    assert play(path, scene).codes == []


def test_a_damaged_file_comes_back_from_its_backup(path: Path) -> None:
    """What was there as the copy was made is there again, and a sentence says what is lost (R24)."""
    Backup(path).make()
    spoil(path)

    async def scene(told: Scene) -> None:
        assert await told.count() == 3

    told = play(path, scene)

    (problem,) = told.problems.all()
    assert problem.code == RESTORED
    assert "came back from the backup of" in problem.message


def test_damage_without_a_backup_begins_anew(path: Path) -> None:
    """The tools are connected all the same, and what is recorded from now on is kept."""
    spoil(path)

    async def scene(told: Scene) -> None:
        told.ledger.record(outcome())
        await told.ledger.close()
        assert await told.count() == 1
        assert set(await told.database.run(tools.table)) == {IDE}

    told = play(path, scene)

    (problem,) = told.problems.all()
    assert problem.message == (
        "meter.db was damaged and there was no backup: history begins anew. The damaged file is"
        " kept beside it; tools stay connected."
    )


def test_an_emptied_file_comes_back(path: Path) -> None:
    """Nothing in it is no new history where there was one (R24)."""
    Backup(path).make()
    path.write_bytes(b"")

    async def scene(told: Scene) -> None:
        assert await told.count() == 3

    assert play(path, scene).codes == [RESTORED]


def test_an_emptied_file_without_a_backup_keeps_the_tools(path: Path) -> None:
    """The roll beside it tells that there was one: nobody who was let in is shut out."""
    path.write_bytes(b"")

    async def scene(told: Scene) -> None:
        assert set(await told.database.run(tools.table)) == {IDE}

    assert play(path, scene).codes == [RESTORED]


def test_a_file_that_was_taken_away_stays_away(path: Path) -> None:
    """Who deletes the history does not get it back from a copy."""
    Backup(path).make()
    path.unlink()

    async def scene(told: Scene) -> None:
        assert await told.count() == 0

    assert play(path, scene).codes == []


def test_a_newer_file_is_read_and_left_as_it_is(path: Path) -> None:
    """Its tools may enter, its history is told, and not a byte of it changes (R34)."""
    with offline(path, SCHEMA) as connection:
        connection.execute("PRAGMA user_version=9999")
    before = path.read_bytes()

    async def scene(told: Scene) -> None:
        assert await told.count() == 3
        assert set(await told.database.run(tools.table)) == {IDE}
        told.ledger.record(outcome())
        with pytest.raises(Unusable, match="may only be read"):
            await told.storage.ask(
                told.database.run(
                    lambda connection: tools.add(connection, AddTool("b", "normal", True, "b" * 64))
                )
            )

    told = play(path, scene, tend=True)

    assert told.codes == [NEWER]
    assert path.read_bytes() == before


@pytest.mark.usefixtures("_at_once")
@pytest.mark.slow
def test_a_held_file_is_opened_when_it_is_free(path: Path) -> None:
    """Until then requests are kept in memory, and a sentence says who is in the way (R23)."""
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    holder.execute("PRAGMA user_version=3")
    late: list[bool] = []

    async def opened() -> None:
        late.append(True)

    async def scene(told: Scene) -> None:
        told.storage.opened = opened
        assert told.codes == [WRITING]
        assert "Another program holds meter.db" in told.problems.all()[0].message
        with pytest.raises(Unusable):
            await told.count()
        told.ledger.record(outcome())
        holder.close()
        await told.until(lambda: bool(late))
        await told.ledger.close()
        assert await told.count() == 4

    assert play(path, scene, tend=True).codes == []


@pytest.mark.usefixtures("_at_once")
def test_damage_that_shows_while_it_runs_is_mended(path: Path) -> None:
    """The file is exchanged under the ledger, and what waited is written to the new one."""
    Backup(path).make()

    async def scene(told: Scene) -> None:
        await told.until(lambda: told.storage._checked is not None)
        error = sqlite3.DatabaseError("malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        told.storage.failed(error)
        told.ledger.record(outcome())
        await told.until(lambda: RESTORED in told.codes)
        await told.ledger.close()
        assert await told.count() == 4

    play(path, scene, tend=True)


@pytest.mark.usefixtures("_at_once")
def test_damage_that_only_a_check_finds_is_mended(path: Path) -> None:
    """A file cut by a page opens and counts, and is put back all the same (R24)."""
    Backup(path).make()
    content = path.read_bytes()
    path.write_bytes(content[:-4096])

    async def scene(told: Scene) -> None:
        await told.until(lambda: RESTORED in told.codes)
        assert await told.count() == 3

    play(path, scene, tend=True)


@pytest.mark.usefixtures("_at_once")
def test_a_copy_is_made_each_day(path: Path) -> None:
    """Once the file was found sound; one of today is left."""
    backup = Backup(path)

    async def scene(told: Scene) -> None:
        await told.until(backup.copy.exists)

    play(path, scene, tend=True)
    assert backup.is_sound(backup.copy)


@pytest.mark.usefixtures("_at_once")
def test_a_disk_without_room_for_a_copy_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """History itself goes on."""
    monkeypatch.setattr("trayapp.backup.SPARE", 1 << 60)

    async def scene(told: Scene) -> None:
        await told.until(lambda: BACKUP in told.codes)

    assert play(path, scene, tend=True).codes == [BACKUP]


def test_what_cannot_be_read_at_the_start_is_done_without(path: Path) -> None:
    """The engine takes what there is instead, and says what is wrong."""

    async def scene(told: Scene) -> None:
        async def broken(error: Exception) -> str:
            raise error

        full = sqlite3.OperationalError("full")
        full.sqlite_errorcode = sqlite3.SQLITE_FULL
        assert await told.storage.first(broken(full), "instead") == "instead"
        assert "The disk is full" in told.problems.all()[0].message
        assert await told.storage.first(broken(TypeError("nonsense")), "instead") == "instead"
        assert told.storage._is_damaged.is_set()

    play(path, scene)


@pytest.mark.slow
def test_no_flipped_bit_stops_a_start(path: Path) -> None:
    """Whatever a bit in the file says, it opens, and a request is recorded and told (R24)."""
    Backup(path).make()
    sound = path.read_bytes()
    draw = random.Random(11)
    for _ in range(60):
        content = bytearray(sound)
        place = draw.randrange(len(content))
        content[place] ^= 1 << draw.randrange(8)
        path.write_bytes(content)

        async def scene(told: Scene) -> None:
            await told.storage.first(told.database.run(roll.of), ())
            told.ledger.record(outcome())
            await told.storage.first(told.history.page(ListRequests()), None)

        play(path, scene)


@pytest.mark.parametrize("end", ["-wal", "-shm"])
@pytest.mark.parametrize("content", [b"", b"\xff" * 5000, None])
def test_whatever_lies_beside_the_file_is_survived(
    path: Path, end: str, content: bytes | None
) -> None:
    """A log that is missing, empty or garbage takes no row that was folded in (R24)."""
    beside = path.with_name(path.name + end)
    if content is not None:
        beside.write_bytes(content)

    async def scene(told: Scene) -> None:
        assert await told.count() == 3

    assert play(path, scene).codes == []


def test_what_is_not_open_says_so(tmp_path: Path) -> None:
    """A question to a file that could not be opened is refused in words."""

    async def ask() -> None:
        told = Scene(tmp_path / "meter.db")
        with pytest.raises(Unusable, match="cannot be used"):
            await told.count()
        with pytest.raises(NotOpen):
            await told.database.exchange(lambda: None)

    asyncio.run(ask())
