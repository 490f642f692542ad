"""Thirty-two connections that ask again at once: answers a second, and processor time of each."""

from collections.abc import Iterator

from tests.bench.figures import Row
from tests.bench.machine import cpu_s
from tests.bench.probe import Asking, Loop, turns
from tests.bench.world import Scale, world

CONNECTIONS = 32


def throughput(scale: Scale) -> Iterator[Row]:
    """Answers a second; *busy* tells whether the relay or the load side was the limit."""
    rate = Row("answers a second, 32 connections, 4 KB", "1/s", "≥ 0.2 × nginx, ≥ 100 × LiteLLM")
    work = Row("processor time of one such answer", "µs")
    busy = Row("the relay's core while it answers", "% busy", over="")
    with world(scale, streams=False) as here:
        loops = {
            name: Loop(target, Asking(target, 4096), CONNECTIONS)
            for name, target in here.targets.items()
        }
        for number in range(scale.repeats):
            for name in turns(here.names, number):
                pids = here.targets[name].pids
                loops[name].run(0.2)
                before = cpu_s(pids)
                answers = loops[name].run(scale.seconds)
                spent = (cpu_s(pids) - before) / scale.seconds
                rate.add(name, answers)
                if name in here.relays:
                    work.add(name, spent / answers * 1e6)
                    busy.add(name, spent * 100)
        for loop in loops.values():
            loop.close()
    yield rate
    yield work
    yield busy
