"""A job on its way to the engine: made, filled page by page, started; one step after another."""

import uuid
from collections.abc import Callable, Iterator, Sequence

from trayapp.model.command import Answer, Command
from trayapp.model.jobs import PAGE, AddRows, CreateJob, JobSpec, NewRow, StartJob, Way
from trayapp.ui.desk import Desk

MOST = 1000
"""Rows of a page."""


class Sending:
    """Says the steps, each when the one before was heard; *done* hears the job, or why not."""

    def __init__(
        self, desk: Desk, spec: JobSpec, rows: Sequence[NewRow], way: Way | None,
        done: Callable[[str, str], object],
    ) -> None:  # fmt: skip
        self._desk = desk
        self._done = done
        self.job = uuid.uuid4().hex
        self._steps = self._all(spec, rows, way)

    def go(self) -> None:
        """Say the next step."""
        step = next(self._steps, None)
        if step is None:
            self._done(self.job, "")
        else:
            self._desk.ask(step, self._heard)

    def _heard(self, answer: Answer) -> None:
        if answer.ok:
            self.go()
        else:
            self._done("", answer.message)

    def _all(self, spec: JobSpec, rows: Sequence[NewRow], way: Way | None) -> Iterator[Command]:
        yield CreateJob(self.job, spec)
        first = 0
        for page in pages(rows):
            yield AddRows(self.job, first, page)
            first += len(page)
        yield StartJob(self.job, way.ends_at if way else None, way.cost_usd if way else None)


def pages(rows: Sequence[NewRow]) -> Iterator[tuple[NewRow, ...]]:
    """The rows in pieces that fit a frame."""
    page: list[NewRow] = []
    size = 0
    for row in rows:
        weight = len(row.prompt.encode()) + 64
        if page and (size + weight > PAGE or len(page) == MOST):
            yield tuple(page)
            page, size = [], 0
        page.append(row)
        size += weight
    yield tuple(page)
