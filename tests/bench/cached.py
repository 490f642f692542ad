"""Answers out of the response cache, where it keeps a thousand and where it keeps a hundred."""

import contextlib
import random
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import relays
from tests.bench.figures import DIRECT, SLUICE, Row, percentile
from tests.bench.latency import BLOCK
from tests.bench.machine import stop
from tests.bench.probe import Asking, Target, WrongAnswer, ask, connect, turns
from tests.bench.world import Scale

QUESTIONS = 500
FEW, MANY = 1_000, 100_000


def cached(scale: Scale) -> Iterator[Row]:
    """Added microseconds of a hit among few and among many entries."""
    row = Row(
        f"cache hit over direct, {MANY:,} entries", "µs p50", "≤ 500 µs; ≤ 1.3 × few", over="few"
    )
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        direct = stack.enter_context(relays.streaming())
        targets = {DIRECT: direct}
        for name, count in (("few", FEW), (SLUICE, MANY)):
            targets[name] = stack.enter_context(_filled(folder / name, direct.port, name, count))
        for number in range(scale.repeats):
            taken = _hits(targets, number)
            base = percentile(taken[DIRECT], 0.5)
            for name in ("few", SLUICE):
                row.add(name, percentile(taken[name], 0.5) - base)
    yield row


def _hits(targets: dict[str, Target], seed: int) -> dict[str, list[float]]:
    dice = random.Random(seed)
    socks = {name: connect(target) for name, target in targets.items()}
    asking = {name: Asking(target, 4096) for name, target in targets.items()}
    taken: dict[str, list[float]] = {name: [] for name in targets}
    for number in range(25):
        for name in turns(list(targets), number):
            for _ in range(BLOCK):
                request = asking[name].numbered(dice.randrange(QUESTIONS))
                taken[name].append(ask(socks[name], request))
    for sock in socks.values():
        sock.close()
    return taken


@contextlib.contextmanager
def _filled(home: Path, upstream: int, name: str, count: int) -> Iterator[Target]:
    """Run an engine whose cache has *count* entries, those of the questions among them."""
    engine = relays.Engine(home, upstream)
    target = engine.target(engine.token("bench"), name)
    asking, sock = Asking(target, 4096), connect(target)
    for number in range(QUESTIONS):
        ask(sock, asking.numbered(number))
    sock.close()
    stop(engine.child)
    _multiply(next(home.rglob("cache.db")), count - QUESTIONS)
    again = relays.Engine(home, upstream)
    target = Target(name, again.port, [again.child.pid], target.fields)
    try:
        _check(target)
        yield target
    finally:
        stop(again.child)


def _check(target: Target) -> None:
    with connect(target) as sock:
        sock.sendall(Asking(target, 4096).numbered(0))
        answer = sock.recv(65536)
    if b"sluice; hit" not in answer:
        raise WrongAnswer(answer[:600].decode("latin-1"))


def _multiply(file: Path, count: int) -> None:
    """Put *count* more entries into the file, as large as those it has."""
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        size, sealed = connection.execute(
            "SELECT size, sealed FROM entries JOIN bodies USING (id) LIMIT 1"
        ).fetchone()
        connection.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
            " INSERT INTO entries (id, key, kept_at, size)"
            " SELECT 1000000 + i, randomblob(32), unixepoch(), ? FROM n",
            (count, size),
        )
        connection.execute(
            "INSERT INTO bodies SELECT id, ? FROM entries WHERE id > 1000000", (sealed,)
        )
        connection.execute(
            "UPDATE sums SET entries = entries + ?, bytes = bytes + ?", (count, count * size)
        )
