"""One connection: what a relay adds to a request, and what a miss and a hit of the cache add."""

from collections.abc import Iterator

from tests.bench.figures import DIRECT, SLUICE, Row, percentile
from tests.bench.probe import Asking, Target, ask, connect, turns
from tests.bench.world import Scale, world

BLOCK = 20
SLOW = 2000.0
"""Microseconds: a target that takes longer is asked less often, or a run would take an hour."""


def blocks(
    targets: dict[str, Target], size: int, rounds: int, *, models: dict[str, str] | None = None
) -> dict[str, list[float]]:
    """Ask *targets* in turn, twenty requests a block, and return microseconds by name."""
    socks = {name: connect(target) for name, target in targets.items()}
    asking = {
        name: Asking(target, size, model=(models or {}).get(name, ""))
        for name, target in targets.items()
    }
    taken: dict[str, list[float]] = {name: [] for name in targets}
    for number in range(rounds):
        for name in turns(list(targets), number):
            first = ask(socks[name], asking[name].another())  # warms what others made cold
            most = BLOCK if first < SLOW else 2
            taken[name] += [ask(socks[name], asking[name].another()) for _ in range(most)]
    for sock in socks.values():
        sock.close()
    return taken


def latency(scale: Scale) -> Iterator[Row]:
    """Added microseconds at 4 KB and at 200 KB of body."""
    with world(scale) as here:
        blocks(here.targets, 4096, 5)
        for size, hold in ((4096, "≤ 2.0 × nginx, ≤ 1/100 of LiteLLM"), (200_000, "≤ 5 × nginx")):
            what = f"{size // 1000} KB body, 1 connection"
            row = Row(f"added p50, {what}", "µs", hold)
            whole = Row(f"p99 with all, {what}", "µs")
            for _ in range(scale.repeats):
                taken = blocks(here.targets, size, 25)
                base = percentile(taken[DIRECT], 0.5)
                for name in here.relays:
                    row.add(name, percentile(taken[name], 0.5) - base)
                for name in here.targets:
                    whole.add(name, percentile(taken[name], 0.99))
            yield row
            yield whole


def miss(scale: Scale) -> Iterator[Row]:
    """What key, lookup and keeping cost a request that was not asked before."""
    row = Row("cache miss, 4 KB, beside no cache", "µs", "≤ 60 µs", over="")
    with world(Scale(scale.repeats)) as here:
        engine = here.engine
        targets = {
            SLUICE: here.targets[SLUICE],
            "no cache": engine.target(engine.token("uncached", "--no-cache"), "no cache"),
        }
        blocks(targets, 4096, 5)
        for _ in range(scale.repeats):
            taken = blocks(targets, 4096, 25)
            row.add(SLUICE, percentile(taken[SLUICE], 0.5) - percentile(taken["no cache"], 0.5))
    yield row
