"""What holds for every schedule, whatever happens in whatever order."""

import math
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.bench.pacing_scenes import work_of
from tests.bench.pacing_ways import Paced
from tests.bench.pacing_world import Limits, Upstream, World
from tests.pacing.timeline import Timeline, quota, ticket
from trayapp.model.quota import Allowance, Quota, Resource
from trayapp.model.refusal import Refusal, RefusalKind
from trayapp.model.usage import Usage
from trayapp.pacing.pool import ROUNDING, Pool
from trayapp.pacing.schedule import Schedule
from trayapp.pacing.ticket import Ticket

SMALL: Limits = {"requests": 50, "input_tokens": 30_000, "output_tokens": 8_000}
COUNTS = st.one_of(
    st.integers(-5, 200_000),
    st.floats(),
    st.sampled_from([0, 10**30, -(10**30), math.nan, math.inf]),
)
RESOURCES: tuple[Resource, ...] = ("requests", "input_tokens", "output_tokens")
KINDS: tuple[RefusalKind, ...] = ("rate", "ramp", "bare", "overloaded", "failed", "workspace")

pytestmark = pytest.mark.slow

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def quotas(draw: st.DrawFn) -> Quota:
    """Headers of any sanity."""
    told = tuple(
        Allowance(
            draw(st.sampled_from(RESOURCES)),
            draw(COUNTS),  # type: ignore[arg-type] # whatever the headers say
            draw(COUNTS),  # type: ignore[arg-type]
            draw(st.one_of(st.none(), st.floats(), st.integers(-99, 2_000_000_000))),
        )
        for _ in range(draw(st.integers(0, 4)))
    )
    return Quota(organization="org", workspace=None, allowances=told)


def check(schedule: Schedule, now: float) -> None:
    """What is never broken."""
    wake = schedule.next_wakeup(now)
    assert wake is None or wake > now
    for pool in schedule.pools.all():
        check_pool(pool)


def check_pool(pool: Pool) -> None:
    """Levels, doubts and sums are what they can be."""
    for bucket in pool.all:
        assert math.isfinite(bucket.level)
        assert bucket.level <= bucket.capacity
        assert 0 <= bucket.foreign <= 0.8 * bucket.refill + 1e-9
    assert pool.doubt_input() >= 0
    assert pool.gate.unheard >= 0
    if not pool.open:
        assert (pool.output.speed, pool.mean_sum, pool.gate.unheard) == (0, 0, 0)
        assert (pool.doubt_input(), pool.doubt_output(1e6)) == (0, 0)


class Chaos:
    """One schedule and whatever may be done to it."""

    def __init__(self) -> None:
        self.schedule = Schedule(lambda: 0.5)
        self.now = 0.0
        self.waiting: list[Ticket] = []
        self.open: list[Ticket] = []
        self.sent: list[str] = []
        self.count = 0

    def offer(self, number: int) -> None:
        """A request of one of three tools arrives."""
        self.count += 1
        one = ticket(
            str(self.count),
            tool="abc"[number % 3],
            weight=(8, 4, 1)[number % 3],
            size=number * 50,
            stream=number % 2 == 0,
            tokens=number % 7 != 0,
            arrived=self.now,
            deadline=self.now + 240 if number % 5 else math.inf,
        )
        self.waiting.append(one)
        self.schedule.offer(one, self.now)

    def pick(self, number: int) -> Ticket | None:
        """One of those in flight."""
        return self.open[number % len(self.open)] if self.open else None

    def settle(self) -> None:
        """Ask as the pacer does."""
        released = self.schedule.release(self.now)
        assert self.schedule.release(self.now) == []
        self.open += released
        self.sent += [one.id for one in released]
        gone = {id(one) for one in released}
        gone |= {id(one.ticket) for one in self.schedule.dismissals(self.now)}
        self.waiting = [one for one in self.waiting if id(one) not in gone]
        assert self.schedule.held.count == len(self.waiting)
        assert self.schedule.in_flight == len(self.open)
        check(self.schedule, self.now)

    def leave(self, one: Ticket) -> None:
        """A request is out of flight."""
        self.open.remove(one)


STEP = st.tuples(
    st.sampled_from(["offer", "head", "start", "seen", "end", "refuse", "hang", "time", "wake"]),
    st.integers(0, 1000),
    quotas(),
)


def play(chaos: Chaos, kind: str, number: int, told: Quota) -> None:
    """Let one thing happen."""
    one = chaos.pick(number)
    schedule, now = chaos.schedule, chaos.now
    if kind == "offer":
        chaos.offer(number)
    elif kind == "time":
        chaos.now += number / 50
    elif kind == "wake":
        schedule.wake(now)
    elif kind == "hang" and chaos.waiting:
        schedule.withdraw(chaos.waiting.pop(number % len(chaos.waiting)), now)
    elif one is not None:
        answer(chaos, one, kind, number, told)


def answer(chaos: Chaos, one: Ticket, kind: str, number: int, told: Quota) -> None:
    """Let something happen to a request in flight."""
    schedule, now = chaos.schedule, chaos.now
    if kind == "head":
        schedule.learn(one, told, now)
    elif kind == "start":
        schedule.settle(one, Usage(input_tokens=number * 20), now)
    elif kind == "seen":
        schedule.produce(one, number, now)
    elif kind == "end":
        chaos.leave(one)
        usage = Usage(input_tokens=number * 20, output_tokens=number) if number % 3 else None
        schedule.finish(one, usage, now)
    elif kind == "refuse":
        chaos.leave(one)
        refusal = Refusal(
            kind=KINDS[number % len(KINDS)], retry_after=number / 100, quota=told, status=500
        )
        if schedule.back_off(one, refusal, now):
            chaos.waiting.append(one)


@given(st.lists(STEP, max_size=60))
@quick
def test_books_hold_whatever_happens(steps: list[tuple[str, int, Quota]]) -> None:
    """Whatever the headers say and whoever leaves: sane levels, no dust, no wakeup in the past."""
    chaos = Chaos()
    for kind, number, told in steps:
        play(chaos, kind, number, told)
        chaos.settle()
    for one in list(chaos.open):
        chaos.leave(one)
        chaos.schedule.withdraw(one, chaos.now)

    check(chaos.schedule, chaos.now)


@given(st.lists(STEP, max_size=40), st.integers(1, 6))
@quick
def test_nobody_waits_for_ever(steps: list[tuple[str, int, Quota]], few: int) -> None:
    """After any history, with silence from then on, somebody goes within five minutes."""
    chaos = Chaos()
    for kind, number, told in steps:
        if kind != "refuse":
            play(chaos, kind, number % 60, told)
            chaos.settle()
    for one in list(chaos.open):
        chaos.leave(one)
        chaos.schedule.withdraw(one, chaos.now)
    for pool in chaos.schedule.pools.all():
        for bucket in pool.all:
            bucket.level = max(bucket.level, 0.0)
    for _ in range(few):
        chaos.offer(2)
    before, end = len(chaos.sent), chaos.now + 300.0
    while len(chaos.sent) == before and chaos.waiting and chaos.now < end:
        chaos.settle()
        chaos.now = chaos.schedule.next_wakeup(chaos.now) or end

    assert len(chaos.sent) > before or not chaos.waiting


@given(st.lists(st.integers(0, 2), min_size=5, max_size=60), st.integers(5, 300))
@quick
def test_order_is_kept_within_a_tool(tools: list[int], limit: int) -> None:
    """Whatever the mix, a tool's own requests go in the order they came."""
    line = Timeline(requests=limit)
    for place, tool in enumerate(tools):
        line.offer(f"{tool}-{place}", tool=str(tool), weight=(8, 4, 1)[tool])
    line.run(3600.0)

    assert len(line.went) == len(tools)
    for tool in range(3):
        mine = [int(name.split("-")[1]) for name in line.names() if name.startswith(f"{tool}-")]
        assert mine == sorted(mine)


@given(st.integers(5, 200), st.lists(st.floats(0, 30), min_size=20, max_size=120))
@quick
def test_never_above_the_limit_in_any_window(limit: int, gaps: list[float]) -> None:
    """In any window of time no more go than the bucket holds and is refilled."""
    line = Timeline(requests=limit)
    for place, gap in enumerate(gaps):
        line.offer(str(place), at=line.now + gap / 10)
    line.run(line.now + 7200.0 * 10 / limit)
    times = [time for _, time in line.went]

    assert len(times) == len(gaps)
    for first in range(len(times)):
        for last in range(first, len(times)):
            span = times[last] - times[first] + 0.01
            assert last - first + 1 <= limit + limit / 60 * span + 1e-6


@given(st.lists(st.sampled_from([100, 4000, 9000]), min_size=20, max_size=40))
@quick
def test_equal_flows_are_served_alike(sizes: list[int]) -> None:
    """Two equal tools with the same backlog are never more than two requests' share apart."""
    line = Timeline(requests=30)
    for place, size in enumerate(sizes):
        line.offer(f"a{place}", tool="a", size=size)
        line.offer(f"b{place}", tool="b", size=size)
    line.run(3600.0)
    apart = 0
    for name in line.names():
        apart += 1 if name.startswith("a") else -1
        assert abs(apart) <= 2


@given(st.integers(0, 10**6), st.sampled_from([0.02, 0.1, 0.3]))
@settings(max_examples=8, deadline=None)
@example(seed=1, delay=0.3)
def test_truthful_upstream_never_refuses(seed: int, delay: float) -> None:
    """Alone, with right estimates and any delay up to 0.3 s, there is no 429 and no lost row."""
    world = World(seed)
    world.hop = lambda: delay * world.random.random()  # type: ignore[method-assign]
    upstream = Upstream(world, SMALL)
    paced = Paced(world, upstream)
    for _ in range(120):
        work = work_of(world, "tool", tokens=600, output=150, stream=True)
        work.size = round(work.fresh / 0.3)
        paced.offer(work)
    believed: list[tuple[float, float]] = []
    world.after(5.0, watching(world, upstream, paced, believed))
    world.run(600.0)

    assert (paced.refused, paced.done) == (0, 120)
    assert all(mirror <= bound for mirror, bound in believed)


def watching(
    world: World, upstream: Upstream, paced: Paced, believed: list[tuple[float, float]]
) -> Callable[[], None]:
    """Note every second what is believed of requests and input, and what it may be at most."""

    def look() -> None:
        pool = paced.schedule.pools.get("pool", "", world.now)
        for bucket, doubt in ((pool.requests, 0.0), (pool.input, pool.doubt_input())):
            bucket.advance(world.now)
            true = upstream.levels[bucket.resource].advance(world.now)
            rounding = ROUNDING if bucket.rounding else 1.0
            guess = 0.08 * 3000 if bucket.rounding else 0.0
            believed.append((bucket.level, true + rounding + doubt + bucket.refill * 0.6 + guess))
        world.after(1.0, look)

    return look


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2)])
def test_order_of_headers_does_not_matter(order: tuple[int, ...]) -> None:
    """Delayed and reordered headers never let more go than headers in order."""
    line = Timeline(requests=30)
    line.offer("a", "b", "c")
    told = [quota(requests=(30, 29 - place)) for place in range(3)]
    for place in order:
        line.schedule.learn(line.tickets["abc"[place]], told[place], 0.3)
        line.schedule.finish(line.tickets["abc"[place]], None, 0.3)
    line.offer(*[str(place) for place in range(40)], at=0.5)

    assert len(line.went) <= 30
