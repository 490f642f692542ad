"""A process that writes history until it is killed, and says what it has written.

`python killed.py FILE` prints the number of each request once it is on disk. `python killed.py
FILE steps` migrates copies of an old file, each killed one statement later than the one before.
"""

import asyncio
import os
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.meter.library import outcome
from trayapp import db
from trayapp.db import Database, offline
from trayapp.meter.ledger import SCHEMA, Ledger


def say(number: int) -> None:
    """Tell whoever started this process."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


async def write(path: Path) -> None:
    """Record requests in groups of every size; a line follows each that is safe."""
    database = Database(path, SCHEMA)
    await database.open()
    ledger = Ledger(database, failed=lambda error: None)
    number = 0
    while True:
        group = number % 97 + 1
        for _ in range(group):
            number += 1
            ledger.record(outcome(id=f"r{number}"))
        while await database.run(_last) < number:
            ledger.flush()
        say(number)


def _last(connection: sqlite3.Connection) -> int:
    (number,) = connection.execute("SELECT coalesce(max(id), 0) FROM requests").fetchone()
    return int(number)


def migrate(old: Path) -> None:
    """Migrate a copy of *old* again and again until one comes through; `NAME.N` each."""
    import sqlite_utils.migrations  # noqa: F401 - once, for all the children

    step = 0
    killed = True
    while killed:
        step += 1
        copy = old.with_name(f"{old.name}.{step}")
        shutil.copyfile(old, copy)
        child = os.fork()
        if child == 0:
            _migrate_until(copy, step)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
    say(step)


def _migrate_until(copy: Path, last: int) -> None:
    """Take the pending steps, and die as statement *last* begins."""
    left = last
    real = sqlite3.connect

    def counting(*given: Any, **named: Any) -> sqlite3.Connection:
        def count(_statement: str) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        connection: sqlite3.Connection = real(*given, **named)
        connection.set_trace_callback(count)
        return connection

    db.sqlite3.connect = counting  # type: ignore[attr-defined] # in this child alone
    with offline(copy, SCHEMA):
        pass


if __name__ == "__main__":
    if len(sys.argv) > 2:
        migrate(Path(sys.argv[1]))
    else:
        asyncio.run(write(Path(sys.argv[1])))
