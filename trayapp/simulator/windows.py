"""The windows of a subscription's login: five hours, seven days, and one for the largest models."""

import datetime as dt
import math

import msgspec

from trayapp.model.exchange import Headers
from trayapp.simulator.errors import ApiError

LOGIN = b"sk-ant-oat"
"""How a login's token begins; Claude Code sends it as a Bearer."""
LOGIN_BETA = "oauth-2025-04-20"
HOUR = 3600.0
OUTPUT_WEIGHT = 5
"""An output token uses up as much as so many input tokens."""
WARNED = 0.9

_SCOPED = "fable"


class Window:
    """One window: begins with the first request, ends after its length, and is then full again."""

    def __init__(self, key: str, claim: str, seconds: float, tokens: int) -> None:
        self.key = key
        self.claim = claim
        self.seconds = seconds
        self.tokens = tokens
        self.ends = -math.inf
        self._used = 0.0

    def at(self, now: float) -> float:
        """The share used up at *now*, a fraction."""
        if now >= self.ends:
            self.ends, self._used = now + self.seconds, 0.0
        return self._used / self.tokens

    def take(self, tokens: float) -> None:
        """Use up *tokens*."""
        self._used += tokens


class Seen(msgspec.Struct, frozen=True):
    """A window at one instant, as headers tell it."""

    window: Window
    used: float

    @property
    def status(self) -> str:
        """The word for how full it is."""
        if self.used >= 1.0:
            return "rejected"
        return "allowed_warning" if self.used >= WARNED else "allowed"


class RejectedError(ApiError):
    """A window is used up; its headers say which, and until when."""

    def __init__(self, wait_s: int, head: Headers) -> None:
        message = "This request would exceed the limit of your plan. Try again after the reset."
        super().__init__(429, message, retry_after=wait_s)
        self._head = head

    def headers(self) -> Headers:
        return (*super().headers(), *self._head)


class Windows:
    """All windows of one login; *tokens* is what five hours hold."""

    def __init__(self, tokens: int, speed: float) -> None:
        self._speed = speed
        self._common = (
            Window("5h", "five_hour", 5 * HOUR, tokens),
            Window("7d", "seven_day", 7 * 24 * HOUR, 8 * tokens),
        )
        self._scoped = Window("7d_oi", "seven_day_overage_included", 7 * 24 * HOUR, 3 * tokens)

    def of(self, model_class: str) -> tuple[Window, ...]:
        """The windows that a request to *model_class* draws on."""
        scoped = model_class.startswith(_SCOPED)
        return (*self._common, self._scoped) if scoped else self._common

    def admit(self, model_class: str, now: float, at: dt.datetime) -> None:
        """Raise `RejectedError` where a window of *model_class* is used up."""
        full = [window for window in self.of(model_class) if window.at(now) >= 1.0]
        if full:
            wait = max(window.ends - now for window in full) / self._speed
            raise RejectedError(max(1, math.ceil(wait)), self.headers(model_class, now, at))

    def take(self, model_class: str, counted: float, written: float, now: float) -> None:
        """Use up what a request reads and writes."""
        for window in self.of(model_class):
            window.at(now)
            window.take(counted + OUTPUT_WEIGHT * written)

    def headers(self, model_class: str, now: float, at: dt.datetime) -> Headers:
        """The unified family, as it comes with a login's answers (Claude Code 2.1.330)."""
        seen = [Seen(window, window.at(now)) for window in self.of(model_class)]
        tightest = max(seen, key=lambda each: each.used)
        lines = [
            ("status", tightest.status),
            ("reset", self._epoch(tightest.window, now, at)),
            ("representative-claim", tightest.window.claim),
            ("fallback", "available"),
            ("fallback-percentage", "0.5"),
            ("overage-status", "rejected"),
            ("overage-disabled-reason", "overage_not_provisioned"),
        ]
        for each in seen:
            key = each.window.key
            lines += [
                (f"{key}-status", each.status),
                (f"{key}-reset", self._epoch(each.window, now, at)),
                (f"{key}-utilization", f"{min(each.used, 1.0):.4g}"),
            ]
            if each.used >= WARNED:
                lines.append((f"{key}-surpassed-threshold", str(WARNED)))
        return tuple(
            (f"anthropic-ratelimit-unified-{name}".encode(), value.encode())
            for name, value in lines
        )

    def _epoch(self, window: Window, now: float, at: dt.datetime) -> str:
        ends = at + dt.timedelta(seconds=(window.ends - now) / self._speed)
        return str(math.ceil(ends.timestamp()))


def check_login(betas: frozenset[str]) -> None:
    """Raise `ApiError` 401 where a login's token comes without its beta."""
    if LOGIN_BETA not in betas:
        raise ApiError(401, "OAuth authentication is not supported without its beta header.")
