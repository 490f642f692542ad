"""Start, memory, and processor time while nothing happens."""

import contextlib
import time
from collections.abc import Iterator

from tests.bench import relays
from tests.bench.figures import NGINX, SLUICE, Row
from tests.bench.latency import blocks
from tests.bench.machine import cpu_s, megabytes, stop
from tests.bench.probe import WrongAnswer, stream
from tests.bench.world import Scale, world

IDLE_S = 20.0
SETTLED_S = 35.0
"""After the last request: kept-alive connections have been given up by then."""


def starting(scale: Scale) -> Iterator[Row]:
    """Seconds from the command to the first request that is accepted."""
    fresh = Row("start until it accepts, fresh home", "ms", "≤ 600 ms", over="")
    known = Row("start until it accepts, known home", "ms", "≤ 250 ms", over="")
    with world(Scale()) as here:
        port = here.targets["direct"].port
        for number in range(scale.repeats):
            for row in (fresh, known):
                engine = relays.Engine(here.folder / f"home{number}", port)
                row.add(SLUICE, engine.took * 1000)
                stop(engine.child)
            began = time.perf_counter()
            with relays.proxying(here.folder, port):
                known.add(NGINX, (time.perf_counter() - began) * 1000)
    yield fresh
    yield known


def resting(scale: Scale) -> Iterator[Row]:
    """Memory once everything was used, and processor time over twenty idle seconds after."""
    rss = Row("memory after load", "MB RSS", "≤ 50 MB")
    pss = Row("memory after load, shared pages divided", "MB PSS")
    idle = Row("processor time while idle", "% of a core", "≤ 0.02 %", over="")
    with world(scale) as here:
        blocks(here.relays, 4096, 10)
        blocks(here.relays, 200_000, 2)
        for target in here.relays.values():
            with contextlib.suppress(WrongAnswer):  # some peers give no streams
                stream(target, "paced", 8)
        time.sleep(SETTLED_S)
        before = {name: cpu_s(target.pids) for name, target in here.relays.items()}
        time.sleep(IDLE_S)
        for name, target in here.relays.items():
            idle.add(name, (cpu_s(target.pids) - before[name]) / IDLE_S * 100)
            rss.add(name, megabytes(target.pids, "Rss"))
            pss.add(name, megabytes(target.pids, "Pss"))
    yield rss
    yield pss
    yield idle
