"""A caller's connection that writes down what it was told."""

import asyncio

from trayapp.model.exchange import Flow, Headers


class FakeSink:
    """Satisfies `trayapp.relay.Sink`."""

    def __init__(self) -> None:
        self.flow: Flow | None = None
        self.status: int | None = None
        self.headers: dict[bytes, bytes] = {}
        self.length: int | None = None
        self.body = b""
        self.ends: list[bool] = []
        """What it was told at its end: whole or not, once."""
        self.fed = asyncio.Event()

    def start(
        self, status: int, headers: Headers, length: int | None, *, waits: bool = False
    ) -> None:
        self.status, self.headers, self.length = status, dict(headers), length

    def flush(self) -> None:
        """Nothing waits here."""

    def feed(self, data: bytes) -> None:
        self.body += data
        self.fed.set()

    def end(self, whole: bool) -> None:
        self.ends.append(whole)
