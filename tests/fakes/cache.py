"""A response cache that says what it is told to, and writes down what it was given to keep."""

import msgspec

from trayapp.cache.kept import Heard
from trayapp.cache.lookup import Lookup, bypass
from trayapp.model.exchange import Headers, Request


class Given(msgspec.Struct):
    """One answer that was to be kept."""

    key: bytes
    status: int
    body: bytes


class FakeCache:
    """Satisfies `trayapp.relay.Cache`; of nobody's business until *says* is set."""

    def __init__(self) -> None:
        self.says: Lookup = bypass("off")
        self.given: list[Given] = []

    async def look(self, request: Request) -> Lookup:
        return self.says

    def keep(
        self, key: bytes, status: int, headers: Headers, pieces: list[bytes], heard: Heard
    ) -> None:
        self.given.append(Given(key, status, b"".join(pieces)))
