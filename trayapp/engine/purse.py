"""Says no where a budget of the user's is spent: before a request waits, and before it is sent."""

from contextlib import AbstractAsyncContextManager

from trayapp.clock import Timekeeper
from trayapp.engine.turns import Turns
from trayapp.meter.budgets import Budgets
from trayapp.model.exchange import Request, Route
from trayapp.relay import Response, Upstream

COSTLY = frozenset({Route.MESSAGES, Route.BATCHES})


class Purse:
    """The way up, for those who may pay; a subscription's login pays nothing by the request."""

    def __init__(
        self, budgets: Budgets, upstream: Upstream, turns: Turns, clock: Timekeeper
    ) -> None:
        self._budgets = budgets
        self._upstream = upstream
        self._turns = turns
        self._clock = clock

    def send(self, request: Request) -> AbstractAsyncContextManager[Response]:
        """Send *request*, unless what was spent while it waited forbids it."""
        self.check(request)
        return self._upstream.send(request)

    def check(self, request: Request) -> None:
        """Let *request* pass; raises `HeldTooLong` where a budget that stops is spent."""
        if not self._budgets.may_stop or request.route not in COSTLY or request.method != b"POST":
            return
        if request.caller.own and self._turns.is_login(request):
            return
        self._budgets.check(request.caller.name, self._clock.now())
