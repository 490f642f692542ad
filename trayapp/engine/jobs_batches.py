"""A job's way through Message Batches: submitted in chunks, looked at now and then, fetched.

What may have been created is never created again blindly (R28): an attempt is noted before it is
sent, and one that nobody answered is looked for among the batches upstream lists. Their rows
tell whose they are by `custom_id`; until that can be read, the job waits.
"""

import datetime as dt
from collections.abc import Callable
from functools import partial

import msgspec

from trayapp.batch import calls
from trayapp.batch import jobs as store
from trayapp.batch.errands import (
    Abort,
    Batches,
    BatchIs,
    Failed,
    Fetch,
    Line,
    Look,
    Since,
    Submit,
    Up,
)
from trayapp.batch.results import Answered, Attempt, Result, Spent, Waiting
from trayapp.batch.verdicts import verdict_on
from trayapp.clock import Timekeeper
from trayapp.engine.jobs_shelf import Shelf
from trayapp.engine.jobs_worker import Worker
from trayapp.meter.prices import cost_usd, models
from trayapp.model.jobs import JobSpec

MOST_ROWS, MOST_BYTES = 10_000, 24 * 1024 * 1024
"""Of one batch: a tenth of what the API takes, so that a chunk is small in memory."""
GROUP = 200
FIRST_LOOK_S, LONGEST_LOOK_S = 2.0, 60.0
SURE_S = 30.0
"""After which a batch that was created is listed."""
SLACK = dt.timedelta(minutes=10)
"""By which the clocks may differ."""
_CLEAR = frozenset({400, 401, 403, 404, 413, 422, 429})
"""Refusals that say that nothing was created."""
_ENDS = {
    "canceled": "It was cancelled with its batch.",
    "expired": "Its batch expired before its turn came.",
}


class StandsError(Exception):
    """The job has to stop; the reason is for its user."""


class Course:
    """One job in mode *batches*; while it is not *going*, what was submitted only comes to its end."""

    def __init__(
        self,
        job: str,
        spec: JobSpec,
        shelf: Shelf,
        worker: Worker,
        clock: Timekeeper,
        changed: Callable[[], None],
        going: Callable[[], bool],
    ) -> None:
        self._job = job
        self._spec = spec
        self._shelf = shelf
        self._worker = worker
        self._clock = clock
        self._changed = changed
        self._going = going
        model = models().find(spec.model)
        self._most = (model.max_output if model else None) or calls.MOST_OUTPUT

    async def run(self) -> None:
        """Run until no row is left; raises `StandsError` where the job has to stop."""
        waited = FIRST_LOOK_S
        while True:
            moved = False
            while await self._submit():
                moved = True
            attempts = await self._shelf.run(store.attempts, self._job)
            if not attempts:
                return
            for attempt in attempts:
                moved = await self._step(attempt) or moved
            self._changed()
            if moved:
                waited = FIRST_LOOK_S
            else:
                await self._rest(waited)
                waited = min(waited * 1.5, LONGEST_LOOK_S)

    async def cancel(self) -> None:
        """Cancel what is under way upstream, as far as it can be told."""
        for attempt in await self._shelf.run(store.attempts, self._job):
            if attempt.batch is not None:
                await self._worker.ask(partial(Abort, batch=attempt.batch))

    async def _rest(self, seconds: float) -> None:
        await self._clock.wait_until(self._clock.monotonic() + seconds)

    async def _step(self, attempt: Attempt) -> bool:
        """Take an attempt further if it can be; whether it was."""
        if attempt.state == "submitting":
            return await self._find(attempt)
        batch = attempt.batch or ""
        told = await self._worker.ask(lambda number: Look(number, batch))
        if isinstance(told, Failed):
            if told.status == 404:
                await self._shelf.run(store.settle, attempt, "lost", batch)
                return True
            await self._mind(told)
        if not isinstance(told, BatchIs) or told.status != "ended":
            return False
        return await self._fetch(attempt, batch)

    # -- submitting

    async def _submit(self) -> bool:
        """Put the next rows into a batch; false where none wait."""
        if not self._going():
            return False
        rows = await self._shelf.sealed(store.waiting, self._job, -1, MOST_ROWS)
        rows = _within(rows)
        if not rows:
            return False
        places = [row.place for row in rows]
        attempt = await self._shelf.run(store.submitting, self._job, places, self._clock.now())
        body = msgspec.Raw(self._body(attempt, rows))
        told = await self._worker.ask(lambda number: Submit(number, body))
        if isinstance(told, BatchIs):
            await self._shelf.run(store.settle, attempt, "submitted", told.batch)
        elif isinstance(told, Failed) and told.status in _CLEAR:
            await self._shelf.run(store.settle, attempt, "lost", None)
            if told.status == 429 and not told.final:
                await self._rest(told.retry_after or FIRST_LOOK_S)
                return True
            raise StandsError(told.message)
        self._changed()
        return isinstance(told, BatchIs)

    def _body(self, attempt: Attempt, rows: list[Waiting]) -> bytes:
        requests = [
            b'{"custom_id":"%s","params":%s}'
            % (
                f"{self._prefix(attempt)}{row.place}".encode(),
                calls.as_json(calls.body_of(self._spec, [row.prompt], self._most)),
            )
            for row in rows
        ]
        return b'{"requests":[' + b",".join(requests) + b"]}"

    def _prefix(self, attempt: Attempt) -> str:
        return f"{self._job}-{attempt.number}-"

    # -- what nobody answered

    async def _find(self, attempt: Attempt) -> bool:
        """Look for the batch of an attempt that nobody answered; true once that is settled."""
        begun = dt.datetime.fromisoformat(attempt.created_at)
        since = (begun - SLACK).isoformat()
        told = await self._worker.ask(lambda number: Since(number, since))
        if isinstance(told, Failed):
            await self._mind(told)
        if not isinstance(told, Batches):
            return False
        known = await self._shelf.run(store.known_batches)
        unsure = False
        for batch in told.batches:
            if batch.rows != attempt.rows or batch.batch in known:
                continue
            ours = await self._is_ours(attempt, batch)
            if ours:
                await self._shelf.run(store.settle, attempt, "submitted", batch.batch)
                return True
            unsure = unsure or ours is None
        if unsure or (self._clock.now() - begun).total_seconds() < SURE_S:
            return False
        await self._shelf.run(store.settle, attempt, "lost", None)
        return True

    async def _is_ours(self, attempt: Attempt, batch: BatchIs) -> bool | None:
        """Whether a batch is the attempt's; None while it has no results that could tell."""
        if batch.status != "ended":
            return None
        lines: list[Line] = []
        ended = await self._stream(batch.batch, lines.append, most=1)
        if not lines:
            return None if isinstance(ended, Failed) else False
        return lines[0].custom_id.startswith(self._prefix(attempt))

    # -- fetching

    async def _fetch(self, attempt: Attempt, batch: str) -> bool:
        results: list[Result] = []
        prefix = self._prefix(attempt)

        def take(line: Line) -> None:
            name = line.custom_id
            if name.startswith(prefix) and name[len(prefix) :].isdigit():
                results.append(self._result(int(name[len(prefix) :]), line))

        ended = await self._stream(batch, take)
        if ended is None or isinstance(ended, Failed):
            if isinstance(ended, Failed):
                await self._mind(ended)
            return False
        for at in range(0, len(results), GROUP):
            await self._shelf.sealed(
                store.answer, self._job, results[at : at + GROUP], Spent(requests=int(at == 0))
            )
        await self._shelf.run(store.settle, attempt, "fetched", batch)
        return True

    async def _stream(
        self, batch: str, take: Callable[[Line], None], most: int | None = None
    ) -> Up | None:
        """Give each line of a batch's results to *take*; return how it ended."""
        return await self._worker.ask(lambda number: Fetch(number, batch, most), take)

    def _result(self, place: int, line: Line) -> Result:
        said = line.said
        if said is None:
            return Result(place, Answered(error=_ENDS.get(line.outcome, line.message)))
        model = said.model or self._spec.model
        cost = None
        if said.usage is not None:
            cost = cost_usd(model, said.usage, self._clock.now(), batch=True)
        refused = "The model refused to answer." if said.stop_reason == "refusal" else None
        answered = Answered(said.text, said.model, said.stop_reason, said.usage, refused)
        return Result(place, answered, cost)

    async def _mind(self, failed: Failed) -> None:
        """Stop where a failure says that going on is of no use."""
        verdict = verdict_on(failed, 1)
        if verdict.kind == "stand":
            raise StandsError(verdict.reason)
        await self._rest(verdict.after)


def _within(rows: list[Waiting]) -> list[Waiting]:
    """As many of *rows* as fit one batch, at least one."""
    size = 0
    for at, row in enumerate(rows):
        size += len(row.prompt.encode()) + 512
        if at and size > MOST_BYTES:
            return rows[:at]
    return rows
