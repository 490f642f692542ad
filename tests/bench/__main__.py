"""Sluice beside nginx, beside no relay at all, and beside its peers.

    python -m tests.bench [--peers] [--json] [--quick] [NAME ...]

The upstream and the load share one core, what is measured has the other. All targets are asked
in turn, in small blocks, so that what else the machine does disturbs all alike: trust the ratios
of one run, not its digits, and no run made while the machine was busy. Needs two cores and nginx
(Debian: nginx-light). `--peers` adds LiteLLM, Portkey's gateway, claude-code-router and
mitmproxy, each installed from its registry into a folder of the user's cache.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable, Iterator

from tests.bench.cached import cached
from tests.bench.figures import Row, table
from tests.bench.growth import GROWTH
from tests.bench.latency import latency, miss
from tests.bench.machine import LOAD, Missing, conditions, disturbance, pin
from tests.bench.peers import PEERS
from tests.bench.resting import resting, starting
from tests.bench.streams import bursts, paced
from tests.bench.throughput import throughput
from tests.bench.world import Scale

SCENES: dict[str, Callable[[Scale], Iterator[Row]]] = {
    "latency": latency,
    "throughput": throughput,
    "bursts": bursts,
    "paced": paced,
    "miss": miss,
    "hit": cached,
    "start": starting,
    "rest": resting,
}


def asked() -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "names", nargs="*", metavar="NAME",
        help=f"of {', '.join(SCENES)} (default: all of these); or how cost grows, of"
        f" {', '.join(GROWTH)}",
    )  # fmt: skip
    parser.add_argument("--peers", action="store_true", help="beside other gateways too")
    parser.add_argument("--json", action="store_true", help="every figure, for programs")
    parser.add_argument("--quick", action="store_true", help="two repeats and no more")
    told = parser.parse_args()
    for name in told.names:
        if name not in SCENES | GROWTH:
            parser.error(f"no benchmark is called {name!r}: see --help")
    return told


def run(names: list[str], scale: Scale) -> list[Row]:
    """Measure, telling what is under way on stderr."""
    rows: list[Row] = []
    for name in names:
        began, before = time.monotonic(), disturbance()
        rows += (SCENES | GROWTH)[name](scale)
        after = disturbance()
        print(
            f"{name}: {time.monotonic() - began:.0f} s; others took {after[0] - before[0]:.1f} s,"
            f" {after[1] - before[1]} TCP segments were resent",
            file=sys.stderr,
        )
    return rows


def main() -> None:
    """Measure what was asked for, and print it."""
    told = asked()
    if (os.cpu_count() or 1) < 2 or not hasattr(os, "sched_setaffinity"):
        sys.exit("This needs Linux and two cores: one for the load, one for what is measured.")
    began = conditions()
    pin(LOAD)
    repeats, seconds = (2, 1.0) if told.quick else (3 if told.peers else 5, 2.0)
    scale = Scale(repeats, seconds, PEERS if told.peers else {})
    try:
        rows = run(told.names or list(SCENES), scale)
    except Missing as missing:
        sys.exit(str(missing))
    if told.json:
        value = {"machine": began, "rows": [row.value() for row in rows]}
        print(json.dumps(value, indent=1, ensure_ascii=False))
    else:
        print(f"{began} before, {conditions().rpartition('average ')[2]} after.\n\n{table(rows)}")


if __name__ == "__main__":
    main()
