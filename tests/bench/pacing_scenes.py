"""What the pacing benchmark puts the schedule through: backlogs, jobs, people, bad weather."""

import math
import statistics
from collections.abc import Callable

from tests.bench.pacing_ways import Paced, Retry, Unpaced, exponential, retry_after_loop, sdk
from tests.bench.pacing_world import RESOURCES, Limits, Upstream, Work, World
from trayapp.model.quota import Resource
from trayapp.pacing.pools import Learned

SECONDS = 900.0
TIERS: dict[str, Limits] = {
    "small": {"requests": 50, "input_tokens": 30_000, "output_tokens": 8_000},
    "middle": {"requests": 300, "input_tokens": 100_000, "output_tokens": 24_000},
    "big": {"requests": 1000, "input_tokens": 2_000_000, "output_tokens": 400_000},
}
BOUND: dict[str, Resource] = {"R": "requests", "I": "input_tokens", "O": "output_tokens"}


def lognormal(world: World, mean: float, sigma: float = 0.5) -> float:
    """A size around *mean*, mostly below it."""
    return world.random.lognormvariate(math.log(mean) - sigma * sigma / 2, sigma)


def work_of(
    world: World,
    tool: str,
    *,
    tokens: float,
    output: float,
    stream: bool,
    cached: float = 0.0,
    sigma: float = 0.5,
) -> Work:
    """A request with sizes around the means; its bytes tell its tokens to a quarter."""
    fresh = max(8, round(lognormal(world, tokens, sigma)))
    written = max(1, round(lognormal(world, output, sigma)))
    size = (fresh + cached) / 0.3 * world.random.uniform(0.75, 1.25)
    return Work(
        tool=tool,
        fresh=fresh,
        cached=round(cached),
        output=written,
        speed=world.random.uniform(50, 90),
        first_token=world.random.uniform(0.5, 1.9),
        stream=stream,
        size=round(size),
    )


class Backlog:
    """Four tools that are always busy, two of them streaming, bound by one resource."""

    def __init__(self, world: World, limits: Limits, bound: str, misses: float = 0.0) -> None:
        self.world = world
        self.misses = misses
        par_in = limits["input_tokens"] / limits["requests"]
        par_out = limits["output_tokens"] / limits["requests"]
        self.tokens = par_in * {"R": 0.3, "I": 4.0, "O": 1.0}[bound]
        self.output = par_out * {"R": 0.3, "I": 1.0, "O": 4.0}[bound]
        self.cached = self.tokens * 3.0 if bound == "I" else 0.0
        self.long = 0.01 if bound == "O" else 0.0

    def next(self, tool: str, *, stream: bool) -> Work:
        """The next request of *tool*."""
        work = work_of(
            self.world,
            tool,
            tokens=self.tokens,
            output=self.output,
            stream=stream,
            cached=self.cached,
        )
        if self.world.random.random() < self.long:
            work.output = 20_000
        if self.misses and self.world.random.random() < self.misses:
            work.fresh, work.cached = work.fresh + work.cached, 0
        return work


def foreign_use(upstream: Upstream, backlog: Backlog, share: float, limits: Limits) -> None:
    """Others on the same quota, on and off for 20 s each, twice the mean while on."""
    world = upstream.world
    per_second = min(
        limits["requests"],
        limits["input_tokens"] / backlog.tokens,
        limits["output_tokens"] / (backlog.output + backlog.long * 20_000),
    ) * (2 * share / 60.0)

    def one() -> None:
        if int(world.now // 20) % 2 == 0:
            upstream.foreign(backlog.next("others", stream=True))
        world.after(world.random.expovariate(per_second), one)

    world.after(world.random.expovariate(per_second), one)


Setup = Callable[[World, Upstream, Paced], None]


def busy(
    seed: int,
    tier: str,
    bound: str,
    *,
    share: float = 0.0,
    misses: float = 0.0,
    sample: str = "start",
    setup: Setup | None = None,
) -> tuple[float, int]:
    """Share of the refill used and 429s in fifteen minutes of backlog."""
    limits = TIERS[tier]
    world = World(seed)
    upstream = Upstream(world, limits, sample=sample)
    paced = Paced(world, upstream)
    backlog = Backlog(world, limits, bound, misses)
    if share:
        foreign_use(upstream, backlog, share, limits)
    if setup is not None:
        setup(world, upstream, paced)

    def again(work: Work) -> None:
        offer(work.tool)

    def offer(tool: str) -> None:
        stream = tool in {"a", "b"}
        paced.offer(backlog.next(tool, stream=stream), prefix=tool)

    paced.after_done = again
    deep = max(40, int(limits["requests"] / 4))
    for tool in "abcd":
        for _ in range(deep):
            offer(tool)
    world.run(SECONDS)
    return upstream.used(BOUND[bound], SECONDS), paced.refused


JOBS: dict[str, tuple[Limits, float, float]] = {
    "500 rows, 50/40k/8k": (
        {"requests": 50, "input_tokens": 40_000, "output_tokens": 8_000},
        800.0,
        273.0,
    ),
    "500 short rows, 300 RPM": (
        {"requests": 300, "input_tokens": 400_000, "output_tokens": 80_000},
        120.0,
        30.0,
    ),
}


def rows_of(world: World, name: str, *, stream: bool) -> list[Work]:
    """The rows of a job."""
    _, tokens, output = JOBS[name]
    return [
        work_of(world, "job", tokens=tokens, output=output, stream=stream, sigma=0.4)
        for _ in range(500)
    ]


def bound_of(rows: list[Work], limits: Limits) -> float:
    """Seconds no schedule can beat: what the buckets must refill, and one row's own time."""
    totals = (len(rows), sum(row.fresh for row in rows), sum(row.output for row in rows))
    refills = (
        (total - limits[resource]) * 60.0 / limits[resource]
        for resource, total in zip(RESOURCES, totals, strict=True)
    )
    return max(0.0, *refills) + statistics.mean(row.alone for row in rows)


def job(seed: int, name: str, *, stream: bool, known: bool) -> tuple[float, int, int, list[float]]:
    """Makespan over the bound, 429s, rows lost and waits of a job under the schedule."""
    limits = JOBS[name][0]
    world = World(seed)
    upstream = Upstream(world, limits)
    paced = Paced(world, upstream)
    last = [0.0]

    def ended(work: Work) -> None:
        del work
        last[0] = world.now

    paced.after_done = ended
    if known:
        paced.schedule.pools.remember(Learned("pool", "", limits), 0.0)
    rows = rows_of(world, name, stream=stream)
    for row in rows:
        paced.offer(row, weight=1)
    world.run(4000.0)
    lost = len(rows) - paced.done
    return last[0] / bound_of(rows, limits), paced.refused, lost, paced.waits["job"]


WAYS: dict[str, tuple[Retry, float]] = {
    "SDK, 2 retries": (sdk(2), 0.0),
    "SDK, 10 retries": (sdk(10), 0.0),
    "retry-after loop, 20 tries": (retry_after_loop, 0.0),
    "exponential back-off, 6 tries": (exponential, 0.0),
    "fixed interval at 0.9 RPM, 2 retries": (sdk(2), 0.9),
}


def unpaced(seed: int, name: str, way: str) -> tuple[float, int, int]:
    """Makespan over the bound, 429s and rows lost of a job without a schedule."""
    limits = JOBS[name][0]
    world = World(seed)
    upstream = Upstream(world, limits)
    retry, share = WAYS[way]
    rows = rows_of(world, name, stream=True)
    interval = 60.0 / (share * limits["requests"]) if share else 0.0
    unpaced = Unpaced(world, upstream, retry, interval)
    unpaced.offer_all(rows)
    world.run(8000.0)
    return unpaced.last / bound_of(rows, limits), unpaced.refused, unpaced.lost


def person(seed: int, share: float = 0.0) -> tuple[list[float], int]:
    """Waits of a person's requests every twenty seconds beside 100 batch rows, 60 a minute."""
    limits: Limits = {"requests": 60, "input_tokens": 60_000, "output_tokens": 16_000}
    world = World(seed)
    upstream = Upstream(world, limits)
    paced = Paced(world, upstream)
    backlog = Backlog(world, limits, "R")
    if share:
        foreign_use(upstream, backlog, share, limits)
    paced.after_done = lambda work: offer() if work.tool == "rows" else None

    def offer() -> None:
        paced.offer(backlog.next("rows", stream=False), weight=1)

    def ask() -> None:
        paced.offer(backlog.next("person", stream=True), weight=8)
        world.after(20.0 * (0.5 + world.random.random()), ask)

    for _ in range(100):
        offer()
    world.after(90.0, ask)
    world.run(SECONDS)
    return paced.waits["person"], paced.refused


def weights(seed: int, bound: str) -> dict[int, int]:
    """Requests served to three busy tools of weight 8, 4 and 1."""
    world = World(seed)
    upstream = Upstream(world, TIERS["middle"])
    paced = Paced(world, upstream)
    backlog = Backlog(world, TIERS["middle"], bound)
    tools = {"eight": 8, "four": 4, "one": 1}

    def offer(work: Work) -> None:
        paced.offer(backlog.next(work.tool, stream=True), weight=tools[work.tool])

    paced.after_done = offer
    for tool in tools:
        for _ in range(60):
            offer(backlog.next(tool, stream=True))
    world.run(SECONDS)
    return {weight: len(paced.waits[tool]) for tool, weight in tools.items()}


def idle_then(seed: int, tokens: int, itpm: float) -> tuple[float, int]:
    """Ten idle minutes, then twenty large prompts at once: when the last was sent, and 429s."""
    limits: Limits = {"requests": 1000, "input_tokens": itpm, "output_tokens": 400_000}
    world = World(seed)
    upstream = Upstream(world, limits)
    paced = Paced(world, upstream)

    def fan_out() -> None:
        for _ in range(20):
            work = work_of(world, "a", tokens=tokens, output=2000, stream=True, sigma=0.01)
            paced.offer(work, weight=8)

    warm = work_of(world, "a", tokens=2000, output=300, stream=True)
    world.after(0.0, lambda: paced.offer(warm))
    world.after(600.0, fan_out)
    world.run(SECONDS)
    return paced.sent[-1] - 600.0, paced.refused


def halved(factor: float) -> Setup:
    """Limits that change in the middle."""

    def setup(world: World, upstream: Upstream, paced: Paced) -> None:
        del paced

        def change() -> None:
            for bucket in upstream.levels.values():
                bucket.change(bucket.limit * factor, world.now)

        world.after(SECONDS / 2, change)

    return setup


def shallow(part: float) -> Setup:
    """A request bucket that holds less than its limit."""

    def setup(world: World, upstream: Upstream, paced: Paced) -> None:
        del world, paced
        bucket = upstream.levels["requests"]
        bucket.capacity = bucket.level = part * bucket.limit

    return setup


def silent(world: World, upstream: Upstream, paced: Paced) -> None:
    """An upstream without limit headers."""
    del world, paced
    upstream.silent = True


def leaving(world: World, upstream: Upstream, paced: Paced) -> None:
    """A third of the callers hang up in mid-answer."""
    del world, upstream
    paced.hang_up = 0.33


def asleep(world: World, upstream: Upstream, paced: Paced) -> None:
    """A wake in the middle: what was out is lost."""
    del upstream
    world.after(SECONDS / 2, paced.sleep)
