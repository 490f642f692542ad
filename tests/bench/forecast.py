"""How far forecasts are from what came: timelines of made-up use, with the truth to compare.

    python -m tests.bench.forecast [--runs N] [--seed N]

Each timeline is played until its limit runs out or it ends. Once five minutes of use are known, the
forecast of every minute is held against the second at which it really ran out (of a fan-out, once five
minutes of that are known: until it begins nobody can know of it); of a range, its middle counts
(geometric), and whether the truth lay in it is told beside. Nothing is paced: what runs out
is the limit of the timeline itself. A flat timeline never runs out, so every forecast there is wrong.
"""

import argparse
import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from trayapp.meter.forecast import MINUTES, WINDOWS, Forecast, day_of, of_bucket, of_window, pace_of
from trayapp.meter.series import Series

Use = Iterator[tuple[float, float]]
"""Seconds and what was used at each of them."""
CHANGES = 0.0
"""An amount of nothing marks the second at which the timeline changes for good."""

HOUR, DAY = 3600.0, 86400.0
GOOD = 0.2
KNOWN = 300.0


def requests(draw: random.Random, a_minute: float, size: float, start: float, end: float) -> Use:
    """An agent: requests come at random, and their sizes scatter as real ones do."""
    now = start
    while True:
        now += draw.expovariate(a_minute / 60)
        if now >= end:
            return
        yield now, size * draw.lognormvariate(-0.18, 0.6)


def steady(draw: random.Random, size: float, end: float) -> Use:
    yield from requests(draw, draw.uniform(6, 20), size, 0.0, end)


def bursts(draw: random.Random, size: float, end: float) -> Use:
    """Half a minute to two of work, as long of thought; then again."""
    now = 0.0
    while now < end:
        work = draw.uniform(30, 120)
        yield from requests(draw, 25, size, now, min(end, now + work))
        now += work + draw.uniform(30, 120)


def fan_out(draw: random.Random, size: float, end: float) -> Use:
    """One agent, and from some minute on six to fifteen more."""
    begins = draw.uniform(600, 1800)
    yield from requests(draw, 6, size, 0.0, min(end, begins))
    yield begins, CHANGES
    yield from requests(draw, 6 * draw.uniform(6, 15), size, begins, end)


def level(draw: random.Random, size: float, end: float) -> Use:
    """Ten agents at one and the same pace."""
    yield from requests(draw, 100, size, 0.0, end)


def growing(draw: random.Random, size: float, end: float) -> Use:
    """Ten agents within what is refilled, and after ten minutes half as many again, and more."""
    yield from requests(draw, 100, size, 0.0, 600.0)
    yield 600.0, CHANGES
    yield from requests(draw, 100 * draw.uniform(1.6, 2.2), size, 600.0, end)


def idle_nights(draw: random.Random, size: float, end: float) -> Use:
    """Nine hours of work a day, an hour more or less; fifteen of nothing."""
    for day in range(7):
        begins = day * DAY + draw.uniform(0, HOUR)
        if begins < end:
            stops = min(end, begins + draw.uniform(8 * HOUR, 10 * HOUR))
            yield from requests(draw, 8, size, begins, stops)


def morning(draw: random.Random, size: float, end: float) -> Use:
    """A little use the evening before, a night of nothing, and a morning of work."""
    yield from requests(draw, 2, size, 0.0, HOUR)
    yield from requests(draw, draw.uniform(8, 16), size, 9 * HOUR, end)


@dataclass
class Scene:
    """A use against a limit: a *window* of seconds that is told in steps, or a bucket."""

    name: str
    use: Callable[[random.Random, float, float], Use]
    size: float
    limit: float
    window: float | None = None
    step: float = 0.0
    refill: float = 0.0
    flat: bool = False
    known: float = 0.0
    """Seconds after which forecasts count."""
    until: float = 1e9


@dataclass
class Score:
    """Errors of forecasts, and how often the truth lay in a told range."""

    errors: list[float] = field(default_factory=list)
    ranges: int = 0
    inside: int = 0
    silent: int = 0
    wrong: int = 0

    @property
    def good(self) -> float:
        return sum(error <= GOOD for error in self.errors) / len(self.errors)


SCENES = [
    Scene("steady agent, 5 hours in steps of 1 %", steady, 0.0004, 1.0, 5 * HOUR, 0.01),
    Scene("steady agent, 5 hours, exact", steady, 0.0004, 1.0, 5 * HOUR),
    Scene("steady agent, day's budget", steady, 0.02, 30.0, DAY),
    Scene("bursts, 5 hours in steps of 1 %", bursts, 0.0006, 1.0, 5 * HOUR, 0.01),
    Scene("bursts, day's budget", bursts, 0.02, 40.0, DAY),
    Scene("fan-out, 5 hours in steps of 1 %", fan_out, 0.0003, 1.0, 5 * HOUR, 0.01),
    Scene("fan-out, day's budget", fan_out, 0.02, 50.0, DAY),
    Scene("idle nights, first day of 7", idle_nights, 0.00006, 1.0, 7 * DAY, 0.01, until=DAY),
    Scene("idle nights, later days of 7", idle_nights, 0.00006, 1.0, 7 * DAY, 0.01, known=DAY),
    Scene("after a night, 24 hours' budget", morning, 0.02, 30.0, DAY),
    Scene("tokens a minute, half as much again", growing, 1.0, 0.0),
    Scene("flat: a bucket at 70 % of its refill", level, 1.0, 0.0, flat=True),
    Scene(
        "flat: 5 hours, two fifths used at reset", steady, 0.00011, 1.0, 5 * HOUR, 0.01, flat=True
    ),
]


def play(
    scene: Scene, draw: random.Random
) -> tuple[list[tuple[float, Forecast, float]], float | None]:
    """Every minute's forecast with what was then left to run, and when it ran out."""
    end = scene.window or 2 * HOUR
    used = list(scene.use(draw, scene.size, end))
    limit, refill = scene.limit, 0.0
    if not scene.window:
        mean = sum(amount for moment, amount in used if moment < 600) / 600
        refill = mean / 0.7 if scene.flat else mean / 0.9
        limit = refill * 60
    out = _run_out(used, limit, refill)
    told = []
    series = Series(1.0 if not scene.window else 10.0, limit, coarse=bool(scene.step))
    total, level, at, place, begun, last = 0.0, limit, 0.0, 0, 0.0, None
    grain = WINDOWS if scene.window else MINUTES
    minute = 60.0
    series.add(0.0, 0.0)
    known = KNOWN if scene.window else 60.0
    since = max([known, scene.known, *(at + known for at, amount in used if amount == CHANGES)])
    tick = 60.0 if scene.window else 10.0
    while minute < (out if out is not None else end):
        while place < len(used) and used[place][0] <= minute:
            moment, amount = used[place]
            if last is None or moment - last > 1800:
                begun = moment
            last = moment
            total += amount
            level = min(limit, level + refill * (moment - at)) - amount
            at = moment
            shown = total if not scene.step else int(total / scene.step) * scene.step
            series.add(moment, shown)
            place += 1
        active = last is not None and minute - last < KNOWN and minute - begun >= known
        if (
            active
            and since <= minute < scene.until
            and (pace := pace_of(series, begun, minute, grain)) is not None
        ):
            if scene.window:
                shown = series.at(minute)
                found = of_window(shown, limit, pace, end - minute, day_of(series, minute))
            else:
                found = of_bucket(min(limit, level + refill * (minute - at)), refill, pace)
            told.append((minute, found, (out or end) - minute))
        minute += tick
    return told, out


def _run_out(used: list[tuple[float, float]], limit: float, refill: float) -> float | None:
    level, at = limit, 0.0
    for moment, amount in used:
        level = min(limit, level + refill * (moment - at)) - amount
        at = moment
        if level <= 0:
            return moment
    return None


def score(scene: Scene, runs: int, seed: int) -> Score:
    found = Score()
    for run in range(runs):
        told, out = play(scene, random.Random(f"{scene.name}/{seed}/{run}"))
        for _, forecast, left in told:
            if forecast.runs_out_in is None:
                found.silent += out is not None
                continue
            if out is None:
                found.wrong += 1
                continue
            early, late = forecast.runs_out_in, forecast.runs_out_by
            middle = early if late is None else (early * late) ** 0.5
            found.errors.append(abs(middle - left) / max(left, 60.0))
            if late is not None:
                found.ranges += 1
                found.inside += early <= left <= late
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    print(
        f"{'':44}{'told':>6}{'within 20 %':>13}{'median':>8}{'ranges':>8}{'hold':>6}{'silent':>8}{'wrong':>7}"
    )
    for scene in SCENES:
        found = score(scene, told.runs, told.seed)
        if not found.errors:
            print(f"{scene.name:44}{0:6}{'':35}{found.silent:8}{found.wrong:7}")
            continue
        hold = f"{found.inside / found.ranges:.0%}" if found.ranges else ""
        print(
            f"{scene.name:44}{len(found.errors):6}{found.good:13.0%}"
            f"{statistics.median(found.errors):8.0%}{found.ranges / len(found.errors):8.0%}"
            f"{hold:>6}{found.silent:8}{found.wrong:7}"
        )


if __name__ == "__main__":
    main()
