"""One job on its way through the relay: which rows are out, what came back, what is tried again."""

from collections import deque
from collections.abc import Callable

import msgspec

from trayapp.batch import calls, merge
from trayapp.batch.errands import Ask, Failed, Said, Up
from trayapp.batch.results import CACHED, MERGED, Answered, Result, Spent, Waiting, shared
from trayapp.batch.verdicts import Verdict, stands_still, verdict_on
from trayapp.meter.prices import models
from trayapp.model.jobs import JobSpec, RowPage
from trayapp.model.snapshot import Job
from trayapp.model.usage import Usage

LOW = 64
"""Rows in memory below which more are read."""

Cost = Callable[[str, Usage | None], float | None]
"""USD for a usage of a model, now."""


class Run:
    """The rows of one running job that are in memory."""

    def __init__(self, job: Job, spec: JobSpec, cost: Cost) -> None:
        self.job = job
        self.spec = spec
        self.draining = False
        """Paused: what is out may end, nothing more goes."""
        self.after = -1
        self.exhausted = False
        self.loading = self.writing = False
        self.out: dict[int, tuple[Waiting, ...]] = {}
        self.results: list[Result] = []
        self.spent = Spent()
        self.not_before = 0.0
        self.stands: str | None = None
        """Why the whole job has to stop, once that is known."""
        self._queue: deque[Waiting] = deque()
        self._have: set[int] = set()
        self._tries: dict[int, int] = {}
        self._failures = 0
        self._cost = cost
        model = models().find(spec.model)
        self._most = (model.max_output if model else None) or calls.MOST_OUTPUT

    @property
    def outstanding(self) -> int:
        """Calls that are out."""
        return len(self.out)

    @property
    def is_short(self) -> bool:
        """Whether more rows should be read."""
        return not self.exhausted and not self.loading and len(self._queue) < LOW

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do here."""
        idle = not self.out and not self.has_news and not self.writing
        return idle and (self.draining or (self.exhausted and not self._queue and not self.loading))

    @property
    def has_news(self) -> bool:
        """Whether there is something to be written."""
        return bool(self.results) or self.spent != Spent()

    def go_on(self) -> None:
        """Go on, from the first row that waits; those in memory are known."""
        self.draining, self.stands, self.not_before = False, None, 0.0
        self.after, self.exhausted = -1, False

    def marked(self, page: RowPage) -> RowPage:
        """Tell which rows of *page* are out now."""
        out = {row.place for rows in self.out.values() for row in rows}
        return RowPage(
            tuple(
                msgspec.structs.replace(row, state="running") if row.place in out else row
                for row in page.rows
            ),
            page.next,
        )

    def take(self, rows: list[Waiting], most: int) -> None:
        """Take what was read."""
        self.exhausted = len(rows) < most
        for row in rows:
            self.after = row.place
            if row.place not in self._have:
                self._have.add(row.place)
                self._queue.append(row)

    def next_call(self, now: float) -> tuple[Waiting, ...]:
        """The rows of the next call; none where nothing may go now."""
        if self.draining or now < self.not_before or not self._queue:
            return ()
        if self.spec.mode != "merged" or self._queue[0].alone:
            return (self._queue.popleft(),)
        if len(self._queue) < self.spec.per_call and not self.exhausted:
            return ()
        rows: list[Waiting] = []
        while self._queue and len(rows) < self.spec.per_call and not self._queue[0].alone:
            rows.append(self._queue.popleft())
        return tuple(rows)

    def errand(self, rows: tuple[Waiting, ...]) -> Callable[[int], Ask]:
        """The call that asks *rows*."""
        body = calls.body_of(self.spec, [row.prompt for row in rows], self._most)
        raw = msgspec.Raw(calls.as_json(body))
        return lambda number: Ask(number, raw)

    def heard(self, number: int, up: Up | None, now: float) -> None:
        """Take what came of a call; None: the worker died, and nobody knows."""
        rows = self.out.pop(number)
        if isinstance(up, Said):
            self._failures = 0
            self._said(rows, up)
        elif isinstance(up, Failed):
            self._failed(rows, up, now)
        else:
            self._back(rows)

    def _said(self, rows: tuple[Waiting, ...], said: Said) -> None:
        cost = 0.0 if said.cached else self._cost(said.model or self.spec.model, said.usage)
        texts: list[str | None] = [said.text]
        if len(rows) > 1:
            structured = self.spec.schema is not None
            texts = merge.answers(said.text, len(rows), structured=structured)
        good = [(row, text) for row, text in zip(rows, texts, strict=True) if text is not None]
        for part, (row, text) in enumerate(good):
            usage = shared(said.usage, part, len(good))
            answered = Answered(text, said.model, said.stop_reason, usage, _objection(said))
            flags = CACHED * said.cached | MERGED * (len(rows) > 1)
            share = None if cost is None else cost / len(good)
            self.results.append(Result(row.place, answered, share, flags))
        lost = tuple(row for row, text in zip(rows, texts, strict=True) if text is None)
        wasted = said.usage if not good and said.usage is not None else Usage(0, 0)
        self.spent = self.spent.plus(
            Spent(
                1,
                wasted.input_tokens or 0,
                wasted.output_tokens or 0,
                None if good else cost,
                tuple(row.place for row in lost),
            )
        )
        self._back_alone(lost)

    def _back_alone(self, rows: tuple[Waiting, ...]) -> None:
        self._back(tuple(Waiting(row.place, row.prompt, alone=True) for row in rows))

    def _failed(self, rows: tuple[Waiting, ...], failed: Failed, now: float) -> None:
        tries = max(self._tries.get(row.place, 0) for row in rows) + 1
        self._tries |= dict.fromkeys((row.place for row in rows), tries)
        verdict = verdict_on(failed, tries)
        if verdict.kind == "failed" and len(rows) > 1:
            # One of them may be at fault: alone it is told, and the others are answered.
            self.spent = self.spent.plus(Spent(alone=tuple(row.place for row in rows)))
            self._back_alone(rows)
        elif verdict.kind == "failed":
            self._give_up(rows[0], verdict)
        else:
            self._back(rows)
            if verdict.kind == "stand":
                self.stands = verdict.reason
            self.not_before = max(self.not_before, now + verdict.after)

    def _give_up(self, row: Waiting, verdict: Verdict) -> None:
        self._failures += 1
        if stands_still(self._failures, self.job.done):
            self.stands = f"The first rows failed: {verdict.reason}"
        self.results.append(Result(row.place, Answered(error=verdict.reason)))

    def _back(self, rows: tuple[Waiting, ...]) -> None:
        self._queue.extendleft(reversed(rows))

    def collect(self) -> tuple[list[Result], Spent]:
        """Everything that is to be written now."""
        told = self.results, self.spent
        self.results, self.spent = [], Spent()
        return told

    def give_back(self, results: list[Result], spent: Spent) -> None:
        """Take back what could not be written."""
        self.results = results + self.results
        self.spent = spent.plus(self.spent)

    def written(self, results: list[Result]) -> None:
        """Forget rows that have their end on disk."""
        for result in results:
            self._have.discard(result.place)
            self._tries.pop(result.place, None)


def _objection(said: Said) -> str | None:
    """Why a whole answer is none, where it is none."""
    return "The model refused to answer." if said.stop_reason == "refusal" else None
