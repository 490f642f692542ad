"""A cache on a file of its own, with a clock that a test moves, and what it told."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any

from tests.cache.asked import SECRET, asking, message
from tests.fakes.clock import FakeClock
from trayapp.cache.cache import Cache
from trayapp.cache.lookup import Lookup
from trayapp.meter.tap import UsageTap
from trayapp.model.exchange import Request
from trayapp.model.preferences import CachePreferences
from trayapp.model.secret import Secret

JSON = ((b"content-type", b"application/json"),)
SSE = ((b"content-type", b"text/event-stream"),)


class Scene:
    """One engine's cache; several after each other may have the same *folder*."""

    def __init__(
        self,
        folder: Path,
        preferences: CachePreferences | None = None,
        *,
        secret: bytes = SECRET,
        upstream: str = "https://a",
    ) -> None:
        self.path = folder / "cache.db"
        self.clock = FakeClock()
        self.told: list[str | None] = []
        self.no_key: Exception | None = None
        self.key_asked = 0
        self._secret = secret
        self.tasks: list[asyncio.Task[Any]] = []
        self.cache = Cache(
            self.path,
            preferences or CachePreferences(),
            url_of=lambda _: upstream,
            data_key=self._data_key,
            clock=self.clock,
            start=self._start,
            tell=self.told.append,
        )

    async def _data_key(self) -> Secret:
        self.key_asked += 1
        if self.no_key is not None:
            raise self.no_key
        return Secret(self._secret)

    def _start(self, body: Coroutine[Any, Any, None], name: str) -> None:
        self.tasks.append(asyncio.get_running_loop().create_task(body, name=name))

    async def ask(self, request: Request | None = None, answer: bytes | None = None) -> Lookup:
        """Look *request* up, and answer it where it is not kept."""
        request = request or asking()
        found = await self.cache.look(request)
        if found.kept is None and found.key is not None:
            self.answer(found.key, answer or message(), stream=request.stream)
        return found

    def answer(self, key: bytes, body: bytes, *, stream: bool = False) -> None:
        """Have a whole answer kept."""
        tap = UsageTap(SSE if stream else JSON)
        tap.feed(body)
        tap.end(True)
        self.cache.keep(key, 200, SSE if stream else JSON, [body], tap)

    async def written(self) -> None:
        """Wait until what was answered is on disk."""
        self.cache._flush()
        shelf = self.cache._shelf
        assert shelf is not None
        await shelf.database.run(lambda _: None)
        await asyncio.sleep(0)

    def files(self) -> list[bytes]:
        """What lies on disk: the file and its logs."""
        return [file.read_bytes() for file in self.path.parent.iterdir()]

    async def finish(self) -> None:
        """End it as an engine does."""
        await asyncio.gather(*self.tasks)
        await self.cache.close()


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """Run *scene* in a loop of its own, for some seconds at most."""

    async def run() -> None:
        async with asyncio.timeout(10):
            await scene()

    asyncio.run(run())
