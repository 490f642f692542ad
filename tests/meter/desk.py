"""A book at which requests come and end, with all that it tells kept in lists."""

from collections.abc import Callable

from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from trayapp.meter.book import Book, Entry
from trayapp.model.exchange import Headers, Request
from trayapp.model.outcome import Outcome
from trayapp.model.quota import Quota

JSON: Headers = ((b"content-type", b"application/json"), (b"request-id", b"req_1"))
SSE: Headers = ((b"content-type", b"text/event-stream"),)
LIMITS: Headers = (
    (b"anthropic-ratelimit-requests-limit", b"1000"),
    (b"anthropic-ratelimit-requests-remaining", b"999"),
)
MESSAGE = (
    b'{"type":"message","model":"claude-sonnet-5-5","usage":{"input_tokens":7,"output_tokens":3}}'
)


class Desk:
    """A book with all that it tells kept in lists."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.outcomes: list[Outcome] = []
        self.learnt: list[tuple[Request, Quota]] = []
        self.book = Book(self.clock, record=self.outcomes.append, learn=self._learn)

    def _learn(self, request: Request, quota: Quota) -> None:
        self.learnt.append((request, quota))

    def told(self, request: Request | None = None, **answer: object) -> Outcome:
        """The outcome of a request with one plain answer."""
        with self.book.entry(request or a_request()) as entry:
            answered(entry, **answer)  # type: ignore[arg-type] # the answer's own arguments
        return self.outcomes[-1]


def answered(
    entry: Entry, status: int = 200, headers: Headers = JSON, body: bytes = MESSAGE
) -> None:
    """Let *entry* hear one whole answer."""
    entry.answered(status, headers)
    entry.learn(headers)
    entry.tap.feed(body)
    entry.tap.end(True)


class Alarms:
    """A loop's `call_later` that a test rings by hand."""

    def __init__(self) -> None:
        self.set: list[tuple[float, Callable[[], None]]] = []

    def __call__(self, seconds: float, function: Callable[[], None]) -> None:
        self.set.append((seconds, function))

    def ring(self) -> None:
        """Call all that was set."""
        rung, self.set = self.set, []
        for _, function in rung:
            function()


class PatientDesk(Desk):
    """A desk whose book hands on when the alarm rings."""

    def __init__(self) -> None:
        super().__init__()
        self.alarms = Alarms()
        self.book = Book(
            self.clock, record=self.outcomes.append, learn=self._learn, later=self.alarms
        )

    def tell(self, headers: Headers = (*JSON, *LIMITS), **fields: object) -> None:
        """Let a request come and end."""
        with self.book.entry(a_request(**fields)) as entry:
            answered(entry, headers=headers)
