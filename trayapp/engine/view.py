"""The Snapshot, put together from what each part says of itself."""

import datetime as dt

import msgspec

from trayapp import __version__
from trayapp.clock import Timekeeper
from trayapp.engine.alerts import Alerts
from trayapp.engine.jobs import Jobs
from trayapp.engine.keybox import Keybox
from trayapp.engine.meters import Meters
from trayapp.engine.problems import Problems
from trayapp.engine.refusals import Refusals
from trayapp.engine.rhythm import Rhythm
from trayapp.engine.tasks import Tasks
from trayapp.engine.turns import Turns
from trayapp.meter.book import Book
from trayapp.meter.tally import Tally
from trayapp.model.snapshot import Owner, Snapshot


class View:
    """Builds Snapshots; holds no state but when the engine started."""

    def __init__(
        self,
        clock: Timekeeper,
        base_url: str,
        owner: Owner,
        *,
        turns: Turns,
        meters: Meters,
        alerts: Alerts,
        tally: Tally,
        book: Book,
        problems: Problems,
        refusals: Refusals,
        tasks: Tasks,
        rhythm: Rhythm,
        jobs: Jobs,
        keys: Keybox,
    ) -> None:
        self._clock = clock
        self._owner: Owner = owner
        self.base_url = base_url
        self._started_at: dt.datetime = clock.now()
        self._started = clock.monotonic()
        self._turns = turns
        self._meters = meters
        self._alerts = alerts
        self._tally = tally
        self._book = book
        self._problems = problems
        self._refusals = refusals
        self._tasks = tasks
        self._rhythm = rhythm
        self._jobs = jobs
        self._keys = keys

    def snapshot(self) -> Snapshot:
        """Return the engine's state at this instant."""
        self._book.flush()
        now, at = self._clock.monotonic(), self._clock.now()
        tools, totals = self._tally.today(at)
        held, held_total = self._turns.held()
        pools, spend = self._meters.drawn()
        return Snapshot(
            version=__version__,
            started_at=self._started_at,
            uptime_s=now - self._started,
            paused=self._turns.pacer.schedule.paused,
            base_url=self.base_url,
            held=held,
            held_total=held_total,
            pools=pools,
            spend=spend,
            tools=tools,
            totals=totals,
            jobs=self._jobs.snapshot(),
            problems=self._problems.all(),
            owner=self._owner,
            keys=self._keys.shown(),
            notices=self._alerts.notices(),
            diagnostics=msgspec.structs.replace(
                self._book.diagnostics(self._refusals.counts),
                tasks=len(self._tasks),
                stall_s=self._rhythm.longest,
            ),
        )
