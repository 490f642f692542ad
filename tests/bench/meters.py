"""Meters against the truth: a real engine before the simulated API, under mixed load.

    python -m tests.bench.meters [--seconds N] [--seed N]

Four tools ask at random: a person's that streams, two that stream with large prompts, and one of
plain answers. Five times a second the engine's Snapshot (through its control socket) is held against
the simulator's own buckets. Points are hundredths of a limit; what is shown is how far the meter's
used share was from the bucket's.
"""

import argparse
import asyncio
import json
import random
import statistics
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

from tests.bench.pacing_sockets import MODEL, WORDS
from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess
from trayapp.ages import aged
from trayapp.cli.ask import Control
from trayapp.clock import Clock
from trayapp.home import Home
from trayapp.model.snapshot import Snapshot

KINDS = ("requests", "input_tokens", "output_tokens")
PLANS = {
    "old tier 1: 50 / 40k / 8k": {"rpm": 50, "itpm": 40_000, "otpm": 8_000},
    "300 / 100k / 24k": {"rpm": 300, "itpm": 100_000, "otpm": 24_000},
    "Start: 1,000 / 2M / 400k": {"rpm": 1_000, "itpm": 2_000_000, "otpm": 400_000},
}
LOOK_S = 0.2


class Tool:
    """Asks, thinks, asks again; *prompt* and *answer* in tokens, *pause* in seconds."""

    def __init__(
        self, port: int, token: str, draw: random.Random, *, stream: bool, prompt: float,
        answer: float, pause: float,
    ) -> None:  # fmt: skip
        self.port, self.token, self.draw, self.stream = port, token, draw, stream
        self.prompt, self.answer, self.pause = prompt, answer, pause

    async def work(self, until: float) -> None:
        while time.monotonic() < until:
            await self._ask()
            await asyncio.sleep(self.draw.expovariate(1 / self.pause))

    async def _ask(self) -> None:
        said, asked = self._words(self.answer), self._words(self.prompt)
        messages = [{"role": "user", "content": f"{asked}\nsay: {said}"}]
        body = json.dumps(
            {"model": MODEL, "max_tokens": 8192, "messages": messages, "stream": self.stream}
        ).encode()
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = (
            f"POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\n"
            f"x-api-key: {self.token}\r\ncontent-type: application/json\r\n"
            f"anthropic-version: 2023-06-01\r\nconnection: close\r\n"
            f"content-length: {len(body)}\r\n\r\n"
        )
        writer.write(head.encode() + body)
        await reader.read(-1)
        writer.close()

    def _words(self, tokens: float) -> str:
        size = max(1, round(tokens * self.draw.lognormvariate(0.0, 0.5)))
        return " ".join(self.draw.choice(WORDS) for _ in range(size))[: size * 4]


def apart(snapshot: Snapshot, truth: dict[str, Any]) -> dict[str, float]:
    """Points between each meter and its bucket."""
    found: dict[str, float] = {}
    for pool in snapshot.pools:
        state = next(
            (each for each in truth["pools"] if each["model_class"] == pool.model_class), None
        )
        for meter in pool.meters:
            if meter.kind in KINDS and meter.utilization is not None and state is not None:
                limit = state["limits"][meter.kind]
                used = 1 - max(0.0, state[meter.kind]) / limit
                found[meter.kind] = 100 * (meter.utilization - used)
    return found


async def play(
    engine: EngineProcess, upstream: SimulatorProcess, seconds: float, seed: int
) -> list[dict[str, float]]:
    """Let the tools work, and look all the time."""
    draw = random.Random(seed)
    tools = [
        Tool(engine.port, engine.token(name), random.Random(draw.random()), stream=stream,
             prompt=prompt, answer=answer, pause=pause)
        for name, stream, prompt, answer, pause in (
            ("person", True, 300, 200, 4.0), ("agent", True, 2500, 300, 2.0),
            ("agent-2", True, 1500, 150, 1.5), ("rows", False, 200, 60, 1.0),
        )
    ]  # fmt: skip
    until = time.monotonic() + seconds
    seen: list[dict[str, float]] = []

    def look() -> dict[str, float]:
        with Control(Home.locate(str(engine.home), {})) as control:
            with urllib.request.urlopen(f"{upstream.url}/simulator/state", timeout=10) as answer:
                truth = json.load(answer)
            return apart(aged(control.snapshot, Clock().now()), truth)

    async with asyncio.TaskGroup() as group:
        for tool in tools:
            group.create_task(tool.work(until))
        await asyncio.sleep(3.0)
        while time.monotonic() < until:
            seen.append(await asyncio.to_thread(look))
            await asyncio.sleep(LOOK_S)
    return seen


def report(name: str, seen: list[dict[str, float]]) -> None:
    for kind in KINDS:
        points = sorted(abs(each[kind]) for each in seen if kind in each)
        if points:
            within = sum(one <= 2 for one in points) / len(points)
            print(
                f"| {name} | {kind} | {len(points)} | {statistics.mean(points):.2f} |"
                f" {points[int(0.95 * (len(points) - 1))]:.2f} | {points[-1]:.2f} | {within:.1%} |"
            )


def main() -> None:
    """Play every plan, and print how far meters and buckets were apart."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print("| limits | meter | looks | mean points | 95 % | most | within 2 points |")
    print("|---|---|---|---|---|---|---|")
    for name, limits in PLANS.items():
        with tempfile.TemporaryDirectory() as home, SimulatorProcess(**limits) as upstream:
            flags = ("--upstream", upstream.url, "--allow-loopback-upstream", "--drain", "1")
            engine = EngineProcess(Path(home), *flags, key="sk-ant-api03-metered")
            try:
                report(name, asyncio.run(play(engine, upstream, chosen.seconds, chosen.seed)))
            finally:
                engine.stop()


if __name__ == "__main__":
    main()
