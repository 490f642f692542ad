"""What `kill -9` leaves: every request that was said to be kept, and sums that agree with them."""

import contextlib
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from trayapp.db import Schema, offline
from trayapp.meter.ledger import SCHEMA
from trayapp.meter.schema import STEPS, m003_activity

PROGRAM = Path(__file__).with_name("killed.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL and fork")


def kill_after(path: Path, lines: int) -> int:
    """Let a writer go until it has said *lines*, kill it, and return what it said last."""
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(path)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        said = 0
        for _ in range(lines):
            said = int(writer.stdout.readline())
        writer.kill()
        for line in writer.stdout.read().splitlines():
            with contextlib.suppress(ValueError):  # the last line may be half
                said = int(line)
    return said


def check(path: Path, said: int) -> None:
    """Hold the file to what was said of it."""
    with offline(path, SCHEMA) as connection:
        (sound,) = connection.execute("PRAGMA integrity_check").fetchone()
        (kept,) = connection.execute("SELECT count(*) FROM requests").fetchone()
        (days,) = connection.execute("SELECT coalesce(sum(requests), 0) FROM days").fetchone()
        (hours,) = connection.execute("SELECT coalesce(sum(requests), 0) FROM hours").fetchone()
        names = [name for (name,) in connection.execute("SELECT request_id FROM requests")]
    assert sound == "ok"
    assert kept >= said
    assert kept == days == hours
    assert len(names) == kept


@pytest.mark.slow
def test_what_was_said_to_be_kept_is_kept(tmp_path: Path) -> None:
    """Three kills, one after the other, on one file (R27)."""
    draw = random.Random(5)
    path = tmp_path / "meter.db"
    for _ in range(3):
        check(path, kill_after(path, draw.randrange(1, 40)))


@pytest.mark.long
def test_it_is_kept_two_hundred_times(tmp_path: Path) -> None:
    """The same, over and over (R27)."""
    draw = random.Random(7)
    path = tmp_path / "meter.db"
    for _ in range(200):
        check(path, kill_after(path, draw.randrange(1, 60)))


@pytest.mark.slow
@pytest.mark.parametrize("version", range(STEPS.index(m003_activity) + 1))
def test_a_migration_killed_at_any_statement_leaves_old_or_new(
    tmp_path: Path, version: int
) -> None:
    """Never a mixture: the next start takes all that is missing, and every row is there (R33)."""
    old = tmp_path / "meter.db"
    with offline(old, Schema("meter", STEPS[:version])) as connection:
        if version:
            _fill(connection)

    program = [sys.executable, str(PROGRAM), str(old), "steps"]
    steps = int(subprocess.run(program, capture_output=True, check=True).stdout)

    assert steps > 5
    for step in range(1, steps + 1):
        copy = old.with_name(f"{old.name}.{step}")
        with contextlib.closing(sqlite3.connect(copy)) as raw:
            (reached,) = raw.execute("PRAGMA user_version").fetchone()
            assert reached in {version, len(STEPS)}
        with offline(copy, SCHEMA) as connection:
            (rows,) = connection.execute("SELECT count(verdict) FROM requests").fetchone()
            (hours,) = connection.execute("SELECT coalesce(sum(requests), 0) FROM hours").fetchone()
        assert rows == hours == (5 if version else 0)


def _fill(connection: sqlite3.Connection) -> None:
    connection.executemany(
        "INSERT INTO requests (request_id, at, tool, kind, route, model_asked, outcome, cached,"
        " throttled, overloaded) VALUES (?, ?, 'ide', 'normal', 'messages', 'm', 'ok', 0, 0, 0)",
        [(f"r{number}", f"2026-11-21T1{number}:00:00.000Z") for number in range(5)],
    )
