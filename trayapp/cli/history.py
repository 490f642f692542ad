"""`sluice history`: what was, as a table for people, as CSV or as JSON lines for programs."""

import asyncio
import contextlib
import datetime as dt
import os
import sys
import threading
from collections.abc import Coroutine, Iterator
from typing import Any, Protocol, Self, TypeVar

import msgspec

from trayapp import settings
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.period import moment
from trayapp.cli.table import record_head, record_line, sum_head, sum_line
from trayapp.clock import Clock
from trayapp.db import Database
from trayapp.home import EngineRunning, Home
from trayapp.meter.history import History
from trayapp.meter.ledger import SCHEMA
from trayapp.model.errors import Misconfigured, NoEngine, SluiceError
from trayapp.model.history import (
    PAGE_ROWS,
    Filter,
    ListRequests,
    Page,
    Record,
    Sum,
    SumRequests,
    Sums,
)
from trayapp.model.preferences import HistoryPreferences
from trayapp.sheet import csv_head, csv_line, json_line

T = TypeVar("T")

_TRIES = 50
_PAUSE = 0.1
"""An engine that is just starting holds the home and does not answer yet: 5 s for it."""


class Source(Protocol):
    """Whoever has the history: this process, or the engine."""

    def page(self, asked: ListRequests) -> Page:
        """The next rows."""

    def sums(self, asked: SumRequests) -> Sums:
        """What rows come to."""


def run(told: Told) -> int:
    """Print requests newest first, or what they come to, since the time that was asked for."""
    clock = Clock()
    home = Home.locate(told.home, os.environ)
    home.prepare()
    asked = Filter(since=moment(told.since, clock.now()))
    with _source(home, clock) as source:
        if told.by:
            _print_sums(source.sums(SumRequests(asked, told.by)), told)
        else:
            _print_records(source, asked, told)
    return 0


def _print_records(source: Source, asked: Filter, told: Told) -> None:
    if told.csv:
        sys.stdout.write(csv_head(Record))
    elif not told.json:
        print(record_head())
    page = Page(next=None)
    first = True
    while first or page.next is not None:
        first = False
        page = source.page(ListRequests(asked, before=page.next, limit=PAGE_ROWS))
        for record in page.rows:
            line = csv_line if told.csv else json_line if told.json else record_line
            sys.stdout.write(line(record))


def _print_sums(sums: Sums, told: Told) -> None:
    if told.csv:
        sys.stdout.write(csv_head(Sum))
    elif not told.json:
        print(sum_head(told.by or "day"))
    for each in sums.rows:
        line = csv_line if told.csv else json_line if told.json else sum_line
        sys.stdout.write(line(each))
    if not sums.whole:
        print("Only a part: ask for a shorter time.", file=sys.stderr)


@contextlib.contextmanager
def _source(home: Home, clock: Clock) -> Iterator[Source]:
    """The file itself while no engine has it, else the engine."""
    with contextlib.ExitStack() as stack:
        for attempt in range(_TRIES):
            with contextlib.suppress(EngineRunning):
                stack.enter_context(home.lock(brief=True))
                yield stack.enter_context(_Here(home, clock))
                return
            try:
                control = stack.enter_context(Control(home))
            except NoEngine:
                if attempt == _TRIES - 1:
                    raise
                threading.Event().wait(_PAUSE)
            else:
                yield _There(control)
                return


class _There:
    """The engine's history."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def page(self, asked: ListRequests) -> Page:
        return msgspec.convert(self._told(asked), Page)

    def sums(self, asked: SumRequests) -> Sums:
        return msgspec.convert(self._told(asked), Sums)

    def _told(self, asked: ListRequests | SumRequests) -> Any:
        answer = self._control.ask(asked)
        if not answer.ok:
            raise SluiceError(answer.message)
        return answer.value


class _Here:
    """The history of a home that is ours for a moment."""

    def __init__(self, home: Home, clock: Clock) -> None:
        self._database = Database(home.meter_db, SCHEMA)
        self._history = History(self._database)
        self._kept_from = clock.today() - dt.timedelta(days=_days(home))
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        try:
            self._runner.run(self._database.open())
        except BaseException:
            self._runner.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._database.close())
        self._runner.close()

    def page(self, asked: ListRequests) -> Page:
        return self._wait(self._history.page(asked))

    def sums(self, asked: SumRequests) -> Sums:
        return self._wait(self._history.sums(asked, self._kept_from))

    def _wait(self, answer: Coroutine[Any, Any, T]) -> T:
        return self._runner.run(answer)


def _days(home: Home) -> int:
    try:
        return settings.load(home.config_file).history.days
    except Misconfigured:
        return HistoryPreferences().days
