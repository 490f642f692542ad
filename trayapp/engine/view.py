"""The Snapshot, put together from what each part says of itself."""

import datetime as dt

from trayapp import __version__
from trayapp.clock import Timekeeper
from trayapp.engine.problems import Problems
from trayapp.engine.refusals import Refusals
from trayapp.engine.turns import Turns
from trayapp.meter.book import Book
from trayapp.meter.levels import spend_meter
from trayapp.meter.pools import Pools
from trayapp.meter.tally import Tally
from trayapp.model.snapshot import Meter, Snapshot


class View:
    """Builds Snapshots; holds no state but when the engine started."""

    def __init__(
        self,
        clock: Timekeeper,
        base_url: str,
        *,
        turns: Turns,
        pools: Pools,
        tally: Tally,
        book: Book,
        problems: Problems,
        refusals: Refusals,
    ) -> None:
        self._clock = clock
        self._base_url = base_url
        self._started_at: dt.datetime = clock.now()
        self._started = clock.monotonic()
        self._turns = turns
        self._pools = pools
        self._tally = tally
        self._book = book
        self._problems = problems
        self._refusals = refusals

    def snapshot(self) -> Snapshot:
        """Return the engine's state at this instant."""
        self._book.flush()
        now, at = self._clock.monotonic(), self._clock.now()
        tools, totals = self._tally.today(at)
        held, held_total = self._turns.held()
        return Snapshot(
            version=__version__,
            started_at=self._started_at,
            uptime_s=now - self._started,
            paused=self._turns.pacer.schedule.paused,
            base_url=self._base_url,
            held=held,
            held_total=held_total,
            pools=self._pools.snapshot(
                now,
                at,
                self._spend(),
                beliefs=self._turns.beliefs,
                silent=self._turns.silent(),
            ),
            tools=tools,
            totals=totals,
            problems=self._problems.all(),
            diagnostics=self._book.diagnostics(self._refusals.counts),
        )

    def _spend(self) -> tuple[Meter, ...]:
        (day, month), (day_begins, month_begins) = self._tally.spent, self._tally.begins
        day_ends, month_ends = self._tally.ends
        return (
            spend_meter("spend_day", day, None, day_begins, day_ends),
            spend_meter("spend_month", month, None, month_begins, month_ends),
        )
