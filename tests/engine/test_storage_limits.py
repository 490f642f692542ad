"""`meter.db` at its limits: a disk that is really full, and five million requests."""

import asyncio
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engine.test_storage import Scene as Stored
from tests.engine.test_storage import play
from tests.meter.library import outcome
from trayapp.clock import Clock
from trayapp.db import offline
from trayapp.engine.storage import WRITING
from trayapp.meter import ledger
from trayapp.meter.ledger import SCHEMA
from trayapp.model.history import Filter, ListRequests

CLOCK = Clock()
MILLIONS = 5_000_000
_GENERATED = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
INSERT INTO requests (request_id, at, ended, tool, kind, route, model_asked, verdict, outcome,
    input_tokens, output_tokens, cost_usd, cached, throttled, overloaded)
SELECT 'r' || i, '2026-11-21T12:00:00.000Z', 1700000000000 + 20 * i, 'ide' || (i % 7), 'normal',
    'messages', 'claude-sonnet-5-5', 'answered', 'ok', 100, 20, 0.001, 0, 0, 0 FROM n
"""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("nothing can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="only root on Linux can mount a disk"
)
def test_a_full_disk_loses_no_request(disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are kept in memory, a sentence says why, and all are written once there is room (R22)."""
    monkeypatch.setattr(ledger, "RETRY_S", 0.01)
    ballast = disk / "ballast"
    problems: list[list[str]] = []

    async def scene(stored: Stored) -> None:
        with ballast.open("wb") as file:
            while True:
                try:
                    os.write(file.fileno(), bytes(4096))
                except OSError:
                    break
        for number in range(800):
            stored.ledger.record(outcome(id=f"r{number}", model_asked="m" * 200))
        stored.ledger.flush()
        await stored.until(lambda: WRITING in stored.codes)
        problems.append(stored.codes)
        ballast.unlink()
        stored.ledger.flush()
        async with asyncio.timeout(20):
            while await stored.count() < 800:
                stored.ledger.flush()
        problems.append(stored.codes)

    play(disk / "meter.db", scene)

    with offline(disk / "meter.db", SCHEMA) as connection:
        (kept,) = connection.execute("SELECT count(DISTINCT request_id) FROM requests").fetchone()
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
    assert (kept, sound) == (800, "ok")
    assert problems == [[WRITING], []]


@pytest.mark.long
def test_five_million_requests_delay_no_start(tmp_path: Path) -> None:
    """The file opens within a quarter of a second, and a page comes within a tenth (R36)."""
    path = tmp_path / "meter.db"
    with offline(path, SCHEMA) as connection:
        _generate(connection, MILLIONS)
    took: dict[str, float] = {}

    async def scene(stored: Stored) -> None:
        took["open"] = CLOCK.monotonic() - begun
        asked = CLOCK.monotonic()
        page = await stored.storage.ask(stored.history.page(ListRequests(Filter(), limit=250)))
        took["page"] = CLOCK.monotonic() - asked
        assert len(page.rows) == 250

    begun = CLOCK.monotonic()
    play(path, scene)

    assert took["open"] < 0.25
    assert took["page"] < 0.1


def _generate(connection: sqlite3.Connection, rows: int) -> None:
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute(_GENERATED, [rows])
