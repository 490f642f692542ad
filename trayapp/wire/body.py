"""A request body between the parser and whoever takes it, with what it may weigh and how long take."""

from collections.abc import Callable

from trayapp.model.errors import Refused, SluiceError
from trayapp.model.exchange import Receiver
from trayapp.wire.limits import Limits
from trayapp.wire.messages import Broken

Grows = Callable[[int], None]
"""Told of bytes that were held; raises a `SluiceError` where they are too many."""


def too_large(limit: int) -> Refused:
    """The refusal of a body over *limit* bytes, in the API's own terms."""
    message = f"The request body is larger than {limit} bytes."
    return Refused(413, "request_too_large", message, "body_size")


def too_slow() -> Refused:
    """The refusal of a body that trickles."""
    message = "The request body did not arrive in time."
    return Refused(408, "timeout_error", message, "slow_body")


class Body:
    """Bytes held until someone takes them, then handed on as they come."""

    __slots__ = (
        "_grows",
        "_limit",
        "_receiver",
        "complete",
        "failure",
        "held",
        "length",
        "notify",
        "received",
    )

    def __init__(self, length: int | None) -> None:
        self.length = length
        self.held: list[bytes] = []
        self.received = 0
        """Bytes so far, taken or held."""
        self.complete = False
        self.failure: Exception | None = None
        self.notify: Callable[[], None] | None = None
        """Called once it is complete or failed."""
        self._limit: int | None = None
        self._receiver: Receiver | None = None
        self._grows: Grows | None = None

    @property
    def settled(self) -> bool:
        """Complete or failed: no more comes of it."""
        return self.complete or self.failure is not None

    def over(self, hold: int) -> bool:
        """More than *hold* bytes wait here, and nobody has asked for them."""
        return self._limit is None and self.failure is None and self.received > hold

    def take(self) -> bytes:
        """The held bytes as one; they are held no more."""
        held, self.held = self.held, []
        return held[0] if len(held) == 1 else b"".join(held)

    def claim(
        self, limit: int, receiver: Receiver | None = None, grows: Grows | None = None
    ) -> None:
        """Take the body, at most *limit* bytes of it: all at once, or into *receiver*.

        *grows* is told of bytes that are held, and may raise. Raises `Refused` where it is known
        already that it will not do.
        """
        self._limit = limit
        self._grows = grows
        if grows is not None:
            grows(self.received)
        if self.failure is None and max(self.length or 0, self.received) > limit:
            self.failure = too_large(limit)
        if self.failure is not None:
            if receiver is not None:
                receiver.end(False)
            raise self.failure
        if receiver is None:
            return
        for data in self.held:
            receiver.feed(data)
        self.held.clear()
        self._receiver = receiver
        if self.complete:
            receiver.end(True)

    def feed(self, data: bytes) -> None:
        """Take the next bytes from the parser."""
        if self.failure is not None:
            return
        self.received += len(data)
        if self._limit is not None and self.received > self._limit:
            self.fail(too_large(self._limit))
        elif self._receiver is None:
            self._hold(data)
        else:
            try:
                self._receiver.feed(data)
            except Exception as error:  # noqa: BLE001 - a receiver's bug belongs to its own request
                self.fail(error)

    def _hold(self, data: bytes) -> None:
        if self._grows is not None:
            try:
                self._grows(len(data))
            except SluiceError as error:
                self.fail(error)
                return
        self.held.append(data)

    def finish(self) -> None:
        """Take the end from the parser."""
        if self.failure is None:
            self.complete = True
            if self._receiver is not None:
                self._receiver.end(True)
            self._tell()

    def break_off(self, broken: Broken) -> None:
        """Take a break from the parser."""
        self.fail(Refused(broken.status, "invalid_request_error", broken.message, broken.reason))

    def fail(self, failure: Exception) -> None:
        """Give up the body; whoever takes it learns why, the first reason only."""
        if self.settled:
            return
        self.failure = failure
        self.held.clear()
        if self._receiver is not None:
            self._receiver.end(False)
        self._tell()

    def _tell(self) -> None:
        if self.notify is not None:
            self.notify()
            self.notify = None


class Pace:
    """Whether bytes keep coming: credit that time uses up and bytes renew, never above the grace."""

    __slots__ = ("_due", "_grace", "_rate", "_seen", "_until")

    def __init__(self, now: float, limits: Limits, *, total: bool) -> None:
        self._grace = limits.body_grace
        self._rate = limits.body_rate
        self._due = now + self._grace
        self._seen = 0
        self._until = now + limits.body_time if total else float("inf")

    def is_late(self, now: float, received: int) -> bool:
        """At *now*, with *received* bytes in all, is the body too slow?"""
        renewed = self._due + (received - self._seen) / self._rate
        self._seen = received
        self._due = min(renewed, now + self._grace)
        return now >= self._due or now >= self._until

    def excuse(self, now: float) -> None:
        """The wait was our own: start the grace again."""
        self._due = now + self._grace
