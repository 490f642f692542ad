"""Many callers, and an upstream that fails in another way every few seconds: does anything grow?

    python -m tests.bench.soak [--minutes 10] [--callers 24] [--seed N]

Every answer is looked at: whole and the caller's own, or a failure told as one. At the end nothing
is under way, every request had exactly one end, and memory, files and tasks are where they were
once all moods had been met. The engine then drains with streams running.
"""

import argparse
import asyncio
import contextlib
import random
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.soak_upstream import Upstream
from tests.journeys.conftest import EngineProcess
from trayapp.cli.ask import Control
from trayapp.home import Home
from trayapp.model.snapshot import Diagnostics

PATIENCE = 20.0  # seconds after which a caller gives up
MOOD_S = (1.0, 4.0)  # seconds between two moods
OWN = "x-api-key: sk-ant-api03-soak-own\r\n"
WHOLE, FAILED, REFUSED, GONE, EMPTY = "whole", "told as failed", "refused", "hung up", "closed"


@dataclass(frozen=True)
class Use:
    """What the engine takes up: bytes resident, open files, tasks."""

    memory: int
    files: int
    tasks: int


@dataclass
class Soaked:
    """What was seen."""

    seed: int
    ends: Counter[str] = field(default_factory=Counter)
    lies: list[bytes] = field(default_factory=list)
    served: Counter[str] = field(default_factory=Counter)
    before: Use = Use(0, 0, 0)
    after: Use = Use(0, 0, 0)
    counted: Diagnostics = field(default_factory=Diagnostics)
    drained: tuple[int, str] = (0, "")
    drained_whole: int = 0


def verdict(request: bytes, name: bytes, answer: bytes) -> str | None:
    """How *answer* ended for the caller; None where it is wrong: cut and not said, or another's."""
    if not answer:
        return EMPTY
    head, _, body = answer.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 200 "):
        return REFUSED if b'"type":"error"' in body else None
    if re.findall(rb'"id":"(soak-\d+)"', body) not in ([name], []):
        return None
    length = re.search(rb"(?i)content-length: (\d+)", head)
    is_cut = len(body) < int(length[1]) if length else not body.endswith(b"\r\n0\r\n\r\n")
    if is_cut or b"event: error" in body:
        return FAILED  # by HTTP's means, or in so many words
    ends = b'"type":"message_stop"}' if b'"stream":true' in request else b'"output_tokens":3}}'
    return WHOLE if name in body and ends in body else None


class Callers:
    """Ask without end, each in its own way, until told to stop."""

    def __init__(self, port: int, chance: random.Random, seen: Soaked) -> None:
        self._port = port
        self._chance = chance
        self._seen = seen
        self._number = 0
        self.stopped = False

    def request(self, *, stream: bool) -> tuple[bytes, bytes]:
        """The next request, and its name."""
        self._number += 1
        name = b"soak-%d" % self._number
        filler = b"x" * self._chance.choice((10, 4_000, 200_000))
        body = b'{"model":"claude-sonnet-5-5","max_tokens":9,%b"messages":[{"role":"user",' % (
            b'"stream":true,' if stream else b""
        )
        body += b'"content":"%b %b"}]}' % (name, filler)
        head = (
            f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{self._port}\r\n{OWN}"
            "content-type: application/json\r\nanthropic-version: 2023-06-01\r\n"
            f"connection: close\r\ncontent-length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body, name

    async def go_on(self) -> None:
        """One caller's life."""
        while not self.stopped:
            request, name = self.request(stream=self._chance.random() < 0.6)
            answer = await self.ask(request, self._chance.random())
            end = GONE if answer is None else verdict(request, name, answer)
            if end is None:
                self._seen.lies.append(answer or b"")
            self._seen.ends[end or "wrong"] += 1

    async def ask(self, request: bytes, way: float) -> bytes | None:
        """Send *request* and return the answer; None where this caller hung up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        try:
            if way < 0.05:  # leaves in the middle of its own request
                writer.write(request[: len(request) // 2])
                return None
            writer.write(request)
            if way < 0.15:  # leaves in the middle of its answer, or before
                await asyncio.wait_for(reader.read(200), self._chance.uniform(0.01, 0.5))
                return None
            if way < 0.25:  # reads slowly
                return await asyncio.wait_for(_slowly(reader), PATIENCE)
            return await asyncio.wait_for(reader.read(), PATIENCE)
        except TimeoutError:
            return None
        except ConnectionError:
            return b""
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError):
                await writer.wait_closed()


async def _slowly(reader: asyncio.StreamReader) -> bytes:
    seen = b""
    while data := await reader.read(300):
        seen += data
        await asyncio.sleep(0.02)
    return seen


def use(engine: EngineProcess, tasks: int) -> Use:
    """What *engine* takes up now."""
    proc = Path(f"/proc/{engine.process.pid}")
    (line,) = (each for each in (proc / "status").read_text().splitlines() if "VmRSS" in each)
    return Use(int(line.split()[1]) * 1024, len(list((proc / "fd").iterdir())), tasks)


def settle(engine: EngineProcess, within: float = 40.0) -> Diagnostics:
    """Wait until nothing is under way in *engine*, and return its counters."""
    with Control(Home.locate(str(engine.home), {})) as control:
        ends = time.monotonic() + within
        while control.snapshot.diagnostics.in_flight and time.monotonic() < ends:
            control.wait(1.0)
        return control.snapshot.diagnostics


async def _weather(upstream: Upstream, chance: random.Random, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        upstream.change()
        await asyncio.sleep(min(left, chance.uniform(*MOOD_S)))
    upstream.mood = "well"


async def _spell(
    engine: EngineProcess,
    upstream: Upstream,
    chance: random.Random,
    seen: Soaked,
    seconds: float,
    count: int,
) -> Use:
    """Callers and weather for so long, then quiet: what the engine takes up afterwards."""
    callers = Callers(engine.port, chance, seen)
    async with asyncio.TaskGroup() as group:
        for _ in range(count):
            group.create_task(callers.go_on())
        await _weather(upstream, chance, seconds)
        callers.stopped = True
    seen.counted = await asyncio.to_thread(settle, engine)
    return use(engine, seen.counted.tasks)


async def _drain(engine: EngineProcess, upstream: Upstream, seen: Soaked) -> None:
    """End the engine while streams run: each arrives whole."""
    upstream.mood = "slow"
    callers = Callers(engine.port, random.Random(seen.seed), seen)
    asked = [callers.request(stream=True) for _ in range(8)]
    streams = [asyncio.create_task(callers.ask(request, 1.0)) for request, _ in asked]
    async with upstream.asked:
        awaited = seen.served["slow"] + len(asked)
        await upstream.asked.wait_for(lambda: upstream.served["slow"] == awaited)
    seen.drained = await asyncio.to_thread(engine.stop)
    for (request, name), stream in zip(asked, streams, strict=True):
        seen.drained_whole += verdict(request, name, await stream or b"") == WHOLE


async def _soak(home: Path, seconds: float, callers: int, seed: int) -> Soaked:
    seen, chance = Soaked(seed), random.Random(seed)
    upstream = Upstream(random.Random(seed + 1))
    await upstream.open()
    flags = ("--upstream", upstream.url, "--allow-loopback-upstream")
    engine = await asyncio.to_thread(EngineProcess, home, *flags)
    try:
        seen.before = await _spell(engine, upstream, chance, seen, seconds * 0.4, callers)
        seen.after = await _spell(engine, upstream, chance, seen, seconds * 0.6, callers)
        seen.served = upstream.served.copy()
        await _drain(engine, upstream, seen)
    finally:
        await asyncio.to_thread(engine.stop)
        await upstream.close()
    return seen


def soak(home: Path, seconds: float, callers: int, seed: int) -> Soaked:
    """Run all of it with an engine of its own in *home*."""
    return asyncio.run(_soak(home, seconds, callers, seed))


def main() -> None:
    """Print what was seen."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--callers", type=int, default=24)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    asked = parser.parse_args()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="sluice-soak-") as home:
        seen = soak(Path(home), 60 * asked.minutes, asked.callers, asked.seed)
    print("answers ", dict(seen.ends.most_common()))
    print("moods   ", dict(seen.served.most_common()))
    counted = seen.counted
    print(
        f"identity {counted.accepted} = {counted.ok} + {counted.error} + {counted.caller_gone},"
        f" longest stall {counted.stall_s:.3f} s"
    )
    for what, at in (("once warm", seen.before), ("at the end", seen.after)):
        print(f"{what:10} {at.memory / 2**20:.1f} MiB, {at.files} files, {at.tasks} tasks")
    print(f"drained  exit {seen.drained[0]}, {seen.drained_whole} of 8 streams whole")
    print(seen.drained[1], end="")
    for lie in seen.lies[:5]:
        print("WRONG", lie[:2000])


if __name__ == "__main__":
    main()
