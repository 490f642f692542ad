"""Pacing side by side: makespan over the bound, refill used, 429s, rows lost, waits by class.

    python -m tests.bench.pacing [--seeds N] [--only TABLE]

Everything but the cost table is simulated and seeded; the upstream is `pacing_world`.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.pacing_cost import decide, whole_cycle
from tests.bench.pacing_scenes import (
    JOBS,
    WAYS,
    asleep,
    busy,
    halved,
    idle_then,
    job,
    leaving,
    person,
    shallow,
    silent,
    unpaced,
    weights,
)


def spread(values: list[float]) -> str:
    """Mean and worst of shares, in percent."""
    return f"{100 * statistics.mean(values):6.2f} ({100 * min(values):.2f})"


def backlog_table(seeds: int) -> Iterator[str]:
    """Backlog alone and beside others, by what binds."""
    yield "| 15 min backlog | bound | refill used %, mean (worst) | 429s a run |"
    yield "|---|---|---|---|"
    for tier, few in (("small", seeds), ("middle", seeds), ("big", max(1, seeds // 3))):
        for share in (0.0, 0.3, 0.6):
            for bound in "RIO":
                runs = [busy(seed, tier, bound, share=share) for seed in range(few)]
                refused = " ".join(str(run[1]) for run in runs)
                who = f"{tier}, others {share:.0%}" if share else f"{tier}, alone"
                yield f"| {who} | {bound} | {spread([run[0] for run in runs])} | {refused} |"


def odd_table(seeds: int) -> Iterator[str]:
    """The same under harder conditions."""
    yield "| condition | bound | refill used % | 429s a run |"
    yield "|---|---|---|---|"
    cases: list[tuple[str, str, str, dict[str, Any]]] = [
        ("10 % of cache reads miss", "small", "I", {"misses": 0.1}),
        ("10 % of cache reads miss", "middle", "I", {"misses": 0.1}),
        ("the same, others 30 %", "small", "I", {"misses": 0.1, "share": 0.3}),
        ("headers sampled at admission", "middle", "R", {"sample": "admission"}),
        ("headers sampled at admission", "middle", "O", {"sample": "admission"}),
        ("limits halved at half-time", "middle", "I", {"setup": halved(0.5)}),
        ("limits doubled at half-time", "middle", "O", {"setup": halved(2.0)}),
        ("request bucket holds 10 %", "middle", "R", {"setup": shallow(0.1)}),
        ("request bucket holds 2 %", "middle", "R", {"setup": shallow(0.02)}),
        ("a third hangs up in mid-answer", "middle", "O", {"setup": leaving}),
        ("sleep and wake at half-time", "middle", "I", {"setup": asleep}),
        ("no headers", "small", "R", {"setup": silent}),
        ("no headers", "middle", "I", {"setup": silent}),
        ("no headers", "middle", "O", {"setup": silent}),
    ]
    for name, tier, bound, how in cases:
        runs = [busy(seed, tier, bound, **how) for seed in range(seeds)]
        refused = " ".join(str(run[1]) for run in runs)
        yield f"| {name}, {tier} | {bound} | {spread([run[0] for run in runs])} | {refused} |"


def job_table(seeds: int) -> Iterator[str]:
    """Finite jobs, with and without a schedule."""
    yield "| job | way | makespan / bound, mean (worst) | 429s | rows lost of 500 |"
    yield "|---|---|---|---|---|"
    for name in JOBS:
        for stream, known in ((True, True), (True, False), (False, True), (False, False)):
            runs = [job(seed, name, stream=stream, known=known) for seed in range(seeds)]
            how = (
                f"Sluice, {'streamed' if stream else 'plain'}, limits {'' if known else 'un'}known"
            )
            yield row_of(name, how, [run[:3] for run in runs])
        for way in WAYS:
            yield row_of(name, way, [unpaced(seed, name, way) for seed in range(seeds)])


def row_of(name: str, way: str, runs: list[tuple[float, int, int]]) -> str:
    """One line of the job table."""
    spans = [run[0] for run in runs]
    refused = statistics.mean(run[1] for run in runs)
    lost = statistics.mean(run[2] for run in runs)
    span = f"{statistics.mean(spans):.3f} ({max(spans):.3f})" if not lost else "gave up"
    return f"| {name} | {way} | {span} | {refused:.0f} | {lost:.0f} |"


def people_table(seeds: int) -> Iterator[str]:
    """Waits by class, shares by weight, fan-outs after idling."""
    yield "| who waits | result |"
    yield "|---|---|"
    for share in (0.0, 0.3):
        waits, refused = [], 0
        for seed in range(seeds):
            more, again = person(seed, share)
            waits += more
            refused += again
        waits.sort()
        yield (
            f"| a person beside 100 rows, 60 RPM, others {share:.0%} | "
            f"median {statistics.median(waits):.1f} s, p95 {waits[int(0.95 * len(waits))]:.1f}, "
            f"max {waits[-1]:.1f}; {refused} 429s in {seeds} runs |"
        )
    for bound in "RIO":
        served = weights(0, bound)
        part = " : ".join(f"{served[weight] / served[1]:.1f}" for weight in (8, 4, 1))
        yield f"| weights 8 : 4 : 1, {bound}-bound | {part} |"
    for itpm in (2_000_000.0, 400_000.0):
        last, refused = idle_then(0, 30_000, itpm)
        least = max(0.0, (20 * 30_000 - itpm) * 60 / itpm)
        yield (
            f"| idle, then 20 x 30k prompts, {itpm:.0f} ITPM | last sent after {last:.1f} s "
            f"(bound {least:.1f}), {refused} 429s |"
        )


def cost_table() -> Iterator[str]:
    """Microseconds a decision costs."""
    yield "| cost | microseconds |"
    yield "|---|---|"
    yield f"| release with 1,000 waiting in 8 flows | {decide():.1f} |"
    yield f"| offer, release, learn, settle, finish in an idle pool | {whole_cycle():.1f} |"


TABLES: dict[str, Callable[[int], Iterator[str]]] = {
    "jobs": job_table,
    "backlog": backlog_table,
    "odd": odd_table,
    "people": people_table,
    "cost": lambda _: cost_table(),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", choices=TABLES)
    chosen = parser.parse_args()
    began = time.perf_counter()
    for name, table in TABLES.items():
        if chosen.only in {None, name}:
            for line in table(chosen.seeds):
                print(line, flush=True)
            print()
    print(f"{time.perf_counter() - began:.0f} s of wall time")


if __name__ == "__main__":
    main()
