"""What an organization may spend in a month, and how fast its use may grow."""

import datetime as dt
from collections import deque

from trayapp.simulator.errors import ApiError

RECENT_S = 10.0
BEFORE_S = 60.0
FREE = 5
"""Requests in ten seconds that no acceleration limit looks at."""


class SpendCap:
    """The plan's monthly cap in USD; None: there is none."""

    def __init__(self, cap: float | None) -> None:
        self._cap = cap
        self._spent = 0.0
        self._month: tuple[int, int] | None = None

    def admit(self, at: dt.datetime) -> None:
        """Raise the documented 429, which has no `retry-after`, once the cap is reached."""
        if self._month != (at.year, at.month):
            self._month, self._spent = (at.year, at.month), 0.0
        if self._cap is not None and self._spent >= self._cap:
            raise spend_cap_reached(at)

    def spend(self, usd: float) -> None:
        """Add what an answer costs."""
        self._spent += usd


class Ramp:
    """The acceleration limit: ten seconds may hold *factor* times what was usual before."""

    def __init__(self, factor: float | None) -> None:
        self._factor = factor
        self._seen: deque[float] = deque()

    def admit(self, now: float, speed: float) -> None:
        """Count a request, or raise `ramp_limit_exceeded`."""
        if self._factor is None:
            return
        while self._seen and self._seen[0] < now - RECENT_S - BEFORE_S:
            self._seen.popleft()
        recent = sum(moment > now - RECENT_S for moment in self._seen)
        usual = (len(self._seen) - recent) * RECENT_S / BEFORE_S
        if recent >= max(FREE, usual * self._factor):
            raise ramp_exceeded(max(1, round(RECENT_S / speed)))
        self._seen.append(now)


def spend_cap_reached(at: dt.datetime) -> ApiError:
    """The 429 of a plan's monthly cap: waiting does not help before the month ends."""
    next_month = (at.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    message = (
        "Your organization has reached its monthly spend limit. You will regain access on "
        f"{next_month:%Y-%m-%d} at 00:00 UTC."
    )
    return ApiError(429, message, code="enforced_spend_limit_reached")


def ramp_exceeded(retry_after: int | None) -> ApiError:
    """The 429 of a use that grew too fast."""
    message = "Your organization's use grew too fast. Increase it gradually."
    return ApiError(429, message, code="ramp_limit_exceeded", retry_after=retry_after or 10)
