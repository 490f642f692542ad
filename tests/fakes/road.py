"""The real client with a server of this machine at its other end."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.fakes.requests import a_request
from tests.fakes.servers import OK, Line, Part, serving
from trayapp.model.exchange import Request
from trayapp.upstream.addresses import Origin
from trayapp.upstream.client import Destination, Upstream
from trayapp.wire.limits import Limits
from trayapp.wire.pool import ClientConnection, Dial, Pool
from trayapp.wire.sweep import Sweep

BIG = b"x" * 16_000_000
"""More than two sockets hold between them."""


class Heard:
    """A receiver that keeps what it hears."""

    def __init__(self) -> None:
        self.body = b""
        self.ends: list[bool] = []

    def feed(self, data: bytes) -> None:
        self.body += data

    def end(self, whole: bool) -> None:
        self.ends.append(whole)


class Road:
    """A client to one port of this machine, and what it does while it waits."""

    def __init__(self, port: int, prefix: bytes = b"", dial: Dial | None = None) -> None:
        loop = asyncio.get_running_loop()
        self.pauses: list[float] = []
        self.dials = 0
        self.port = port
        self.sweep = Sweep(loop)
        self.pool = Pool(dial or self.dial, limits=Limits(), sweep=self.sweep)
        origin = Origin(False, "127.0.0.1", port, prefix)
        self.upstream = Upstream(
            Destination("test", origin, takes_own=True),
            self.pool,
            pause=self._pause,
            jitter=lambda: 1.0,
        )

    async def dial(self, factory: Callable[[], ClientConnection]) -> ClientConnection:
        """Connect without any of a dialer's rules."""
        self.dials += 1
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(factory, "127.0.0.1", self.port)
        return made

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))

    async def ask(self, request: Request | None = None) -> tuple[int, bytes]:
        """Status and body of the answer to *request*."""
        async with self.upstream.send(request or a_request()) as response:
            heard = Heard()
            assert await response.pour(heard)
            return response.status, heard.body


@asynccontextmanager
async def road(*parts: Part, **settings: Any) -> AsyncIterator[Road]:
    """A client and the server at its other end; its `lines` are the server's."""
    async with serving(*parts) as server:
        made = Road(server.port, **settings)
        try:
            yield made
        finally:
            made.pool.close()
            await asyncio.sleep(0)


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run *scene*, in a few seconds at most."""

    async def run() -> None:
        async with asyncio.timeout(5):
            await scene()

    asyncio.run(run())


def taking(heads: list[bytes], size: int = 2) -> Part:
    """A part that keeps each request's head, takes *size* bytes of body and answers."""

    async def part(line: Line) -> None:
        while True:
            heads.append(await line.head())
            await line.body(size)
            line.say(OK)

    return part


async def break_in_the_body(line: Line) -> None:
    """Read the head, and reset while the body is on its way."""
    await line.head()
    line.reset()
