"""What Activity says of many requests: the chart's bars, its axis, and the line of totals."""

import datetime as dt
from collections.abc import Sequence

import msgspec

from trayapp import figures
from trayapp.model.history import By, Sum
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, times

CHARTS: dict[By, str] = {
    "hour": later("Tokens by hour"),
    "day": later("Tokens by day"),
    "tool": later("Tokens by tool"),
    "model": later("Tokens by model"),
}
MOST_BARS = 744
"""A month of hours."""


class Bar(msgspec.Struct, frozen=True):
    """One bar: *label* below it, *spoken* for those who cannot see it."""

    label: str
    input_tokens: int
    output_tokens: int
    spoken: str

    @property
    def whole(self) -> int:
        """Both together."""
        return self.input_tokens + self.output_tokens


def bars(tr: Tr, by: By, rows: Sequence[Sum], now: dt.datetime) -> tuple[Bar, ...]:
    """A bar for each hour or day from the first to now, or for each tool or model."""
    if by in {"tool", "model"}:
        return tuple(_bar(tr, _name(by, row.key), _name(by, row.key), row) for row in rows)
    keyed = {row.key: row for row in rows}
    made = []
    for at in _moments(by, rows, now):
        key = at.strftime("%Y-%m-%dT%H" if by == "hour" else "%Y-%m-%d")
        label = f"{at:%H}" if by == "hour" else times.day(tr, at)
        made.append(_bar(tr, label, _spoken(tr, by, at), keyed.get(key, Sum(key))))
    return tuple(made)


def totals(tr: Tr, rows: Sequence[Sum]) -> str:
    """`467 requests · $3.42 · 23 from cache · 1 throttled · 1 failed`; what is 0 is not said."""
    told = [tr("{n} requests", sum(row.requests for row in rows))]
    spent = [row.cost_usd for row in rows if row.cost_usd is not None]
    if spent:
        told.append(figures.money(sum(spent)))
    for number, text in (
        (sum(row.cache_hits for row in rows), later("{number} from cache")),
        (sum(row.throttled for row in rows), later("{number} throttled")),
        (sum(row.overloaded for row in rows), later("{number} overloaded")),
        (sum(row.errors for row in rows), later("{number} failed")),
    ):
        if number:
            told.append(tr(text, number=figures.count(number)))
    return " · ".join(told)


def entered(row: Sum) -> int:
    """Input tokens that were not read from the prompt cache."""
    return row.input_tokens + row.cache_creation_input_tokens


def _bar(tr: Tr, label: str, said: str, row: Sum) -> Bar:
    spoken = tr(
        "{what}: {whole} tokens, {out} of them output.",
        what=said, whole=figures.count(entered(row) + row.output_tokens),
        out=figures.count(row.output_tokens),
    )  # fmt: skip
    return Bar(label, entered(row), row.output_tokens, spoken)


def _name(by: By, key: str) -> str:
    return (names.model(key) if by == "model" else key) or "–"


def _moments(by: By, rows: Sequence[Sum], now: dt.datetime) -> list[dt.datetime]:
    """All hours of a day where there is but today, else from the first with requests to now."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    first = min((_moment(row.key, now) for row in rows), default=midnight)
    if by == "day":
        days = (midnight.date() - first.date()).days
        return [midnight - dt.timedelta(days=away) for away in range(min(days, 6000), -1, -1)]
    if first >= midnight:
        return [midnight + dt.timedelta(hours=hour) for hour in range(24)]
    hour = now.replace(minute=0, second=0, microsecond=0)
    hours = min(MOST_BARS - 1, round((hour - first).total_seconds() / 3600))
    return [hour - dt.timedelta(hours=away) for away in range(hours, -1, -1)]


def _moment(key: str, now: dt.datetime) -> dt.datetime:
    return dt.datetime.fromisoformat(key if "T" not in key else f"{key}:00").replace(
        tzinfo=now.tzinfo
    )


def _spoken(tr: Tr, by: By, at: dt.datetime) -> str:
    if by == "day":
        return times.day(tr, at)
    ends = at + dt.timedelta(hours=1)
    early, late = times.time_of_day(tr, at), times.time_of_day(tr, ends)
    return tr("{early} to {late}", early=early, late=late)
