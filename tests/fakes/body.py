"""A caller's streamed body that comes as a test wants it."""

import asyncio

from trayapp.model.exchange import Receiver


class FakeBody:
    """Satisfies `trayapp.model.exchange.BodySource`."""

    def __init__(
        self,
        *pieces: bytes,
        length: int | None = None,
        failure: Exception | None = None,
        endless: bool = False,
    ) -> None:
        self.length = length
        self.pieces = pieces
        self.failure = failure
        self.endless = endless
        self.poured = False
        self.pauses = 0

    async def pour(self, receiver: Receiver) -> None:
        self.poured = True
        try:
            for piece in self.pieces:
                receiver.feed(piece)
                await asyncio.sleep(0)
            if self.endless:
                await asyncio.get_running_loop().create_future()
        except asyncio.CancelledError:
            receiver.end(False)
            raise
        receiver.end(self.failure is None)
        if self.failure is not None:
            await asyncio.sleep(0)  # the receiver learns first, as from a real connection
            raise self.failure

    def pause(self) -> None:
        self.pauses += 1

    def resume(self) -> None:
        """It goes on by itself."""
