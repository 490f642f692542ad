"""A history in memory that answers as the engine's does."""

import datetime as dt
import itertools

import msgspec

from trayapp.model.command import Answer, Command
from trayapp.model.history import Key, ListRequests, Page, Record, Sum, SumRequests, Sums

STARTED = 1_764_000_000_000
_LOOKED = 1_000
"""Rows that are looked at for one page; tests ask for no rarer ones."""


def record_of(number: int) -> Record:
    """The *number*th request: each ended a second after the one before."""
    ended = STARTED + 1000 * number
    return Record(
        number, ended, f"r{number}", dt.datetime.fromtimestamp(ended / 1000, dt.UTC), "Zed",
        "interactive", "messages", "answered", "ok", "claude-sonnet-5-5", input_tokens=number,
    )  # fmt: skip


class FakeHistory:
    """Has *count* requests; `heard` keeps what it was asked."""

    def __init__(self, count: int) -> None:
        self.records = [record_of(number) for number in range(count, 0, -1)]
        self.heard: list[Command] = []
        self.refusal = ""

    def add(self, count: int) -> None:
        """So many requests end."""
        last = self.records[0].id if self.records else 0
        self.records[:0] = [record_of(last + count - each) for each in range(count)]

    def reply(self, command: Command) -> Answer:
        """Answer a question."""
        self.heard.append(command)
        if self.refusal:
            return Answer(1, ok=False, message=self.refusal)
        match command:
            case ListRequests():
                return _told(self._page(command))
            case SumRequests(by="tool"):
                return _told(Sums((Sum("Zed", len(self.records)),)))
            case SumRequests(by="model"):
                return _told(Sums((Sum("claude-sonnet-5-5", len(self.records)),)))
            case _:
                return _told(Sums())

    @property
    def pages(self) -> list[ListRequests]:
        """The pages that were asked for."""
        return [ask for ask in self.heard if isinstance(ask, ListRequests)]

    def _page(self, ask: ListRequests) -> Page:
        begin = 0
        if ask.before is not None and self.records:
            begin = max(0, self.records[0].id - ask.before[1] + 1)
        found = (each for each in self.records[begin : begin + _LOOKED] if _matches(each, ask))
        rows = list(itertools.islice(found, ask.limit + 1))
        shown = tuple(rows[: ask.limit])
        next_key: Key | None = None
        if len(rows) > ask.limit:
            next_key = (shown[-1].ended, shown[-1].id)
        return Page(shown, next_key)


def _matches(record: Record, ask: ListRequests) -> bool:
    older = ask.before is None or (record.ended, record.id) < ask.before
    newer = ask.after is None or record.id > ask.after
    return older and newer and ask.filter.text in record.request_id


def _told(value: Page | Sums) -> Answer:
    return Answer(1, ok=True, value=msgspec.to_builtins(value))
