"""Streams of events: in one burst, and paced with the delay of each event."""

import sys
from collections.abc import Iterator

from tests.bench.figures import DIRECT, Row, percentile
from tests.bench.machine import cpu_s
from tests.bench.probe import Target, WrongAnswer, stream, turns
from tests.bench.upstream import EVENTS
from tests.bench.world import Scale, World, world

AT_ONCE = 32
FIRSTS = 20


def bursts(scale: Scale) -> Iterator[Row]:
    """Time to the first event over direct, and processor time where events come all at once."""
    first = Row("first event after direct's, 1 stream", "ms", "≤ 2 ms")
    work = Row("processor time of an event in a burst, 16 streams", "µs")
    with world(scale) as here:
        names = _streaming(here, "burst")
        for number in range(scale.repeats):
            base = percentile(_firsts(here.targets[DIRECT]), 0.5)
            for name in turns(names, number):
                target = here.targets[name]
                first.add(name, (percentile(_firsts(target), 0.5) - base) / 1000)
                before = cpu_s(target.pids)
                stream(target, "burst", 16)
                work.add(name, (cpu_s(target.pids) - before) * 1e6 / (16 * (EVENTS + 5)))
    yield first
    yield work


def paced(scale: Scale) -> Iterator[Row]:
    """Processor time and delay of events that come one by one."""
    work = Row("processor time of an event, one each 5 ms, 32 streams", "µs", "≤ 2.5 × nginx")
    delay = Row("such an event's delay p50 over direct's", "µs")
    late = Row("such an event's way p99.9 with all", "ms")
    with world(scale) as here:
        names = _streaming(here, "paced")
        for number in range(scale.repeats):
            base = percentile(stream(here.targets[DIRECT], "paced", AT_ONCE).delays, 0.5)
            for name in turns(names, number):
                target = here.targets[name]
                before = cpu_s(target.pids)
                told = stream(target, "paced", AT_ONCE)
                work.add(name, (cpu_s(target.pids) - before) * 1e6 / (AT_ONCE * (EVENTS + 5)))
                delay.add(name, percentile(told.delays, 0.5) - base)
                late.add(name, percentile(told.delays, 0.999) / 1000)
    yield work
    yield delay
    yield late


def _firsts(target: Target) -> list[float]:
    return [stream(target, "burst", 1).first[0] for _ in range(FIRSTS)]


def _streaming(here: World, mode: str) -> list[str]:
    """Warm all relays; return those that give streams at all."""
    names = []
    for name, target in here.relays.items():
        try:
            stream(target, mode, 2)
        except WrongAnswer as wrong:
            print(f"{name} gives no streams: {wrong}", file=sys.stderr)
        else:
            names.append(name)
    return names
