"""An upstream that answers from a script; its contract is tested beside the real client's."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec

from trayapp.model.errors import SluiceError
from trayapp.model.exchange import Headers, Receiver, Request

JSON: Headers = ((b"content-type", b"application/json"),)
SSE: Headers = ((b"content-type", b"text/event-stream; charset=utf-8"),)


class Scripted(msgspec.Struct):
    """One answer: its head, its body in *pieces*, and how that ends."""

    status: int = 200
    headers: Headers = JSON
    pieces: tuple[bytes, ...] = ()
    whole: bool = True
    length: int | None = None
    endless: bool = False
    """After its pieces it says nothing more, for ever."""
    failure: SluiceError | None = None
    """Instead of an answer."""


class FakeFlow:
    """Counts how often it was asked to wait."""

    def __init__(self) -> None:
        self.pauses = 0

    def pause(self) -> None:
        self.pauses += 1

    def resume(self) -> None:
        """Going on is what it does anyway."""


class FakeResponse:
    """A scripted answer whose head has come."""

    def __init__(self, script: Scripted) -> None:
        self.status = script.status
        self.headers = script.headers
        self.length = script.length
        self.flow = FakeFlow()
        self._script = script

    async def pour(self, receiver: Receiver) -> bool:
        for piece in self._script.pieces:
            receiver.feed(piece)
        if self._script.endless:
            await asyncio.get_running_loop().create_future()
        receiver.end(self._script.whole)
        return self._script.whole


class FakeUpstream:
    """Satisfies `trayapp.relay.Upstream`; answers its script in order, and keeps what it was asked."""

    def __init__(self, *script: Scripted) -> None:
        self.requests: list[Request] = []
        self.left: list[str] = []
        """How each answer was left: `released` or `aborted`."""
        self._script = deque(script)

    @asynccontextmanager
    async def send(self, request: Request) -> AsyncIterator[FakeResponse]:
        self.requests.append(request)
        script = self._script.popleft()
        if script.failure is not None:
            raise script.failure
        try:
            yield FakeResponse(script)
        except BaseException:
            self.left.append("aborted")
            raise
        self.left.append("released")
