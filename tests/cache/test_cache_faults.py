"""What disks, other processes and keyrings can do to the response cache: a miss at worst."""

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.cache.asked import asking, body, message
from tests.cache.shelf_life import Scene, play
from trayapp.cache import cache as module
from trayapp.cache.lookup import HIT, MISS
from trayapp.model.errors import KeyringLocked

pytestmark = pytest.mark.slow
OTHER = asking(body=body(max_tokens=7))
DAMAGE = (b"x" * 8192, b"", b"SQLite format 3\0" + b"\xff" * 5000)


@pytest.mark.parametrize("content", DAMAGE)
def test_damaged_file_is_made_anew(tmp_path: Path, content: bytes) -> None:
    """What is no database, or none of ours, is dropped at the opening, and nobody is told (R24)."""
    tmp_path.joinpath("cache.db").write_bytes(content)

    async def scene() -> None:
        met = Scene(tmp_path)
        found = [(await met.ask()).status, (await met.ask()).status]
        await met.finish()

        assert (found, met.told) == ([MISS, HIT], [None])

    play(scene)


def test_newer_file_is_made_anew(tmp_path: Path) -> None:
    """A cache that a newer version wrote is dropped: it holds nothing that cannot be had again (R34)."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.finish()
        connection = sqlite3.connect(met.path)
        connection.execute("PRAGMA user_version=9999")
        connection.close()
        again = Scene(tmp_path)
        found = [(await again.ask()).status, (await again.ask()).status]
        await again.finish()

        assert (found, again.told) == ([MISS, HIT], [None])

    play(scene)


def test_file_that_is_damaged_in_use_is_made_anew(tmp_path: Path) -> None:
    """A lookup or a write that finds damage is a miss, and what was to be kept is kept anew."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        shelf = met.cache._shelf
        assert shelf is not None
        await shelf.database.run(lambda file: file.execute("DROP TABLE bodies"))
        missed = await met.ask()
        await asyncio.gather(*met.tasks)
        found = [(await met.ask()).status, (await met.ask()).status]
        renewed = met.cache._shelf
        await met.finish()

        assert (missed.status, found[-1]) == (MISS, HIT)
        assert renewed is not shelf

    play(scene)


def test_row_that_is_damaged_is_a_miss_and_goes(tmp_path: Path) -> None:
    """A row that does not open is deleted and counted; the answer is asked for again (A41)."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        shelf = met.cache._shelf
        assert shelf is not None
        await shelf.database.run(lambda file: file.execute("UPDATE bodies SET sealed = 'x'"))
        found = await met.cache.look(asking())
        stats = await met.cache.stats()
        await met.finish()

        assert (found.status, stats.entries, stats.bytes, stats.damaged) == (MISS, 0, 0, 1)

    play(scene)


def test_without_a_data_key_nothing_is_kept(tmp_path: Path) -> None:
    """The user is told, it is not asked for again and again, and it comes back by itself."""

    async def scene() -> None:
        met = Scene(tmp_path)
        met.no_key = KeyringLocked()
        off = [(await met.ask()).status, (await met.ask()).status]
        asked, told = met.key_asked, list(met.told)
        met.no_key = None
        met.clock.advance(module.RETRY_S)
        on = (await met.ask()).status
        await met.finish()

        assert off == [b"sluice; fwd=bypass; detail=off"] * 2
        assert (asked, on, met.told[-1]) == (1, MISS, None)
        assert KeyringLocked.sentence in str(told[0])

    play(scene)


def test_slow_opening_holds_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests wait for it only so long, and all together, not each anew."""
    monkeypatch.setattr(module, "OPENING_S", 0.01)

    async def scene() -> None:
        met = Scene(tmp_path)
        gate = asyncio.Event()
        key = met.cache._data_key

        async def slow() -> object:
            await gate.wait()
            return await key()

        met.cache._data_key = slow  # type: ignore[assignment]
        first = (await met.ask()).status
        met.clock.advance(1)
        second = (await met.ask()).status
        gate.set()
        await asyncio.gather(*met.tasks)
        third = (await met.ask()).status
        await met.finish()

        assert (first, second, third) == (*[b"sluice; fwd=bypass; detail=off"] * 2, MISS)

    play(scene)


def test_slow_lookup_is_a_miss(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file whose thread is busy for longer than 50 ms is not waited for."""
    monkeypatch.setattr(module, "LOOKUP_S", 0.01)

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        shelf = met.cache._shelf
        assert shelf is not None
        busy = threading.Event()
        shelf.database.submit(lambda _: busy.wait(5), lambda _: None)
        found = await met.cache.look(asking())
        busy.set()
        await met.finish()

        assert (found.status, met.told) == (MISS, [None])

    play(scene)


def test_full_disk_keeps_answers_in_memory(tmp_path: Path) -> None:
    """While the disk takes nothing the user is told, and all comes back by itself (R22)."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        shelf = met.cache._shelf
        assert shelf is not None
        run = shelf.database.run
        await run(lambda file: file.execute("PRAGMA max_page_count=1"))
        large = message(content=[{"type": "text", "text": "x" * 2_000_000}])
        await met.ask(OTHER, large)
        await met.written()
        told, working = met.told[-1], (await met.cache.stats()).working
        found = [(await met.ask(OTHER)).status, (await met.ask()).status]
        await run(lambda file: file.execute("PRAGMA max_page_count=1000000"))
        await met.written()
        stats = await met.cache.stats()
        await met.finish()

        assert told == "The response cache is off: the disk is full. Requests go on as usual."
        assert (working, found) == (False, [HIT, HIT])
        assert (met.told[-1], stats.entries, stats.working) == (None, 2, True)

    play(scene)


def test_foreign_lock_holds_nobody(tmp_path: Path) -> None:
    """A process that holds the file keeps writes waiting, not requests; hits go on (R23)."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        foreign = sqlite3.connect(met.path, isolation_level=None)
        foreign.execute("BEGIN EXCLUSIVE")
        await met.ask(OTHER)
        await met.written()
        told = met.told[-1]
        found = [(await met.ask(OTHER)).status, (await met.ask()).status]
        foreign.execute("ROLLBACK")
        foreign.close()
        await met.written()
        stats = await met.cache.stats()
        await met.finish()

        assert "another program holds its file" in str(told)
        assert (found, stats.entries, met.told[-1]) == ([HIT, HIT], 2, None)

    play(scene)


def test_lookup_that_fails_is_a_miss(tmp_path: Path) -> None:
    """Whatever a lookup meets, the request goes on; the next one that works clears the trouble."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        shelf = met.cache._shelf
        assert shelf is not None
        run = shelf.database.run

        async def fails(_: object) -> None:
            raise OSError

        shelf.database.run = fails  # type: ignore[assignment,method-assign]
        missed = await met.cache.look(asking())
        told = met.told[-1]
        shelf.database.run = run  # type: ignore[method-assign]
        found = await met.cache.look(asking())
        await met.finish()

        assert (missed.status, found.status) == (MISS, HIT)
        assert "OSError" in str(told)
        assert met.told[-1] is None

    play(scene)
