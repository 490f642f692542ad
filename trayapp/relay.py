"""THE TRAVEL: one request, from the listener to the meter and back. Read this first.

`carry` is the caller's task: leaving it means that the caller hung up. `fly` is one answer of
upstream's, however many attempts it takes. What must be undone hangs on the exits of the
`async with` blocks, so that hanging up, failing and finishing undo the same things in order.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from trayapp.cache.kept import Heard, Kept
from trayapp.cache.lookup import STORED, Lookup
from trayapp.flight import Flight
from trayapp.flights import Flights
from trayapp.meter.book import Book, Entry
from trayapp.meter.decoding import decoder_for
from trayapp.meter.tap import UsageTap
from trayapp.model.errors import BrokenRoad
from trayapp.model.exchange import Flow, Headers, Receiver, Request, Route, Sink
from trayapp.pacing.pacer import FreeSlot, Pacer, Slot
from trayapp.upstream.headers import incoming, value_of
from trayapp.upstream.refusals import LOOKED_AT, refusal_of
from trayapp.upstream.rewrite import results_through

HELD_AT_MOST = 16 * 1024 * 1024
"""Bytes of an answer that is read as a whole: an error, or one about batches."""

_MESSAGES, _BATCHES = Route.MESSAGES, Route.BATCHES
_SSE = b"text/event-stream; charset=utf-8"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READABLE = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})

BROKEN_EVENT = (
    b"event: error\n"
    b'data: {"type":"error","error":{"type":"api_error",'
    b'"message":"Sluice: upstream closed the stream before its end."}}\n\n'
)
"""Told between two events of a stream that breaks, so that no client takes it for whole."""


AnySlot = Slot | FreeSlot


class Response(Protocol):
    """An answer of upstream's whose head has come."""

    @property
    def status(self) -> int: ...

    @property
    def headers(self) -> Headers: ...

    @property
    def length(self) -> int | None: ...

    @property
    def flow(self) -> Flow: ...

    def pour(self, receiver: Receiver) -> Awaitable[bool]:
        """Feed the body to *receiver* until its end; the result tells whether it was whole."""


class Upstream(Protocol):
    """What the relay needs of the way up."""

    def send(self, request: Request) -> AbstractAsyncContextManager[Response]:
        """Return the answer's lifetime: leaving it early ends the upstream call at once."""


class Cache(Protocol):
    """What the relay needs of the response cache; neither raises."""

    async def look(self, request: Request) -> Lookup:
        """Return what there is for *request*."""

    def keep(
        self, key: bytes, status: int, headers: Headers, pieces: list[bytes], heard: Heard
    ) -> None:
        """Keep an answer, where it is fit for it."""


class Relay:
    """Carries requests from callers to upstream, one call of `carry` each."""

    def __init__(
        self, pacer: Pacer, upstream: Upstream, book: Book, cache: Cache, flights: Flights
    ) -> None:
        self.pacer = pacer
        self.upstream = upstream
        self.book = book
        self.may_pay: Callable[[Request], None] = lambda _request: None
        """Raises where the user's own budget lets nothing more go upstream."""
        self.cache = cache
        self.flights = flights
        self._pouring: set[Answer] = set()

    def break_off(self) -> None:
        """End every answer under way as broken, telling the callers of streams."""
        for answer in tuple(self._pouring):
            answer.end(whole=False)

    async def carry(self, request: Request, sink: Sink) -> None:
        """Answer *request* into *sink*; raises `SluiceError` where no answer could be had."""
        with self.book.entry(request) as entry:
            if request.route is not _MESSAGES:
                await self.fly(request, sink, entry)
                return
            found = await self.cache.look(request)
            request.cache_status = found.status
            if found.kept is not None:
                _replay(found, found.kept, request, sink, entry)
            elif found.key is None:
                await self.fly(request, sink, entry)
            else:
                await self._share(found, found.key, request, sink, entry)

    async def _share(
        self, found: Lookup, key: bytes, request: Request, sink: Sink, entry: Entry
    ) -> None:
        """Wait for an answer with whoever asks the same; then it is kept."""
        request.cache_status += STORED

        async def lead(flight: Flight) -> None:
            await self.fly(request, flight, flight.shared)
            heard = flight.shared.tap
            if flight.complete and isinstance(heard, UsageTap):
                self.cache.keep(key, flight.status, flight.headers, flight.pieces, heard)

        await self.flights.carry(key, request, sink, entry, lead=lead, alone=not found.shared)

    async def fly(self, request: Request, sink: Sink, entry: Entry) -> None:
        """Get one answer from upstream, however many attempts, and hand it on as it comes."""
        self.may_pay(request)
        slot = self.pacer.slot(request)
        try:
            while await self._attempt(request, sink, entry, slot):
                pass
        finally:
            entry.held(slot.held)
            entry.why = slot.why()

    async def _attempt(self, request: Request, sink: Sink, entry: Entry, slot: AnySlot) -> bool:
        """Ask upstream once; true where it refused and the request is to wait for another turn."""
        async with slot, self.upstream.send(request) as response:
            entry.held(slot.held)
            entry.why = slot.why()
            entry.answered(response.status, response.headers, on_start=slot.settle)
            if response.status in LOOKED_AT:
                held = await _hold(response)  # what was refused is clear, body or no body
                if _again(response, held, slot, entry):
                    return True
                _pass_on(request, response, held, sink, entry)
            elif response.status in _REDIRECTS:
                raise BrokenRoad("Upstream answered with a redirect, which is never followed.")
            elif _is_rewritten(request, response):
                await _pour_rewritten(request, response, sink, entry)
            else:
                await self._pour(request, response, sink, entry, slot)
            return False

    async def _pour(
        self, request: Request, response: Response, sink: Sink, entry: Entry, slot: AnySlot
    ) -> None:
        answer = Answer(request, response, sink, entry)
        # A message stream has to stay open for the event that would tell of its break.
        length = None if answer.is_message_stream else response.length
        headers = _answer_headers(request, response, entry)
        sink.start(response.status, headers, length, waits=True)
        sink.flow = response.flow
        self._pouring.add(answer)
        try:
            poured = response.pour(answer)
            sink.flush()
            slot.learn(entry.learn(response.headers))
            if answer.is_message_stream:
                slot.seen = answer.output_seen
            await poured
        finally:
            self._pouring.discard(answer)
        slot.used(entry.usage)


class Answer:
    """Between upstream and the caller: bytes pass at once, the meter listens, an end is judged."""

    __slots__ = ("_ended", "_entry", "_sink", "_tap", "is_message_stream")

    def __init__(self, request: Request, response: Response, sink: Sink, entry: Entry) -> None:
        self._sink = sink
        self._entry = entry
        self._tap = entry.tap
        self._ended = False
        self.is_message_stream = (
            request.route is _MESSAGES and response.status == 200 and self._tap.is_stream
        )

    def output_seen(self) -> float:
        """Return the output tokens that went by so far."""
        return self._tap.output_seen

    def feed(self, data: bytes) -> None:
        """Pass *data* on, then let the meter read it."""
        if not self._ended:
            self._sink.feed(data)
            self._tap.feed(data)

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """End the caller's body as it deserves: a message stream without its stop is broken.

        An `error` event of upstream's is an end too, and a stream that the meter could not read
        is taken at its word. Only the first call counts.
        """
        if self._ended:
            return
        self._ended = True
        tap = self._tap
        tap.end(whole)
        complete = whole
        if self.is_message_stream and tap.unread is None:
            complete = tap.whole
            whole = complete or (whole and tap.error_type is not None)
            if not complete and tap.error_type is None and tap.between_events:
                self._sink.feed(BROKEN_EVENT)
        if not complete:
            self._entry.broke_off()
        self._sink.end(whole)


def _replay(found: Lookup, kept: Kept, request: Request, sink: Sink, entry: Entry) -> None:
    """Give what upstream once answered, at once; of its headers only what the body is."""
    entry.recalled(kept.model, kept.usage)
    headers = (
        (b"content-type", _SSE if kept.stream else b"application/json"),
        (b"age", b"%d" % found.age),
        (b"x-sluice-request-id", request.id.encode()),
        (b"x-sluice-held-ms", b"0"),
        (b"cache-status", found.status),
    )
    sink.start(200, headers, len(kept.body))
    sink.feed(kept.body)
    sink.end(whole=True)


def _answer_headers(
    request: Request, response: Response, entry: Entry, *, unpacked: bool = False
) -> Headers:
    headers = incoming(response.headers)
    if unpacked:
        headers = [field for field in headers if field[0] != b"content-encoding"]
    headers.append((b"x-sluice-request-id", request.id.encode()))
    headers.append((b"x-sluice-held-ms", b"%d" % entry.held_ms))
    if request.cache_status:
        status = request.cache_status
        if response.status != 200:
            status = status.removesuffix(STORED)
        headers.append((b"cache-status", status))
    return tuple(headers)


def _is_rewritten(request: Request, response: Response) -> bool:
    if request.route is not _BATCHES:
        return False
    kind = value_of(response.headers, b"content-type") or b""
    return (
        response.status < 300
        and request.method != b"HEAD"
        and kind.lower().startswith(b"application/json")
        and _encoding(response) in _READABLE
        and (response.length or 0) <= HELD_AT_MOST
        and not request.target.partition(b"?")[0].endswith(b"/results")
    )


async def _pour_rewritten(request: Request, response: Response, sink: Sink, entry: Entry) -> None:
    held = await _hold(response)
    held.check()
    if held.spoilt:
        raise BrokenRoad("Upstream's answer about batches is too large or damaged.")
    body = results_through(held.text, request.origin)
    headers = _answer_headers(request, response, entry, unpacked=True)
    sink.start(response.status, headers, len(body))
    sink.feed(body)
    sink.end(whole=True)


def _again(response: Response, held: "_Held", slot: AnySlot, entry: Entry) -> bool:
    """Tell the pacer what was refused, and whether the request waits for another turn."""
    quota = entry.learn(response.headers)
    refusal = refusal_of(response.status, response.headers, held.text, quota)
    if refusal is None:
        slot.learn(quota)
        return False
    entry.refused(response.status)
    return slot.again(refusal)


def _pass_on(request: Request, response: Response, held: "_Held", sink: Sink, entry: Entry) -> None:
    """Give the caller upstream's own refusal, byte for byte."""
    held.check()
    entry.tap.feed(held.raw)
    entry.tap.end(whole=True)
    sink.start(response.status, _answer_headers(request, response, entry), len(held.raw))
    sink.feed(held.raw)
    sink.end(whole=True)


def _encoding(response: Response) -> str:
    value = value_of(response.headers, b"content-encoding") or b""
    return value.decode("latin-1").strip().lower()


async def _hold(response: Response) -> "_Held":
    """Take what comes of a small answer."""
    held = _Held(_encoding(response))
    held.whole = await response.pour(held)
    return held


class _Held:
    """Keeps a small body whole, as it came and unpacked."""

    def __init__(self, encoding: str) -> None:
        self.spoilt = False
        """It could not be unpacked."""
        self.whole = False
        self._inflater = decoder_for(encoding)
        self._raw: list[bytes] = []
        self._text: list[bytes] = []
        self._size = 0

    def check(self) -> None:
        """Raise `BrokenRoad` where the body broke off or is not small: it cannot be passed on."""
        if self._size > HELD_AT_MOST:
            raise BrokenRoad("Upstream's answer is larger than any of its kind.")
        if not self.whole:
            raise BrokenRoad("The connection to upstream broke in the middle of its answer.")

    @property
    def raw(self) -> bytes:
        """The body as it came."""
        return b"".join(self._raw)

    @property
    def text(self) -> bytes:
        """The body unpacked."""
        return b"".join(self._text if self._inflater else self._raw)

    def feed(self, data: bytes) -> None:
        self._size += len(data)
        if self._size > HELD_AT_MOST:
            return
        self._raw.append(data)
        if self._inflater is not None:
            self._text.append(self._inflater.feed(data))
            self.spoilt = self.spoilt or self._inflater.gave_up

    def end(self, whole: bool) -> None:  # noqa: FBT001 - a receiver's one word at the end
        """Nothing to do: `pour` tells."""
