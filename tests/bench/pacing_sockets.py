"""A batch of rows through real sockets against the simulated API: paced by Sluice, and on its own.

    python -m tests.bench.pacing_sockets [--full] [--rows N] [--workers N] [--seed N]

Both ways are the same client with the SDK's retries (two, by `retry-after` or 0.5 s doubling to 8 s
with jitter); one asks a real `sluice serve`, the other the API itself. Each has an organization of
its own. The bound is what the buckets must refill for the rows' own usage, and one row's own time.
`--full` is the job at 50 requests, 40k input and 8k output tokens a minute (about sixteen minutes a
way that ends).
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess
from trayapp.engine.room import make_room

RETRIES, FIRST_DELAY, LONGEST_DELAY, LONGEST_OBEYED = 2, 0.5, 8.0, 60.0
FIRST_TOKEN, TOKENS_PER_S = 0.4, 80.0  # of the simulator's answers
MODEL = "claude-sonnet-5-5"
WORDS = [
    "river",
    "stone",
    "harbour",
    "light",
    "engine",
    "letter",
    "window",
    "garden",
    "answer",
    "reason",
    "pattern",
    "signal",
]


@dataclass(frozen=True)
class Job:
    """Limits a minute, and how large a row is: tokens in and out, in the middle."""

    rpm: int
    itpm: int
    otpm: int
    tokens: float
    output: float


SHORT = Job(300, 400_000, 80_000, 120.0, 30.0)
FULL = Job(50, 40_000, 8_000, 800.0, 273.0)


@dataclass
class Run:
    """What became of the rows of one way; *seen* are upstream's own counts by status."""

    took: float = 0.0
    told: Counter[int] = field(default_factory=Counter)
    seen: dict[int, int] = field(default_factory=dict)
    usage: list[tuple[int, int]] = field(default_factory=list)
    lost: int = 0
    gave_up: list[str] = field(default_factory=list)

    def line(self, way: str, bound: float) -> str:
        """One row of the table."""
        ratio = f"{self.took / bound:.3f}" if not self.lost else "gave up"
        return (
            f"| {way} | {self.took:.1f} | {bound:.1f} | {ratio} | {self.seen.get(429, 0)} |"
            f" {self.told[429]} | {self.lost} |"
        )

    def bound(self, job: Job) -> float:
        """Seconds that nobody can beat with these rows."""
        tokens, output = (sum(column) for column in zip(*self.usage, strict=True))
        totals = ((len(self.usage), job.rpm), (tokens, job.itpm), (output, job.otpm))
        refills = ((total - limit) * 60.0 / limit for total, limit in totals)
        alone = FIRST_TOKEN + statistics.mean(out for _, out in self.usage) / TOKENS_PER_S
        return max(0.0, *refills) + alone


def rows_of(job: Job, count: int, seed: int) -> list[bytes]:
    """Bodies whose answers have the length they ask for."""
    dice = random.Random(seed)

    def words(tokens: float) -> str:
        size = max(1, round(tokens * dice.lognormvariate(0.0, 0.4)))
        text = " ".join(dice.choice(WORDS) for _ in range(size))
        return text[: size * 4]

    def body(number: int) -> bytes:
        said = words(job.output)
        text = f"row {number} {words(max(1.0, job.tokens - job.output))}\nsay: {said}"
        messages = [{"role": "user", "content": text}]
        return json.dumps({"model": MODEL, "max_tokens": 4096, "messages": messages}).encode()

    return [body(number) for number in range(count)]


class Client:
    """Asks as the SDK does."""

    def __init__(self, port: int, key: str, run: Run) -> None:
        self._port = port
        self._key = key
        self._run = run

    async def all(self, rows: list[bytes], workers: int) -> None:
        """Ask for all *rows*, so many at once."""
        left = iter(rows)

        async def work() -> None:
            for body in left:
                await self._row(body)

        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(work())
        self._run.took = time.monotonic() - began

    async def _row(self, body: bytes) -> None:
        for tried in range(RETRIES + 1):
            status, fields, answer = await self._ask(body, tried)
            self._run.told[status] += 1
            if status == 200:
                usage = json.loads(answer)["usage"]
                self._run.usage.append((usage["input_tokens"], usage["output_tokens"]))
                return
            if fields.get("x-should-retry") == "false":
                break
            if tried < RETRIES:
                await asyncio.sleep(_delay(fields, tried))
        self._run.lost += 1
        self._run.gave_up.append(answer.decode("utf-8", "replace")[:200])

    async def _ask(self, body: bytes, tried: int) -> tuple[int, dict[str, str], bytes]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        head = (
            f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{self._port}\r\n"
            f"x-api-key: {self._key}\r\ncontent-type: application/json\r\n"
            f"anthropic-version: 2023-06-01\r\nx-stainless-timeout: 600\r\n"
            f"x-stainless-retry-count: {tried}\r\nconnection: close\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        told = await reader.read(-1)
        writer.close()
        top, _, answer = told.partition(b"\r\n\r\n")
        status, *lines = top.decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines)
        return int(status.split()[1]), fields, answer


def _delay(fields: dict[str, str], tried: int) -> float:
    told = fields.get("retry-after", "")
    if told.isdigit() and 0 < int(told) <= LONGEST_OBEYED:
        return float(told)
    delay = min(FIRST_DELAY * 2.0**tried, LONGEST_DELAY)
    return delay * (1.0 - 0.25 * random.random())


@contextmanager
def relay(upstream: str) -> Iterator[tuple[int, str]]:
    """A real engine before *upstream*, and the token of a batch tool."""
    with tempfile.TemporaryDirectory() as home:
        flags = ("--upstream", upstream, "--allow-loopback-upstream")
        engine = EngineProcess(Path(home), *flags, key="sk-ant-api03-paced")
        try:
            token = engine.cli("tool", "add", "job", "--kind", "batch").stdout.strip()
            yield engine.port, token
        finally:
            engine.stop()


def measure(
    port: int, key: str, rows: list[bytes], workers: int, upstream: SimulatorProcess
) -> Run:
    """Let the client work off *rows*."""
    run, before = Run(), Counter(upstream.statuses())
    asyncio.run(Client(port, key, run).all(rows, workers))
    run.seen = dict(Counter(upstream.statuses()) - before)
    return run


def main() -> None:
    """Run both ways and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="the job of sixteen minutes")
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--workers", type=int, default=500, help="requests at once")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    job = FULL if chosen.full else SHORT
    rows = rows_of(job, chosen.rows, chosen.seed)
    make_room()
    print("| way | took s | bound s | ratio | 429s of upstream | 429s to callers | rows lost |")
    print("|---|---|---|---|---|---|---|")
    with SimulatorProcess(rpm=job.rpm, itpm=job.itpm, otpm=job.otpm) as upstream:
        with relay(upstream.url) as (port, token):
            paced = measure(port, token, rows, chosen.workers, upstream)
        bound = paced.bound(job)
        print(paced.line("Sluice", bound), flush=True)
        for said in paced.gave_up[:3]:
            print(f"  {said}")
        direct = int(upstream.url.rpartition(":")[2])
        alone = measure(direct, "sk-ant-api03-alone", rows, chosen.workers, upstream)
        print(alone.line("SDK's retries alone", bound))


if __name__ == "__main__":
    main()
