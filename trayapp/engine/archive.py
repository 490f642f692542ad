"""The history, as clients of the control socket ask for it."""

import datetime as dt
from collections.abc import Callable

from trayapp.clock import Timekeeper
from trayapp.meter.history import History
from trayapp.model.history import ListRequests, Page, SumRequests, Sums


class Archive:
    """Pages and sums of what was recorded up to this moment."""

    def __init__(
        self, history: History, clock: Timekeeper, flush: Callable[[], None], days: int
    ) -> None:
        self._history = history
        self._clock = clock
        self._flush = flush
        self._days = days

    def keep_for(self, days: int) -> None:
        """Keep each request so long from now on."""
        self._days = days

    @property
    def kept_from(self) -> dt.datetime:
        """Since when every request is kept, and not only what its day came to."""
        return self._clock.today() - dt.timedelta(days=self._days)

    async def page(self, asked: ListRequests) -> Page:
        """Return the rows that match, newest first."""
        self._flush()
        return await self._history.page(asked)

    async def sums(self, asked: SumRequests) -> Sums:
        """Return what requests come to."""
        self._flush()
        return await self._history.sums(asked, self.kept_from)
