"""What may be spent: a day's and a month's budget, over all and for each tool, by the user's word."""

import datetime as dt
from typing import Literal

import msgspec

from trayapp import figures
from trayapp.meter.tally import Tally
from trayapp.model.errors import HeldTooLong
from trayapp.model.preferences import Budget, BudgetPreferences

Period = Literal["day", "month"]
SOON = 59.0
"""Seconds: a client that is told of more to wait for gives up or waits in vain."""


class Spent(msgspec.Struct, frozen=True):
    """One budget and what of it is spent, in USD; *tool* None: over all."""

    period: Period
    usd: float
    budget: float
    ends: dt.datetime
    tool: str | None = None
    stops: bool = False
    """Whether requests are refused once it is spent."""

    @property
    def used(self) -> float:
        """The fraction that is spent; a budget of nothing is spent at once."""
        return 1.0 if self.usd >= self.budget else round(self.usd / self.budget, 6)


class Budgets:
    """The user's budgets against what the tally counts."""

    def __init__(self, preferences: BudgetPreferences, tally: Tally) -> None:
        self.adopt(preferences)
        self._tally = tally

    def adopt(self, preferences: BudgetPreferences) -> None:
        """Go by these budgets from now on."""
        self.preferences = preferences
        self.may_stop = "stop" in {
            preferences.action, *(budget.action for budget in preferences.tools.values()),
        }  # fmt: skip
        """Whether anything can be refused at all."""

    def spent(self) -> tuple[Spent, ...]:
        """Return every budget with what is spent of it: those over all first."""
        everything = self._of(None, self.preferences, self._tally.spent)
        tools = [
            spent
            for tool, budget in self.preferences.tools.items()
            for spent in self._of(tool, budget, self._tally.spent_by(tool))
        ]
        return (*everything, *tools)

    def _of(
        self, tool: str | None, budget: Budget | BudgetPreferences,
        usd: tuple[float | None, float | None],
    ) -> tuple[Spent, ...]:  # fmt: skip
        stops = budget.action == "stop"
        limits: tuple[tuple[Period, float | None], ...] = (
            ("day", budget.day), ("month", budget.month),
        )  # fmt: skip
        return tuple(
            Spent(period, amount or 0.0, limit, ends, tool, stops)
            for (period, limit), amount, ends in zip(limits, usd, self._tally.ends, strict=True)
            if limit is not None
        )

    def check(self, tool: str, at: dt.datetime) -> None:
        """Let a request of *tool* pass; raises `HeldTooLong` where a budget that stops is spent."""
        self._tally.roll(at)
        for spent in self.spent():
            if spent.stops and spent.usd >= spent.budget and spent.tool in {None, tool}:
                left = (spent.ends - at).total_seconds()
                retry = max(1, round(left)) if left <= SOON else None
                raise HeldTooLong(_sentence(spent), retry, "budget")


def _sentence(spent: Spent) -> str:
    whose = "Your own budget" if spent.tool is None else "Your own budget for this tool"
    amount = f"{figures.money(spent.budget)} a {spent.period}"
    ends = spent.ends
    again = f"{ends:%H:%M}" if spent.period == "day" else f"{ends.day} {ends:%b} {ends:%H:%M}"
    return (
        f"{whose} of {amount} is spent ({figures.money(spent.usd)})."
        f" It starts again at {again}, or raise it in Settings."
    )
