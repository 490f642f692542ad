"""`sluice simulate`: a simulated Claude API on loopback, until it is stopped."""

import asyncio
import contextlib
import os

import msgspec

from trayapp.cli.arguments import Told
from trayapp.simulator.server import serve
from trayapp.simulator.settings import Settings


def run(told: Told) -> int:
    """Serve until Ctrl-C or SIGTERM; one JSON line says where."""
    settings = Settings(
        port=told.port or 0, rpm=told.rpm, itpm=told.itpm, otpm=told.otpm, minute=told.minute
    )
    settings = msgspec.structs.replace(
        settings,
        spend_usd=told.spend,
        ramp=told.ramp,
        fault=told.fault,
        every=told.every,
        window_tokens=told.window_tokens or settings.window_tokens,
    )
    if told.seed is not None:
        settings = msgspec.structs.replace(settings, seed=told.seed)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(settings, ready=_ready))
    return 0


def _ready(base_url: str) -> None:
    line = {"event": "ready", "base_url": base_url, "pid": os.getpid()}
    print(msgspec.json.encode(line).decode(), flush=True)
