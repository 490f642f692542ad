"""Keeps the books of requests: what came in, how each ended, and that the sum is right.

`accepted = ok + error + caller_gone + in_flight` holds at every instant.
"""

from collections.abc import Callable
from types import TracebackType
from typing import Protocol, Self

from trayapp.clock import Timekeeper
from trayapp.meter.prices import cost_usd
from trayapp.meter.reading import quota_of
from trayapp.meter.tap import UsageTap
from trayapp.model.errors import SluiceError
from trayapp.model.exchange import Headers, Request, Route
from trayapp.model.outcome import Ending, Outcome
from trayapp.model.quota import Quota
from trayapp.model.snapshot import Diagnostics
from trayapp.model.usage import Usage
from trayapp.model.why import Why

Record = Callable[[Outcome], None]
Learn = Callable[[Request, Quota], None]
"""Told what an answer's headers said of its request's limits."""
Later = Callable[[float, Callable[[], None]], object]
"""Runs a function after some seconds, as `loop.call_later` does."""

BATCH_S = 0.02
BATCH_ENTRIES = 64
BATCH_BYTES = 1024 * 1024
"""What has ended is handed on together, after this long or when there is, or weighs, so much."""

_MESSAGES = Route.MESSAGES
_SHARED = (
    "_status", "_broken", "_throttled", "_overloaded", "_first_byte", "_first_token",
    "_upstream_id", "_plan_paid", "held_ms", "why",
)  # fmt: skip
"""What is the same for all who share an answer."""
_TEACHING = frozenset({*range(200, 300), 429, 529})
"""Statuses that speak of a pool there is; a 404 may be about a model that somebody made up."""


class Tap(Protocol):
    """What the relay needs of whoever listens to an answer."""

    @property
    def is_stream(self) -> bool: ...

    @property
    def between_events(self) -> bool: ...

    @property
    def whole(self) -> bool: ...

    @property
    def error_type(self) -> str | None: ...

    @property
    def output_seen(self) -> int: ...

    @property
    def unread(self) -> str | None: ...

    def feed(self, data: bytes) -> None: ...

    def end(self, whole: bool) -> None: ...  # noqa: FBT001 - a receiver's one word at the end


def _at_once(_seconds: float, function: Callable[[], None]) -> None:
    function()


class Book:
    """Opens an entry for each request and hands its outcome on when it has ended.

    The counters are right at once; outcomes and limits are handed on within 20 ms, together,
    since telling one by one is a good part of what a request costs. Of the limits that answers to
    one credential and model told meanwhile only the last are: who needs each, as pacing does,
    takes what `Entry.learn` returns.
    """

    def __init__(
        self, clock: Timekeeper, *, record: Record, learn: Learn, later: Later = _at_once
    ) -> None:
        self.clock = clock
        self.accepted = 0
        self.ok = 0
        self.error = 0
        self.caller_gone = 0
        self._record = record
        self._learn = learn
        self._later = later
        self.begun: Callable[[], None] = lambda: None
        self._waiting = False
        self._weight = 0
        self._ended: list[Entry] = []
        self._told: dict[tuple[bytes, str], tuple[Request, Quota]] = {}

    def entry(self, request: Request) -> "Entry":
        """Return the entry of *request*: entering counts it in, leaving counts how it ended."""
        return Entry(self, request)

    def diagnostics(self, refused: dict[str, int]) -> Diagnostics:
        """Return the counters, with those of the door."""
        ended = self.ok + self.error + self.caller_gone
        return Diagnostics(
            accepted=self.accepted,
            ok=self.ok,
            error=self.error,
            caller_gone=self.caller_gone,
            in_flight=self.accepted - ended,
            refused=dict(refused),
        )

    def learn(self, request: Request, quota: Quota) -> None:
        """Take what a Messages answer says of its pool's limits."""
        if quota.allowances or quota.windows:
            self._told[request.credential.reveal(), request.model] = request, quota
            if not self._waiting:
                self._wait()

    def close(self, entry: "Entry") -> None:
        """Count how *entry* ended; whoever keeps outcomes is told soon."""
        ending = entry.ending
        if ending == "ok":
            self.ok += 1
        elif ending == "error":
            self.error += 1
        else:
            self.caller_gone += 1
        self._ended.append(entry)
        self._weight += entry.weight
        if len(self._ended) >= BATCH_ENTRIES or self._weight > BATCH_BYTES:
            self.flush()
        elif not self._waiting:
            self._wait()

    def flush(self) -> None:
        """Hand on what waits to be."""
        told, self._told = self._told, {}
        ended, self._ended = self._ended, []
        self._weight = 0
        for request, quota in told.values():
            self._learn(request, quota)
        for entry in ended:
            self._record(entry.outcome())

    def _wait(self) -> None:
        self._waiting = True
        self._later(BATCH_S, self._ring)

    def _ring(self) -> None:
        self._waiting = False
        self.flush()


class Entry:
    """One request from its acceptance to its end."""

    __slots__ = (
        "_at",
        "_book",
        "_broken",
        "_cached",
        "_ended",
        "_first_byte",
        "_first_token",
        "_on_start",
        "_overloaded",
        "_plan_paid",
        "_recalled",
        "_refusal",
        "_request",
        "_status",
        "_throttled",
        "_upstream_id",
        "ending",
        "held_ms",
        "tap",
        "why",
    )

    def __init__(self, book: Book, request: Request) -> None:
        self.held_ms = 0
        self.tap: Tap = DEAF
        self.ending: Ending = "caller_gone"
        self.why: Why | None = None
        self._book = book
        self._request = request
        self._at = book.clock.now()
        self._ended = 0.0
        self._status: int | None = None
        self._refusal: str | None = None
        self._plan_paid = False
        self._broken = self._throttled = self._overloaded = self._cached = False
        self._recalled: tuple[str | None, Usage | None] = (None, None)
        self._on_start: Callable[[Usage], None] | None = None
        self._first_byte: float | None = None
        self._first_token: float | None = None
        self._upstream_id: str | None = None

    def __enter__(self) -> Self:
        self._book.accepted += 1
        self._book.begun()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            whole = not self._broken and self._status is not None and self._status < 400
            self.ending = "ok" if whole else "error"
        elif issubclass(kind, Exception):
            self._status, self._refusal = _sentence_of(error)
            self.ending = "error"
        # Else the caller's task was cancelled.
        self._ended = self._book.clock.monotonic()
        self._book.close(self)

    def answered(
        self,
        status: int,
        headers: Headers,
        *,
        on_start: Callable[[Usage], None] | None = None,
    ) -> None:
        """Note upstream's answer by its head; for Messages, listen to the rest of it.

        *on_start* is told a stream's first usage.
        """
        self._status = status
        self.refused(status)
        self._first_byte = self._book.clock.monotonic()
        if self._request.route is _MESSAGES:
            self._on_start = on_start
            self.tap = UsageTap(
                headers, on_start=self._started, on_first_token=self._on_first_token
            )
            for name, value in headers:
                if name == b"request-id":
                    self._upstream_id = value[:128].decode("latin-1")
                    break

    def held(self, seconds: float) -> None:
        """Note how long it was made to wait so far, over all attempts."""
        self.held_ms = int(seconds * 1000)

    def learn(self, headers: Headers) -> Quota:
        """Take what the answer's *headers* say of limits; once its first bytes are on their way."""
        quota = quota_of(headers)
        self._plan_paid = bool(quota.windows) and not quota.overage_in_use
        if self._request.route is _MESSAGES and self._status in _TEACHING:
            self._book.learn(self._request, quota)
        return quota

    def refused(self, status: int) -> None:
        """Note that upstream refused an attempt, whether or not the caller gets to see it.

        What we refuse ourselves is neither throttled nor overloaded, whatever its status.
        """
        self._throttled = self._throttled or status == 429
        self._overloaded = self._overloaded or status == 529

    def recalled(self, model: str | None, usage: Usage | None) -> None:
        """Note that the response cache answered, and what that saved."""
        self._status, self._cached = 200, True
        self._first_byte = self._book.clock.monotonic()
        self._recalled = model, usage

    def adopt(self, shared: "Entry", *, pays: bool, whole: bool) -> None:
        """Take over how an answer that several share went, from the *shared* entry of its flight.

        It was used once, by whoever *pays*; the others got it for nothing, where it is *whole*.
        """
        for name in _SHARED:
            setattr(self, name, getattr(shared, name))
        self._first_byte = _after(self._first_byte, self._request.arrived)
        self._first_token = _after(self._first_token, self._request.arrived)
        if self._first_byte is not None:
            waited = (self._first_byte - self._request.arrived) * 1000
            self.held_ms = min(self.held_ms, int(waited))
        if pays or whole:
            self.tap, self._cached = shared.tap, not pays

    def another(self) -> "Entry":
        """Return an entry for the answer alone: it is not counted, each caller's own is."""
        return Entry(self._book, self._request)

    def close(self) -> None:
        """Part a shared entry from the tap that knows it: it has no end of its own."""
        self.tap, self._on_start = DEAF, None

    @property
    def weight(self) -> int:
        """Bytes that are kept with this entry: those of its request's body."""
        body = self._request.body
        return len(body) if isinstance(body, bytes) else 0

    @property
    def usage(self) -> Usage | None:
        """The usage of a whole answer, None of any other."""
        tap = self.tap
        return tap.usage if isinstance(tap, UsageTap) and tap.whole else None

    def broke_off(self) -> None:
        """Note that the answer was cut."""
        self._broken = True

    def outcome(self) -> Outcome:
        """Return what is kept of this request; the entry has ended, and is of no use after it."""
        request, tap = self._request, self.tap
        # Both know this entry: a circle would wait for the garbage collector.
        self.tap, self._on_start = DEAF, None
        heard = tap if isinstance(tap, UsageTap) else None
        served, usage = (heard.model, heard.usage) if heard else self._recalled
        if self._cached and self.ending != "ok":
            usage, self._cached = None, False  # it left before it had what others paid for
        asked = request.model[:128]
        # A subscription's answers cost no money of their own until it pays for extra use.
        priced = usage if not self._plan_paid else None
        cost = cost_usd(served or asked, priced, self._at) if priced else None
        error_type = heard.error_type if heard else None
        return Outcome(
            id=request.id,
            at=self._at,
            tool=request.caller.name,
            kind=request.caller.kind,
            own=request.caller.own,
            cached=self._cached,
            upstream=request.caller.upstream,
            route=request.route,
            model_asked=asked,
            model_served=served,
            usage=usage,
            cost_usd=cost,
            status=self._status,
            outcome=self.ending,
            held_ms=self.held_ms,
            first_byte_ms=self._since_arrival(self._first_byte),
            ttft_ms=self._since_arrival(self._first_token),
            duration_ms=self._since_arrival(self._ended),
            throttled=self._throttled,
            overloaded=self._overloaded or error_type == "overloaded_error",
            upstream_request_id=self._upstream_id,
            refusal=self._refusal,
            error_type=error_type,
            why=self.why,
        )

    def _started(self) -> None:
        tap = self.tap
        if self._on_start is not None and isinstance(tap, UsageTap) and tap.usage is not None:
            self._on_start(tap.usage)

    def _on_first_token(self) -> None:
        self._first_token = self._book.clock.monotonic()

    def _since_arrival(self, at: float | None) -> float | None:
        return None if at is None else (at - self._request.arrived) * 1000


def _sentence_of(error: BaseException | None) -> tuple[int, str]:
    """The status that the caller is answered with, and the code of our sentence."""
    return (error.status, error.code) if isinstance(error, SluiceError) else (500, "bug")


def _after(at: float | None, arrived: float) -> float | None:
    """When something happened to a caller who may have come later."""
    return None if at is None else max(at, arrived)


class Deaf:
    """A tap that hears nothing: for answers that no meter reads."""

    is_stream = False
    between_events = False
    whole = True
    error_type: str | None = None
    output_seen = 0
    unread: str | None = None

    def feed(self, data: bytes) -> None:
        """Let *data* pass."""

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """Let the end pass."""


DEAF = Deaf()
