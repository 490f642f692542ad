"""How cost grows with streams, with requests that wait, with pools, with history, with bodies."""

import contextlib
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import relays
from tests.bench.figures import DIRECT, NGINX, SLUICE, Row, percentile
from tests.bench.latency import blocks
from tests.bench.machine import cpu_s, stop
from tests.bench.probe import Asking, Target, ask, connect, rest_of, stream
from tests.bench.upstream import EVENTS
from tests.bench.world import Scale, World, world

STREAMS = (1, 10, 50, 100, 200)
HELD = (1, 10, 100, 1_000)
POOLS = (1, 10, 100)
ROWS = (10, 10_000, 1_000_000, 5_000_000)
BODIES = (4_096, 40_000, 400_000, 4_000_000, 30_000_000)


def grown_streams(scale: Scale) -> Iterator[Row]:
    """Processor time and delay of a paced event, by how many streams run at once."""
    with world(Scale()) as here:
        for count in STREAMS:
            work = Row(f"{count} streams: processor time of an event", "µs")
            delay = Row(f"{count} streams: an event's way p50 with all", "µs")
            for _ in range(scale.repeats):
                for name in (NGINX, SLUICE):
                    target = here.targets[name]
                    before = cpu_s(target.pids)
                    told = stream(target, "paced", count)
                    work.add(name, (cpu_s(target.pids) - before) * 1e6 / (count * (EVENTS + 5)))
                    delay.add(name, percentile(told.delays, 0.5))
            yield work
            yield delay


def grown_held(scale: Scale) -> Iterator[Row]:
    """Processor time of a request that has to wait, by how many wait with it."""
    with world(Scale()) as here:
        target = here.targets[SLUICE]
        blocks({SLUICE: target}, 4096, 3)
        for count in HELD:
            row = Row(f"{count:,} held: processor time of one, held and let go", "µs")
            for _ in range(scale.repeats):
                row.add(SLUICE, _hold(here, target, count))
            yield row


def _hold(here: World, target: Target, count: int) -> float:
    asking = Asking(target, 4096)
    with contextlib.ExitStack() as stack:
        socks = [stack.enter_context(connect(target)) for _ in range(count)]
        _tell(here.engine.home, "pause")
        before = cpu_s(target.pids)
        for sock in socks:
            sock.sendall(asking.another())
        time.sleep(0.1 + count / 2000)
        _tell(here.engine.home, "resume")
        for sock in socks:
            seen = b""
            while rest_of(memoryview(seen)) != 0:
                seen += sock.recv(65536)
        return (cpu_s(target.pids) - before) * 1e6 / count


def _tell(home: Path, verb: str) -> float:
    """Have the command line say *verb*; return how many milliseconds that took."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "trayapp", *verb.split(), "--home", str(home)]
    subprocess.run(command, cwd=relays.ROOT, capture_output=True, check=True)
    return (time.perf_counter() - began) * 1000


def grown_pools(scale: Scale) -> Iterator[Row]:
    """Time of a request, by how many organizations' limits there are."""
    with world(Scale()) as here:
        for count in POOLS:
            row = Row(f"{count} pools: p50 with all, 4 KB", "µs")
            port, pids = here.engine.port, here.targets[SLUICE].pids
            own = [
                Target(SLUICE, port, pids, f"x-api-key: sk-ant-api03-own-{number}\r\n")
                for number in range(count)
            ]
            asking = [Asking(target, 4096) for target in own]
            with connect(own[0]) as sock:
                for each in asking:
                    ask(sock, each.another())
                for _ in range(scale.repeats):
                    turns = [asking[number % count] for number in range(400)]
                    taken = [ask(sock, each.another()) for each in turns]
                    row.add(SLUICE, percentile(taken, 0.5))
            yield row


def grown_rows(scale: Scale) -> Iterator[Row]:
    """Start, a request, and a page of history, by how many rows the history has."""
    with world(Scale()) as here:
        home, up = here.folder / "rows", here.targets[DIRECT].port
        engine = relays.Engine(home, up)
        target = engine.target(engine.token("bench"))
        blocks({SLUICE: target}, 4096, 1)
        stop(engine.child)
        for count in ROWS:
            _fill(next(home.rglob("meter.db")), count)
            started = Row(f"{count:,} rows: start until it accepts", "ms")
            asked = Row(f"{count:,} rows: p50 with all, 4 KB", "µs")
            read = Row(f"{count:,} rows: `sluice history --by day`", "ms")
            for _ in range(scale.repeats):
                engine = relays.Engine(home, up)
                started.add(SLUICE, engine.took * 1000)
                reached = Target(SLUICE, engine.port, [], target.fields)
                taken = blocks({SLUICE: reached}, 4096, 10)[SLUICE]
                asked.add(SLUICE, statistics.median(taken))
                read.add(SLUICE, _tell(home, "history --by day"))
                stop(engine.child)
            yield from (started, asked, read)


def _fill(file: Path, count: int) -> None:
    """Let the history have *count* rows, copies of its first, a second apart and ending now."""
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        names = [row[1] for row in connection.execute("PRAGMA table_info(requests)")]
        (there,) = connection.execute("SELECT count(*) FROM requests").fetchone()
        others = ", ".join(name for name in names if name not in {"id", "at", "ended"})
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            f" INSERT INTO requests (at, ended, {others})"
            " SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || (? - i) || ' seconds'),"
            f" (unixepoch() - (? - i)) * 1000, {others} FROM n,"
            f" (SELECT {others} FROM requests ORDER BY id LIMIT 1)",
            (max(1, count - there), count, count),
        )


def grown_bodies(scale: Scale) -> Iterator[Row]:
    """Time of a request, by the size of its body."""
    with world(Scale()) as here:
        for size in BODIES:
            row = Row(f"{size / 1000:,.0f} KB of body: p50 with all", "ms")
            rounds = max(1, 1_000_000 // size // scale.repeats)
            for _ in range(scale.repeats):
                taken = blocks(here.targets, size, rounds)
                for name, values in taken.items():
                    row.add(name, percentile(values, 0.5) / 1000)
            yield row


GROWTH = {
    "streams": grown_streams,
    "held": grown_held,
    "pools": grown_pools,
    "rows": grown_rows,
    "bodies": grown_bodies,
}
