"""What a task waits for on the wire: it goes on at once instead of a turn of the loop later.

A future wakes its task through the loop: a handle, a poll of all sockets, a context switch. At
the end of a callback from a socket none of that is needed, and twice in each request it would be
a good part of what the wire costs. This is the future-like object that `asyncio.isfuture`
documents, with one waiter.
"""

from collections.abc import Callable, Generator
from typing import Any, Protocol


class Loop(Protocol):
    """The one thing asked of an event loop."""

    def call_soon(self, callback: Callable[..., object], /, *args: Any, context: Any = None) -> Any:
        """Call back in the loop's next turn."""


class Signal:
    """Waited for once, by one task; *cancelled* is the error that ends the wait when it is.

    The names without a sentence of their own are asyncio's protocol between a task and a future.
    """

    __slots__ = (
        "_asyncio_future_blocking",
        "_callback",
        "_cancelled",
        "_context",
        "_done",
        "_loop",
    )

    def __init__(self, loop: Loop, cancelled: type[BaseException]) -> None:
        self._asyncio_future_blocking = False
        self._loop = loop
        self._cancelled = cancelled
        self._callback: Callable[[Signal], object] | None = None
        self._context: Any = None
        self._done: bool | None = None

    def __await__(self) -> Generator["Signal", None, None]:
        if self._done is None:
            self._asyncio_future_blocking = True
            yield self
        return self.result()

    def result(self) -> None:
        """What the waiting ends with; called by the task."""
        if self._done is False:
            raise self._cancelled

    def get_loop(self) -> Loop:
        """The loop of the task that waits; asked for by the task."""
        return self._loop

    def add_done_callback(self, callback: Callable[["Signal"], object], *, context: Any) -> None:
        """Take what wakes the waiting task; called by the task."""
        self._callback, self._context = callback, context

    def cancel(self, msg: object = None) -> bool:  # noqa: ARG002 - asyncio's signature
        """Give up waiting; called by the task."""
        return self._settle(given=False)

    def give(self) -> None:
        """Let the task go on in the loop's next turn; from anywhere."""
        self._settle(given=True)

    def give_now(self) -> None:
        """Let the task go on before this returns; only at the end of a callback of the loop."""
        callback, self._callback = self._callback, None
        if self._done is None:
            self._done = True
            if callback is not None:
                self._context.run(callback, self)

    def _settle(self, *, given: bool) -> bool:
        if self._done is not None:
            return False
        self._done = given
        callback, self._callback = self._callback, None
        if callback is not None:
            self._loop.call_soon(callback, self, context=self._context)
        return True
