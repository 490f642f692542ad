"""A connection that only notes what an exchange tells it."""

import asyncio
from collections.abc import Callable

from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits
from trayapp.wire.messages import RequestHead


class Note:
    """A connection that keeps what is written."""

    def __init__(self) -> None:
        self.peer = self.local = ("127.0.0.1", 1)
        self.writable = True
        self.closing = False
        self.time = 0.0
        self.written: list[bytes] = []
        self.later: list[Callable[[], None]] = []
        self.settled = 0
        self.finished: tuple[bool, bool] | None = None
        self.aborted = False
        self.write: Callable[[bytes], None] = self.written.append

    def now(self) -> float:
        return self.time

    def promise(self) -> asyncio.Future[None]:
        return asyncio.get_running_loop().create_future()

    def soon(self, callback: Callable[[], None], /) -> None:
        self.later.append(callback)

    def settle_reading(self) -> None:
        self.settled += 1

    def finish(self, exchange: Exchange, *, closes: bool, complete: bool) -> None:
        assert exchange.ended
        self.finished = (closes, complete)

    def abort(self) -> None:
        self.aborted = True

    @property
    def output(self) -> bytes:
        return b"".join(self.written)


def made(
    method: bytes = b"POST",
    *,
    body: bytes | None = b"",
    keep: bool = True,
    http10: bool = False,
    waits: bool = False,
    limits: Limits | None = None,
) -> tuple[Exchange, Note]:
    """An exchange whose body has arrived; None: not yet."""
    wire = Note()
    head = RequestHead(method, b"/", (), http10, keep, None, False, waits)
    exchange = Exchange(head, wire, limits or Limits())
    if body is not None:
        exchange.body.feed(body)
        exchange.body.finish()
    return exchange, wire
