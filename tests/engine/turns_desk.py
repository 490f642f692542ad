"""Requests that come to an engine's turns and stay until a test ends them."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from typing import Any

from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from tests.fakes.timer import FakeTimer
from trayapp.engine.turns import Turns
from trayapp.meter.pools import Pools
from trayapp.model.exchange import Request
from trayapp.model.quota import Allowance, Quota
from trayapp.model.secret import Secret
from trayapp.pacing.pacer import Slot

UPSTREAM = "https://api.anthropic.com"
KEY, OTHER = Secret(b"sk-ant-api03-stored"), Secret(b"sk-ant-api03-other")
ORG, WORKSPACE = "11111111-2222-3333-4444-555555555555", "wrkspc_1"


def said(organization: str | None = ORG, workspace: str | None = None, left: int = 50) -> Quota:
    """What an answer says of an organization that may ask 60 times a minute."""
    return Quota(organization, workspace, (Allowance("requests", 60, left, None),))


class Places:
    """Satisfies `trayapp.engine.turns.Upstreams`; `again` is the default one under another name."""

    def url_of(self, name: str) -> str:
        return UPSTREAM if name in {"anthropic", "again"} else f"https://{name}.example"


class Desk:
    """Turns with a clock that a test moves, and requests that stay until they are ended."""

    def __init__(self, **settings: Any) -> None:
        self.clock = FakeClock()
        self.timer = FakeTimer(self.clock)
        self.meter = Pools()
        self.turns = Turns(self.meter, Places(), self.clock, self.timer, **settings)
        self.turns.keep("anthropic", KEY)
        self.went: list[str] = []
        self.tasks: dict[str, asyncio.Task[None]] = {}

    @property
    def digest(self) -> str:
        """What the stored key goes by."""
        return hashlib.sha256(KEY.reveal()).hexdigest()

    @property
    def pools(self) -> list[str]:
        """The names of the pools that were drawn from."""
        return [pool.name for pool in self.turns.pacer.schedule.pools.all()]

    def place(self, **fields: Any) -> str:
        """The name of the pool that a request draws from."""
        return self.slot(**fields).ticket.pool

    def slot(self, **fields: Any) -> Slot:
        """The stay of a request."""
        slot = self.turns.pacer.slot(a_request(**({"credential": KEY} | fields)))
        assert isinstance(slot, Slot)
        return slot

    def learn(self, quota: Quota, **fields: Any) -> None:
        """An answer came."""
        self.turns.learn(a_request(**({"credential": KEY} | fields)), quota)

    async def come(self, *names: str, **fields: Any) -> None:
        """Let requests come that stay in flight until the end."""
        for name in names:
            given = {"id": name, "credential": KEY, "arrived": self.clock.monotonic()} | fields
            task = asyncio.get_running_loop().create_task(self._stay(a_request(**given)))
            self.tasks[name] = task
            await self.settle()

    async def _stay(self, request: Request) -> None:
        async with self.turns.pacer.slot(request):
            self.went.append(request.id)
            await asyncio.get_running_loop().create_future()

    async def settle(self) -> None:
        """Let everything happen that can."""
        for _ in range(6):
            await asyncio.sleep(0)

    async def close(self) -> None:
        """End all that is left."""
        for task in self.tasks.values():
            task.cancel()
        await asyncio.gather(*self.tasks.values(), return_exceptions=True)


def play(scene: Callable[[Desk], Awaitable[None]], **settings: Any) -> None:
    """Run *scene* and leave nothing behind."""

    async def run() -> None:
        desk = Desk(**settings)
        try:
            await scene(desk)
        finally:
            await desk.close()

    asyncio.run(run())
