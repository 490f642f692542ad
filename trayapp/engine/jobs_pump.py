"""Gives rows of all running jobs to the worker, as fast as the pacer lets them go, and keeps the ends.

Who has the fewest calls out is next, so jobs share. Rows wait here and not in the pacer: what is
out when the machine dies is little, and an interactive tool never finds a long queue.
"""

import asyncio
import logging
from collections.abc import Callable

from trayapp.batch import jobs as store
from trayapp.batch.errands import Up
from trayapp.batch.results import Waiting
from trayapp.clock import Timekeeper
from trayapp.engine.jobs_run import Run
from trayapp.engine.jobs_shelf import UNREADABLE, Shelf
from trayapp.engine.jobs_worker import Worker
from trayapp.engine.keys import Start
from trayapp.model.errors import SluiceError
from trayapp.model.snapshot import Job

_log = logging.getLogger("sluice")

MOST_OUT = 400
"""Calls of all jobs that are out at once; the pacer's own cap is 512."""
READ = 128
"""Rows that are read at a time."""
RETRY_S = 5.0
"""After the file could not be written, or the data key not be had."""
MOST_DEATHS, LONGEST_REST_S = 5, 30.0
DYING = "The process that runs batch jobs keeps ending; it is started again now and then."
AHEAD, MOST_AHEAD = 8, 16
"""Calls of a model that may wait in the pacer: a second's worth of its refill, within these.

One that waits costs a quarter of a megabyte, here and in the worker, and brings no row forward.
"""

Load = Callable[[str], tuple[int, float]]
"""Of a model: how many of our calls are in flight upstream, and requests a second it refills."""


class Pump:
    """The running jobs; *over* is told of those that have nothing left to do, *changed* of all."""

    def __init__(
        self,
        shelf: Shelf,
        worker: Worker,
        clock: Timekeeper,
        *,
        start: Start,
        load: Load,
        over: Callable[[Run], None],
        changed: Callable[[Job], None],
        trouble: Callable[[str | None], None],
    ) -> None:
        self.runs: dict[str, Run] = {}
        self._shelf = shelf
        self._worker = worker
        self._clock = clock
        self._start = start
        self._load = load
        self._over = over
        self._changed = changed
        self._trouble = trouble
        self._rung = False
        self._failing = self._told = self._resting = False
        self._alarm: asyncio.TimerHandle | None = None

    def ring(self) -> None:
        """Look again soon: something changed."""
        if self.runs and not self._rung:
            self._rung = True
            asyncio.get_running_loop().call_soon(self._pump)

    def cut(self, run: Run) -> None:
        """Drop what a job has out; nothing more of it is heard."""
        for number in run.out:
            self._worker.drop(number)
        run.out.clear()

    def rest(self) -> None:
        """Send nothing more."""
        self._resting = True

    async def close(self) -> None:
        """Keep what came, and nothing further."""
        self._resting = True
        if self._alarm is not None:
            self._alarm.cancel()
        for run in tuple(self.runs.values()):
            if run.has_news:
                await self._write(run)
        self.runs.clear()

    def _pump(self) -> None:
        self._rung = False
        for run in tuple(self.runs.values()):
            if run.has_news and not run.writing and not self._failing:
                run.writing = True
                self._start(self._write(run), "batch results")
            if run.is_short and not (self._failing or self._resting or run.draining):
                run.loading = True
                self._start(self._read(run), "batch rows")
            run.draining = run.draining or run.stands is not None
            if run.is_over and not self._resting:
                del self.runs[run.job.id]
                self._over(run)
        if not self._failing and not self._resting:
            self._send()

    def _send(self) -> None:
        now = self._clock.monotonic()
        able = [run for run in self.runs.values() if not run.draining]
        while able:
            run = min(able, key=lambda each: each.outstanding)
            rows = run.next_call(now) if self._has_room(run) else ()
            if rows:
                self._give(run, rows)
            else:
                able.remove(run)
        later = [run.not_before for run in self.runs.values() if run.not_before > now]
        if later:
            self._wake_in(min(later) - now)

    def _give(self, run: Run, rows: tuple[Waiting, ...]) -> None:
        def heard(up: Up | None) -> None:
            self._heard(run, number, up)

        number = self._worker.call(run.errand(rows), heard)
        run.out[number] = rows

    def _heard(self, run: Run, number: int, up: Up | None) -> None:
        now, deaths = self._clock.monotonic(), self._worker.deaths
        run.heard(number, up, now)
        if up is None:
            run.not_before = max(run.not_before, now + min(0.5 * 2.0**deaths, LONGEST_REST_S))
            if deaths >= MOST_DEATHS:
                self._tell(DYING)
        elif self._told and not self._failing:
            self._tell(None)
        self.ring()

    def _tell(self, trouble: str | None) -> None:
        self._told = trouble is not None
        self._trouble(trouble)

    def _fail(self, error: Exception) -> None:
        """Send nothing whose answer could not be kept, until it can."""
        _log.warning("jobs wait: %s", type(error).__name__)
        self._failing = True
        what = error.message if isinstance(error, SluiceError) else type(error).__name__
        self._tell(f"Batch jobs wait: {what}")
        asyncio.get_running_loop().call_later(RETRY_S, self._try_again)

    def _try_again(self) -> None:
        self._failing = False
        self.ring()

    def _has_room(self, run: Run) -> bool:
        out = sum(each.outstanding for each in self.runs.values())
        mine = sum(
            each.outstanding for each in self.runs.values() if each.spec.model == run.spec.model
        )
        flying, rate = self._load(run.spec.model)
        return out < MOST_OUT and mine - flying < min(max(AHEAD, rate), MOST_AHEAD)

    def _wake_in(self, seconds: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_later(seconds, self.ring)

    async def _read(self, run: Run) -> None:
        try:
            rows = await self._shelf.sealed(store.waiting, run.job.id, run.after, READ)
            run.take(rows, READ)
        except (SluiceError, *UNREADABLE) as error:
            self._fail(error)
        finally:
            run.loading = False
            self.ring()

    async def _write(self, run: Run) -> None:
        """Keep what came; while one group is written the next one gathers."""
        results, spent = run.collect()
        try:
            await self._shelf.sealed(store.answer, run.job.id, results, spent)
            run.job = await self._shelf.run(store.find, run.job.id)
            run.written(results)
            self._changed(run.job)
            if self._told:
                self._tell(None)
        except (SluiceError, *UNREADABLE) as error:
            run.give_back(results, spent)
            self._fail(error)
        finally:
            run.writing = False
            self.ring()
