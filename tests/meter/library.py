"""A history file with requests of several days, tools and models in it, the same every time."""

import asyncio
import datetime as dt
import random
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from trayapp.db import Database
from trayapp.meter.history import History
from trayapp.meter.ledger import SCHEMA, Ledger
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.usage import Usage

T = TypeVar("T")
NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)
LONG_AGO = NOON - dt.timedelta(days=1000)
TOOLS = ("Claude Code", "Zed", "nightly")
MODELS = ("claude-opus-5-5", "claude-sonnet-5-5")


def outcome(**told: Any) -> Outcome:
    """One answered request, with *told* in place of its own."""
    fields: dict[str, Any] = {
        "id": "req_1", "at": NOON, "tool": "Zed", "kind": "normal", "route": Route.MESSAGES,
        "model_asked": MODELS[0], "model_served": MODELS[0], "usage": Usage(10, 5),
        "cost_usd": 0.25, "status": 200, "duration_ms": 1000.0, **told,
    }  # fmt: skip
    return Outcome(**fields)


def many(count: int, days: float = 4.0, seed: int = 7) -> list[Outcome]:
    """*count* requests, spread over *days* before noon."""
    draw = random.Random(seed)
    return [
        outcome(
            id=f"req_{number}",
            at=NOON - dt.timedelta(days=days * (1 - number / count)),
            tool=draw.choice(TOOLS),
            model_served=draw.choice(MODELS),
            cached=draw.random() < 0.1,
            throttled=draw.random() < 0.1,
            outcome="error" if draw.random() < 0.1 else "ok",
            cost_usd=draw.choice((None, 0.25, 0.5)),
            usage=Usage(draw.randrange(1000), draw.randrange(500), 3, 7),
        )
        for number in range(count)
    ]


def reading(path: Path, rows: list[Outcome], use: Callable[[History], Awaitable[T]]) -> T:
    """What *use* returns over a file with *rows*, written in their order."""

    async def run() -> T:
        database = Database(path, SCHEMA)
        await database.open()
        ledger = Ledger(database, failed=lambda error: None)
        try:
            for row in rows:
                ledger.record(row)
            await ledger.close()
            return await use(History(database))
        finally:
            await database.close()

    return asyncio.run(asyncio.wait_for(run(), 30))
